"""Values as bytes, in the form that ``Content-Type`` names: JSON or MessagePack."""

import json
from typing import Any, Callable, Dict, NamedTuple

from . import msgpack

HEADER = "Content-Type"


class Form(NamedTuple):
    """A way to write values. ``read`` raises ValueError for what it cannot read."""

    name: str
    write: Callable[[Any], bytes]
    read: Callable[[bytes], Any]

    @property
    def headers(self) -> Dict[str, str]:
        return {HEADER: self.name}


JSON = Form("application/json", lambda value: json.dumps(value).encode("utf-8"), json.loads)
MSGPACK = Form("application/msgpack", msgpack.pack, msgpack.unpack)


def form(headers: Dict[str, str]) -> Form:
    """The form the headers name, JSON when they name none.

    :raises LookupError: when it is another
    """
    kind = headers.get(HEADER, JSON.name).split(";")[0].strip().lower()
    for known in (JSON, MSGPACK):
        if kind == known.name:
            return known
    raise LookupError(kind)
