"""Many small messages sent together."""

import json
import struct
import threading
import time
from typing import Dict, List, Optional, Tuple

from .bus import Bus
from .errors import BusError, FlotillaError
from .logs import logger
from .protocol import Headers, Message

HEADER = "Flotilla-Batch"
_HEADROOM = 256
_LOG = logger("flotilla.batch")


def unpack(message: Message) -> List[Message]:
    """The messages in a message: several in a batch, itself alone otherwise.

    :raises ValueError: when it says that it is a batch and is none
    """
    count = message.headers.get(HEADER)
    if count is None:
        return [message]
    messages, at = [], 0
    while at < len(message.data):
        block, at = _part(message.data, at)
        data, at = _part(message.data, at)
        headers = {k: v[0] for k, v in json.loads(block).items() if v} if block else {}
        messages.append(Message(message.subject, None, headers, data, message.sid))
    if count != str(len(messages)):
        raise ValueError("a batch announces %s messages and holds %d" % (count, len(messages)))
    return messages


def _part(data: bytes, at: int) -> Tuple[bytes, int]:
    if at + 4 > len(data):
        raise ValueError("a batch is cut off")
    (length,) = struct.unpack_from(">I", data, at)
    if at + 4 + length > len(data):
        raise ValueError("a batch is cut off")
    return data[at + 4 : at + 4 + length], at + 4 + length


def pack(messages: "List[Tuple[bytes, Headers]]") -> bytes:
    """What several messages on one subject look like as one."""
    out = []
    for data, headers in messages:
        block = json.dumps({k: [v] for k, v in headers.items()}).encode() if headers else b""
        out += (struct.pack(">I", len(block)), block, struct.pack(">I", len(data)), data)
    return b"".join(out)


class Publisher:
    """Gathers messages by subject and sends them together: after ``messages`` of them, after
    ``seconds``, or when one more would be too large for the bus. Closing it sends the rest; what
    the bus refuses waits on. Thread-safe.
    """

    def __init__(self, bus: Bus, messages: int = 100, seconds: float = 0.05) -> None:
        if messages < 1 or seconds <= 0:
            raise ValueError("batches of %r within %r s; both must be above 0" % (messages, seconds))
        self._bus, self._most, self._seconds = bus, messages, seconds
        self._due: "Dict[str, float]" = {}
        self._gathered: "Dict[str, List[Tuple[bytes, Headers]]]" = {}
        self._sizes: "Dict[str, int]" = {}
        self._changed = threading.Condition()
        self._closed = False
        threading.Thread(target=self._send_for_ever, name="batches", daemon=True).start()

    def publish(self, subject: str, data: bytes, headers: Optional[Headers] = None) -> None:
        """:raises BusError: when the message was not taken, because the bus refuses what waits"""
        size = 64 + len(data) + sum(len(k) + len(v) + 8 for k, v in (headers or {}).items())
        with self._changed:
            if self._closed:
                raise FlotillaError("published on %s after close" % subject)
            if self._sizes.get(subject, 0) + size > self._bus.max_payload - _HEADROOM:
                self._send(subject)
            self._gathered.setdefault(subject, []).append((data, dict(headers or {})))
            self._sizes[subject] = self._sizes.get(subject, 0) + size
            if subject not in self._due:
                self._due[subject] = time.monotonic() + self._seconds
                self._changed.notify()
            if len(self._gathered[subject]) >= self._most:
                self._send_or_wait(subject)

    def flush(self) -> None:
        """Sends all that waits."""
        with self._changed:
            for subject in list(self._gathered):
                self._send(subject)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
        self.flush()

    def _send(self, subject: str) -> None:
        messages = self._gathered.get(subject)
        if not messages:
            return
        if len(messages) == 1:
            self._bus.publish(subject, *messages[0])
        else:
            self._bus.publish(subject, pack(messages), {HEADER: str(len(messages))})
        del self._gathered[subject], self._sizes[subject], self._due[subject]

    def _send_or_wait(self, subject: str) -> None:
        try:
            self._send(subject)
        except BusError as error:
            _LOG.debug("messages on %s wait on: %s", subject, error)
            self._due[subject] = time.monotonic() + self._seconds

    def _send_for_ever(self) -> None:
        with self._changed:
            while not self._closed:
                now = time.monotonic()
                for subject in [s for s, due in self._due.items() if due <= now]:
                    self._send_or_wait(subject)
                next_due = min(self._due.values(), default=None)
                self._changed.wait(None if next_due is None else max(0.0, next_due - now))
