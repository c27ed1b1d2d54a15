"""Running what may fail without hiding that it failed."""

import logging
from types import TracebackType
from typing import Optional, Tuple, Type

from .logs import logger


class SafeExecutor:
    """A context that logs every error and lets pass only those listed as recoverable.

    ::

        with SafeExecutor("reading the cache", recoverable=(FileNotFoundError,)) as step:
            data = read()
        if step.error:
            data = {}

    An error that is not listed is logged and raised again. Interrupts and exits are never touched.
    """

    def __init__(
        self,
        what: str = "a step",
        recoverable: Tuple[Type[Exception], ...] = (),
        log: Optional[logging.Logger] = None,
    ) -> None:
        for kind in recoverable:
            if kind in (Exception, BaseException):
                raise ValueError(
                    "recoverable=%s hides every error; list the ones that can be recovered from"
                    % kind.__name__
                )
        self.what, self.recoverable = what, tuple(recoverable)
        self.error: Optional[Exception] = None
        self._log = log or logger("flotilla.safety")

    def __enter__(self) -> "SafeExecutor":
        self.error = None
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> bool:
        if error is None or not isinstance(error, Exception):
            return False
        if isinstance(error, self.recoverable):
            self.error = error
            self._log.warning("%s failed and is recovered from: %r", self.what, error)
            return True
        self._log.error("%s failed", self.what, exc_info=(type(error), error, trace))
        return False
