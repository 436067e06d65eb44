"""Every error under /api as RFC 9457 problem details, and every other unknown path as a small page that links home."""

from __future__ import annotations

import html
import json
from typing import Any, cast

from apiflask import APIFlask, HTTPError
from flask import Response, request
from werkzeug.exceptions import HTTPException

from ..errors import Problem

TYPE = "application/problem+json"
OIP = "/v2"
"""Under it stand the addresses of the Open Inference Protocol, whose errors have a member of their own."""

ADVICE = {
    404: "There is nothing at this address. {api}/exhibits lists the exhibits, {api}/openapi.json all addresses.",
    405: "Use one of the methods in the Allow header; {api}/openapi.json describes them.",
    413: "Send a body of at most {most} bytes: a smaller input, without fields that the API does not know.",
    415: "Send the body as JSON, with the header Content-Type: application/json.",
    500: "The server made a mistake, which is in its log. Try again; if it stays, report it with what you sent.",
}

NOT_FOUND_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not found - Hundredfold</title>
<h1>There is no such page</h1>
<p><a href="{home}">Go to Hundredfold</a></p>
</html>
"""

NOT_BUILT_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hundredfold</title>
<h1>The page is not built yet</h1>
<p>Stop the server, run <code>make demo</code>, and load this page again. The API works already.</p>
</html>
"""


class RefusalError(Exception):
    """Ends a request with a problem; with ``retry_after_s`` the answer says when to try again."""

    def __init__(self, status: int, title: str, detail: str, *, retry_after_s: int | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.problem = Problem(status, title, detail, extra)
        self.retry_after_s = retry_after_s


def api() -> str:
    """Where a visitor finds the API: below the path that the server is mounted at."""
    return f"{request.root_path}/api/v1"


def _home() -> str:
    """The page's address: where a proxy does not say under which path it serves us, as many steps up as are known."""
    return f"{request.root_path}/" if request.root_path else "../" * (request.path.count("/") - 1) or "./"


def plain(problem: dict[str, Any], oip: bool) -> str:
    """A problem in its dictionary form, as the core gives it, as it is sent; the Open Inference Protocol's, too."""
    return json.dumps({"error": problem["detail"], **problem} if oip else problem)


def sent(problem: dict[str, Any], oip: bool, retry_after_s: int | None = None) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body of a problem, for whoever answers without Flask."""
    body = plain(problem, oip).encode()
    told = [("content-type", TYPE), ("content-length", str(len(body))), ("cache-control", "no-store")]
    return told + ([("retry-after", str(retry_after_s))] if retry_after_s is not None else []), body


def response(problem: dict[str, Any]) -> Response:
    """The same as an HTTP answer."""
    text = plain(problem, request.path.startswith(OIP))
    return Response(text, problem["status"], content_type=TYPE)


def mistake() -> Problem:
    """What went wrong is no visitor's affair; the log has it."""
    return Problem(500, "Internal Server Error", ADVICE[500])


def register(app: APIFlask) -> None:
    """Make every error of ``app`` one of the above."""
    app.register_error_handler(RefusalError, _on_refusal)
    app.register_error_handler(HTTPError, _on_invalid)
    app.register_error_handler(HTTPException, _on_http_exception)
    app.register_error_handler(RecursionError, _on_deep_json)


def _on_refusal(refusal: RefusalError) -> Response:
    answer = response(refusal.problem.as_dict())
    if refusal.retry_after_s is not None:
        answer.headers["Retry-After"] = str(refusal.retry_after_s)
    return answer


def _on_invalid(error: HTTPError) -> Response:
    """APIFlask refused the body: its detail is ``{"json": {field: [messages]}}``."""
    fields = cast(dict[str, list[str]], error.detail.get("json", {}))
    field, messages = next(iter(fields.items()), ("body", [error.message or ""]))
    detail = f"{field}: {messages[0]}. {api()}/openapi.json describes what to send."
    return response(Problem(error.status_code, "Input can not be used", detail, {"field": field}).as_dict())


def _on_deep_json(error: RecursionError) -> Response:
    detail = f"The body is nested too deep to be read. {api()}/openapi.json describes what to send."
    return response(Problem(422, "Input can not be used", detail, {"field": "body"}).as_dict())


def _on_http_exception(error: HTTPException) -> Response:
    status = error.code or 500
    if not request.path.startswith(("/api/", f"{OIP}/")) and request.path != OIP:
        not_built = request.path == "/" and status == 404
        page = NOT_BUILT_PAGE if not_built else NOT_FOUND_PAGE.replace("{home}", html.escape(_home()))
        return Response(page, status, content_type="text/html; charset=utf-8")
    advice = ADVICE.get(status, error.description or error.name)
    detail = advice.replace("{most}", str((request.max_content_length or 0) - 1)).replace("{api}", api())
    answer = response(Problem(status, error.name, detail).as_dict())
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer
