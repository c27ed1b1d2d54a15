"""What can go wrong, in words that say what was found, what was expected and what to do."""

from typing import Dict, Optional


class FlotillaError(Exception):
    """The root of all errors of this package."""


class BusError(FlotillaError):
    """A message could not be sent or got no answer."""


class NoResponders(BusError):
    """Nobody listens."""


class BusTimeout(BusError):
    """No answer came in time."""


class Disconnected(BusError):
    """The connection is lost or was never made."""


class Refused(BusError):
    """The bus does not take the credentials, the subject or the size."""


class OperationFailed(FlotillaError):
    """An operation refuses or fails. Raise it in a handler to refuse with a code of HTTP's kind.

    :param code: 400, 404, 409, 500 …
    """

    KINDS: Dict[int, str] = {
        400: "bad-request",
        401: "unauthorised",
        403: "forbidden",
        404: "not-found",
        409: "conflict",
        413: "too-large",
        415: "unsupported-type",
        500: "internal",
        503: "unavailable",
        504: "deadline-exceeded",
    }

    def __init__(
        self,
        code: int,
        found: str,
        expected: str = "",
        advice: str = "",
        field: Optional[str] = None,
    ) -> None:
        self.code = code
        self.found = found
        self.expected = expected
        self.advice = advice
        self.field = field
        super().__init__(self.sentence())

    def sentence(self) -> str:
        text = (self.field + ": " if self.field else "") + self.found
        if self.expected:
            text += "; expected " + self.expected
        if self.advice:
            text += "; " + self.advice
        return text

    def body(self) -> Dict[str, object]:
        kind = self.KINDS.get(self.code, "bad-request" if 400 <= self.code < 500 else "internal")
        error: Dict[str, object] = {"kind": kind}
        if self.field is not None:
            error["field"] = self.field
        error.update(found=self.found, expected=self.expected, advice=self.advice)
        return {"error": error}

    @classmethod
    def of(cls, code: int, body: object, text: str) -> "OperationFailed":
        """From an answer: its code, its JSON and the text of its header."""
        error = body.get("error") if isinstance(body, dict) else None
        if isinstance(error, dict):
            return cls(
                code,
                str(error.get("found", text)),
                str(error.get("expected", "")),
                str(error.get("advice", "")),
                error.get("field"),
            )
        return cls(code, text or "an error without words")
