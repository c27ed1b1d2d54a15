"""Logs as one JSON object a line on standard error, as the fleet's hub reads them."""

import json
import logging
import os
import sys
import time
from typing import Dict

_STANDARD = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """``{"time","level","logger","message",…}`` with what was given in ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: Dict[str, object] = {
            "time": "%s.%03dZ" % (moment, int(record.msecs)),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        for key, variable in (("agent", "FLOTILLA_AGENT"), ("run", "FLOTILLA_RUN_ID")):
            if os.environ.get(variable):
                line[key] = os.environ[variable]
        for key, value in vars(record).items():
            if key not in _STANDARD and not key.startswith("_"):
                line[key] = value
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def logger(name: str) -> logging.Logger:
    return logging.getLogger(name)


def to_standard_error(level: int = logging.INFO) -> None:
    """Sends all logs of this process to standard error; leaves handlers that are there alone."""
    root = logging.getLogger()
    if not root.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
        root.setLevel(level)
