"""Operations over the bus: calling them, and serving them by the NATS services protocol."""

import concurrent.futures
import contextvars
import difflib
import inspect
import json
import secrets
import time
from datetime import datetime, timezone
from typing import Any, Callable, Dict, List, Optional

from . import wire
from .bus import Bus, Subscription
from .errors import BusError, BusTimeout, NoResponders, OperationFailed
from .logs import logger
from .metrics import Metrics
from .protocol import Message

_LOG = logger("flotilla.operations")
_AT_ONCE = 32
_DEADLINE = "Flotilla-Deadline"
_CALL = "Flotilla-Call"
_CALLS = "flotilla.call."
_LONG = 5.0

#: Until when the caller of the operation now being answered waits, seconds since 1970, or None.
deadline: "contextvars.ContextVar[Optional[float]]" = contextvars.ContextVar(
    "flotilla_deadline", default=None
)


def call(
    bus: Bus,
    service: str,
    operation: str,
    request: Optional[Dict[str, Any]] = None,
    timeout: float = 5.0,
    form: wire.Form = wire.JSON,
) -> Any:
    """Calls an operation and returns its answer.

    Inside an operation's handler the caller's deadline holds if it is earlier than ``timeout``.

    One that may take longer than five seconds hears within a second or two that its target died.

    :raises OperationFailed: when the operation refuses or fails
    :raises BusError: when nobody listens, when the target died, or no answer comes in time
    """
    now = time.time()
    until = min(now + timeout, deadline.get() or now + timeout)
    if until <= now:
        raise BusTimeout("no time was left to call %s.%s" % (service, operation))
    headers = {**form.headers, _DEADLINE: str(int(until * 1000))}
    ended = None
    if until - now > _LONG:
        headers[_CALL] = _CALLS + secrets.token_hex(16)
        ended = _LongCall(bus, service, headers[_CALL]).ended
    try:
        answer = bus.request(
            "flotilla.op.%s.%s" % (service, operation),
            form.write(request or {}),
            headers,
            timeout=until - now,
            ended=ended,
        )
    except NoResponders as error:
        raise NoResponders("%s.%s: %s" % (service, operation, error)) from None
    code = answer.headers.get("Nats-Service-Error-Code")
    text = answer.headers.get("Nats-Service-Error")
    if code is not None or text is not None:
        raise OperationFailed.of(
            int(code) if code and code.isdigit() else 500, _read_or_none(answer), text or ""
        )
    return wire.form(answer.headers).read(answer.data) if answer.data else None


class _LongCall:
    """Asks whether a call is still being worked at; docs/communication.md has the rules."""

    def __init__(self, bus: Bus, service: str, subject: str) -> None:
        self._bus, self._service, self._subject = bus, service, subject
        self._attended = False

    def ended(self) -> bool:
        there = self._knock(self._subject)
        self._attended |= there is True
        return there is False and (
            self._attended or self._knock("$SRV.PING." + self._service) is False
        )

    def _knock(self, subject: str) -> Optional[bool]:
        """None when somebody listens and keeps silent."""
        try:
            self._bus.request(subject)
            return True
        except NoResponders:
            return False
        except BusError:
            return None


def _read_or_none(answer: Message) -> Any:
    try:
        return wire.form(answer.headers).read(answer.data)
    except (ValueError, LookupError):
        return None


class Operation:
    """A function that answers requests.

    A function with the single parameter ``request`` gets the request as a dictionary; any other
    gets its fields by name.
    """

    def __init__(self, name: str, function: Callable[..., Any]) -> None:
        self.name, self.function = name, function
        self.summary = (inspect.getdoc(function) or "").split("\n")[0]
        self.requests = self.errors = 0
        self.last_error = ""
        self.nanoseconds = 0
        self._signature = inspect.signature(function)
        self._whole = list(self._signature.parameters) == ["request"]

    def answer(self, request: Any) -> Any:
        if not isinstance(request, dict):
            raise OperationFailed(400, "a request that is no object", "an object", "Send {}.")
        if self._whole:
            return self.function(request)
        try:
            self._signature.bind(**request)
        except TypeError as error:
            raise self._refused(request, error) from None
        return self.function(**request)

    def _refused(self, request: Dict[str, Any], error: TypeError) -> OperationFailed:
        known = list(self._signature.parameters)
        for field in request:
            if field not in known:
                near = difflib.get_close_matches(field, known, 1)
                advice = "Did you mean %s?" % near[0] if near else "Leave it out."
                return OperationFailed(
                    400, "an unknown field", "one of " + ", ".join(known) if known else "none",
                    advice, field,
                )
        return OperationFailed(400, str(error), "the fields " + ", ".join(known), "Add what is missing.")


