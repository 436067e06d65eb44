"""Between the HTTP server and the application: refuses at once, reads bodies without a thread, sends files by itself.

The server speaks RSGI, which is asynchronous; the application speaks WSGI. A visitor on a bad line keeps a few kB of
memory busy, and never a thread.
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from typing import Any, Protocol
from wsgiref.types import WSGIApplication

from granian._granian import RSGIProtocolClosed as ProtocolClosed

from ..errors import Problem
from . import log
from .gate import ADMITTED, COUNTED, Gate
from .headers import headers
from .problems import OIP, mistake, sent
from .refusals import SMALL_BYTES, STALLED_S, Refusals

LONGEST_S = 600.0
"""The longest that a body may take."""
SHORT = "The body ended before its Content-Length."
OUTER_WALL = 16
"""Bodies up to this many times the limit are read to their end before they are refused; larger ones at once."""


class Scope(Protocol):
    """What RSGI tells of a request."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None
    headers: Any


class BodyError(Exception):
    """A body that can not be read; the answer says why, and the connection ends."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status = status


class File:
    """WSGI's file wrapper: keeps the file's name for who can send it without us."""

    def __init__(self, file: Any, block_bytes: int = 1 << 16) -> None:
        self.file, self.block_bytes = file, block_bytes

    @property
    def name(self) -> str | None:
        """Of a file that is to be sent as a whole."""
        name = getattr(self.file, "name", None)
        return name if isinstance(name, str) else None

    def __iter__(self) -> Iterable[bytes]:
        while block := self.file.read(self.block_bytes):
            yield block

    def close(self) -> None:
        self.file.close()


class Front:
    """The RSGI application over a WSGI one."""

    def __init__(self, application: WSGIApplication, gate: Gate, threads: int, most_bytes: int, proxies: int) -> None:
        self._application, self._gate, self._most_bytes, self._proxies = application, gate, most_bytes, proxies
        self._threads = ThreadPoolExecutor(threads, "answer")
        self._heads, self._refusals = headers(), Refusals()
        self.reading = self.inside = 0
        """Requests whose bodies are being read; those that have come whole and are not answered yet."""

    async def __rsgi__(self, scope: Scope, proto: Any) -> None:
        loop = asyncio.get_running_loop()
        refused = self._gate.full_at(scope.path) if scope.method == "POST" else None
        if refused is None:
            ask = (scope.method, scope.path, self._address(scope))
            if self._gate.shared:
                refused = await loop.run_in_executor(self._threads, self._gate.refusal, *ask)
            else:
                refused = self._gate.refusal(*ask)
        if refused is not None:
            if not await self._refusals.tell(refused, proto, scope.headers.get("content-length")):
                with suppress(BodyError):
                    await self._body(proto, scope.headers, keep=False)
            return
        try:
            body = await self._body(proto, scope.headers)
        except BodyError as error:
            if scope.path.startswith(COUNTED):
                self._gate.refused(error.status)
            problem = Problem(error.status, HTTPStatus(error.status).phrase, str(error))
            told, body = sent(problem.as_dict(), scope.path.startswith(OIP))
            proto.response_bytes(error.status, [*told, ("connection", "close"), *self._heads], body)
            return
        self.inside += 1
        try:
            status, told, content = await loop.run_in_executor(self._threads, self._call, self._environ(scope, body))
        finally:
            self.inside -= 1
        if isinstance(content, str):
            proto.response_file(status, told, content)
        elif content or scope.method != "HEAD":
            proto.response_bytes(status, told, content)
        else:
            proto.response_empty(status, told)

    async def _body(self, proto: Any, told: Any, *, keep: bool = True) -> bytes:
        """The whole body, or one byte more than is allowed: then the application refuses it. Raises BodyError.

        ``keep`` False: what is long is passed over.
        """
        length, encoding = told.get("content-length"), told.get("transfer-encoding")
        if length is None and encoding is None:
            return b""
        if length is not None and not (length.isascii() and length.isdecimal()):
            raise BodyError(400, "Content-Length must be a whole number. Send a well-formed HTTP request.")
        wall = OUTER_WALL * self._most_bytes
        if length is not None and int(length) > wall:
            raise BodyError(413, f"Send a body of at most {self._most_bytes} bytes.")
        kept, read = io.BytesIO(), 0
        self.reading += 1
        try:
            if length is not None and int(length) <= SMALL_BYTES:
                async with asyncio.timeout(STALLED_S):
                    body: bytes = await proto()
                if len(body) < int(length):
                    raise BodyError(400, SHORT)
                return body
            async with asyncio.timeout(LONGEST_S):
                async for part in _steady(proto):
                    if keep and read <= self._most_bytes:
                        kept.write(part)
                    read += len(part)
                    if read > wall:
                        raise BodyError(413, f"Send a body of at most {self._most_bytes} bytes.")
        except ProtocolClosed:
            raise BodyError(400, SHORT) from None
        except TimeoutError:
            raise BodyError(408, "The body did not come in time. Send it again, or a smaller input.") from None
        finally:
            self.reading -= 1
        if length is not None and read < int(length):
            raise BodyError(400, SHORT)
        return kept.getvalue()[: self._most_bytes + 1]

    def _environ(self, scope: Scope, body: bytes) -> dict[str, Any]:
        host, _, port = scope.server.rpartition(":")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": scope.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": scope.path.encode().decode("latin-1"),
            "QUERY_STRING": scope.query_string,
            "SERVER_NAME": host or scope.server,
            "SERVER_PORT": port,
            "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
            "REMOTE_ADDR": _host(scope.client),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scope.scheme,
            "wsgi.input": io.BytesIO(body),
            "wsgi.input_terminated": True,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "wsgi.file_wrapper": File,
            ADMITTED: True,
        }
        for name, value in scope.headers.items():
            key = name.upper().replace("-", "_")
            if key == "CONTENT_TYPE":
                environ[key] = value
            elif key not in ("CONTENT_LENGTH", "TRANSFER_ENCODING") and "_" not in name:
                key = f"HTTP_{key}"
                environ[key] = f"{environ[key]},{value}" if key in environ else value
        return environ

    def _address(self, scope: Scope) -> str:
        """The visitor's, as the trusted proxies in front tell it."""
        if self._proxies:
            told = ",".join(value for name, value in scope.headers.items() if name == "x-forwarded-for").split(",")
            if len(told) >= self._proxies and (found := told[-self._proxies].strip()):
                return found
        return _host(scope.client)

    def _call(self, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes | str]:
        """What the application answers: status, headers, and the body or the name of the file that is it."""
        told: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            told[:] = [int(status.split(" ", 1)[0]), [(name.lower(), value) for name, value in headers]]
            return told.append

        try:
            parts = self._application(environ, start_response)
            try:
                if isinstance(parts, File) and parts.name is not None:
                    return told[0], told[1], parts.name
                return told[0], told[1], b"".join(parts)
            finally:
                if hasattr(parts, "close"):
                    parts.close()
        except Exception:
            log.mistake("a request failed")
            told, body = sent(mistake().as_dict(), environ["PATH_INFO"].startswith(OIP))
            return 500, [*told, *self._heads], body

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


async def _steady(proto: Any) -> AsyncIterator[bytes]:
    """The parts of a body; raises TimeoutError where it stands still."""
    parts = aiter(proto)
    while True:
        try:
            async with asyncio.timeout(STALLED_S):
                part = await parts.__anext__()  # not anext(): granian 2.8 crashes by what it wraps this in
        except StopAsyncIteration:
            return
        yield part


def _host(client: str) -> str:
    """An address without its port; of IPv6, without brackets."""
    return client.rpartition(":")[0].strip("[]") or client
