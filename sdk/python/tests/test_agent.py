import json
import os
import pathlib
import signal
import struct
import subprocess
import sys
import threading
import time
import unittest
import urllib.error
import urllib.request

from flotilla import Agent, Bus, BusTimeout, FlotillaError, OperationFailed, call, wire
from flotilla.metrics import Metrics
from flotilla.operations import Operation, Server
from tests.support import bus_url, eventually

ROOT = pathlib.Path(__file__).resolve().parents[3]


class FakeRegistry:
    """Answers as the fleet's ServiceRegistry does."""

    def __init__(self, bus, renew_every=0.2):
        self.entries, self.renewals, self.renew_every = {}, 0, renew_every
        functions = (self.register, self.renew, self.deregister, self.port)
        operations = {f.__name__: Operation(f.__name__, f) for f in functions}
        self.server = Server(bus, "ServiceRegistry", "fake", operations, Metrics())
        bus.flush()

    def register(self, request):
        held = self.entries.get(request["name"])
        if held and held["instance"] != request["instance"]:
            raise OperationFailed(409, "held by " + held["instance"], "a free name", "Stop it.")
        self.entries[request["name"]] = request
        return self._leased(request)

    def renew(self, request):
        if request["name"] not in self.entries:
            raise OperationFailed(404, "no such lease")
        self.renewals += 1
        return self._leased(request)

    def deregister(self, request):
        self.entries.pop(request["name"], None)
        return {"name": request["name"], "instance": request["instance"]}

    def port(self, request):
        return {"name": request["name"], "port": 7140}

    def _leased(self, request):
        return {"name": request["name"], "instance": request["instance"],
                "lease": 1.0, "renewEvery": self.renew_every}


