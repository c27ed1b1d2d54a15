"""A model's server: answers with its own process id, so that tests see which process answered."""
import http.server
import json
import os
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, content_type, body):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.answer("text/plain", b"ok")

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        words = str(os.getpid())
        if asked.get("stream"):
            chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
            first = dict(chunk, choices=[{"index": 0, "delta": {"role": "assistant", "content": words}}])
            last = dict(chunk, choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}])
            lines = ["data: " + json.dumps(each) for each in (first, last)] + ["data: [DONE]"]
            self.answer("text/event-stream", ("\n\n".join(lines) + "\n\n").encode())
        else:
            choice = {
                "index": 0,
                "message": {"role": "assistant", "content": words},
                "finish_reason": "stop",
            }
            usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
            body = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
            self.answer("application/json", json.dumps(dict(body, choices=[choice], usage=usage)).encode())


hunger = int(os.environ.get("HUNGER_MIB", "0"))
taken = b"x" * (hunger << 20)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
