"""Join a Flotilla fleet from Python: standard library only. Start reading at :class:`Agent`."""

from . import jobs
from .agent import Agent
from .batch import Publisher
from .bus import Bus
from .cache import Cache
from .errors import (
    BusError,
    BusTimeout,
    Disconnected,
    FlotillaError,
    NoResponders,
    OperationFailed,
    Refused,
)
from .flags import Flags
from .logs import JsonLines, logger
from .metrics import Metrics
from .models import AcquiredModel, acquire
from .operations import call
from .protocol import Message
from .safety import SafeExecutor
from .version import __version__
__all__ = [
    "AcquiredModel",
    "Agent",
    "Bus",
    "BusError",
    "BusTimeout",
    "Cache",
    "Disconnected",
    "Flags",
    "FlotillaError",
    "JsonLines",
    "Message",
    "Metrics",
    "NoResponders",
    "OperationFailed",
    "Publisher",
    "Refused",
    "SafeExecutor",
    "acquire",
    "call",
    "jobs",
    "logger",
]
