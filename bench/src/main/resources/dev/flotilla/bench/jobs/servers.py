"""A server that can be killed and started again, for as long as somebody holds our input.

servers.py postgres|nats FOLDER prints its port; "kill" and "start" on the input are answered "ok".
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port)).close()
        return True
    except OSError:
        return False


def wait_for(port):
    for _ in range(1200):
        if listens(port):
            return
        time.sleep(0.05)
    raise SystemExit("no server on port %d" % port)


class Server:
    def __init__(self, command, port):
        self.command, self.port, self.process = command, port, None
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self.port)

    def kill(self):
        """As if the power went, but for what the system has in memory."""
        pid = self.process.pid
        with open("/proc/%d/task/%d/children" % (pid, pid)) as below:
            children = [int(child) for child in below.read().split()]
        for each in [pid] + children:
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        while listens(self.port) or any(os.path.exists("/proc/%d" % c) for c in children):
            time.sleep(0.01)


def postgres(folder):
    base = "/usr/lib/postgresql"
    if not os.path.isdir(base):
        raise SystemExit("PostgreSQL is not installed")
    programs = os.path.join(base, sorted(os.listdir(base))[-1], "bin")
    home = os.path.join(folder, "pg")
    os.mkdir(home)
    lent = []
    if os.getuid() == 0:
        shutil.chown(home, "postgres")
        subprocess.check_call(["chmod", "a+x", folder, os.path.dirname(folder)])
        lent = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data, port = os.path.join(home, "data"), free_port()
    subprocess.check_call(lent + [os.path.join(programs, "initdb"), "-D", data, "-U", "bench",
                                  "-A", "trust"], stdout=subprocess.DEVNULL)
    server = Server(lent + [os.path.join(programs, "postgres"), "-D", data, "-p", str(port),
                            "-h", "127.0.0.1", "-k", home], port)
    time.sleep(1)
    return server


def nats(folder):
    program = shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin")
    if program is None:
        raise SystemExit("nats-server is not installed")
    port = free_port()
    return Server([program, "-a", "127.0.0.1", "-p", str(port), "-js", "-sd", folder], port)


if __name__ == "__main__":
    server = {"postgres": postgres, "nats": nats}[sys.argv[1]](sys.argv[2])
    print(server.port, flush=True)
    try:
        for line in sys.stdin:
            {"kill": server.kill, "start": server.start}[line.strip()]()
            print("ok", flush=True)
    finally:
        server.kill()
