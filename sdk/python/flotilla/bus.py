"""A client of the fleet's messages (the core NATS protocol) for threads."""

import json
import os
import queue
import random
import secrets
import socket
import ssl
import stat
import threading
import time
from typing import Callable, Dict, List, NamedTuple, Optional, Union
from urllib.parse import unquote, urlsplit

from . import protocol
from .errors import BusError, BusTimeout, Disconnected, NoResponders, Refused
from .logs import logger
from .nkeys import UserKey
from .protocol import Headers, Message
from .tls import TlsSocket
from .version import __version__

_KEPT_WHILE_AWAY = 8 * 1024 * 1024
_PENDING_MESSAGES = 65_536
_PING_SECONDS = 20.0
_CONNECT_SECONDS = 5.0
_LONGEST_PAUSE = 2.0
_ASK_AGAIN_SECONDS = 1.0
_LOG = logger("flotilla.bus")
_Socket = Union[socket.socket, TlsSocket]


class Address(NamedTuple):
    host: str
    port: int
    tls: bool
    token: Optional[str] = None
    user: Optional[str] = None
    password: Optional[str] = None
    key: Optional[UserKey] = None

    @classmethod
    def parse(cls, url: str, credentials: Optional[str] = None) -> "Address":
        """
        :param url: ``nats://`` or ``tls://`` host:port, with ``token@`` or ``user:password@``
        :param credentials: path of a file with a token, ``user:password`` or an nkey seed, used when the
            URL has none
        """
        parts = urlsplit(url if "://" in url else "nats://" + url)
        if parts.scheme not in ("nats", "tls") or not parts.hostname:
            raise Refused("bus address %r: expected nats://host:port or tls://host:port" % url)
        user = unquote(parts.username) if parts.username is not None else None
        password = unquote(parts.password) if parts.password is not None else None
        where = "the bus address"
        if user is None and credentials:
            where = credentials
            user, password = _credentials(credentials)
        address = cls(parts.hostname, parts.port or 4222, parts.scheme == "tls")
        if user is not None and password is None:
            # A seed must never be sent as a token.
            if len(user) == 58 and user.startswith("SU"):
                return address._replace(key=UserKey.parse(user, where))
            return address._replace(token=user)
        return address._replace(user=user, password=password)

    def shown(self) -> str:
        return "%s:%d" % (self.host, self.port)


def _credentials(path: str) -> "tuple[str, Optional[str]]":
    mode = stat.S_IMODE(os.stat(path).st_mode)
    if mode & 0o077:
        raise Refused("%s has mode %o, expected 600; run: chmod 600 %s" % (path, mode, path))
    with open(path, encoding="utf-8") as file:
        secret = file.read().strip()
    user, colon, password = secret.partition(":")
    return user, password if colon else None


class Subscription:
    """Closing it ends it. Its handler runs on a thread of its own, one message at a time.

    With ``quick`` there is no such thread: the handler runs on the one that reads, and must not wait.
    """

    def __init__(
        self,
        bus: "Bus",
        sid: int,
        subject: str,
        group: str,
        handler: Callable[[Message], None],
        quick: bool,
    ) -> None:
        self.sid, self.subject, self.group = sid, subject, group
        self._bus, self._handler, self._quick = bus, handler, quick
        self._inbox: "queue.Queue[Optional[Message]]" = queue.Queue(_PENDING_MESSAGES)
        self._dropped = 0
        if not quick:
            threading.Thread(target=self._run, name="bus " + subject, daemon=True).start()

    def _offer(self, message: Message) -> None:
        if self._quick:
            self._handle(message)
            return
        try:
            self._inbox.put_nowait(message)
        except queue.Full:
            self._dropped += 1
            if self._dropped & (self._dropped - 1) == 0:
                _LOG.warning(
                    "the handler of %s is too slow; messages lost: %d", self.subject, self._dropped
                )

    def _run(self) -> None:
        while True:
            message = self._inbox.get()
            if message is None:
                return
            self._handle(message)

    def _handle(self, message: Message) -> None:
        try:
            self._handler(message)
        except Exception:  # the thread must go on; the error is logged with its trace
            _LOG.exception("the handler of a message on %s failed", message.subject)

    def close(self) -> None:
        self._bus._unsubscribe(self)

    def _end(self) -> None:
        while True:
            try:
                self._inbox.put_nowait(None)
                return
            except queue.Full:
                try:
                    self._inbox.get_nowait()
                except queue.Empty:
                    continue


