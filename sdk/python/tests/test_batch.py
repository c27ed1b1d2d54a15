import struct
import unittest

from flotilla.batch import unpack
from flotilla.protocol import Message


def packed(*parts):
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


class BatchTest(unittest.TestCase):
    def test_unpacks_in_order(self):
        data = packed(b"", b"one", b'{"A":["b","c"]}', b"two")
        one, two = unpack(Message("s", None, {"Flotilla-Batch": "2"}, data))
        self.assertEqual((b"one", {}), (one.data, one.headers))
        self.assertEqual((b"two", {"A": "b"}), (two.data, two.headers))

    def test_leaves_plain_messages_alone(self):
        message = Message("s", None, {}, b"\0\0\0\1")
        self.assertEqual([message], unpack(message))

    def test_refuses_what_is_cut_off(self):
        data = packed(b"", b"one", b"", b"two")
        for end in range(1, len(data)):
            with self.assertRaises(ValueError, msg=end):
                unpack(Message("s", None, {"Flotilla-Batch": "2"}, data[:end]))
        with self.assertRaisesRegex(ValueError, "announces 3"):
            unpack(Message("s", None, {"Flotilla-Batch": "3"}, data))
