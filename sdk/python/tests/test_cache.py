"""The cache against a scripted CacheManager on the bus."""

import threading
import unittest
from typing import Any, Dict, List

from flotilla import Agent, Cache, FlotillaError, OperationFailed

from .support import bus_url, eventually


class Manager:
    """Answers as the CacheManager does, for the few keys of a test."""

    def __init__(self) -> None:
        self.kept: Dict[str, Dict[str, Any]] = {}
        self.said: List[Any] = []
        self.ticket: Any = "t1"
        self.agent = Agent("CacheManager", url=bus_url(), port=0, environment={})
        for name in ("get", "put", "give-up", "invalidate"):
            self.agent.operation(name)(getattr(self, name.replace("-", "_")))

    def get(self, request: Dict[str, Any]) -> Dict[str, Any]:
        if request["cache"] == "nowhere":
            raise OperationFailed(404, 'there is no cache "nowhere"', "one of c", "add it")
        found = self.kept.get(request["key"])
        answer: Dict[str, Any] = {"known": found is not None, "tags": []}
        if found is not None and "value" in found:
            answer["value"] = found["value"]
        if self.ticket and (found is None or found.get("old")):
            answer["ticket"] = self.ticket
        return answer

    def put(self, request: Dict[str, Any]) -> Dict[str, Any]:
        request.pop("cache")
        self.said.append(("put", request))
        self.kept[request["key"]] = request
        return {"until": "2026-01-01T00:00:00Z"}

    def give_up(self, request: Dict[str, Any]) -> Dict[str, Any]:
        self.said.append(("gave up", request["ticket"]))
        return {"givenUp": True}

    def invalidate(self, request: Dict[str, Any]) -> Dict[str, Any]:
        self.said.append(("ended", request["keys"], request["tags"], request["all"]))
        return {"entries": 2}


class CacheTest(unittest.TestCase):
    def setUp(self) -> None:
        self.manager = Manager()
        self.manager.agent.start()
        self.agent = Agent("asker", url=bus_url(), port=0, environment={}).start()
        self.addCleanup(self.manager.agent.stop)
        self.addCleanup(self.agent.stop)
        self.cache = Cache(self.agent, "c")

    def test_what_is_missing_is_found_out_and_kept(self) -> None:
        self.assertEqual({"a": 1}, self.cache.get("k", lambda: {"a": 1}, tags=["t"], ttl=9))
        kept = {"key": "k", "value": {"a": 1}, "tags": ["t"], "ttl": 9, "ticket": "t1"}
        self.assertEqual([("put", kept)], self.manager.said)
        self.assertEqual({"a": 1}, self.cache.get("k", self.fail))

    def test_that_there_is_none_is_kept_too(self) -> None:
        self.assertIsNone(self.cache.get("k", lambda: None))
        self.assertNotIn("value", self.manager.kept["k"])
        self.assertIsNone(self.cache.get("k", self.fail))

    def test_who_does_not_find_out_hands_the_ticket_back(self) -> None:
        def broken() -> Any:
            raise ValueError("no route")

        with self.assertRaisesRegex(ValueError, "no route"):
            self.cache.get("k", broken)
        self.assertIsNone(self.cache.get("k"))
        self.assertEqual([("gave up", "t1"), ("gave up", "t1")], self.manager.said)

    def test_near_its_end_an_entry_is_made_anew_beside(self) -> None:
        self.manager.kept["k"] = {"value": "old", "old": True}
        goes_on = threading.Event()

        def anew() -> Any:
            goes_on.wait(10)
            return "new"

        self.assertEqual("old", self.cache.get("k", anew))
        goes_on.set()
        eventually(lambda: self.manager.kept["k"]["value"] == "new")

    def test_without_a_ticket_each_finds_out_and_keeps_nothing(self) -> None:
        self.manager.ticket = None
        self.assertEqual(5, self.cache.get("k", lambda: 5))
        self.assertEqual([], self.manager.said)

    def test_while_the_manager_is_away_each_finds_out_alone(self) -> None:
        self.manager.agent.stop()
        with self.assertLogs("flotilla.cache", "WARNING"):
            self.assertEqual(5, self.cache.get("k", lambda: 5))
        with self.assertRaises(FlotillaError):
            self.cache.get("k")

    def test_what_is_kept_ends(self) -> None:
        self.cache.put("k", 7)
        self.assertEqual(7, self.cache.get("k"))
        self.assertEqual(2, self.cache.invalidate(tags=["t"]))
        self.assertIn(("ended", [], ["t"], False), self.manager.said)

    def test_a_cache_that_is_not_there_is_no_reason_to_go_on(self) -> None:
        with self.assertRaisesRegex(FlotillaError, "no cache"):
            Cache(self.agent, "nowhere").get("k", lambda: 5)


if __name__ == "__main__":
    unittest.main()