class Server:
    """Serves operations; instances with the same service name share the requests."""

    def __init__(
        self,
        bus: Bus,
        service: str,
        instance: str,
        operations: Dict[str, Operation],
        metrics: Metrics,
        version: str = "0.1.0",
        description: str = "",
    ) -> None:
        self._bus, self._service, self._instance = bus, service, instance
        self._operations, self._metrics = operations, metrics
        self._version, self._description = version, description
        self._started = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
        self._workers = concurrent.futures.ThreadPoolExecutor(_AT_ONCE, "operation")
        self._subscriptions: List[Subscription] = []
        for operation in operations.values():
            self._subscriptions.append(
                bus.subscribe(
                    self._subject(operation), self._receiver(operation), queue=service, quick=True
                )
            )
        for verb, answer in (("PING", self._ping), ("INFO", self._info), ("STATS", self._stats)):
            for subject in ("", "." + service, ".%s.%s" % (service, instance)):
                self._subscriptions.append(
                    bus.subscribe("$SRV." + verb + subject, self._discovery(answer), quick=True)
                )

    def close(self) -> None:
        """Takes no more and waits for what is being worked on."""
        for subscription in self._subscriptions:
            subscription.close()
        self._workers.shutdown(wait=True)

    def _subject(self, operation: Operation) -> str:
        return "flotilla.op.%s.%s" % (self._service, operation.name)

    def _receiver(self, operation: Operation) -> Callable[[Message], None]:
        def receive(message: Message) -> None:
            self._workers.submit(self._work, operation, message)

        return receive

    def _work(self, operation: Operation, message: Message) -> None:
        asked = message.headers.get(_CALL, "")
        if not asked.startswith(_CALLS):
            self._reply(operation, message)
            return
        there = self._bus.subscribe(asked, self._still_there, quick=True)
        try:
            self._reply(operation, message)
        finally:
            there.close()

    def _still_there(self, message: Message) -> None:
        if message.reply is not None:
            self._bus.publish(message.reply)

    def _reply(self, operation: Operation, message: Message) -> None:
        begin = time.perf_counter_ns()
        form = wire.JSON
        try:
            form = _form(message)
            headers, data = form.headers, self._answer(operation, message, form)
        except OperationFailed as error:
            operation.errors += 1
            operation.last_error = "%d:%s" % (error.code, error.sentence())
            headers = {
                **form.headers,
                "Nats-Service-Error": _one_line(error.sentence()),
                "Nats-Service-Error-Code": str(error.code),
            }
            data = form.write(error.body())
        took = time.perf_counter_ns() - begin
        operation.requests += 1
        operation.nanoseconds += took
        outcome = "error" if "Nats-Service-Error" in headers else "ok"
        labels = {"service": self._service, "operation": operation.name, "outcome": outcome}
        self._metrics.count("flotilla_operation_requests_total", labels)
        self._metrics.count("flotilla_operation_seconds_total", labels, took / 1e9)
        if message.reply is not None:
            try:
                self._bus.publish(message.reply, data, headers)
            except BusError as error:
                _LOG.warning("the answer to %s could not be sent: %s", message.subject, error)

    def _answer(self, operation: Operation, message: Message, form: wire.Form) -> bytes:
        until = message.headers.get(_DEADLINE, "")
        seconds = int(until) / 1000 if until.isdigit() else None
        if seconds is not None and seconds < time.time():
            raise OperationFailed(504, "a request whose deadline has passed", "", "Allow more time.")
        try:
            request = form.read(message.data) if message.data else {}
        except ValueError as error:
            found = "not %s: %s" % (form.name, error)
            raise OperationFailed(400, found, "an object", "Send {}.") from None
        token = deadline.set(seconds)
        try:
            return form.write(operation.answer(request))
        except OperationFailed:
            raise
        except Exception as error:  # the border of the agent: logged here, told to the caller
            _LOG.exception("%s.%s failed", self._service, operation.name)
            raise OperationFailed(
                500, "%s: %s" % (type(error).__name__, error), "", "See the log of the agent."
            ) from error
        finally:
            deadline.reset(token)

    def _discovery(self, answer: Callable[[], Dict[str, Any]]) -> Callable[[Message], None]:
        def reply(message: Message) -> None:
            if message.reply is not None:
                self._bus.publish(message.reply, json.dumps(answer()).encode("utf-8"))

        return reply

    def _identity(self, kind: str) -> Dict[str, Any]:
        return {
            "type": "io.nats.micro.v1.%s_response" % kind,
            "name": self._service,
            "id": self._instance,
            "version": self._version,
            "metadata": {},
        }

    def _ping(self) -> Dict[str, Any]:
        return self._identity("ping")

    def _info(self) -> Dict[str, Any]:
        endpoints = [
            {**self._endpoint(o), "metadata": {"summary": o.summary}}
            for o in self._operations.values()
        ]
        return {**self._identity("info"), "description": self._description, "endpoints": endpoints}

    def _stats(self) -> Dict[str, Any]:
        endpoints = [
            {
                **self._endpoint(o),
                "num_requests": o.requests,
                "num_errors": o.errors,
                "last_error": o.last_error,
                "processing_time": o.nanoseconds,
                "average_processing_time": o.nanoseconds // max(1, o.requests),
            }
            for o in self._operations.values()
        ]
        return {**self._identity("stats"), "started": self._started, "endpoints": endpoints}

    def _endpoint(self, operation: Operation) -> Dict[str, Any]:
        return {
            "name": operation.name,
            "subject": self._subject(operation),
            "queue_group": self._service,
        }


def _form(message: Message) -> wire.Form:
    try:
        return wire.form(message.headers)
    except LookupError as error:
        known = "%s or %s" % (wire.JSON.name, wire.MSGPACK.name)
        raise OperationFailed(415, str(error.args[0]), known, "Send one of these.") from None


def _one_line(text: str) -> str:
    return " ".join(text.split())
