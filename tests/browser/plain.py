"""A plain host, as a thread of the test: it answers with files, typed by their endings alone, or as the test says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

STOCK = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "application/javascript",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".zip": "application/zip",
}
"""What nginx knew before it knew WebAssembly, of what a site is made of; all else is application/octet-stream."""

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers, content."""


class Handler(SimpleHTTPRequestHandler):
    host: Host

    def do_GET(self) -> None:
        self.host.asked.append(self.path)
        told = self.host.answer(self.path)
        if told is None:
            super().do_GET()
            return
        status, headers, content = told
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def guess_type(self, path: str) -> str:  # type: ignore[override]
        return STOCK.get(Path(path).suffix, "application/octet-stream")

    def log_message(self, *_: object) -> None:
        pass


class Host:
    """``answer(path)``, where it is set and returns something, answers in the place of the files."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/"
        self.asked: list[str] = []
        self.answer: Callable[[str], Answer | None] = lambda path: None


@contextmanager
def plain_host(folder: Path) -> Iterator[Host]:
    handler = type("OfHost", (Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        handler.host = Host(server.server_port)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield handler.host
        server.shutdown()
