"""HTTP to one address, with kept connections, a limit on the whole of each exchange, and a bound on its answer."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection, IncompleteRead
from typing import Any, Literal
from urllib.parse import urlsplit

from ..errors import HundredfoldError, brief

MOST_BYTES = 32_000_000
"""Of an answer that is read at all."""
KEPT = 64
"""Connections that are kept while nothing is asked."""
Kind = Literal["gone", "late", "busy", "missing", "refused", "nonsense"]


class PeerError(HundredfoldError):
    """A server gave no answer that can be used: the message names it and says why."""

    def __init__(self, message: str, kind: Kind, retry_after_s: int | None = None) -> None:
        super().__init__(message)
        self.kind: Kind = kind
        """Gone and late: its connection; busy, missing and refused: it said so; nonsense: it said something else."""
        self.retry_after_s = retry_after_s


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    """Their names in lower case."""
    content: bytes


class Address:
    """One server's address, with a path if need be; its methods may be called from any thread."""

    def __init__(self, url: str) -> None:
        """Raises ValueError for what is no http or https address."""
        parts = urlsplit(url)
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.query
            or parts.fragment
            or parts.username
        ):
            raise ValueError(f"{brief(url)} is no address such as http://127.0.0.1:8080")
        self.url = url.rstrip("/")
        self._path, self._host, self._port = parts.path.rstrip("/"), parts.hostname, parts.port
        self._secure = parts.scheme == "https"
        self._lock = threading.Lock()
        self._kept: list[_Connection] = []

    def ask(
        self,
        method: str,
        path: str,
        until_s: float,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """One exchange, ended at ``until_s`` of the monotonic clock; raises PeerError.

        A connection that breaks, kept or new, is followed by one more attempt over a new one: what is asked here may be
        asked twice.
        """
        try:
            try:
                return self._exchange(self._take(), method, path, until_s, body, headers)
            except PeerError as error:
                if error.kind != "gone":
                    raise
            return self._exchange(self._new(), method, path, until_s, body, headers)
        except TimeoutError:
            raise PeerError(f"{self.url} did not answer in time", "late") from None

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            kept, self._kept = self._kept, []
        for connection in kept:
            connection.close()

    def _take(self) -> _Connection:
        with self._lock:
            return self._kept.pop() if self._kept else self._new()

    def _new(self) -> _Connection:
        return (_SecureConnection if self._secure else _Connection)(self._host, self._port)

    def _exchange(
        self,
        connection: _Connection,
        method: str,
        path: str,
        until_s: float,
        body: bytes | None,
        headers: Mapping[str, str] | None,
    ) -> Answer:
        """Raises TimeoutError when the time is up, and PeerError; the connection is kept if it can be."""
        good = False
        try:
            connection.until_s = until_s
            connection.request(method, f"{self._path}{path}", body, dict(headers or {}))
            connection.sock.flush()
            response = connection.getresponse()
            content = response.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise TooLongError
            if response.length:  # read() with a number does not mind an early end
                raise IncompleteRead(content, response.length)
            good = not response.will_close
            named = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, named, content)
        except TimeoutError:
            raise
        except TooLongError:
            raise PeerError(f"{self.url} answered more than {MOST_BYTES:,} bytes", "nonsense") from None
        except IncompleteRead:
            raise PeerError(f"{self.url} broke off in the middle of an answer", "gone") from None
        except OSError as error:
            raise PeerError(f"{self.url} can not be reached ({error.strerror or brief(str(error))})", "gone") from None
        except (HTTPException, ValueError) as error:
            raise PeerError(f"{self.url} answered what is no HTTP: {brief(str(error))}", "nonsense") from None
        finally:
            if not (good and self._keep(connection)):
                connection.close()

    def _keep(self, connection: _Connection) -> bool:
        with self._lock:
            if len(self._kept) >= KEPT:
                return False
            self._kept.append(connection)
            return True


class TooLongError(Exception):
    """An answer has more bytes than are read."""


class _Timed(io.RawIOBase):
    """Reads from a socket until a moment; the makefile() of http.client would begin anew with each part."""

    def __init__(self, connection: _Connection, sock: socket.socket) -> None:
        self._connection, self._sock = connection, sock
        self._raw: Any = sock.makefile("rb", 0)  # which holds the socket open until all is read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._connection.left_s)
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Socket:
    """As much of a socket as http.client uses; a request goes out in one piece, and not its head before its body."""

    def __init__(self, connection: _Connection, sock: socket.socket) -> None:
        self._connection, self._sock, self._unsent = connection, sock, list[bytes]()

    def sendall(self, data: bytes) -> None:
        self._unsent.append(data)

    def flush(self) -> None:
        data, self._unsent = b"".join(self._unsent), []
        self._sock.settimeout(self._connection.left_s)
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Timed(self._connection, self._sock))

    def close(self) -> None:
        self._sock.close()


class _Connection(HTTPConnection):
    until_s = 0.0

    @property
    def left_s(self) -> float:
        """Raises TimeoutError when there is none left: 0 would mean not to wait at all."""
        left_s = self.until_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError
        return left_s

    def connect(self) -> None:
        self.timeout = self.left_s
        super().connect()
        self.sock: Any = _Socket(self, self.sock)


class _SecureConnection(_Connection, HTTPSConnection):
    """The same over TLS."""
