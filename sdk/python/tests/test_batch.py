import struct
import threading
import unittest

from flotilla.batch import Publisher, pack, unpack
from flotilla.errors import Disconnected, FlotillaError
from flotilla.protocol import Message

from .support import eventually


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


class SilentBus:
    max_payload = 2000

    def __init__(self):
        self.sent = []
        self.refuses = False
        self.lock = threading.Lock()

    def publish(self, subject, data, headers=None):
        if self.refuses:
            raise Disconnected("away")
        with self.lock:
            self.sent.append(Message(subject, None, dict(headers or {}), data))

    def received(self, subject="s"):
        with self.lock:
            sent = [m for m in self.sent if m.subject == subject]
        return [m.data for message in sent for m in unpack(message)]


class PublisherTest(unittest.TestCase):
    def setUp(self):
        self.bus = SilentBus()

    def publisher(self, messages, seconds):
        publisher = Publisher(self.bus, messages, seconds)
        self.addCleanup(publisher.close)
        return publisher

    def test_what_is_packed_is_unpacked_with_its_headers(self):
        data = pack([(b"one", {}), (b"", {"A": "b"})])
        one, two = unpack(Message("s", None, {"Flotilla-Batch": "2"}, data))
        self.assertEqual((b"one", {}, b"", {"A": "b"}), (one.data, one.headers, two.data, two.headers))

    def test_sends_once_there_are_enough_and_keeps_the_order(self):
        publisher = self.publisher(3, 60)
        for i in range(7):
            publisher.publish("s", b"%d" % i)
        self.assertEqual(2, len(self.bus.sent))
        publisher.close()
        self.assertEqual([b"%d" % i for i in range(7)], self.bus.received())
        with self.assertRaises(FlotillaError):
            publisher.publish("s", b"late")

    def test_sends_what_waited_long_enough(self):
        publisher = self.publisher(100, 0.02)
        publisher.publish("s", b"one")
        publisher.publish("t", b"two")
        eventually(lambda: self.bus.received() == [b"one"] and self.bus.received("t") == [b"two"])
        self.assertNotIn("Flotilla-Batch", self.bus.sent[0].headers)

    def test_never_more_than_the_bus_carries(self):
        publisher = self.publisher(100, 60)
        for _ in range(10):
            publisher.publish("s", b"x" * 400)
        publisher.close()
        self.assertEqual(10, len(self.bus.received()))
        self.assertLess(max(len(m.data) for m in self.bus.sent), self.bus.max_payload)

    def test_waits_on_while_the_bus_is_away(self):
        self.bus.refuses = True
        publisher = self.publisher(2, 0.02)
        publisher.publish("s", b"one")
        publisher.publish("s", b"two")
        self.bus.refuses = False
        eventually(lambda: self.bus.received() == [b"one", b"two"])

    def test_settings_that_make_no_sense(self):
        for messages, seconds in ((0, 1), (1, 0)):
            with self.assertRaises(ValueError):
                Publisher(self.bus, messages, seconds)
