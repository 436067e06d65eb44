"""Headers on every answer: isolation, which threads in the browser need, and a policy that lets nothing foreign in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)

HEADERS = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]


EMBED = "/embed/"
"""Under this address are pages that may be shown in any other page."""
EMBED_HEADERS = [
    (name, {"Content-Security-Policy": text.replace("frame-ancestors 'self'", "frame-ancestors *")}.get(name, text))
    for name, text in HEADERS
    if name != "Cross-Origin-Resource-Policy"
] + [("Cross-Origin-Resource-Policy", "cross-origin")]


def with_headers(application: WSGIApplication) -> WSGIApplication:
    """WSGI middleware, so that static files and errors carry the headers too."""

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        ours = EMBED_HEADERS if environ.get("PATH_INFO", "").startswith(EMBED) else HEADERS

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            return start_response(status, [*headers, *ours], *exc_info)

        return application(environ, start)

    return wrapped
