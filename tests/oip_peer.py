"""A server that speaks the Open Inference Protocol as it is told to, in a thread: what servers elsewhere may do."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

INPUT = {"name": "x", "datatype": "FP32", "shape": [-1, 2]}
OUTPUT = {"name": "y", "datatype": "FP32", "shape": [-1, 3]}
ANSWER = {"model_name": "exhibit-variant", "outputs": [{**OUTPUT, "shape": [1, 3], "data": [1.0, 2.0, 3.0]}]}


class OipPeer(ThreadingHTTPServer):
    """``answer(method, path, headers, body)`` gives (status, headers, bytes or what becomes JSON), or None: nothing."""

    daemon_threads = True

    def __init__(self, answer, port=0):
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer, self.asked, self.connections = answer, [], []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def get_request(self):
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def die(self):
        """As a process that was killed: nobody listens, and connections are reset."""
        self.shutdown()
        self.server_close()
        for connection in self.connections:
            try:
                connection.shutdown(2)
                connection.close()
            except OSError:
                pass  # it was closed

    def handle_error(self, *_):
        pass

    def __exit__(self, *_):
        self.die()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path))
        told = self.server.answer(self.command, self.path, dict(self.headers), body)
        if told is None:
            self.close_connection = True
            return
        status, headers, content = told
        content = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        if headers.get("Content-Length", str(len(content))) != str(len(content)):
            self.close_connection = True

    def do_POST(self):
        self.do_GET()

    def log_message(self, *_):
        pass


def says(infer=ANSWER, *, status=200, headers=None, outputs=(OUTPUT,), inputs=(INPUT,), extensions=(), server=None):
    """What a server of one model answers: ``infer`` to a call of it, or what a function of the request's JSON gives."""

    def answer(method, path, _, body):
        if path == "/v2":
            return 200, {}, {"name": "stand-in", "version": "1", "extensions": list(extensions), **(server or {})}
        if path == "/v2/health/ready":
            return 200, {}, b""
        if path == "/v2/models/exhibit-variant":
            return 200, {}, {"name": "exhibit-variant", "inputs": list(inputs), "outputs": list(outputs)}
        if path == "/v2/models/exhibit-variant/infer":
            return status, headers or {}, infer(json.loads(body)) if callable(infer) else infer
        return 404, {}, {"error": "no such model"}

    return answer


def forwarding(app, bend=lambda path, status, content: (status, content)):
    """What another of our applications answers, bent on the way back."""

    def answer(method, path, headers, body):
        told = app.test_client().open(path, method=method, headers=list(headers.items()), data=body)
        bent = bend(path, told.status_code, told.data)
        if bent is None:
            return None
        kept = {
            name: value for name, value in told.headers if name in ("Content-Type", "Inference-Header-Content-Length")
        }
        return bent[0], kept, bent[1]

    return answer
