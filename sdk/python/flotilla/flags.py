"""Feature flags: evaluated here, exactly as in Java, and changed by events within a second."""

import hashlib
import json
import threading
from typing import Any, Dict, Mapping, Optional

from .bus import Bus
from .errors import BusError, OperationFailed
from .logs import logger
from .operations import call
from .protocol import Message

_LOG = logger("flotilla.flags")
_BUCKETS = 100_000
_REFRESH_SECONDS = 10.0


def percent(flag: str, key: str) -> float:
    """Where a key lies, from 0 up to but without 100, in steps of 0.001."""
    digest = hashlib.sha256((flag + "\0" + key).encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") % _BUCKETS / 1000


def variant(flag: Mapping[str, Any], key: str) -> str:
    """The name of the variant a key gets: the share it falls into, else the default."""
    at = percent(flag["name"], key)
    end = 0.0
    for share in flag.get("split", ()):
        end += share["percent"]
        if at < end:
            return share["variant"]
    return flag["defaultVariant"]


class Flags:
    """The fleet's flags as they stand. Reading never waits. Thread-safe."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._lock = threading.Lock()
        self._seen = 0
        self._flags: Dict[str, Mapping[str, Any]] = {}
        self._closed = threading.Event()
        self._events = bus.subscribe("flotilla.event.flag.>", self._changed)
        self.refresh()
        threading.Thread(target=self._refresh_for_ever, name="flags", daemon=True).start()

    def value(self, flag: str, key: str, default: Any = None) -> Any:
        """The value of the variant the key gets; ``default`` when there is no such flag."""
        known = self._flags.get(flag)
        return default if known is None else known["variants"].get(variant(known, key), default)

    def enabled(self, flag: str, key: str) -> bool:
        """Whether a boolean flag is on for the key; False for what is not a boolean flag."""
        return self.value(flag, key) is True

    def refresh(self) -> None:
        """Asks for all flags; when nobody answers, what was last known holds."""
        before = self._seen
        try:
            listing = call(self._bus, "flags", "list", {}, timeout=2.0)
            listed = {state["flag"]["name"]: state["flag"] for state in listing["flags"]}
        except (BusError, OperationFailed, KeyError, TypeError, ValueError) as error:
            _LOG.debug("flags stay as last known: %s", error)
            return
        with self._lock:
            if self._seen == before:
                self._flags = listed

    def close(self) -> None:
        self._closed.set()
        self._events.close()

    def _changed(self, message: Message) -> None:
        try:
            change = json.loads(message.data)
            flag: Optional[Mapping[str, Any]] = change["now"]
            variant(flag, "")
        except (ValueError, KeyError, TypeError) as error:
            _LOG.warning("not a flag event on %s: %s", message.subject, error)
            return
        with self._lock:
            self._seen += 1
            self._flags = {**self._flags, flag["name"]: flag}

    def _refresh_for_ever(self) -> None:
        while not self._closed.wait(_REFRESH_SECONDS):
            self.refresh()