class AgentTest(unittest.TestCase):
    def setUp(self):
        self.bus = Bus(bus_url(), "test")
        self.addCleanup(self.bus.close)

    def registry(self):
        registry = FakeRegistry(self.bus)
        self.addCleanup(registry.server.close)
        return registry

    def agent(self, name="Greeter", **environment):
        return Agent(name, url=bus_url(), environment=environment)

    def test_a_long_call_hears_that_its_target_died(self):
        begun, never = threading.Event(), threading.Event()
        self.addCleanup(never.set)

        def work():
            begun.set()
            never.wait()

        theirs = Bus(bus_url(), "theirs")
        Server(theirs, "Worker", "one", {"work": Operation("work", work)}, Metrics())
        theirs.flush()
        errors = []

        def ask():
            try:
                call(self.bus, "Worker", "work", timeout=3600)
            except FlotillaError as error:
                errors.append(error)

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        self.assertTrue(begun.wait(30))
        theirs.close()
        asking.join(30)
        self.assertEqual("Worker.work: whoever was at it has ended", str(errors[0]))

    def test_a_long_call_is_answered(self):
        go = threading.Event()
        server = Server(self.bus, "Worker", "one", {"work": Operation("work", go.wait)}, Metrics())
        self.addCleanup(server.close)
        self.bus.flush()
        asked = []
        request = self.bus.request

        def knocking(subject, *arguments, **named):
            answer = request(subject, *arguments, **named)
            if subject.startswith("flotilla.call."):
                asked.append(subject)
                go.set()
            return answer

        self.bus.request = knocking
        self.assertTrue(call(self.bus, "Worker", "work", {"timeout": 60}, timeout=60))
        self.assertEqual(1, len(asked))

    def test_serves_operations(self):
        agent = self.agent()

        @agent.operation()
        def greet(name: str = "world", loud: bool = False):
            """Greets somebody."""
            return {"greeting": ("HELLO " if loud else "Hello ") + name}

        @agent.operation("raw")
        def whatever(request):
            return request

        @agent.operation()
        def fail():
            raise OperationFailed(409, "it is taken", "a free one", "Take another.", "seat")

        @agent.operation()
        def crash():
            return {}["missing"]

        with agent:
            self.assertEqual({"greeting": "Hello Ann"}, call(self.bus, "Greeter", "greet", {"name": "Ann"}))
            self.assertEqual({"a": [1]}, call(self.bus, "Greeter", "raw", {"a": [1]}))
            self.assertEqual({"greeting": "HELLO world"}, agent.call("Greeter", "greet", loud=True))
            with self.assertRaises(OperationFailed) as refused:
                call(self.bus, "Greeter", "greet", {"nam": "x"})
            self.assertEqual((400, "nam"), (refused.exception.code, refused.exception.field))
            self.assertIn("Did you mean name?", str(refused.exception))
            with self.assertRaises(OperationFailed) as refused:
                call(self.bus, "Greeter", "fail")
            self.assertEqual(
                (409, "seat", "it is taken", "a free one", "Take another."),
                (refused.exception.code, refused.exception.field, refused.exception.found,
                 refused.exception.expected, refused.exception.advice),
            )
            with self.assertLogs("flotilla.operations", "ERROR"):
                with self.assertRaises(OperationFailed) as refused:
                    call(self.bus, "Greeter", "crash")
            self.assertEqual(500, refused.exception.code)
            for data, headers, code in (
                (b"{", {}, "400"),
                (b"[]", {}, "400"),
                (b"{}", {"Content-Type": "application/msgpack"}, "400"),
                (b"{}", {"Content-Type": "text/csv"}, "415"),
                (b"{}", {"Flotilla-Deadline": "1000"}, "504"),
            ):
                answer = self.bus.request("flotilla.op.Greeter.greet", data, headers)
                self.assertEqual(code, answer.headers["Nats-Service-Error-Code"])

            packed = call(self.bus, "Greeter", "raw", {"a": [1.5, None]}, form=wire.MSGPACK)
            self.assertEqual({"a": [1.5, None]}, packed)
            with self.assertRaises(OperationFailed) as refused:
                call(self.bus, "Greeter", "fail", form=wire.MSGPACK)
            self.assertEqual((409, "seat"), (refused.exception.code, refused.exception.field))

            info = json.loads(self.bus.request("$SRV.INFO.Greeter").data)
            self.assertEqual("io.nats.micro.v1.info_response", info["type"])
            self.assertEqual("Greets somebody.", info["endpoints"][0]["metadata"]["summary"])
            stats = json.loads(self.bus.request("$SRV.STATS.Greeter." + agent.instance).data)
            greet_stats = stats["endpoints"][0]
            self.assertEqual((8, 6), (greet_stats["num_requests"], greet_stats["num_errors"]))
            self.assertEqual("Greeter", json.loads(self.bus.request("$SRV.PING").data)["name"])

    def test_a_deadline_is_carried_along(self):
        agent, waited = self.agent(), []

        @agent.operation()
        def outer():
            begin = time.monotonic()
            try:
                agent.call("Greeter", "slow", timeout=20)
            except BusTimeout:
                waited.append(time.monotonic() - begin)

        @agent.operation()
        def slow():
            time.sleep(1.0)

        with agent:
            try:
                call(self.bus, "Greeter", "outer", timeout=0.3)
            except BusTimeout:
                pass  # the answer and the deadline come together
            eventually(lambda: waited)
            self.assertLess(waited[0], 0.9)

    def test_registers_renews_and_leaves(self):
        registry = self.registry()
        with self.agent(FLOTILLA_AGENT="greeter", FLOTILLA_MACHINE="pc1", FLOTILLA_RUN_ID="r1") as agent:
            eventually(lambda: "Greeter" in registry.entries)
            entry = registry.entries["Greeter"]
            self.assertEqual(
                ("greeter", "pc1", "r1", {"main": agent.port}),
                (entry["agent"], entry["machine"], entry["instance"], entry["ports"]),
            )
            eventually(lambda: registry.renewals >= 2)
            registry.entries.clear()
            eventually(lambda: "Greeter" in registry.entries)
            self.assertEqual(7140, agent.get_port("MEMORY_AGENT"))
        self.assertEqual({}, registry.entries)

    def test_joins_before_the_registry_is_there(self):
        with self.agent() as agent:
            self.assertEqual(200, self.http(agent, "/health")[0])

    def test_says_that_its_name_is_held(self):
        registry = self.registry()
        with self.agent(FLOTILLA_RUN_ID="first"):
            eventually(lambda: "Greeter" in registry.entries)
            with self.assertLogs("flotilla.registry", "ERROR"):
                with self.agent(FLOTILLA_RUN_ID="second") as second:
                    eventually(lambda: self.http(second, "/health")[0] == 503)
                    self.assertIn("held by first", self.http(second, "/health")[1])

    def test_tells_its_health_and_metrics(self):
        agent, well = self.agent(), [None]
        agent.check(lambda: well[0])

        @agent.operation()
        def noop():
            return None

        with agent:
            self.assertEqual((200, '{"status": "ok"}'), self.http(agent, "/health"))
            well[0] = "the model is not loaded"
            status, body = self.http(agent, "/health")
            self.assertEqual((503, {"status": "down", "reasons": ["the model is not loaded"]}),
                             (status, json.loads(body)))
            call(self.bus, "Greeter", "noop")
            agent.metrics.gauge("queue_length", 3, {"queue": 'a"b'})
            eventually(lambda: 'outcome="ok"' in self.http(agent, "/metrics")[1])
            text = self.http(agent, "/metrics")[1]
            self.assertIn('queue_length{queue="a\\"b"} 3.0', text)
            self.assertIn('flotilla_operation_requests_total{operation="noop",outcome="ok",'
                          'service="Greeter"} 1.0', text)
            self.assertEqual(404, self.http(agent, "/other")[0])

    def test_hears_events(self):
        agent, heard = self.agent(), []
        agent.on("py.event.>")(heard.append)
        with agent:
            agent.publish("py.event.a", {"n": 1})
            eventually(lambda: heard == [{"n": 1}])
            batch = b"".join(struct.pack(">II", 0, 1) + b"%d" % n for n in (2, 3))
            self.bus.publish("py.event.b", batch, {"Flotilla-Batch": "2"})
            eventually(lambda: heard == [{"n": 1}, 2, 3])
            with self.assertLogs("flotilla.agent", "WARNING"):
                self.bus.publish("py.event.b", b"{")
                self.bus.publish("py.event.b", b"4")
                eventually(lambda: heard[-1] == 4)

    def test_names_a_port_that_is_held(self):
        with self.agent() as first:
            with self.assertRaisesRegex(OSError, "port %d of 127.0.0.1" % first.port):
                Agent("Other", url=bus_url(), port=first.port, environment={}).start()
        with self.assertRaisesRegex(FlotillaError, "FLOTILLA_PORT"):
            self.agent(FLOTILLA_PORT="http")

    def test_the_example_joins_and_stops_in_order(self):
        registry = self.registry()
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "sdk" / "python"),
            "FLOTILLA_BUS_URL": bus_url(),
            "FLOTILLA_RUN_ID": "run",
        }
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "examples" / "python" / "greeter.py")],
            env=environment, stderr=subprocess.PIPE,
        )
        try:
            eventually(lambda: "Greeter" in registry.entries)
            self.assertEqual({"greeting": "Hello, fleet"}, call(self.bus, "Greeter", "greet", {"name": "fleet"}))
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=10)
        finally:
            process.kill()
        self.assertEqual(0, process.returncode, said)
        self.assertEqual({}, registry.entries)
        for line in said.decode().splitlines():
            self.assertIn("message", json.loads(line))

    def http(self, agent, path):
        try:
            with urllib.request.urlopen("http://127.0.0.1:%d%s" % (agent.port, path), timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
