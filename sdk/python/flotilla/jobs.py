"""Durable work: submit jobs to the AsyncProcessor, and do them under a lease."""

import json
import threading
import time
from typing import Any, Callable, Dict, List, Mapping, Optional

from . import logs
from .errors import BusError, FlotillaError, OperationFailed, Refused

_LOG = logs.logger("flotilla.jobs")
_SERVICE = "AsyncProcessor"
_PATIENCE = 4.0
_REST = 1.0


class LeaseLost(FlotillaError):
    """The job is somebody else's by now, or was called off: stop working on it."""


class Hopeless(FlotillaError):
    """Raised by a handler: trying again would be of no use, so the job is dead at once."""


class Job:
    """A job in the hands of a worker. Its lease is renewed beside, until the handler returns.

    :ivar id: the job's name
    :ivar kind: what sort of work
    :ivar payload: what was submitted
    :ivar attempt: 1 for the first
    """

    def __init__(self, agent: Any, lease: Mapping[str, Any], seconds: float) -> None:
        job = lease["job"]
        self.id: str = job["id"]
        self.kind: str = job["kind"]
        self.payload: Any = job["payload"]
        self.attempt: int = job["attempts"]
        self._agent, self._token, self._seconds = agent, lease["token"], seconds
        self._lost = threading.Event()

    @property
    def lost(self) -> bool:
        """Whether the job is not ours any more; long work looks at it now and then."""
        return self._lost.is_set()

    def progress(self, done: float, note: str = "") -> None:
        """Tells those who watch how far it is, from 0 to 1; raises LeaseLost when to stop."""
        said: Dict[str, Any] = {"progress": done}
        if note:
            said["note"] = note
        self._renew(said)

    def _renew(self, said: Mapping[str, Any]) -> None:
        try:
            self._agent.call(
                _SERVICE, "renew", id=self.id, token=self._token, lease=self._seconds, **said
            )
        except OperationFailed as error:
            if error.code in (404, 409):
                self._lost.set()
                raise LeaseLost(str(error)) from None
            raise

    def _end(self, operation: str, **said: Any) -> None:
        """Says it until it is heard: the same word again changes nothing.

        Raises Hopeless when it will never be taken, as when a result is too large.
        """
        deadline = time.monotonic() + self._seconds
        while True:
            try:
                self._agent.call(_SERVICE, operation, id=self.id, token=self._token, **said)
                return
            except OperationFailed as error:
                if error.code in (404, 409):
                    raise LeaseLost(str(error)) from None
                if error.code < 500:
                    raise Hopeless(str(error)) from None
                failed: Exception = error
            except Refused as error:
                raise Hopeless(str(error)) from None
            except BusError as error:
                failed = error
            if time.monotonic() > deadline:
                raise LeaseLost("nobody heard of the end of job %s: %s" % (self.id, failed))
            time.sleep(_REST)


class Worker:
    """Does jobs of some kinds until it is stopped.

    ::

        worker = Worker(agent, {"transcribe": transcribe})
        agent.on_stop(worker.stop)
        worker.start()

    A handler takes the :class:`Job` and returns its result, anything JSON can hold. What it raises
    is told as the job's failure, and the job is tried again later.

    :param handlers: functions by kind
    :param threads: how many jobs at once
    :param lease: seconds without a sign of life after which another worker gets the job
    """

    def __init__(
        self,
        agent: Any,
        handlers: Mapping[str, Callable[[Job], Any]],
        *,
        threads: int = 1,
        lease: float = 30.0,
    ) -> None:
        if not handlers:
            raise FlotillaError("a worker without handlers; expected a function for each kind")
        if threads < 1 or lease <= 0:
            raise FlotillaError(
                "threads=%r, lease=%r; expected at least 1 and more than 0" % (threads, lease)
            )
        self._agent, self._handlers, self._lease = agent, dict(handlers), lease
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name="jobs-%d" % i, daemon=True)
            for i in range(threads)
        ]

    def start(self) -> "Worker":
        for thread in self._threads:
            thread.start()
        return self

    def stop(self, seconds: float = 10.0) -> None:
        """Takes no more, and waits for what is in work; what is not done then comes back later."""
        self._stop.set()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(max(0.0, deadline - time.monotonic()))

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                answer = self._agent.call(
                    _SERVICE,
                    "claim",
                    timeout=_PATIENCE + 2,
                    kinds=sorted(self._handlers),
                    worker=self._agent.name,
                    lease=self._lease,
                    patience=_PATIENCE,
                )
            except FlotillaError as error:
                _LOG.warning("no work now: %s", error)
                self._stop.wait(_REST)
                continue
            for lease in answer["leases"]:
                self._do(Job(self._agent, lease, self._lease))

    def _do(self, job: Job) -> None:
        done = threading.Event()
        beat = threading.Thread(target=self._beat, args=(job, done), daemon=True)
        beat.start()
        try:
            try:
                result = self._handlers[job.kind](job)
                json.dumps(result)
            except LeaseLost:
                raise
            except Hopeless as error:
                job._end("fail", error=str(error), retry=False)
            except Exception as error:  # whatever a handler raises is the job's failure
                _LOG.exception("job %s (%s) failed", job.id, job.kind)
                job._end("fail", error="%s: %s" % (type(error).__name__, error), retry=True)
            else:
                self._complete(job, result)
        except LeaseLost as error:
            _LOG.warning("job %s (%s) is not ours any more: %s", job.id, job.kind, error)
        finally:
            done.set()
            beat.join()

    def _complete(self, job: Job, result: Any) -> None:
        try:
            job._end("complete", result=result)
        except Hopeless as error:
            _LOG.error("the result of job %s (%s) was refused: %s", job.id, job.kind, error)
            job._end("fail", error="its result was refused: %s" % error, retry=False)

    def _beat(self, job: Job, done: threading.Event) -> None:
        while not done.wait(self._lease / 3):
            try:
                job._renew({})
            except LeaseLost:
                return
            except FlotillaError as error:
                _LOG.warning("the lease of job %s was not renewed: %s", job.id, error)


def submit(agent: Any, kind: str, payload: Any, **how: Any) -> Dict[str, Any]:
    """Submits one job; ``how`` is priority, delay, key, after… as in the jobs' documentation."""
    return submit_all(agent, [dict(how, kind=kind, payload=payload)])[0]


def submit_all(agent: Any, jobs: List[Mapping[str, Any]]) -> List[Dict[str, Any]]:
    """Submits all of them or none."""
    answer: Dict[str, List[Dict[str, Any]]] = agent.call(_SERVICE, "submit", jobs=jobs)
    return answer["jobs"]


def result(agent: Any, id: str, timeout: Optional[float] = None) -> Any:
    """Waits for the job's end and gives its result.

    :raises FlotillaError: when it is dead or was called off, or has not ended in time
    """
    deadline = None if timeout is None else time.monotonic() + timeout
    while True:
        patience = _PATIENCE
        if deadline is not None:
            patience = max(0.0, min(patience, deadline - time.monotonic()))
        job = agent.call(_SERVICE, "wait", timeout=patience + 2, id=id, patience=patience)["job"]
        if job["state"] == "done":
            return job.get("result")
        if job["state"] in ("dead", "cancelled"):
            raise FlotillaError("job %s is %s: %s" % (id, job["state"], job.get("error", "")))
        if deadline is not None and time.monotonic() >= deadline:
            raise FlotillaError("job %s is still %s after %g s" % (id, job["state"], timeout))
