import os
import socket
import tempfile
import threading
import time
import unittest

from flotilla import Bus, BusTimeout, Disconnected, NoResponders, Refused
from flotilla.bus import Address
from tests.support import Cable, bus_url, eventually


class BusTest(unittest.TestCase):
    def setUp(self):
        self.bus = Bus(bus_url(), "test")
        self.addCleanup(self.bus.close)
        self.other = Bus(bus_url(), "other")
        self.addCleanup(self.other.close)

    def test_delivers_in_order_with_headers(self):
        heard = []
        self.bus.subscribe("py.*", heard.append)
        self.bus.flush()
        for i in range(500):
            self.other.publish("py.a", b"%d" % i, {"N": str(i)})
        eventually(lambda: len(heard) == 500)
        self.assertEqual([b"%d" % i for i in range(500)], [m.data for m in heard])
        self.assertEqual("499", heard[-1].headers["N"])

    def test_shares_a_queue(self):
        first, second = [], []
        self.bus.subscribe("py.jobs", first.append, queue="team")
        self.other.subscribe("py.jobs", second.append, queue="team")
        self.bus.flush()
        self.other.flush()
        for _ in range(100):
            self.bus.publish("py.jobs")
        eventually(lambda: len(first) + len(second) == 100)
        self.assertTrue(first and second)

    def test_asks_and_answers(self):
        self.bus.subscribe("py.ask", lambda m: self.bus.publish(m.reply, m.data.upper()))
        self.bus.flush()
        self.assertEqual(b"ABC", self.other.request("py.ask", b"abc").data)

    def test_many_ask_at_once(self):
        self.bus.subscribe("py.ask", lambda m: self.bus.publish(m.reply, m.data))
        self.bus.flush()
        wrong = []

        def ask(n):
            for i in range(50):
                data = b"%d.%d" % (n, i)
                if self.other.request("py.ask", data).data != data:
                    wrong.append(data)

        threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], wrong)

    def test_says_at_once_that_nobody_listens(self):
        begin = time.monotonic()
        with self.assertRaises(NoResponders):
            self.bus.request("py.nobody", timeout=20)
        self.assertLess(time.monotonic() - begin, 5)

    def test_gives_up_in_time(self):
        self.bus.subscribe("py.silent", lambda m: None)
        self.bus.flush()
        with self.assertRaises(BusTimeout):
            self.other.request("py.silent", timeout=0.1)

    def test_ends_a_subscription(self):
        heard = []
        subscription = self.bus.subscribe("py.end", heard.append)
        subscription.close()
        self.bus.flush()
        self.other.publish("py.end", b"x")
        self.other.flush()
        self.bus.flush()
        self.assertEqual([], heard)

    def test_a_failing_handler_does_not_end_the_subscription(self):
        heard = []

        def handler(message):
            heard.append(message)
            raise RuntimeError("on purpose")

        self.bus.subscribe("py.fail", handler)
        self.bus.flush()
        with self.assertLogs("flotilla.bus", "ERROR"):
            self.other.publish("py.fail")
            self.other.publish("py.fail")
            eventually(lambda: len(heard) == 2)

    def test_refuses_what_is_too_large(self):
        with self.assertRaisesRegex(Refused, "at most"):
            self.bus.publish("py.large", b"x" * (self.bus.max_payload + 1))

    def test_carries_the_largest_message(self):
        heard = []
        self.bus.subscribe("py.large", heard.append)
        self.bus.flush()
        data = os.urandom(self.bus.max_payload)
        self.other.publish("py.large", data)
        eventually(lambda: heard)
        self.assertEqual(data, heard[0].data)

    def test_connects_again(self):
        cable = Cable(bus_url())
        self.addCleanup(cable.close)
        bus = Bus(cable.url, "cut")
        self.addCleanup(bus.close)
        heard, errors = [], []
        bus.subscribe("py.again", lambda m: heard.append(m.text))
        bus.subscribe("py.mute", lambda m: None)
        bus.flush()

        def ask():
            try:
                bus.request("py.mute", timeout=20)
            except Disconnected as error:
                errors.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        with self.assertLogs("flotilla.bus", "WARNING"):
            time.sleep(0.05)
            cable.cut()
            eventually(lambda: not bus.connected)
        asking.join()
        self.assertEqual(1, len(errors))
        bus.publish("py.again", b"kept")
        cable.mend()
        eventually(lambda: bus.connected and heard == ["kept"])
        self.other.publish("py.again", b"after")
        eventually(lambda: heard == ["kept", "after"])

    def test_names_what_is_wrong_with_the_address(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with self.assertRaisesRegex(Disconnected, "flotilla up"):
            Bus("nats://127.0.0.1:%d" % port)
        with self.assertRaisesRegex(Refused, "expected nats://"):
            Bus("http://127.0.0.1")

    def test_ends_with_who_is_no_bus(self):
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)

        def answer():
            line, _ = listener.accept()
            with line:
                line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        with self.assertRaisesRegex(Disconnected, "unknown operation"):
            Bus("nats://127.0.0.1:%d" % listener.getsockname()[1])


class AddressTest(unittest.TestCase):
    def test_takes_credentials_from_the_url_or_a_file(self):
        self.assertEqual("t", Address.parse("nats://t@h:1").token)
        with self.assertRaisesRegex(Refused, "the bus address holds .* nkey seed"):
            Address.parse("nats://SU%s@h:1" % ("A" * 56))
        address = Address.parse("tls://u:p%40@h")
        self.assertEqual(("u", "p@", 4222, True), (address.user, address.password, address.port, address.tls))
        with tempfile.NamedTemporaryFile("w", suffix=".secret") as file:
            file.write("tok\n")
            file.flush()
            self.assertEqual("tok", Address.parse("nats://h", file.name).token)
            self.assertEqual("t", Address.parse("nats://t@h", file.name).token)
            os.chmod(file.name, 0o644)
            with self.assertRaisesRegex(Refused, "chmod 600"):
                Address.parse("nats://h", file.name)
