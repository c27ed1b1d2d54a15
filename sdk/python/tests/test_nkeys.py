import base64
import binascii
import os
import shutil
import socket
import subprocess
import tempfile
import unittest
from typing import Optional

from flotilla.bus import Address, Bus
from flotilla.errors import BusError, Refused
from flotilla.nkeys import UserKey, public_key, sign

from .support import eventually

# Any 32 bytes are a seed; the server is given the name that belongs to these.
SEED = bytes(range(32))


def seed_text(seed: bytes) -> str:
    body = bytes([18 << 3 | (20 << 3) >> 5, ((20 << 3) & 31) << 3]) + seed
    raw = body + binascii.crc_hqx(body, 0).to_bytes(2, "little")
    return base64.b32encode(raw).decode().rstrip("=")


class Ed25519Test(unittest.TestCase):
    """RFC 8032, 7.1: secret, public, message, signature."""

    VECTORS = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
        (
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        ),
    ]

    def test_signs_as_the_standard_says(self):
        for secret, public, message, signature in self.VECTORS:
            self.assertEqual(public, public_key(bytes.fromhex(secret)).hex())
            self.assertEqual(
                signature, sign(bytes.fromhex(secret), bytes.fromhex(message)).hex()
            )


class UserKeyTest(unittest.TestCase):
    def test_a_seed_is_read_and_not_shown(self):
        text = seed_text(SEED)
        self.assertEqual((58, "SU"), (len(text), text[:2]))
        key = UserKey.parse(text, "here")
        self.assertEqual(SEED, key.seed)
        self.assertEqual((56, "U"), (len(key.name), key.name[0]))
        self.assertNotIn(text, repr(key))
        self.assertNotIn(text, repr(Address.parse("nats://%s@h:1" % text)))

    def test_a_slip_in_a_seed_is_found_and_not_shown(self):
        text = seed_text(SEED)
        wrong = text[:20] + ("A" if text[20] != "A" else "B") + text[21:]
        with self.assertRaises(Refused) as caught:
            UserKey.parse(wrong, "bus.secret")
        self.assertIn("bus.secret", str(caught.exception))
        self.assertNotIn(wrong, str(caught.exception))


class ServerTest(unittest.TestCase):
    """A server that lets in who has the key."""

    def test_the_one_of_the_test_lets_in_its_key_and_no_other(self):
        url = os.environ.get("FLOTILLA_TEST_NKEY_URL")
        if url is None and not self._program():
            raise unittest.SkipTest("no FLOTILLA_TEST_NKEY_URL and no nats-server")
        self._lets_in(url or self._server())

    def test_a_nats_server_lets_in_its_key_and_no_other(self):
        if self._program():
            self._lets_in(self._server())

    def _lets_in(self, url: str) -> None:
        with Bus(url.replace("://", "://%s@" % seed_text(SEED))) as bus:
            heard = []
            bus.subscribe("nkeys.test", lambda message: heard.append(message.data))
            bus.publish("nkeys.test", b"in")
            eventually(lambda: heard == [b"in"])
        with self.assertRaises(BusError):
            Bus(url.replace("://", "://%s@" % seed_text(bytes(32))))

    @staticmethod
    def _program() -> Optional[str]:
        return shutil.which("nats-server") or shutil.which("nats-server", path="/usr/sbin")

    def _server(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        file = tempfile.NamedTemporaryFile("w", suffix=".conf")
        self.addCleanup(file.close)
        file.write(
            "listen: 127.0.0.1:%d\nauthorization { users: [{nkey: %s}] }\n"
            % (port, UserKey.parse(seed_text(SEED), "here").name)
        )
        file.flush()
        server = subprocess.Popen(
            [str(self._program()), "-c", file.name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.addCleanup(server.wait)
        self.addCleanup(server.kill)

        def listens() -> bool:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return True
            except OSError:
                return False

        eventually(listens)
        return "nats://127.0.0.1:%d" % port
