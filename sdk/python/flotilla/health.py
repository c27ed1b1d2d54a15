"""``/health`` and ``/metrics`` over HTTP on the agent's port."""

import http.server
import json
import threading
from typing import Callable, List

from .logs import logger
from .metrics import Metrics

_LOG = logger("flotilla.health")


class HealthServer:
    """Answers 200 ``{"status":"ok"}``, or 503 with the reasons."""

    def __init__(self, host: str, port: int, reasons: Callable[[], List[str]], metrics: Metrics) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                path = self.path.split("?")[0]
                if path == "/health":
                    why = reasons()
                    body = {"status": "down", "reasons": why} if why else {"status": "ok"}
                    self._send(503 if why else 200, "application/json", json.dumps(body))
                elif path == "/metrics":
                    self._send(200, "text/plain; version=0.0.4; charset=utf-8", metrics.text())
                else:
                    error = {"error": {"found": path, "expected": "/health or /metrics", "advice": ""}}
                    self._send(404, "application/json", json.dumps(error))

            def _send(self, status: int, kind: str, text: str) -> None:
                data = text.encode("utf-8")
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *arguments: object) -> None:
                _LOG.debug(format, *arguments)

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

        try:
            self._server = Server((host, port), Handler)
        except OSError as error:
            raise OSError(
                "port %d of %s cannot be had (%s); free it, or give the agent another port"
                % (port, host, error.strerror or error)
            ) from error
        self.port: int = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="health", daemon=True
        ).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
