"""A bus to test against: the one of FLOTILLA_TEST_BUS_URL, else a nats-server of our own."""

import atexit
import os
import shutil
import socket
import subprocess
import threading
import time
import unittest
from typing import List, Optional

_server: Optional[subprocess.Popen] = None
_url: Optional[str] = os.environ.get("FLOTILLA_TEST_BUS_URL")


def bus_url() -> str:
    global _server, _url
    if _url is None:
        program = shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin")
        if program is None:
            raise unittest.SkipTest("no FLOTILLA_TEST_BUS_URL and no nats-server")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        _server = subprocess.Popen(
            [program, "-a", "127.0.0.1", "-p", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        eventually(lambda: _listens(port))
        _url = "nats://127.0.0.1:%d" % port
    return _url


def stop_server() -> None:
    if _server is not None:
        _server.kill()
        _server.wait()


atexit.register(stop_server)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
        return True
    except OSError:
        return False


def eventually(condition, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("did not happen within %g s" % seconds)
        time.sleep(0.01)


class Cable:
    """Between a client and the bus; can be cut and put together again."""

    def __init__(self, url: str) -> None:
        host, port = url.rpartition("@")[2].rpartition("//")[2].split(":")
        self._target = (host, int(port))
        self._secret = url.partition("//")[2].rpartition("@")[0]
        self._lines: List[socket.socket] = []
        self._cut = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        secret = self._secret + "@" if self._secret else ""
        self.url = "nats://%s127.0.0.1:%d" % (secret, self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._cut = True
        for line in self._lines:
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def mend(self) -> None:
        self._cut = False

    def close(self) -> None:
        self.cut()
        self._listener.close()
        for line in self._lines:
            line.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._cut:
                near.close()
                continue
            far = socket.create_connection(self._target)
            self._lines += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, sink: socket.socket) -> None:
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                sink.sendall(data)
            sink.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