class _Waiting:
    def __init__(self) -> None:
        self.done = threading.Event()
        self.answer: Optional[Message] = None
        self.error: Optional[BusError] = None


class Bus:
    """A connection that is made again without end once it has stood. Thread-safe."""

    def __init__(
        self,
        url: str,
        name: str = "python",
        credentials: Optional[str] = None,
        tls: Optional[ssl.SSLContext] = None,
    ) -> None:
        self._address = Address.parse(url, credentials)
        self._name, self._tls = name, tls
        self._lock = threading.RLock()
        self._write_lock = threading.Lock()
        self._socket: Optional[_Socket] = None
        self._subscriptions: Dict[int, Subscription] = {}
        self._next_sid = 1
        self._away: List[bytes] = []
        self._away_bytes = 0
        self._waiting: Dict[str, _Waiting] = {}
        self._pongs: List[threading.Event] = []
        self._inbox = "_INBOX." + secrets.token_hex(11)
        self._closed = threading.Event()
        self._last_heard = time.monotonic()
        self.max_payload = 1024 * 1024
        self.on_reconnect: List[Callable[[], None]] = []
        sock, parser, early = self._connect()
        self._established(sock)
        self.subscribe(self._inbox + ".*", self._answered, quick=True)
        threading.Thread(
            target=self._read_for_ever, args=(sock, parser, early), name="bus", daemon=True
        ).start()
        threading.Thread(target=self._ping_for_ever, name="bus ping", daemon=True).start()

    # --- what users call -------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        return self._socket is not None

    def publish(
        self,
        subject: str,
        data: bytes = b"",
        headers: Optional[Headers] = None,
        reply: Optional[str] = None,
    ) -> None:
        """Sends without waiting. While the connection is away up to 8 MiB are kept."""
        if len(data) > self.max_payload:
            raise Refused(
                "the message for %s has %d bytes, the bus takes at most %d; send less, or a "
                "reference to where the data lies" % (subject, len(data), self.max_payload)
            )
        self._send(protocol.publish(subject, data, reply, headers or {}), keep=True)

    def subscribe(
        self,
        subject: str,
        handler: Callable[[Message], None],
        queue: str = "",
        quick: bool = False,
    ) -> Subscription:
        """Calls the handler for each message; receivers of one queue share them.

        :param quick: the handler never waits, and needs no thread of its own
        """
        protocol.require_tokens(subject)
        with self._lock:
            sid = self._next_sid
            self._next_sid += 1
            subscription = Subscription(self, sid, subject, queue, handler, quick)
            self._subscriptions[sid] = subscription
            words = protocol.subscribe(subject, queue, sid)
            self._send(words, keep=False)
        return subscription

    def request(
        self,
        subject: str,
        data: bytes = b"",
        headers: Optional[Headers] = None,
        timeout: float = 5.0,
        ended: Optional[Callable[[], bool]] = None,
    ) -> Message:
        """Sends and waits for one answer.

        :param ended: asked once a second while there is none: whether nobody is at it any more
        :raises NoResponders: at once, when nobody listens, and when whoever was at it has ended
        :raises BusTimeout: after ``timeout`` seconds
        :raises Disconnected: when the connection is lost meanwhile
        """
        token = secrets.token_hex(8)
        waiting = _Waiting()
        with self._lock:
            self._waiting[token] = waiting
        try:
            self.publish(subject, data, headers, reply=self._inbox + "." + token)
            if not self._wait(waiting.done, timeout, ended):
                raise BusTimeout("no answer from %s within %.3g s" % (subject, timeout))
        finally:
            with self._lock:
                self._waiting.pop(token, None)
        if waiting.error is not None:
            raise waiting.error
        assert waiting.answer is not None
        if waiting.answer.status == 503 and not waiting.answer.data:
            raise NoResponders("nobody listens on %s" % subject)
        return waiting.answer

    @staticmethod
    def _wait(
        done: threading.Event, timeout: float, ended: Optional[Callable[[], bool]]
    ) -> bool:
        if ended is None:
            return done.wait(timeout)
        end = time.monotonic() + timeout
        while not done.wait(min(_ASK_AGAIN_SECONDS, end - time.monotonic())):
            if time.monotonic() >= end:
                return False
            # Who ended may have answered first.
            if ended() and not done.wait(_ASK_AGAIN_SECONDS):
                raise NoResponders("whoever was at it has ended")
        return True

    def flush(self, timeout: float = 5.0) -> None:
        """Waits until the server has everything sent so far."""
        pong = threading.Event()
        with self._lock:
            self._pongs.append(pong)
            self._send(b"PING\r\n", keep=False)
        if not pong.wait(timeout):
            raise BusTimeout("the bus at %s did not confirm" % self._address.shown())
        if not self.connected:
            raise Disconnected("the connection to the bus was lost")

    def close(self) -> None:
        self._closed.set()
        with self._lock:
            subscriptions = list(self._subscriptions.values())
            self._subscriptions.clear()
            self._drop(self._socket)
        for subscription in subscriptions:
            subscription._end()
        self._fail_waiting("the connection was closed")

    def __enter__(self) -> "Bus":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- the connection --------------------------------------------------------------------

    def _connect(self) -> "tuple[_Socket, protocol.Parser, List[object]]":
        address = self._address
        sock: _Socket
        try:
            sock = socket.create_connection((address.host, address.port), _CONNECT_SECONDS)
        except OSError as error:
            raise Disconnected(
                "no bus answers at %s (%s); start the fleet with `flotilla up`, or check "
                "FLOTILLA_BUS_URL" % (address.shown(), error)
            ) from error
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            parser = protocol.Parser()
            info, early = self._first(sock, parser, protocol.Info)
            said = json.loads(info.json)
            self.max_payload = int(said.get("max_payload", self.max_payload))
            if address.tls or said.get("tls_required"):
                context = self._tls or ssl.create_default_context()
                sock = TlsSocket(sock, context, address.host)
            sock.sendall(self._greeting(said.get("nonce")) + b"PING\r\n")
            _, early = self._first(sock, parser, protocol.Pong)
            sock.settimeout(None)
            return sock, parser, early
        except BusError:
            sock.close()
            raise
        except (OSError, ValueError, protocol.ProtocolError) as error:
            sock.close()
            raise Disconnected("the bus at %s: %s" % (address.shown(), error)) from error

    def _first(self, sock: _Socket, parser: protocol.Parser, kind: type):
        """Reads until an operation of the kind; what came behind it is handed out too."""
        while True:
            data = sock.recv(65536)
            if not data:
                raise Disconnected("the bus at %s ended the connection" % self._address.shown())
            operations = list(parser.feed(data))
            for at, operation in enumerate(operations):
                if isinstance(operation, protocol.Error):
                    raise Refused(
                        "the bus at %s refused the connection: %s; check the token in "
                        "FLOTILLA_BUS_URL" % (self._address.shown(), operation.text)
                    )
                if isinstance(operation, kind):
                    return operation, operations[at + 1 :]

    def _greeting(self, nonce: Optional[str]) -> bytes:
        options: Dict[str, object] = {
            "verbose": False,
            "pedantic": False,
            "lang": "python-flotilla",
            "version": __version__,
            "protocol": 1,
            "echo": True,
            "headers": True,
            "no_responders": True,
            "name": self._name,
        }
        if self._address.token is not None:
            options["auth_token"] = self._address.token
        if self._address.user is not None:
            options["user"], options["pass"] = self._address.user, self._address.password
        if self._address.key is not None:
            if not nonce:
                raise Refused(
                    "the bus at %s asks for no signature, and an nkey seed is all this agent has; give "
                    "it a token or user:password, or the bus its key %s"
                    % (self._address.shown(), self._address.key.name)
                )
            options["nkey"] = self._address.key.name
            options["sig"] = self._address.key.proof(nonce)
        return b"CONNECT " + json.dumps(options).encode("utf-8") + b"\r\n"

    def _established(self, sock: _Socket) -> None:
        """Subscribes again and sends what was kept."""
        with self._lock:
            words = [
                protocol.subscribe(s.subject, s.group, s.sid) for s in self._subscriptions.values()
            ]
            kept, self._away, self._away_bytes = self._away, [], 0
            self._last_heard = time.monotonic()
            if words or kept:
                try:
                    with self._write_lock:
                        sock.sendall(b"".join(words + kept))
                except OSError:
                    self._away, self._away_bytes = kept, sum(map(len, kept))
                    raise
            if self._closed.is_set():
                raise OSError("closed meanwhile")
            self._socket = sock

    def _send(self, words: bytes, keep: bool) -> None:
        if self._closed.is_set():
            raise Disconnected("the connection to the bus was closed")
        with self._lock:
            sock = self._socket
            if sock is None:
                if keep:
                    self._keep(words)
                return
        try:
            with self._write_lock:
                sock.sendall(words)
        except OSError:
            with self._lock:
                self._drop(sock)
                if keep:
                    self._keep(words)

    def _keep(self, words: bytes) -> None:
        if self._away_bytes + len(words) > _KEPT_WHILE_AWAY:
            raise Disconnected(
                "the bus at %s is away and %d bytes already wait for it"
                % (self._address.shown(), self._away_bytes)
            )
        self._away.append(words)
        self._away_bytes += len(words)

    def _drop(self, sock: Optional[_Socket]) -> None:
        if sock is not None:
            if self._socket is sock:
                self._socket = None
            # Only the thread that reads closes: a number given back early may be another's socket.
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError as error:
                _LOG.debug("already gone: %s", error)

    def _read_for_ever(self, sock, parser, early) -> None:
        for operation in early:
            self._act(sock, operation)
        while True:
            try:
                self._read(sock, parser)
            except (OSError, protocol.ProtocolError) as error:
                if not self._closed.is_set():
                    _LOG.warning("lost the bus at %s: %s", self._address.shown(), error)
            with self._lock:
                self._drop(sock)
                sock.close()
                pongs, self._pongs = self._pongs, []
            for pong in pongs:
                pong.set()
            self._fail_waiting("the connection to the bus was lost before an answer came")
            again = self._again()
            if again is None:
                return
            sock, parser, early = again
            for operation in early:
                self._act(sock, operation)

    def _again(self):
        pause = 0.1
        while not self._closed.wait(pause * random.uniform(0.5, 1.5)):
            pause = min(_LONGEST_PAUSE, pause * 2)
            try:
                made = self._connect()
            except BusError as error:
                _LOG.debug("still no bus: %s", error)
                continue
            try:
                self._established(made[0])
            except OSError as error:
                made[0].close()
                _LOG.debug("lost at once: %s", error)
                continue
            _LOG.info("connected to the bus at %s again", self._address.shown())
            for told in self.on_reconnect:
                told()
            return made
        return None

    def _read(self, sock: _Socket, parser: protocol.Parser) -> None:
        while True:
            data = sock.recv(65536)
            if not data:
                raise OSError("the server ended the connection")
            self._last_heard = time.monotonic()
            for operation in parser.feed(data):
                self._act(sock, operation)

    def _act(self, sock: _Socket, operation: object) -> None:
        if isinstance(operation, Message):
            subscription = self._subscriptions.get(operation.sid)
            if subscription is not None:
                subscription._offer(operation)
        elif isinstance(operation, protocol.Ping):
            self._send(b"PONG\r\n", keep=False)
        elif isinstance(operation, protocol.Pong):
            with self._lock:
                pong = self._pongs.pop(0) if self._pongs else None
            if pong is not None:
                pong.set()
        elif isinstance(operation, protocol.Error):
            _LOG.warning("the bus at %s says: %s", self._address.shown(), operation.text)

    def _ping_for_ever(self) -> None:
        while not self._closed.wait(_PING_SECONDS / 2):
            silent = time.monotonic() - self._last_heard
            sock = self._socket
            if sock is None or silent < _PING_SECONDS:
                continue
            if silent > 3 * _PING_SECONDS:
                with self._lock:
                    self._drop(sock)
            else:
                with self._lock:
                    self._pongs.append(threading.Event())
                    self._send(b"PING\r\n", keep=False)

    def _answered(self, message: Message) -> None:
        with self._lock:
            waiting = self._waiting.pop(message.subject.rpartition(".")[2], None)
        if waiting is not None:
            waiting.answer = message
            waiting.done.set()

    def _fail_waiting(self, why: str) -> None:
        with self._lock:
            lost = list(self._waiting.values())
            self._waiting.clear()
        for waiting in lost:
            waiting.error = Disconnected(why)
            waiting.done.set()

    def _unsubscribe(self, subscription: Subscription) -> None:
        with self._lock:
            known = self._subscriptions.pop(subscription.sid, None)
        if known is not None and not self._closed.is_set():
            self._send(b"UNSUB %d\r\n" % subscription.sid, keep=False)
        subscription._end()
