import random
import unittest

from flotilla import protocol
from flotilla.protocol import Error, Info, Message, Ok, Parser, Ping, Pong, ProtocolError


class ParserTest(unittest.TestCase):
    STREAM = (
        b'INFO {"a":1} \r\nPING\r\nPONG\r\n+OK\r\n-ERR \'Stale Connection\'\r\n'
        b"MSG a.b 7 5\r\nhe\r\nl\r\nMSG a 8 re.ply 0\r\n\r\n"
        b"HMSG h 9 18 20\r\nNATS/1.0\r\nA: b\r\n\r\nhi\r\n"
        b"HMSG h 9 r 16 16\r\nNATS/1.0 503\r\n\r\n\r\n"
    )
    EXPECTED = [
        Info('{"a":1}'),
        Ping(),
        Pong(),
        Ok(),
        Error("Stale Connection"),
        Message("a.b", None, {}, b"he\r\nl", 7),
        Message("a", "re.ply", {}, b"", 8),
        Message("h", None, {"A": "b"}, b"hi", 9),
        Message("h", "r", {}, b"", 9, 503),
    ]

    def test_reads_a_stream_cut_anywhere(self):
        for seed in range(200):
            chance = random.Random(seed)
            parser, heard, at = Parser(), [], 0
            while at < len(self.STREAM):
                length = chance.randint(1, chance.choice((3, 200)))
                heard += parser.feed(self.STREAM[at : at + length])
                at += length
            self.assertEqual(self.EXPECTED, heard, "seed %d" % seed)

    def test_refuses_what_is_no_protocol(self):
        for words in (b"HTTP/1.1 200 OK\r\n", b"MSG a\r\n", b"MSG a b c d e\r\n", b"MSG a 1 x\r\n",
                      b"MSG a 1 1\r\nxyz", b"x" * 70_000):
            with self.assertRaises(ProtocolError, msg=words[:20]):
                list(Parser().feed(words))

    def test_writes_headers_that_read_back(self):
        words = protocol.publish("s", b"data", "r", {"A": "b", "C": "d: e"})
        head, _, rest = words.partition(b"\r\n")
        self.assertEqual(b"HPUB s r 27 31", head)
        self.assertEqual(({"A": "b", "C": "d: e"}, None), protocol.decode_headers(rest[:27]))

    def test_refuses_headers_that_would_break_out(self):
        with self.assertRaises(ValueError):
            protocol.publish("s", b"", None, {"A": "b\r\nPUB x 0"})

    def test_refuses_malformed_subjects(self):
        for subject in ("", "a..b", ".a", "a.", "a b", "a\r\nPUB", "a.>.b", ">.a"):
            with self.assertRaises(ValueError, msg=subject):
                protocol.subscribe(subject, "", 1)
        for subject in ("a.*", ">"):
            protocol.subscribe(subject, "", 1)
            with self.assertRaises(ValueError, msg=subject):
                protocol.publish(subject, b"", None, {})
