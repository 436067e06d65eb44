"""Headers on every answer: isolation, which threads in the browser need, and a policy that lets nothing foreign in."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from ..exhibits import EXHIBITS

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

FIXED = [
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]
NEVER = ("display-capture", "geolocation", "payment", "usb")
DEVICES = ("camera", "microphone")
EMBED = "/embed/"
"""Under this address are pages that may be shown in any other page."""


@cache
def headers() -> list[tuple[str, str]]:
    """Those of every answer; a camera or a microphone may be asked for where an exhibit says that it needs one."""
    needed = {device for exhibit in EXHIBITS.values() for device in exhibit.devices}
    allowed = {name: "(self)" if name in needed else "()" for name in (*DEVICES, *NEVER)}
    return [*FIXED, ("Permissions-Policy", ", ".join(f"{name}={allowed[name]}" for name in sorted(allowed)))]


@cache
def embed_headers() -> list[tuple[str, str]]:
    """Those of what may be shown in any other page."""
    others = {
        "Content-Security-Policy": CONTENT_SECURITY_POLICY.replace("frame-ancestors 'self'", "frame-ancestors *"),
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return [(name, others.get(name, text)) for name, text in headers()]


def with_headers(application: WSGIApplication) -> WSGIApplication:
    """WSGI middleware, so that static files and errors carry the headers too."""

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        ours = embed_headers() if environ.get("PATH_INFO", "").startswith(EMBED) else headers()

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            return start_response(status, [*headers, *ours], *exc_info)

        return application(environ, start)

    return wrapped
