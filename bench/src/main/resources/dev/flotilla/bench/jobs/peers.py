"""One of Python's task queues: submit to start one at a time, and durable submissions a second.

peers.py huey|rq|procrastinate FOLDER prints one row of the report.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from importlib.metadata import version

import servers

WARM, JOBS, MANY = 30, 200, 500


def measure(name, submit, submit_other, fifo):
    """``submit(sent)`` makes the worker write ``now - sent`` into the pipe."""
    times = []
    with open(fifo) as started:
        for _ in range(WARM + JOBS):
            time.sleep(0.003)
            submit(time.time())
            times.append(float(started.readline()) * 1000)
    times = sorted(times[WARM:])
    begun = time.time()
    for _ in range(MANY):
        submit_other()
    rate = MANY / (time.time() - begun)
    print("| %s | %.2f | %.2f | %s |" % (
        name, statistics.median(times), times[int(len(times) * 0.99)], format(round(rate), ",")))


def worker(kind, folder, *more):
    return subprocess.Popen(
        [sys.executable, __file__, "work-" + kind, folder, *map(str, more)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def tell(folder, sent):
    late = time.time() - sent
    with open(os.path.join(folder, "started"), "w") as out:
        out.write("%r\n" % late)



# --- huey on SQLite ----------------------------------------------------------------------------

def huey_app(folder):
    from huey import SqliteHuey

    app = SqliteHuey(filename=os.path.join(folder, "huey.db"), fsync=True)

    @app.task()
    def started(sent):
        tell(folder, sent)

    @app.task()
    def other(n):
        return n

    return app, started, other


def huey(folder, fifo):
    app, started, other = huey_app(folder)
    process = worker("huey", folder)
    keep = os.open(fifo, os.O_RDWR)
    measure("huey %s, SQLite with fsync" % version("huey"), started, lambda: other(1), fifo)
    os.close(keep)
    process.kill()


def work_huey(folder):
    app, _, _ = huey_app(folder)
    app.create_consumer(workers=1, initial_delay=0.005, backoff=1.0, max_delay=0.005).run()


# --- rq on Redis -------------------------------------------------------------------------------

def rq(folder, fifo):
    from redis import Redis
    from rq import Queue

    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("redis-server is not installed")
    port = servers.free_port()
    server = subprocess.Popen(
        [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "",
         "--appendonly", "yes", "--appendfsync", "always"], stdout=subprocess.DEVNULL)
    servers.wait_for(port)
    sys.path.insert(0, os.path.dirname(__file__))
    queue = Queue("bench", connection=Redis(port=port))
    rest = Queue("other", connection=Redis(port=port))
    process = worker("rq", folder, port)
    keep = os.open(fifo, os.O_RDWR)
    measure("rq %s, Redis with appendfsync always" % version("rq"),
            lambda sent: queue.enqueue("peers.tell", folder, sent),
            lambda: rest.enqueue("peers.tell", folder, 1.0), fifo)
    os.close(keep)
    process.kill()
    server.kill()


def work_rq(folder, port):
    from redis import Redis
    from rq import Queue, SimpleWorker

    sys.path.insert(0, os.path.dirname(__file__))
    connection = Redis(port=int(port))
    SimpleWorker([Queue("bench", connection=connection)], connection=connection).work()


# --- procrastinate on PostgreSQL ---------------------------------------------------------------

def procrastinate_app(folder, port, sync):
    import procrastinate

    dsn = "host=127.0.0.1 port=%s user=bench dbname=postgres" % port
    connector = (procrastinate.SyncPsycopgConnector if sync else procrastinate.PsycopgConnector)(
        conninfo=dsn)
    app = procrastinate.App(connector=connector)

    @app.task(queue="bench", name="started")
    def started(sent):
        tell(folder, sent)

    @app.task(queue="other", name="other")
    def other(n):
        return n

    return app, started, other


def procrastinate(folder, fifo):
    version("procrastinate")
    server = servers.postgres(folder)
    port = server.port
    app, started, other = procrastinate_app(folder, port, True)
    with app.open():
        app.schema_manager.apply_schema()
        process = worker("procrastinate", folder, port)
        time.sleep(3)
        keep = os.open(fifo, os.O_RDWR)
        measure("procrastinate %s, PostgreSQL" % version("procrastinate"),
                lambda sent: started.defer(sent=sent), lambda: other.defer(n=1), fifo)
        os.close(keep)
        process.kill()
    server.kill()


def work_procrastinate(folder, port):
    import asyncio

    app, _, _ = procrastinate_app(folder, port, False)

    async def run():
        async with app.open_async():
            await app.run_worker_async(queues=["bench"])

    asyncio.run(run())


if __name__ == "__main__":
    what, where = sys.argv[1], sys.argv[2]
    if what.startswith("work-"):
        globals()["work_" + what[5:]](where, *sys.argv[3:])
    else:
        pipe = os.path.join(where, "started")
        os.mkfifo(pipe)
        try:
            globals()[what](where, pipe)
        except ImportError as missing:
            raise SystemExit("%s is not there" % missing.name)
