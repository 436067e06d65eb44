"""HTTP as bytes over a socket, so that nothing between us and the server mends, repeats or hides anything."""

from __future__ import annotations

import json
import select
import socket
import struct
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from typing import Any

LINUX = sys.platform == "linux"
"""There, all of 127.0.0.0/8 is this machine, so that one process can be many visitors."""
TAIL_BYTES = 200
"""Of what a message tells of a body."""


@dataclass(frozen=True)
class Ask:
    """One request as bytes. ``framed``: it is valid HTTP, so that, once sent whole, it must be answered."""

    method: str
    target: str
    raw: bytes
    framed: bool = True

    def __str__(self) -> str:
        return f"{self.method} {self.target[:80]} ({self.raw[:TAIL_BYTES]!r})"


@dataclass(frozen=True)
class Answer:
    """One answer, read to its end; ``ms`` from the last byte sent to the last one received."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    ms: float = 0.0


@dataclass(frozen=True)
class Fate:
    """What became of a request.

    answered: one complete answer came, and nothing after it. lost: it was accepted (valid HTTP, sent whole, the
    connection was kept open) and got no such answer in time. cut: the server closed before all was sent. closed: it was
    no valid HTTP, and the server hung up, which it may. unreachable: there was no connection. left: we went away.
    """

    kind: str
    answer: Answer | None = None
    why: str = ""


def ask(
    method: str, target: str, body: bytes = b"", headers: Iterable[tuple[str, str]] = (), *, framed: bool = True
) -> Ask:
    """A request with the headers that make it valid, and these beside or instead of them (names in any case)."""
    given = list(headers)
    named = {name.lower() for name, _ in given}
    ours = [] if "host" in named else [("Host", "127.0.0.1")]
    if (body or method in ("POST", "PUT", "PATCH")) and not named & {"content-length", "transfer-encoding"}:
        ours.append(("Content-Length", str(len(body))))
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in [*ours, *given])]
    return Ask(method, target, "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body, framed)


def ask_json(target: str, told: Any) -> Ask:
    """A POST of JSON."""
    return ask("POST", target, json.dumps(told).encode(), [("Content-Type", "application/json")])


def visitor(number: int) -> str:
    """The address of a visitor; the same for all where the system has only one."""
    return f"127.0.{number // 250 % 250}.{2 + number % 250}" if LINUX else "127.0.0.1"


def connect(address: tuple[str, int], source: str, within_s: float) -> socket.socket:
    """A connection from ``source``; raises OSError."""
    return socket.create_connection(address, within_s, (source, 0))


def leave(connection: socket.socket, rudely: bool) -> None:
    """Close; rudely: with a reset, as a process that dies or a cable that is pulled."""
    if rudely:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def exchange(
    address: tuple[str, int],
    request: Ask,
    source: str,
    within_s: float,
    pieces: Sequence[tuple[float, bytes]] | None = None,
) -> Fate:
    """Send a request and read its answer. ``pieces``: seconds to wait and bytes, one after the other, that make it."""
    try:
        connection = connect(address, source, within_s)
    except OSError as error:
        return Fate("unreachable", why=str(error))
    with connection:
        whole = _send(connection, pieces or [(0.0, request.raw)])
        start = time.monotonic()
        try:
            answer = _read(connection, request.method, start, within_s)
        except (OSError, HTTPException, ValueError) as error:
            kind = "cut" if not whole else "lost" if request.framed else "closed"
            return Fate(kind, why=f"{type(error).__name__} {error} after {time.monotonic() - start:.1f} s")
        if request.framed and whole and select.select([connection], [], [], 0)[0] and _peek(connection):
            return Fate("lost", answer, "more came after the end of the answer")
        return Fate("answered", answer, complaint(request.target, answer) if request.method != "HEAD" else "")


def _send(connection: socket.socket, pieces: Iterable[tuple[float, bytes]]) -> bool:
    """All pieces; False when the server closed before."""
    try:
        for pause_s, piece in pieces:
            if pause_s:
                time.sleep(pause_s)
            connection.sendall(piece)
    except OSError:
        return False
    return True


def _read(connection: socket.socket, method: str, start: float, within_s: float) -> Answer:
    """One answer; raises OSError, HTTPException or ValueError when there is none, or only a part of it."""
    connection.settimeout(within_s)
    with HTTPResponse(connection, method=method) as response:
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        bare = method == "HEAD" or response.status in (204, 304)
        if not bare and "content-length" not in headers and headers.get("transfer-encoding") != "chunked":
            raise ValueError("nothing tells where the answer ends")
        body = response.read()
        return Answer(response.status, headers, body, 1e3 * (time.monotonic() - start))


def _peek(connection: socket.socket) -> bytes:
    try:
        return connection.recv(1, socket.MSG_PEEK)
    except OSError:
        return b""


def complaint(target: str, answer: Answer) -> str:
    """What is wrong with a complete answer of the API; "" for nothing."""
    if not target.startswith("/api/") or answer.status in (204, 304):
        return ""
    kind = answer.headers.get("content-type", "")
    problem = answer.status >= 400
    if not problem and not answer.body and answer.headers.get("allow"):
        return ""  # OPTIONS
    if kind.split(";")[0] != ("application/problem+json" if problem else "application/json"):
        return f"{answer.status} came as {kind!r}"
    try:
        told = json.loads(answer.body)
    except ValueError:
        return f"{answer.status} is no JSON: {answer.body[:TAIL_BYTES]!r}"
    if problem and (told.get("status") != answer.status or not told.get("detail")):
        return f"{answer.status} is no problem that says what to do: {answer.body[:TAIL_BYTES]!r}"
    if answer.status in (429, 503) and "retry-after" not in answer.headers:
        return f"{answer.status} does not say when to come back"
    return ""


@dataclass
class Head:
    """The head of an answer, for those who read many connections at once."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, raw: bytes) -> Head:
        first, *lines = raw.decode("latin-1").rstrip("\r\n").split("\r\n")
        parts = (line.partition(":") for line in lines)
        return cls(int(first.split()[1]), {name.lower(): value.strip() for name, _, value in parts})
