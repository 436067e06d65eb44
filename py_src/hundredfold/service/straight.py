"""A short way for runs: what is well-formed goes to its model past Flask, whose part of an answer was a millisecond.

Whatever is not goes on to Flask as it came, which says what is wrong with it: there is one place that tells.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from . import log, problems
from .parts import Parts
from .problems import RefusalError
from .runs import Runs

JSON = "application/json"


def straight(
    application: WSGIApplication, parts: Parts, runs: Mapping[str, Runs], dumps: Callable[..., str]
) -> WSGIApplication:
    """WSGI middleware; ``dumps`` makes JSON as the application does."""
    at = {f"/api/v1/exhibits/{name}/run": each for name, each in runs.items()}

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = at.get(environ.get("PATH_INFO", "")) if environ["REQUEST_METHOD"] == "POST" else None
        if asked is None or (found := _read(environ, asked)) is None:
            return application(environ, start_response)
        body, size = found
        parts.start()
        retry_after_s = None
        try:
            answer = asked.answer(body, size, environ.get("SCRIPT_NAME", ""))
        except RefusalError as refusal:
            answer, retry_after_s = refusal.problem.as_dict(), refusal.retry_after_s
        except Exception:
            log.mistake("a run failed")
            answer = problems.mistake().as_dict()
        if (status := int(answer.get("status", 200))) != 200:
            parts.metrics.refused(status)
            told, content = problems.sent(answer, False, retry_after_s)
        else:
            content = dumps(answer, separators=(",", ":")).encode()
            told = [("Content-Type", JSON), ("Content-Length", str(len(content))), ("Cache-Control", "no-store")]
        start_response(f"{status} {HTTPStatus(status).phrase}", told)
        return [content]

    return wrapped


def _read(environ: WSGIEnvironment, asked: Runs) -> tuple[Any, int] | None:
    """What is asked, and its length in bytes; None: it can not be used as it is, and lies there to be read again."""
    length = environ.get("CONTENT_LENGTH", "")
    if environ.get("CONTENT_TYPE", "").partition(";")[0] != JSON or not length.isdecimal():
        return None
    if int(length) > asked.most_bytes:
        return None
    raw = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = io.BytesIO(raw)
    if len(raw) < int(length):
        return None
    try:
        return asked.shape.model_validate(json.loads(raw)), len(raw)
    except (ValueError, RecursionError):  # of both: what is no JSON, and what is of another shape
        return None
