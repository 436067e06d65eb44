"""A server that behaves well or badly, by its argument: a soak that sees no difference would be worth nothing."""

import json
import random
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BADLY = sys.argv[1] == "badly"
RUN = "/api/v1/exhibits/digits/run"
ANSWER = {"200": {"description": "An answer", "content": {"application/json": {"schema": {"type": "object"}}}}}
PATHS = {"/api/v1/health": {"get": {"responses": ANSWER}}, RUN: {"post": {"responses": ANSWER}}}
DOCUMENT = {"openapi": "3.0.3", "info": {"title": "Stub", "version": "1"}, "paths": PATHS}
HEALTH = {"status": "ok", "queue": {"waiting": 0, "limit": 8}}
kept = []
files = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(200, {"/api/v1/openapi.json": DOCUMENT, "/api/v1/health": HEALTH}.get(self.path, {}))

    def do_POST(self):
        if "Content-Length" not in self.headers:
            self.close_connection = True
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not BADLY:
            self.answer(200, {})
            return
        kept.append(random.randbytes(500_000))
        files.extend(open(__file__) for _ in range(3))  # noqa: SIM115
        if (wrong := random.randrange(5)) == 0:
            self.close_connection = True
        elif wrong == 1:
            self.answer(200, {}, more=10)
            self.close_connection = True
        elif wrong == 2:
            self.answer(500, {"status": 500, "detail": "A mistake, told well."}, "application/problem+json")
        elif wrong == 3:
            self.answer(422, {}, "text/plain")
        else:
            self.answer(200, {})

    def answer(self, status, told, kind="application/json", more=0):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) + more))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 500

    def handle_error(self, *_):
        pass


if __name__ == "__main__":
    if BADLY:
        ended = subprocess.Popen([sys.executable, "-c", ""])
        time.sleep(0.5)
    server = Server(("127.0.0.1", 0), Handler)
    print(f"Stub on http://127.0.0.1:{server.server_address[1]}", flush=True)
    server.serve_forever()
