"""Serve the application with waitress, with more threads than runs may wait, so that the page never waits for one."""

from __future__ import annotations

import errno
import json
import logging
import signal
import sys
import tempfile
from contextlib import suppress

from apiflask import APIFlask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import create_server
from waitress.task import ErrorTask

from .. import environment
from ..errors import Problem, brief
from .headers import headers
from .offline import is_built
from .settings import Settings, SettingsError

SPARE_THREADS = 8
"""For files and quick answers, while every place in the queue is taken."""
INBUF_BYTES = 1 << 19
OUTER_WALL = 16
"""Bodies up to this many times the limit are read to their end before they are refused; larger ones at once."""


MOST_CONNECTIONS = 8000
"""Browsers keep several for minutes: with too few, visitors who only look keep the next ones out."""
OTHER_FILES = 100
"""That the server may have open beside its connections."""


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """One request; who asks whether to go on (Expect: 100-continue), but has sent all, is answered.

    waitress would say "go on", and wait for ever.
    """

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        if self.completed:
            self.expect_continue = False
        return consumed


class ProblemTask(ErrorTask):  # type: ignore[misc]
    """What waitress refuses before the application sees it, as a problem like every other error."""

    def execute(self) -> None:
        error = self.request.error
        problem = Problem(error.code, error.reason, f"{error.body}. Send a smaller, well-formed HTTP request.")
        body = json.dumps(problem.as_dict()).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers += [("Content-Type", "application/problem+json"), *headers()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def serve(app: APIFlask, host: str | None = None, port: int | None = None) -> dict[str, str]:
    """Serve until SIGINT or SIGTERM, then end the workers and say where it was; None: HOST and PORT of the environment.

    Raises SettingsError, also when the port is taken.
    """
    settings: Settings = app.extensions["hundredfold.settings"]
    at_once = settings.workers if settings.baseline == "local" else settings.at_once
    host, port = address(host, port)
    HTTPChannel.error_task_class, HTTPChannel.parser_class = ProblemTask, Parser
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a flood must not fill the log
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=at_once + settings.waiting + settings.llm_waiting + SPARE_THREADS,
            connection_limit=_connections(),
            asyncore_use_poll=True,  # select() ends at 1,024 open files
            max_request_body_size=OUTER_WALL * settings.max_body_bytes,
            inbuf_overflow=_held_bytes(settings),
            clear_untrusted_proxy_headers=not settings.proxies,
            ident=None,
        )
    except (OSError, ValueError) as error:  # ValueError: waitress could not resolve the name
        raise SettingsError(_why_not(error, host, port)) from error
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    if not is_built(settings.static):
        print("The page is not built yet: run `make demo`. The API works.", flush=True)
    (_, port), *_ = getattr(server, "effective_listen", [(host, getattr(server, "effective_port", port))])
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    print(f"Hundredfold is on {url} (Ctrl-C ends it)", flush=True)
    pool = app.extensions["hundredfold.pool"]
    try:
        pool.start()
        app.extensions["hundredfold.language_model"].start()
        server.run()
    finally:
        pool.close()
        app.extensions["hundredfold.language_model"].close()
    return {"served": url}


def _held_bytes(settings: Settings) -> int:
    """A longer body goes to a temporary file while it is read, where the system has a folder for one."""
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        return settings.max_body_bytes + 1
    return INBUF_BYTES


def _connections() -> int:
    """As many as the system lets one process have, within reason."""
    try:
        import resource
    except ImportError:  # Windows
        return 400
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else min(MOST_CONNECTIONS, max(1, soft - OTHER_FILES))


def address(host: str | None = None, port: int | None = None) -> tuple[str, int]:
    """What was asked for, else HOST and PORT of the environment; raises SettingsError."""
    text = environment.read("PORT") or "8000"
    if port is None and not (text.isdecimal() and text.isascii() and len(text) < 6 and int(text) < 65536):
        raise SettingsError(f"PORT must be a whole number from 0 to 65535, not {brief(text)}")
    return host or environment.read("HOST") or "127.0.0.1", int(text) if port is None else port


def _why_not(error: OSError | ValueError, host: str, port: int) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"PORT must be a free one, and {port} is taken on {host}: choose another port, as in PORT=8001 make demo"
    if isinstance(error, OSError) and error.errno == errno.EACCES:
        return f"PORT {port} is for administrators only: choose another port above 1023, as in PORT=8001 make demo"
    return f"HOST must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them, not {brief(host)}"
