"""MessagePack: what JSON can say, and bytes. Extension types have no JSON form and are refused."""

import struct
from typing import Any, List, Tuple

_DEEPEST = 100


def pack(value: Any) -> bytes:
    """
    :raises TypeError: for a value that has no form in MessagePack
    :raises ValueError: for a value nested deeper than 100 levels, or an integer beyond 64 bits
    """
    out: List[bytes] = []
    _write(value, out, 0)
    return b"".join(out)


def unpack(data: bytes) -> Any:
    """
    :raises ValueError: when the data is not one whole value that JSON could say, or bytes
    """
    value, end = _read(data, 0, 0)
    if end != len(data):
        raise ValueError("data goes on after the end of the MessagePack value")
    return value


def _write(value: Any, out: List[bytes], depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError("nested deeper than %d levels" % _DEEPEST)
    if value is None:
        out.append(b"\xc0")
    elif value is True or value is False:
        out.append(b"\xc3" if value else b"\xc2")
    elif isinstance(value, int):
        out.append(_integer(value))
    elif isinstance(value, float):
        out.append(struct.pack(">Bd", 0xCB, value))
    elif isinstance(value, str):
        text = value.encode("utf-8")
        out.append(_head(len(text), 0xA0, 31, (0xD9, 0xDA, 0xDB)) + text)
    elif isinstance(value, (bytes, bytearray, memoryview)):
        data = bytes(value)
        out.append(_head(len(data), 0, -1, (0xC4, 0xC5, 0xC6)) + data)
    elif isinstance(value, (list, tuple)):
        out.append(_head(len(value), 0x90, 15, (None, 0xDC, 0xDD)))
        for element in value:
            _write(element, out, depth + 1)
    elif isinstance(value, dict):
        out.append(_head(len(value), 0x80, 15, (None, 0xDE, 0xDF)))
        for key, element in value.items():
            _write(str(key), out, depth + 1)
            _write(element, out, depth + 1)
    else:
        raise TypeError("%s has no form in MessagePack" % type(value).__name__)


def _integer(value: int) -> bytes:
    if -32 <= value < 128:
        return struct.pack("b" if value < 0 else "B", value)
    for code, form, low, high in (
        (0xCC, "B", 0, 1 << 8), (0xCD, "H", 0, 1 << 16), (0xCE, "I", 0, 1 << 32),
        (0xCF, "Q", 0, 1 << 64), (0xD0, "b", -(1 << 7), 0), (0xD1, "h", -(1 << 15), 0),
        (0xD2, "i", -(1 << 31), 0), (0xD3, "q", -(1 << 63), 0),
    ):  # fmt: skip
        if low <= value < high:
            return struct.pack(">B" + form, code, value)
    raise ValueError("an integer beyond 64 bits")


def _head(length: int, short: int, most: int, codes: "Tuple[Any, int, int]") -> bytes:
    if length <= most:
        return bytes((short | length,))
    if length < 1 << 8 and codes[0] is not None:
        return struct.pack(">BB", codes[0], length)
    if length < 1 << 16:
        return struct.pack(">BH", codes[1], length)
    return struct.pack(">BI", codes[2], length)


_FIXED = {
    0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q",
    0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q",
}  # fmt: skip
_SIZED = {
    0xC4: (">B", "bytes"), 0xC5: (">H", "bytes"), 0xC6: (">I", "bytes"),
    0xD9: (">B", "text"), 0xDA: (">H", "text"), 0xDB: (">I", "text"),
    0xDC: (">H", "list"), 0xDD: (">I", "list"), 0xDE: (">H", "map"), 0xDF: (">I", "map"),
}  # fmt: skip
_PLAIN = {0xC0: None, 0xC2: False, 0xC3: True}


def _read(data: bytes, at: int, depth: int) -> Tuple[Any, int]:
    if depth > _DEEPEST:
        raise ValueError("nested deeper than %d levels" % _DEEPEST)
    code, at = _number(data, at, ">B")
    if code < 0x80:
        return code, at
    if code >= 0xE0:
        return code - 256, at
    if code < 0x90:
        return _sized(data, at, depth, code & 0x0F, "map")
    if code < 0xA0:
        return _sized(data, at, depth, code & 0x0F, "list")
    if code < 0xC0:
        return _sized(data, at, depth, code & 0x1F, "text")
    if code in _PLAIN:
        return _PLAIN[code], at
    if code in _FIXED:
        return _number(data, at, _FIXED[code])
    if code in _SIZED:
        form, kind = _SIZED[code]
        length, at = _number(data, at, form)
        return _sized(data, at, depth, length, kind)
    raise ValueError("holds 0x%02x, which has no JSON form" % code)


def _number(data: bytes, at: int, form: str) -> Tuple[Any, int]:
    end = at + struct.calcsize(form)
    if end > len(data):
        raise ValueError("the MessagePack value is cut off")
    return struct.unpack_from(form, data, at)[0], end


def _sized(data: bytes, at: int, depth: int, length: int, kind: str) -> Tuple[Any, int]:
    if length > len(data) - at:
        raise ValueError("announces %d elements in %d bytes" % (length, len(data) - at))
    if kind == "bytes":
        return data[at : at + length], at + length
    if kind == "text":
        return data[at : at + length].decode("utf-8"), at + length
    if kind == "list":
        elements = []
        for _ in range(length):
            element, at = _read(data, at, depth + 1)
            elements.append(element)
        return elements, at
    fields = {}
    for _ in range(length):
        key, at = _read(data, at, depth + 1)
        if not isinstance(key, str):
            raise ValueError("a map whose keys are no text")
        fields[key], at = _read(data, at, depth + 1)
    return fields, at
