import threading
import unittest

from flotilla import Bus, OperationFailed, acquire
from flotilla.metrics import Metrics
from flotilla.operations import Operation, Server
from tests.support import bus_url, eventually


class FakePool:
    """Answers as the fleet's ModelManagerSuite does."""

    def __init__(self, bus):
        self.leases, self.renewals, self.lock = {}, 0, threading.Lock()
        functions = (self.acquire, self.renew, self.release)
        operations = {f.__name__: Operation(f.__name__, f) for f in functions}
        self.server = Server(bus, "ModelManagerSuite", "fake", operations, Metrics())
        bus.flush()

    def acquire(self, request):
        if request["model"] != "llama3-8b":
            raise OperationFailed(404, "no model", "llama3-8b", "Did you mean llama3-8b?")
        self.leases["llama3-8b#1"] = request["holder"]
        return {"lease": "llama3-8b#1", "model": "llama3-8b", "variant": "q8", "kind": "chat",
                "engine": "command", "card": "pc/0", "address": "http://127.0.0.1:1",
                "baseUrl": "http://127.0.0.1:1/v1", "until": "2026-01-01T00:00:00Z", "waited": 0.1}

    def renew(self, request):
        if request["lease"] not in self.leases:
            raise OperationFailed(404, "no lease", "a lease that stands", "Acquire it again.")
        with self.lock:
            self.renewals += 1
        return {"lease": request["lease"], "until": "2026-01-01T00:00:00Z"}

    def release(self, request):
        return {"released": self.leases.pop(request["lease"], None) is not None}


class AcquireTest(unittest.TestCase):
    def setUp(self):
        self.bus = Bus(bus_url(), "test")
        self.addCleanup(self.bus.close)
        self.pool = FakePool(self.bus)
        self.addCleanup(self.pool.server.close)

    def test_lends_a_model_for_the_length_of_a_block(self):
        with acquire(self.bus, "llama3-8b", "Tester", ttl=0.3) as model:
            self.assertEqual(model.base_url, "http://127.0.0.1:1/v1")
            self.assertEqual(self.pool.leases, {"llama3-8b#1": "Tester"})
            eventually(lambda: self.pool.renewals >= 2)
        self.assertEqual(self.pool.leases, {})
        model.release()

    def test_tells_when_the_model_is_lost(self):
        with acquire(self.bus, "llama3-8b", "Tester", ttl=0.3) as model:
            self.assertFalse(model.lost)
            self.pool.leases.clear()
            eventually(lambda: model.lost)

    def test_an_unknown_model_is_refused_with_the_nearest(self):
        with self.assertRaises(OperationFailed) as refused:
            acquire(self.bus, "lama3-8b", "Tester")
        self.assertIn("Did you mean llama3-8b?", str(refused.exception))


if __name__ == "__main__":
    unittest.main()
