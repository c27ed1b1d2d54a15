import random
import unittest

from flotilla.msgpack import pack, unpack


def anything(chance: random.Random, depth: int = 0):
    kind = chance.randrange(8 if depth < 4 else 6)
    if kind == 0:
        return chance.choice([None, True, False])
    if kind == 1:
        bits = chance.randrange(1, 64)
        return chance.randrange(-(1 << (bits - 1)), 1 << bits)
    if kind == 2:
        return chance.uniform(-1e300, 1e300)
    if kind in (3, 4):
        return "".join(chance.choice("aß€😀 ") for _ in range(chance.choice([0, 5, 31, 40, 300])))
    if kind == 5:
        return bytes(chance.randrange(256) for _ in range(chance.choice([0, 9, 300])))
    if kind == 6:
        return [anything(chance, depth + 1) for _ in range(chance.choice([0, 3, 15, 16]))]
    return {str(i): anything(chance, depth + 1) for i in range(chance.choice([0, 3, 16]))}


class MsgpackTest(unittest.TestCase):
    def test_as_the_specification_has_it(self):
        for value, data in (
            (None, "c0"), (False, "c2"), (True, "c3"), (0, "00"), (127, "7f"), (128, "cc80"),
            (-1, "ff"), (-32, "e0"), (-33, "d0df"), (256, "cd0100"), (-129, "d1ff7f"),
            (65536, "ce00010000"), (1 << 32, "cf0000000100000000"), (-(1 << 31) - 1, "d3ffffffff7fffffff"),
            (1.5, "cb3ff8000000000000"), ("", "a0"), ("é", "a2c3a9"), (b"\x01", "c40101"),
            ([1, [2]], "92019102"), ({"a": {}}, "81a16180"), ("x" * 32, "d920" + "78" * 32),
        ):  # fmt: skip
            self.assertEqual(data, pack(value).hex(), value)
            self.assertEqual(value, unpack(bytes.fromhex(data)))

    def test_what_is_packed_comes_back(self):
        chance = random.Random(7)
        for _ in range(500):
            value = anything(chance)
            self.assertEqual(value, unpack(pack(value)))

    def test_lengths_at_every_border(self):
        for length in (15, 16, 31, 32, 255, 256, 65535, 65536):
            for value in ("x" * length, b"x" * length, [0] * length):
                self.assertEqual(value, unpack(pack(value)))

    def test_single_precision_is_read(self):
        self.assertEqual(1.5, unpack(bytes.fromhex("ca3fc00000")))

    def test_what_is_no_value_is_refused(self):
        chance = random.Random(7)
        for _ in range(200):
            data = pack(anything(chance))
            for end in range(min(len(data), 30)):
                with self.assertRaises(ValueError):
                    unpack(data[:end])
        for data in ("c1", "d40100", "dfffffffff", "dbffffffff", "ddffffffff", "0101", "8101", "a1ff"):
            with self.assertRaises(ValueError, msg=data):
                unpack(bytes.fromhex(data))
        with self.assertRaisesRegex(ValueError, "deeper"):
            unpack(b"\x91" * 5000 + b"\xc0")

    def test_what_has_no_form_is_refused(self):
        with self.assertRaisesRegex(TypeError, "set has no form"):
            pack({"a": {1}})
        with self.assertRaisesRegex(ValueError, "64 bits"):
            pack(1 << 64)
        deep: list = []
        for _ in range(200):
            deep = [deep]
        with self.assertRaisesRegex(ValueError, "deeper"):
            pack(deep)


if __name__ == "__main__":
    unittest.main()
