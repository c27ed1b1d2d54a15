"""The agent's entry in the fleet's ServiceRegistry, kept alive by a heartbeat."""

import threading
from typing import Any, Dict, List, Optional

from .bus import Bus
from .errors import BusError, OperationFailed
from .logs import logger
from .operations import call

_LOG = logger("flotilla.registry")
_SERVICE = "ServiceRegistry"
_TRY_AGAIN_SECONDS = 2.0


class NameHeld(OperationFailed):
    """A living instance elsewhere holds the name."""


class Lease:
    """Registers, renews in the background, registers again when the registry forgot."""

    def __init__(self, bus: Bus, registration: Dict[str, Any]) -> None:
        self._bus, self._registration = bus, registration
        self._stop = threading.Event()
        self._wake = threading.Event()
        self.registered = False
        self.refused: Optional[str] = None
        bus.on_reconnect.append(self._wake.set)
        pause = self._register()
        self._thread = threading.Thread(
            target=self._keep, args=(pause,), name="lease", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Gives the name back."""
        self._stop.set()
        self._wake.set()
        self._thread.join(5)
        if self.registered:
            self.registered = False
            try:
                call(self._bus, _SERVICE, "deregister", self._key(), timeout=2.0)
            except (BusError, OperationFailed) as error:
                _LOG.info("not deregistered, the lease will end by itself: %s", error)

    def _keep(self, pause: float) -> None:
        while not self._stop.is_set():
            self._wake.wait(pause)
            self._wake.clear()
            if self._stop.is_set():
                return
            pause = self._renew() if self.registered else self._register()

    def _register(self) -> float:
        try:
            leased = call(self._bus, _SERVICE, "register", self._registration, timeout=2.0)
        except OperationFailed as error:
            self.registered = False
            if self.refused != error.sentence():
                _LOG.error("the registry refuses %s: %s", self._registration["name"], error)
            self.refused = error.sentence()
            return _TRY_AGAIN_SECONDS
        except BusError as error:
            self.registered = False
            _LOG.debug("no registry yet: %s", error)
            return _TRY_AGAIN_SECONDS
        if not self.registered:
            _LOG.info("registered as %s", self._registration["name"])
        self.registered, self.refused = True, None
        return _pause(leased)

    def _renew(self) -> float:
        try:
            return _pause(call(self._bus, _SERVICE, "renew", self._key(), timeout=2.0))
        except OperationFailed as error:
            _LOG.info("the lease is gone, registering again: %s", error)
            self.registered = False
            return self._register()
        except BusError as error:
            _LOG.warning("the lease could not be renewed: %s", error)
            return _TRY_AGAIN_SECONDS

    def _key(self) -> Dict[str, str]:
        return {"name": self._registration["name"], "instance": self._registration["instance"]}


def _pause(leased: Any) -> float:
    every = leased.get("renewEvery", 10) if isinstance(leased, dict) else 10
    return max(0.2, float(every) * 0.8)


def discover(
    bus: Bus,
    name: Optional[str] = None,
    machine: Optional[str] = None,
    tags: Optional[List[str]] = None,
    everything: bool = False,
) -> List[Dict[str, Any]]:
    """Instances by name, machine and tags; with ``everything`` also those that do not run."""
    asked: Dict[str, Any] = {"tags": tags or [], "all": everything}
    if name is not None:
        asked["name"] = name
    if machine is not None:
        asked["machine"] = machine
    return call(bus, _SERVICE, "discover", asked)["instances"]


def get_port(bus: Bus, name: str, port: Optional[str] = None, machine: Optional[str] = None) -> int:
    """The port of an agent by its name in any spelling, such as ``MEMORY_AGENT``."""
    asked: Dict[str, Any] = {"name": name}
    if port is not None:
        asked["port"] = port
    if machine is not None:
        asked["machine"] = machine
    return int(call(bus, _SERVICE, "port", asked)["port"])
