"""An agent of the fleet: everything it needs to join, in five lines."""

import json
import os
import secrets
import signal
import threading
from typing import Any, Callable, Dict, List, Mapping, Optional

from . import batch, logs, operations, registry, wire
from .bus import Bus, Subscription
from .errors import BusError, FlotillaError, OperationFailed
from .flags import Flags
from .health import HealthServer
from .metrics import Metrics
from .models import AcquiredModel, acquire
from .operations import Operation
from .protocol import Message

_LOG = logs.logger("flotilla.agent")
_DEFAULT_URL = "nats://127.0.0.1:4222"


class Agent:
    """Joins the fleet, serves operations, and leaves in order.

    Everything has a default from the environment the fleet's node gives.

    :param name: the service's name on the bus; ``FLOTILLA_AGENT`` when left out
    :param port: of ``/health`` and ``/metrics``; ``FLOTILLA_PORT_HEALTH``, then
        ``FLOTILLA_PORT``, then any free one
    :param tags: words by which others find it
    :param shared: whether several instances may serve under this name and share the requests
    """

    def __init__(
        self,
        name: Optional[str] = None,
        *,
        url: Optional[str] = None,
        port: Optional[int] = None,
        host: str = "127.0.0.1",
        tags: Optional[List[str]] = None,
        shared: bool = False,
        version: str = "0.1.0",
        environment: Optional[Mapping[str, str]] = None,
    ) -> None:
        env = os.environ if environment is None else environment
        self.name = _token(name or env.get("FLOTILLA_AGENT") or "agent")
        self.machine = env.get("FLOTILLA_MACHINE", "")
        self.instance = _token(env.get("FLOTILLA_RUN_ID") or secrets.token_hex(6))
        self.config: Dict[str, Any] = json.loads(env.get("FLOTILLA_CONFIG") or "{}")
        self.metrics = Metrics()
        self.log = logs.logger(self.name)
        self._agent = env.get("FLOTILLA_AGENT") or self.name
        self._url = url or env.get("FLOTILLA_BUS_URL") or _DEFAULT_URL
        self._host, self._version = host, version
        self._port = port if port is not None else _port(env)
        self._tags, self._shared = list(tags or []), shared
        self._operations: Dict[str, Operation] = {}
        self._listeners: List["tuple[str, str, Callable[[Any, Message], None]]"] = []
        self._subscriptions: List[Subscription] = []
        self._checks: List[Callable[[], Optional[str]]] = []
        self._on_stop: List[Callable[[], None]] = []
        self._stop = threading.Event()
        self._timeout = _number(env, "FLOTILLA_CALL_TIMEOUT", 5.0)
        self._batch = (
            int(_number(env, "FLOTILLA_BATCH_MESSAGES", 100)),
            _number(env, "FLOTILLA_BATCH_DELAY", 0.05),
        )
        self._bus: Optional[Bus] = None
        self._batches: Optional[batch.Publisher] = None
        self._flags: Optional[Flags] = None
        self._server: Optional[operations.Server] = None
        self._lease: Optional[registry.Lease] = None
        self._health: Optional[HealthServer] = None

    # --- declared before it runs -----------------------------------------------------------

    def operation(self, name: Optional[str] = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Serves the decorated function as an operation of this agent."""

        def declare(function: Callable[..., Any]) -> Callable[..., Any]:
            operation = Operation(_token(name or function.__name__), function)
            self._operations[operation.name] = operation
            return function

        return declare

    def on(self, subject: str, queue: str = "") -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Calls the decorated function with the JSON of each event on the subject."""

        def declare(function: Callable[..., None]) -> Callable[..., None]:
            self._listeners.append((subject, queue, lambda value, _: function(value)))
            return function

        return declare

    def check(self, function: Callable[[], Optional[str]]) -> Callable[[], Optional[str]]:
        """Asks the decorated function at every ``/health``: None is well, a sentence says why not."""
        self._checks.append(function)
        return function

    def on_stop(self, function: Callable[[], None]) -> Callable[[], None]:
        """Calls the decorated function once when the agent stops."""
        self._on_stop.append(function)
        return function

    # --- used while it runs ----------------------------------------------------------------

    @property
    def bus(self) -> Bus:
        if self._bus is None:
            raise FlotillaError("the agent has not started; call start() or run() first")
        return self._bus

    @property
    def flags(self) -> Flags:
        """The fleet's flags, followed from the first use on."""
        if self._flags is None:
            self._flags = Flags(self.bus)
        return self._flags

    @property
    def port(self) -> int:
        """Of ``/health`` and ``/metrics``."""
        if self._health is None:
            raise FlotillaError("the agent has not started; call start() or run() first")
        return self._health.port

    def call(
        self, service: str, operation: str, timeout: Optional[float] = None, **request: Any
    ) -> Any:
        """Calls an operation of another service: ``agent.call("Memory", "recall", key="k")``.

        :param timeout: seconds; the fleet's ``calls.timeout`` when left out
        """
        longest = self._timeout if timeout is None else timeout
        return operations.call(self.bus, service, operation, request, longest)

    def acquire(
        self, model: str, ttl: float = 60.0, priority: int = 0, timeout: float = 300.0
    ) -> AcquiredModel:
        """Lends a model of the fleet, loaded: ``with agent.acquire("llama3-8b") as model: …``."""
        return acquire(self.bus, model, self.name, ttl, priority, timeout)

    def publish(self, subject: str, value: Any) -> None:
        """Publishes a value as JSON."""
        self.bus.publish(subject, wire.JSON.write(value), wire.JSON.headers)

    def publish_batched(self, subject: str, value: Any) -> None:
        """Publishes a value as JSON, together with others that come soon: for many small events."""
        if self._batches is None:
            self._batches = batch.Publisher(self.bus, *self._batch)
        self._batches.publish(subject, wire.JSON.write(value), wire.JSON.headers)

    def discover(self, name: Optional[str] = None, **how: Any) -> List[Dict[str, Any]]:
        return registry.discover(self.bus, name, **how)

    def get_port(self, name: str, port: Optional[str] = None) -> int:
        """The port of another agent by its name in any spelling."""
        return registry.get_port(self.bus, name, port, self.machine or None)

    # --- life ------------------------------------------------------------------------------

    def start(self) -> "Agent":
        """Joins; returns once the agent answers."""
        logs.to_standard_error()
        self._health = HealthServer(self._host, self._port, self._reasons, self.metrics)
        try:
            self._bus = Bus(self._url, self.name)
            self._server = operations.Server(
                self._bus, self.name, self.instance, self._operations, self.metrics, self._version
            )
            for subject, queue, handler in self._listeners:
                self._subscriptions.append(
                    self._bus.subscribe(subject, _json_handler(handler), queue)
                )
            self._bus.flush()
            self._lease = registry.Lease(self._bus, self._registration())
        except BaseException:
            self.stop()
            raise
        return self

    def run(self) -> None:
        """Starts, and serves until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop.set())
        try:
            self.start()
        except (BusError, OSError) as error:
            _LOG.error("%s cannot start: %s", self.name, error)
            raise SystemExit(1) from None
        _LOG.info("%s answers on the bus, /health on port %d", self.name, self.port)
        self._stop.wait()
        self.stop()

    def stop(self) -> None:
        """Leaves: takes no more requests, finishes those in work, gives the name back."""
        self._stop.set()
        while self._on_stop:
            self._on_stop.pop()()
        if self._server is not None:
            self._server.close()
        for subscription in self._subscriptions:
            subscription.close()
        if self._lease is not None:
            self._lease.close()
        if self._flags is not None:
            self._flags.close()
        if self._batches is not None:
            self._batches.close()
        if self._bus is not None:
            self._bus.close()
        if self._health is not None:
            self._health.close()
        self._server = self._lease = self._bus = self._flags = self._health = self._batches = None
        self._subscriptions = []

    def __enter__(self) -> "Agent":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _registration(self) -> Dict[str, Any]:
        registration: Dict[str, Any] = {
            "name": self.name,
            "agent": self._agent,
            "instance": self.instance,
            "ports": {"main": self.port},
            "tags": self._tags,
            "metadata": {"language": "python"},
            "shared": self._shared,
        }
        if self.machine:
            registration["machine"] = self.machine
        return registration

    def _reasons(self) -> List[str]:
        reasons = []
        if self._bus is None or not self._bus.connected:
            reasons.append("the bus is not connected")
        if self._lease is not None and self._lease.refused:
            reasons.append("the registry refuses the name: " + self._lease.refused)
        for check in list(self._checks):
            try:
                why = check()
            except Exception as error:  # a check that fails is itself the reason
                _LOG.exception("a health check failed")
                why = "a health check failed: %r" % error
            if why:
                reasons.append(why)
        return reasons


def _json_handler(handler: Callable[[Any, Message], None]) -> Callable[[Message], None]:
    def handle(message: Message) -> None:
        try:
            events = [(wire.form(m.headers).read(m.data), m) for m in batch.unpack(message)]
        except (ValueError, LookupError) as error:
            _LOG.warning("an event on %s cannot be read: %s", message.subject, error)
            return
        for value, event in events:
            handler(value, event)

    return handle


def _port(env: Mapping[str, str]) -> int:
    for variable in ("FLOTILLA_PORT_HEALTH", "FLOTILLA_PORT"):
        text = env.get(variable)
        if text:
            if not text.isdigit() or not 0 < int(text) < 65536:
                raise FlotillaError("%s is %r, expected a port from 1 to 65535" % (variable, text))
            return int(text)
    return 0


def _number(env: Mapping[str, str], variable: str, otherwise: float) -> float:
    text = env.get(variable) or str(otherwise)
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not number > 0:
        raise FlotillaError("%s is %r, expected a number above 0" % (variable, text))
    return number


def _token(name: str) -> str:
    if not name or any(not (c.isascii() and (c.isalnum() or c in "-_")) for c in name):
        raise FlotillaError("%r: expected letters, digits, - and _ only" % name)
    return name
