"""Messages that were sent together."""

import json
import struct
from typing import List, Tuple

from .protocol import Message

HEADER = "Flotilla-Batch"


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
