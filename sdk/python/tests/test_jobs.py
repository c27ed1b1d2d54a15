"""The worker against a scripted AsyncProcessor on the bus."""

import threading
import unittest
from typing import Any, Dict, List

from flotilla import Agent, OperationFailed, jobs

from .support import bus_url, eventually


class Processor:
    """Answers as the AsyncProcessor does, for the few jobs of a test."""

    def __init__(self) -> None:
        self.waiting: List[Dict[str, Any]] = []
        self.said: List[Any] = []
        self.renewals = 0
        self.lost = False
        self.deaf = 0
        self.agent = Agent("AsyncProcessor", url=bus_url(), port=0, environment={})
        for name in ("claim", "renew", "complete", "fail", "submit", "wait"):
            self.agent.operation(name)(getattr(self, name))

    def put(self, kind: str, payload: Any) -> None:
        job = {"id": "j%d" % len(self.waiting), "kind": kind, "payload": payload, "attempts": 1}
        self.waiting.append({"token": "t", "until": "2026-01-01T00:00:00Z", "job": job})

    def claim(self, request: Dict[str, Any]) -> Dict[str, Any]:
        if not self.waiting:
            threading.Event().wait(0.02)
        leases = [self.waiting.pop(0)] if self.waiting else []
        return {"leases": leases}

    def renew(self, request: Dict[str, Any]) -> Dict[str, Any]:
        self.renewals += 1
        if self.lost:
            raise OperationFailed(409, "not held", "the job's own lease", "stop")
        if "progress" in request:
            self.said.append(("progress", request["progress"], request.get("note")))
        return {"until": "2026-01-01T00:00:00Z"}

    def complete(self, request: Dict[str, Any]) -> Dict[str, Any]:
        if request["result"] == "long":
            raise OperationFailed(400, "600,000 bytes", "at most 419,430 bytes", "a file")
        if self.deaf:
            self.deaf -= 1
            raise OperationFailed(503, "the disk is full", "room", "wait")
        self.said.append(("done", request["result"]))
        return {"job": {}}

    def fail(self, request: Dict[str, Any]) -> Dict[str, Any]:
        self.said.append(("failed", request["error"], request["retry"]))
        return {"job": {}}

    def submit(self, request: Dict[str, Any]) -> Dict[str, Any]:
        return {"jobs": [dict(job, id="j7") for job in request["jobs"]]}

    def wait(self, id: str, patience: float) -> Dict[str, Any]:
        states = {"j1": "done", "j2": "dead", "j3": "running"}
        return {"job": {"id": id, "state": states[id], "result": 5, "error": "no file"}}


class JobsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.processor = Processor()
        self.processor.agent.start()
        self.addCleanup(self.processor.agent.stop)
        self.agent = Agent("worker", url=bus_url(), port=0, environment={}).start()
        self.addCleanup(self.agent.stop)

    def work(self, handler: Any, lease: float = 30.0) -> jobs.Worker:
        worker = jobs.Worker(self.agent, {"mail": handler}, lease=lease).start()
        self.addCleanup(worker.stop)
        return worker

    def says(self, *expected: Any) -> None:
        eventually(lambda: len(self.processor.said) >= len(expected))
        self.assertEqual(list(expected), self.processor.said)

    def test_a_job_is_done_with_progress_and_result(self) -> None:
        def handler(job: jobs.Job) -> Any:
            job.progress(0.5, "half")
            return {"sent": job.payload["to"], "attempt": job.attempt}

        self.processor.put("mail", {"to": "ann"})
        self.work(handler)
        self.says(("progress", 0.5, "half"), ("done", {"sent": "ann", "attempt": 1}))

    def test_what_a_handler_raises_is_the_jobs_failure(self) -> None:
        def handler(job: jobs.Job) -> Any:
            if job.payload == "no":
                raise jobs.Hopeless("not an address")
            if job.payload == "set":
                return {1, 2}
            raise ValueError("no route")

        with self.assertLogs("flotilla.jobs", "ERROR"):
            for payload in ("x", "no", "set"):
                self.processor.put("mail", payload)
            self.work(handler)
            eventually(lambda: len(self.processor.said) == 3)
        self.assertEqual(("failed", "ValueError: no route", True), self.processor.said[0])
        self.assertEqual(("failed", "not an address", False), self.processor.said[1])
        self.assertIn("not JSON serializable", self.processor.said[2][1])

    def test_the_lease_is_renewed_while_the_work_goes_on(self) -> None:
        goes_on = threading.Event()
        self.processor.put("mail", 1)
        self.work(lambda job: goes_on.wait(10), lease=0.06)
        eventually(lambda: self.processor.renewals >= 3)
        goes_on.set()
        self.says(("done", True))

    def test_who_lost_the_job_is_told_and_says_nothing_of_it(self) -> None:
        told = threading.Event()

        def handler(job: jobs.Job) -> Any:
            eventually(lambda: job.lost)
            told.set()
            job.progress(1.0)

        self.processor.lost = True
        self.processor.put("mail", 1)
        with self.assertLogs("flotilla.jobs", "WARNING"):
            worker = self.work(handler, lease=0.06)
            self.assertTrue(told.wait(10))
            worker.stop()
        self.assertEqual([], self.processor.said)

    def test_a_result_is_said_until_it_is_heard(self) -> None:
        self.processor.deaf = 1
        self.processor.put("mail", 1)
        self.work(lambda job: "ok")
        self.says(("done", "ok"))

    def test_a_result_that_nobody_takes_is_the_jobs_failure(self) -> None:
        with self.assertLogs("flotilla.jobs", "ERROR"):
            self.processor.put("mail", "long")
            self.processor.put("mail", "x" * 600_000)
            self.work(lambda job: job.payload if job.payload == "long" else job.payload * 2)
            eventually(lambda: len(self.processor.said) == 2)
        for said, why in zip(self.processor.said, ("600,000 bytes", "the bus takes at most")):
            self.assertEqual("failed", said[0])
            self.assertIn("its result was refused", said[1])
            self.assertIn(why, said[1])
            self.assertFalse(said[2])

    def test_submits_and_waits(self) -> None:
        self.assertEqual("j7", jobs.submit(self.agent, "mail", {"to": "ann"}, key="k")["id"])
        self.assertEqual(5, jobs.result(self.agent, "j1"))
        with self.assertRaisesRegex(jobs.FlotillaError, "j2 is dead: no file"):
            jobs.result(self.agent, "j2")
        with self.assertRaisesRegex(jobs.FlotillaError, "j3 is still running"):
            jobs.result(self.agent, "j3", timeout=0.05)

    def test_nonsense_is_refused(self) -> None:
        with self.assertRaisesRegex(jobs.FlotillaError, "a function for each kind"):
            jobs.Worker(self.agent, {})
        with self.assertRaisesRegex(jobs.FlotillaError, "threads=0"):
            jobs.Worker(self.agent, {"a": print}, threads=0)


if __name__ == "__main__":
    unittest.main()
