"""The core NATS protocol as pure functions and a parser: bytes in, operations out, no I/O."""

from typing import Dict, Iterator, List, NamedTuple, Optional

Headers = Dict[str, str]


class Message(NamedTuple):
    """A message as it arrives.

    :param reply: the subject an answer goes to, or None
    :param status: the status code of a message without payload, such as 503, or None
    """

    subject: str
    reply: Optional[str]
    headers: Headers
    data: bytes
    sid: int = 0
    status: Optional[int] = None

    @property
    def text(self) -> str:
        return self.data.decode("utf-8")


class Info(NamedTuple):
    json: str


class Ping(NamedTuple):
    pass


class Pong(NamedTuple):
    pass


class Ok(NamedTuple):
    pass


class Error(NamedTuple):
    text: str


class ProtocolError(Exception):
    """The server said something that is not the protocol."""


_MAX_LINE = 64 * 1024


class Parser:
    """Takes bytes in pieces of any size and hands out whole operations."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._head: Optional[List[str]] = None
        self._needed = 0

    def feed(self, data: bytes) -> Iterator[object]:
        self._buffer += data
        while True:
            if self._head is None:
                end = self._buffer.find(b"\r\n")
                if end < 0:
                    if len(self._buffer) > _MAX_LINE:
                        raise ProtocolError("the server sent a line without end")
                    return
                line = bytes(self._buffer[:end]).decode("utf-8", "replace")
                del self._buffer[: end + 2]
                operation = self._line(line)
                if operation is not None:
                    yield operation
            else:
                if len(self._buffer) < self._needed + 2:
                    return
                body = bytes(self._buffer[: self._needed])
                if self._buffer[self._needed : self._needed + 2] != b"\r\n":
                    raise ProtocolError("a payload does not end where its length says")
                del self._buffer[: self._needed + 2]
                head, self._head = self._head, None
                yield _message(head, body)

    def _line(self, line: str) -> Optional[object]:
        verb, _, rest = line.partition(" ")
        verb = verb.upper()
        if verb in ("MSG", "HMSG"):
            self._head = [verb] + rest.split()
            least = 3 if verb == "MSG" else 4
            if not least <= len(self._head) - 1 <= least + 1:
                raise ProtocolError("malformed: " + line[:100])
            try:
                self._needed = int(self._head[-1])
                int(self._head[2])
            except ValueError:
                raise ProtocolError("malformed: " + line[:100]) from None
            return None
        if verb == "PING":
            return Ping()
        if verb == "PONG":
            return Pong()
        if verb == "+OK":
            return Ok()
        if verb == "-ERR":
            return Error(rest.strip().strip("'"))
        if verb == "INFO":
            return Info(rest.strip())
        raise ProtocolError("unknown operation: " + line[:100])


def _message(head: List[str], body: bytes) -> Message:
    if head[0] == "MSG":
        reply = head[3] if len(head) == 5 else None
        return Message(head[1], reply, {}, body, int(head[2]))
    reply = head[3] if len(head) == 6 else None
    length = int(head[-2])
    headers, status = decode_headers(body[:length])
    return Message(head[1], reply, headers, body[length:], int(head[2]), status)


def decode_headers(block: bytes) -> "tuple[Headers, Optional[int]]":
    lines = block.decode("utf-8", "replace").split("\r\n")
    status: Optional[int] = None
    words = lines[0].split()
    if len(words) > 1 and words[1].isdigit():
        status = int(words[1])
    headers: Headers = {}
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon and name not in headers:
            headers[name] = value.strip()
    return headers, status


def encode_headers(headers: Headers) -> bytes:
    lines = ["NATS/1.0"]
    for name, value in headers.items():
        if any(c in name for c in "\r\n:") or any(c in value for c in "\r\n"):
            raise ValueError("header %r: %r holds a line end or a colon in its name" % (name, value))
        lines.append("%s: %s" % (name, value))
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def publish(subject: str, data: bytes, reply: Optional[str], headers: Headers) -> bytes:
    require_literal(subject)
    target = subject if reply is None else subject + " " + reply
    if headers:
        block = encode_headers(headers)
        head = "HPUB %s %d %d\r\n" % (target, len(block), len(block) + len(data))
        return head.encode("utf-8") + block + data + b"\r\n"
    return ("PUB %s %d\r\n" % (target, len(data))).encode("utf-8") + data + b"\r\n"


def subscribe(subject: str, queue: str, sid: int) -> bytes:
    require_tokens(subject)
    words = "SUB %s %s %d\r\n" % (subject, queue, sid) if queue else "SUB %s %d\r\n" % (subject, sid)
    return words.encode("utf-8")


def require_tokens(subject: str) -> None:
    """Refuses what is no subject: empty parts, blanks, ``>`` before the end."""
    parts = subject.split(".")
    if any(not p or any(c.isspace() for c in p) for p in parts) or ">" in parts[:-1]:
        raise ValueError(
            "subject %r: expected words between single dots, * for one, > for the rest" % subject
        )


def require_literal(subject: str) -> None:
    require_tokens(subject)
    if any(part in ("*", ">") for part in subject.split(".")):
        raise ValueError("subject %r: one cannot send to * or >" % subject)
