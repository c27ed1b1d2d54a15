"""TLS that one thread may read from while others write, which Python's own SSL socket does not allow."""

import socket
import ssl
import threading


class TlsSocket:
    """A socket with TLS over it, as far as the bus needs one."""

    def __init__(self, raw: socket.socket, context: ssl.SSLContext, host: str) -> None:
        """Agrees on the encryption, within the timeout of the socket."""
        self._raw = raw
        self._lock = threading.Lock()
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
        while True:
            try:
                self._tls.do_handshake()
                self._send_out()
                return
            except ssl.SSLWantReadError:
                self._send_out()
                self._take_in(raw.recv(65536))
            except ssl.SSLError:
                self._send_out()
                raise

    def recv(self, size: int) -> bytes:
        while True:
            with self._lock:
                try:
                    return self._tls.read(size)
                except ssl.SSLWantReadError:
                    self._send_out()
                except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
                    return b""
            data = self._raw.recv(65536)
            with self._lock:
                self._take_in(data)

    def sendall(self, data: bytes) -> None:
        with self._lock:
            self._tls.write(data)
            self._send_out()

    def settimeout(self, seconds) -> None:
        self._raw.settimeout(seconds)

    def shutdown(self, how: int) -> None:
        self._raw.shutdown(how)

    def close(self) -> None:
        self._raw.close()

    def _send_out(self) -> None:
        if self._outgoing.pending:
            self._raw.sendall(self._outgoing.read())

    def _take_in(self, data: bytes) -> None:
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()
