"""What is refused before anything of a request is read: who asks too often, and runs for which no place is left."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from limits import parse_many
from limits.errors import ConfigurationError
from limits.storage import storage_from_string
from limits.strategies import SlidingWindowCounterRateLimiter

from . import log
from .headers import headers
from .line import ended, full
from .problems import OIP, RefusalError, sent
from .settings import Settings, SettingsError
from .windows import Windows

API = "/api/v1/"
COUNTED = (API, OIP)
"""How addresses begin whose problems are counted."""
HEALTH = (f"{API}health", f"{OIP}/health/live", f"{OIP}/health/ready")
"""What is answered also while the server ends."""
RUNS = ("/run", "/infer")
"""How addresses end at which models run."""
ADMITTED = "hundredfold.admitted"
"""In a WSGI environment: the gate was passed already."""
OFTEN = "You asked too often. Wait for as many seconds as the Retry-After header says."
STORAGE_PAUSE_S = 5.0
"""A storage that does not answer is left alone for so long: nobody waits for it meanwhile, and nobody is refused."""


@dataclass(frozen=True)
class Refusal:
    """A whole HTTP answer."""

    status: int
    body: bytes
    headers: list[tuple[str, str]]
    """Beside those of every answer."""

    @cached_property
    def all_headers(self) -> list[tuple[str, str]]:
        return [*self.headers, *headers()]


class Gate:
    """Counts what each address asks of the API, in memory or in a storage that several processes share.

    ``is_full`` tells whether one more run would be refused; ``refused`` is told the status of each refusal. Raises
    SettingsError where there is no such storage.
    """

    def __init__(self, settings: Settings, is_full: Callable[[], bool], refused: Callable[[int], None]) -> None:
        self._is_full, self.refused = is_full, refused
        self._limits = parse_many(settings.rate)
        self.windows = Windows(self._limits)
        self.shared = not settings.rate_storage.startswith("memory:")
        """Asking takes a way over a network."""
        if self.shared:
            self._counters = _counters(settings.rate_storage)
        self._full = _answers(full(settings.waiting))
        self.draining = threading.Event()
        """The server is about to end: what is under way is finished, and nothing else is begun."""
        self._no_storage_until_s = 0.0
        self.trouble: list[str] = []
        """Why nobody's requests are counted, in words."""

    def full_at(self, path: str) -> Refusal | None:
        """What is told of a run there while no place is left; it is not counted as asked, and costs next to nothing."""
        if not path.endswith(RUNS) or not path.startswith(COUNTED) or not self._is_full() or self.draining.is_set():
            return None
        self.refused(503)
        return self._full[path.startswith(OIP)]

    def refusal(self, method: str, path: str, address: str) -> Refusal | None:
        """Why this request is not let in; None: it is. Takes microseconds, unless the storage is shared."""
        found = self.full_at(path) if method == "POST" else None
        if found is None and (found := self._found(path, address)) is not None:
            self.refused(found.status)
        return found

    def _found(self, path: str, address: str) -> Refusal | None:
        oip = path.startswith(OIP)
        if not oip and not path.startswith(API):
            return None
        if self.draining.is_set() and path not in HEALTH:
            return ENDING[oip]
        if wait_s := self._too_often(address):
            return _answers(RefusalError(429, "Too Many Requests", OFTEN, retry_after_s=wait_s))[oip]
        return None

    def _too_often(self, address: str) -> int:
        """Seconds until this address may ask again; 0: now."""
        if not self.shared:
            return math.ceil(self.windows.wait_s(address))
        if time.monotonic() < self._no_storage_until_s:
            return 0
        try:
            for limit in self._limits:
                if not self._counters.hit(limit, address):
                    reset_s = self._counters.get_window_stats(limit, address).reset_time
                    return max(1, math.ceil(reset_s - time.time()))
        except Exception as error:  # each storage raises its own
            self._no_storage_until_s = time.monotonic() + STORAGE_PAUSE_S
            why = f"The storage of HUNDREDFOLD_RATE_STORAGE does not answer ({type(error).__name__}): nobody is counted"
            self.trouble = [f"{why}, and nobody refused for asking too often. It is tried again."]
            log.event("the storage of the rate limits does not answer", error=type(error).__name__)
        else:
            self.trouble = []
        return 0


def _counters(storage: str) -> SlidingWindowCounterRateLimiter:
    """Those of a storage that several processes share; raises SettingsError where there is none."""
    try:
        return SlidingWindowCounterRateLimiter(storage_from_string(storage))
    except ConfigurationError as error:
        wanted = "HUNDREDFOLD_RATE_STORAGE must be memory:// or the address of a storage, as redis://127.0.0.1:6379"
        advice = "; `pip install redis` may be missing" if storage.startswith("redis") else ""
        raise SettingsError(f"{wanted}: {error}{advice}") from error


def _answers(refusal: RefusalError) -> tuple[Refusal, Refusal]:
    """As the API tells it, and as the Open Inference Protocol does."""
    return _answer(refusal, oip=False), _answer(refusal, oip=True)


def _answer(refusal: RefusalError, oip: bool) -> Refusal:
    told, body = sent(refusal.problem.as_dict(), oip, refusal.retry_after_s or 1)
    return Refusal(refusal.problem.status, body, told)


ENDING = _answers(ended())


def gated(application: WSGIApplication, gate: Gate) -> WSGIApplication:
    """WSGI middleware, for servers that have not asked the gate themselves."""

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get(ADMITTED):
            return application(environ, start_response)
        address = environ.get("REMOTE_ADDR") or "unknown"
        refused = gate.refusal(environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""), address)
        if refused is None:
            return application(environ, start_response)
        start_response(f"{refused.status} {HTTPStatus(refused.status).phrase}", refused.headers)
        return [refused.body]

    return wrapped
