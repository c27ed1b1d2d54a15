"""The fleet's named caches, which the CacheManager keeps for all agents."""

import threading
from typing import Any, Callable, Dict, Iterable, Optional

from . import logs
from .errors import FlotillaError, OperationFailed

_LOG = logs.logger("flotilla.cache")
_SERVICE = "CacheManager"


class Cache:
    """One of the named caches.

    ::

        prompts = Cache(agent, "prompts")
        text = prompts.get("a", lambda: costly("a"), tags=["model:llama"])

    :param patience: seconds to wait for what another agent is finding out already
    """

    def __init__(self, agent: Any, name: str, *, patience: float = 3.0) -> None:
        self._agent, self.name, self._patience = agent, name, patience

    def get(
        self,
        key: str,
        find_out: Optional[Callable[[], Any]] = None,
        *,
        tags: Iterable[str] = (),
        ttl: Optional[float] = None,
    ) -> Any:
        """What is kept under the key, as JSON holds it; None when there is none.

        With ``find_out`` what is missing is found out and kept: by one of all who ask, while the
        others wait. What it raises is raised, and nothing is kept. Near its end an entry is made
        anew beside, and the old value given. While the CacheManager is away, each finds out alone.
        """
        try:
            known = self._call("get", key=key, patience=self._patience if find_out else 0)
        except OperationFailed as error:
            if error.code < 500 or find_out is None:
                raise
            known = self._alone(error)
        except FlotillaError as error:
            if find_out is None:
                raise
            known = self._alone(error)
        ticket = known.get("ticket")
        keeping = {"tags": list(tags), "ttl": ttl}
        if find_out is None:
            if ticket:
                self._call("give-up", key=key, ticket=ticket)
            return known.get("value")
        if not known["known"]:
            return self._find_out(key, find_out, ticket, keeping)
        if ticket:
            threading.Thread(
                target=self._anew, args=(key, find_out, ticket, keeping), daemon=True
            ).start()
        return known.get("value")

    def put(
        self, key: str, value: Any, *, tags: Iterable[str] = (), ttl: Optional[float] = None
    ) -> None:
        """Keeps a value; None keeps that there is none."""
        self._put(key, value, None, {"tags": list(tags), "ttl": ttl})

    def invalidate(
        self, keys: Iterable[str] = (), tags: Iterable[str] = (), all: bool = False
    ) -> int:
        """Ends entries wherever they are kept; gives how many were in memory."""
        answer = self._call("invalidate", keys=list(keys), tags=list(tags), all=all)
        return int(answer["entries"])

    def _call(self, operation: str, **request: Any) -> Dict[str, Any]:
        timeout = request["patience"] + 2 if "patience" in request else None
        answer: Dict[str, Any] = self._agent.call(
            _SERVICE, operation, timeout=timeout, cache=self.name, **request
        )
        return answer

    def _alone(self, error: FlotillaError) -> Dict[str, Any]:
        _LOG.warning("the cache %s is away, and each finds out alone: %s", self.name, error)
        return {"known": False}

    def _find_out(
        self,
        key: str,
        find_out: Callable[[], Any],
        ticket: Optional[str],
        keeping: Dict[str, Any],
    ) -> Any:
        try:
            value = find_out()
        except BaseException:
            if ticket:
                self._try("give-up", key=key, ticket=ticket)
            raise
        if ticket:
            try:
                self._put(key, value, ticket, keeping)
            except FlotillaError as error:
                _LOG.warning("%s is not kept in the cache %s: %s", key, self.name, error)
                self._try("give-up", key=key, ticket=ticket)
        return value

    def _anew(
        self, key: str, find_out: Callable[[], Any], ticket: str, keeping: Dict[str, Any]
    ) -> None:
        try:
            self._find_out(key, find_out, ticket, keeping)
        except Exception:  # whatever it raises: the old value is still good
            _LOG.exception("%s was not made anew in the cache %s", key, self.name)

    def _put(
        self, key: str, value: Any, ticket: Optional[str], keeping: Dict[str, Any]
    ) -> None:
        request = {name: each for name, each in keeping.items() if each is not None}
        if value is not None:
            request["value"] = value
        if ticket:
            request["ticket"] = ticket
        self._call("put", key=key, **request)

    def _try(self, operation: str, **request: Any) -> None:
        try:
            self._call(operation, **request)
        except FlotillaError as error:
            _LOG.warning("%s: %s", operation, error)
