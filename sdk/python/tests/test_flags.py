import json
import pathlib
import unittest

from flotilla import Agent, Bus
from flotilla.flags import Flags, percent, variant
from flotilla.metrics import Metrics
from flotilla.operations import Operation, Server
from tests.support import bus_url, eventually

VECTORS = pathlib.Path(__file__).resolve().parents[2] / "test-vectors" / "flags.json"


def flag(share):
    return {
        "name": "use_unified_memory",
        "description": "",
        "variants": {"on": True, "off": False},
        "defaultVariant": "off",
        "split": [{"variant": "on", "percent": share}],
    }


class EvaluationTest(unittest.TestCase):
    def test_agrees_with_java(self):
        vectors = json.loads(VECTORS.read_text(encoding="utf-8"))
        self.assertGreater(len(vectors["points"]), 10)
        for point in vectors["points"]:
            self.assertEqual(point["percent"], percent(point["flag"], point["key"]), point)
        self.assertGreater(len(vectors["cases"]), 3)
        for case in vectors["cases"]:
            for key, expected in case["variants"].items():
                self.assertEqual(expected, variant(case["flag"], key), (case["flag"], key))

    def test_ten_per_cent_stay_the_same_ten_per_cent(self):
        keys = ["user-%d" % i for i in range(5000)]
        ten = {k for k in keys if variant(flag(10), k) == "on"}
        twenty = {k for k in keys if variant(flag(20), k) == "on"}
        self.assertTrue(400 < len(ten) < 600, len(ten))
        self.assertTrue(ten < twenty)
        self.assertEqual(set(keys), {k for k in keys if variant(flag(100), k) == "on"})
        self.assertEqual(set(), {k for k in keys if variant(flag(0), k) == "on"})


class FlagsTest(unittest.TestCase):
    def test_follows_the_store(self):
        bus = Bus(bus_url(), "test")
        self.addCleanup(bus.close)
        store = {"flags": [{"flag": flag(0), "setting": "0%", "changed": False}]}
        listing = Operation("list", lambda request: store)
        server = Server(bus, "flags", "fake", {"list": listing}, Metrics())
        self.addCleanup(server.close)
        bus.flush()
        flags = Flags(bus)
        self.addCleanup(flags.close)
        self.assertFalse(flags.enabled("use_unified_memory", "k"))
        self.assertEqual("nothing", flags.value("unknown", "k", "nothing"))
        change = {"flag": "use_unified_memory", "from": "0%", "to": "100%", "now": flag(100)}
        bus.publish("flotilla.event.flag.use_unified_memory", json.dumps(change).encode())
        eventually(lambda: flags.enabled("use_unified_memory", "k"), 1.0)
        with self.assertLogs("flotilla.flags", "WARNING") as logs:
            bus.publish("flotilla.event.flag.x", b"{")
            bus.publish("flotilla.event.flag.x", b'{"now": {}}')
            eventually(lambda: len(logs.output) == 2)
        self.assertTrue(flags.enabled("use_unified_memory", "k"))

    def test_works_without_a_store(self):
        with Agent("Lonely", url=bus_url(), environment={}) as agent:
            self.assertFalse(agent.flags.enabled("any", "k"))
