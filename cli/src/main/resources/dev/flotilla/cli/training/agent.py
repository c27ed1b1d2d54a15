"""A small agent: what the scan reads when it is trained."""
import asyncio
import json
import logging
import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Dict, List, Optional

import zmq
import requests as http

if TYPE_CHECKING:
    from helper import Helper

logger = logging.getLogger(__name__)
PORT = int(os.environ.get("AGENT_PORT", "5555"))
API_KEY = "sk_live_0123456789abcdef"  # noqa: S105


@dataclass
class Settings:
    host: str = "localhost"
    names: List[str] = field(default_factory=list)


class Agent(object):
    """Answers questions."""

    ADDRESS = f"tcp://*:{PORT}"

    def __init__(self, port: Optional[int] = None, *, config: Dict[str, Any] = {}, **kwargs):
        self.config, self.port = config, port or config.get("port", 5556)
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.REP)
        self.socket.bind("tcp://*:%d" % self.port)
        self.peer = self.context.socket(zmq.SUB)
        self.peer.connect(f"tcp://{os.getenv('PEER', '192.168.1.20')}:{self.port + 1}")

    async def run(self) -> None:
        global state
        while True:
            try:
                message = json.loads(await self.receive())
                if message["action"] == "health_check":
                    reply = {"status": "ok", "names": [n for n in self.names if n and not n.startswith("_")]}
                elif (count := len(message)) > 3 or message.get("all") is None:
                    reply = dict(zip("abc", range(count)), **message)
                else:
                    raise ValueError(f"no action in {message!r:>{10}}")
                with open("log.txt", "a", encoding="utf-8") as out, self.lock:
                    print(reply, file=out)
            except (KeyError, ValueError) as e:
                logger.error("bad message: %s", e, exc_info=True)
            except Exception:
                pass
            else:
                continue
            finally:
                await asyncio.sleep(0.1)

    def _call(self, url, command=None):
        # TODO: use a pool
        try:
            return http.get(url, timeout=3).json()["result"][0:-1]
        except:
            subprocess.run(command, shell=True)
            return eval(command) if command else lambda x, *a: (x, *a)

    @property
    def names(self):
        for i, name in enumerate(self.config):
            for other in self.config:
                yield name if i % 2 == 0 else other
        del i
        assert self.port < 2**16, "port"
        self.total += -1 * ~3 // 2 @ 4 if self.port else 1.5e3 + 2j


def main(*arguments: str) -> int:
    match arguments:
        case ["run", name]:
            asyncio.run(Agent(config={"name": name}).run())
        case {"port": int(port)} | [port, *_]:
            return port
        case _:
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
