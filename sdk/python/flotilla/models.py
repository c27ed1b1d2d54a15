"""Use of models: :func:`acquire` lends one of the fleet's, loaded, for the length of a block."""

import threading
from typing import Any, Dict, Optional

from . import operations
from .bus import Bus
from .errors import FlotillaError, OperationFailed

SERVICE = "ModelManagerSuite"


class AcquiredModel:
    """A model that is loaded and stays so until :meth:`release`; renews its lease by itself.

    ``base_url`` is the address of its OpenAI-compatible API, ``address`` the same without ``/v1``.
    When the model's process ends, or the service cannot be reached for the length of the lease,
    ``lost`` becomes true: acquire it again.
    """

    def __init__(self, bus: Bus, answer: Dict[str, Any], holder: str, ttl: float) -> None:
        self.lease: str = answer["lease"]
        self.model: str = answer["model"]
        self.variant: str = answer["variant"]
        self.card: str = answer["card"]
        self.address: str = answer["address"]
        self.base_url: str = answer["baseUrl"]
        self.lost = False
        self._bus, self._holder, self._ttl = bus, holder, ttl
        self._over = threading.Event()
        self._failures = 0
        self._thread = threading.Thread(
            target=self._renew, name="lease of " + self.model, daemon=True
        )
        self._thread.start()

    def release(self) -> None:
        """Gives the model back; further calls do nothing."""
        if self._over.is_set():
            return
        self._over.set()
        try:
            operations.call(self._bus, SERVICE, "release", {"lease": self.lease})
        except FlotillaError:
            pass  # it ends with its time

    def __enter__(self) -> "AcquiredModel":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def _renew(self) -> None:
        while not self._over.wait(self._ttl / 3) and not self.lost:
            request = {"lease": self.lease, "ttl": self._ttl, "holder": self._holder}
            try:
                operations.call(self._bus, SERVICE, "renew", request, self._ttl / 3)
                self._failures = 0
            except OperationFailed as failed:
                self._failures += 1
                self.lost = failed.code == 404 or self._failures >= 3
            except FlotillaError:
                self._failures += 1
                self.lost = self._failures >= 3


def acquire(
    bus: Bus,
    model: str,
    holder: str,
    ttl: float = 60.0,
    priority: int = 0,
    timeout: Optional[float] = 300.0,
) -> AcquiredModel:
    """Waits until the model is loaded, at most ``timeout`` seconds.

    Raises :class:`OperationFailed` with code 404 for an unknown model, and 409 with the reason for
    one that cannot be loaded.
    """
    request = {"model": model, "holder": holder, "ttl": ttl, "priority": priority}
    answer = operations.call(bus, SERVICE, "acquire", request, timeout or 300.0)
    return AcquiredModel(bus, answer, holder, ttl)
