"""Signing with a NATS user seed: Ed25519 (RFC 8032, 5.1), which the standard library lacks.

Meant for one signature of the server's nonce at each connect, which takes some milliseconds. It does
not hide from a program on the same processor how long it took; whoever runs there under another user
and measures it, is a danger that this does not guard against.
"""

import base64
import binascii
import hashlib
from typing import NamedTuple, Tuple

from .errors import Refused

_Point = Tuple[int, int, int, int]

_SEED, _USER = 18 << 3, 20 << 3
_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)


def _add(a: _Point, b: _Point) -> _Point:
    """In extended coordinates: x = X/Z, y = Y/Z, xy = T/Z."""
    p, q = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    r, s = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    e, f, g, h = q - p, s - r, s + r, q + p
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: _Point) -> _Point:
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = _add(result, point)
        point = _add(point, point)
        scalar >>= 1
    return result


def _base() -> _Point:
    y = 4 * pow(5, _P - 2, _P) % _P
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if x & 1:
        x = _P - x
    return x, y, 1, x * y % _P


_BASE = _base()


def _packed(point: _Point) -> bytes:
    inverse = pow(point[2], _P - 2, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % _ORDER


def _secret(seed: bytes) -> Tuple[int, bytes]:
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    return scalar, digest[32:]


def public_key(seed: bytes) -> bytes:
    """The 32 bytes of the Ed25519 key that belongs to a seed of 32 bytes."""
    return _packed(_times(_secret(seed)[0], _BASE))


def sign(seed: bytes, message: bytes) -> bytes:
    """The Ed25519 signature, 64 bytes, of a message."""
    scalar, prefix = _secret(seed)
    key = _packed(_times(scalar, _BASE))
    nonce = _number(prefix, message)
    point = _packed(_times(nonce, _BASE))
    proof = (nonce + _number(point, key, message) * scalar) % _ORDER
    return point + proof.to_bytes(32, "little")


class UserKey(NamedTuple):
    """Who a client is: the public key in NATS's form, and the seed that proves it."""

    name: str
    seed: bytes

    @classmethod
    def parse(cls, text: str, where: str) -> "UserKey":
        """
        :param text: a seed in NATS's form, SU and 56 more letters and digits
        :param where: it stood, for the error; the seed itself is never shown
        """
        try:
            raw = base64.b32decode(text + "=" * (-len(text) % 8))
        except binascii.Error:
            raw = b""
        body, check = raw[:-2], raw[-2:]
        prefix = bytes([_SEED | _USER >> 5, (_USER & 31) << 3])
        if len(raw) != 36 or not body.startswith(prefix) or _checksum(body) != check:
            raise Refused(
                "%s holds what looks like an nkey seed and is none: expected SU and 56 more of A-Z "
                "and 2-7 with the right checksum; copy it again" % where
            )
        seed = body[2:]
        public = bytes([_USER]) + public_key(seed)
        name = base64.b32encode(public + _checksum(public)).decode("ascii").rstrip("=")
        return cls(name, seed)

    def proof(self, nonce: str) -> str:
        """What is sent to a server that asked with a nonce."""
        signature = sign(self.seed, nonce.encode("ascii"))
        return base64.urlsafe_b64encode(signature).decode("ascii").rstrip("=")

    def __repr__(self) -> str:
        return "UserKey(%s)" % self.name


def _checksum(data: bytes) -> bytes:
    return binascii.crc_hqx(data, 0).to_bytes(2, "little")
