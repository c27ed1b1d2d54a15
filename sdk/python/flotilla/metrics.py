"""Counters and gauges in the text format of Prometheus."""

import threading
import time
from typing import Dict, Mapping, Optional, Tuple

_Key = Tuple[str, Tuple[Tuple[str, str], ...]]


class Metrics:
    """Numbers by name and labels. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: Dict[_Key, float] = {}
        self._kinds: Dict[str, str] = {}
        self._started = time.time()

    def count(self, name: str, labels: Optional[Mapping[str, str]] = None, by: float = 1) -> None:
        """Adds to a counter; its name ends in ``_total``."""
        key = (name, tuple(sorted((labels or {}).items())))
        with self._lock:
            self._kinds[name] = "counter"
            self._values[key] = self._values.get(key, 0) + by

    def gauge(self, name: str, value: float, labels: Optional[Mapping[str, str]] = None) -> None:
        """Sets a number that goes up and down."""
        with self._lock:
            self._kinds[name] = "gauge"
            self._values[name, tuple(sorted((labels or {}).items()))] = value

    def text(self) -> str:
        with self._lock:
            values, kinds = dict(self._values), dict(self._kinds)
        kinds["process_start_time_seconds"] = "gauge"
        values["process_start_time_seconds", ()] = self._started
        lines = []
        for name in sorted(kinds):
            lines.append("# TYPE %s %s" % (name, kinds[name]))
            for (of, labels), value in sorted(values.items()):
                if of == name:
                    lines.append("%s%s %s" % (name, _labels(labels), repr(float(value))))
        return "\n".join(lines) + "\n"


def _labels(labels: Tuple[Tuple[str, str], ...]) -> str:
    if not labels:
        return ""
    escaped = (
        '%s="%s"' % (k, str(v).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
        for k, v in labels
    )
    return "{" + ",".join(escaped) + "}"
