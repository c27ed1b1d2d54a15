import io
import json
import logging
import unittest

from flotilla import JsonLines, SafeExecutor


class SafeExecutorTest(unittest.TestCase):
    def test_recovers_only_from_what_is_listed(self):
        with self.assertLogs("flotilla.safety", "WARNING"):
            with SafeExecutor("reading", (FileNotFoundError,)) as step:
                open("/does/not/exist")
        self.assertIsInstance(step.error, FileNotFoundError)

    def test_logs_and_raises_the_rest(self):
        with self.assertLogs("flotilla.safety", "ERROR") as logs:
            with self.assertRaises(KeyError):
                with SafeExecutor("reading", (ValueError,)):
                    {}["x"]
        self.assertIn("reading failed", logs.output[0])
        self.assertIn("KeyError", logs.output[0])

    def test_leaves_interrupts_alone(self):
        for kind in (KeyboardInterrupt, SystemExit):
            with self.assertRaises(kind):
                with SafeExecutor("waiting", (ValueError,)):
                    raise kind()

    def test_refuses_to_hide_everything(self):
        with self.assertRaisesRegex(ValueError, "hides every error"):
            SafeExecutor("x", (Exception,))

    def test_says_nothing_of_success(self):
        with self.assertNoLogs("flotilla.safety") if hasattr(self, "assertNoLogs") else SafeExecutor():
            with SafeExecutor("adding") as step:
                1 + 1
        self.assertIsNone(step.error)


class JsonLinesTest(unittest.TestCase):
    def test_writes_one_object_a_line(self):
        out = io.StringIO()
        handler = logging.StreamHandler(out)
        handler.setFormatter(JsonLines())
        log = logging.getLogger("test.json")
        log.propagate = False
        log.addHandler(handler)
        self.addCleanup(log.removeHandler, handler)
        log.warning("two\nlines %s", "ä", extra={"job": 7})
        try:
            raise ValueError("bad")
        except ValueError:
            log.exception("failed")
        first, second = (json.loads(line) for line in out.getvalue().splitlines())
        self.assertEqual(("warning", "two\nlines ä", 7), (first["level"], first["message"], first["job"]))
        self.assertRegex(first["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertIn("ValueError: bad", second["trace"])
