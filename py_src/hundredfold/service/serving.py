"""Serve the application with granian, whose HTTP runs beside Python in this process: the page never waits for a run."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
from contextlib import suppress

from apiflask import APIFlask
from granian.constants import HTTPModes
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from .. import environment
from ..errors import brief
from . import log
from .front import Front
from .memory import settle
from .offline import is_built
from .settings import Settings, SettingsError

HEADERS_MS = 30_000
"""The longest that a request's head may take."""
MOST_CONNECTIONS = 8000
"""Browsers keep several for minutes: with too few, visitors who only look keep the next ones out."""
OTHER_FILES = 100
"""That the server may have open beside its connections."""
BACKLOG = 1024
"""Connections that wait to be taken: a whole class may come at once."""
FILES_S = 5.0
"""So long downloads go on when the server ends; then they are cut."""
BODIES_S = 5.0
"""So long the server, when it ends, waits for bodies that have begun to come: who asked must not hold it up."""
TICK_S = 0.02
SAME_S = 0.1
"""Signals that come within so long mean the same end: a terminal and a shell may both pass one on."""


def serve(app: APIFlask, host: str | None = None, port: int | None = None) -> dict[str, str]:
    """Serve until SIGINT or SIGTERM, finish what was accepted, end the workers and say where it was.

    ``host`` and ``port``: None takes HOST and PORT of the environment. Raises SettingsError, also for a taken port.
    """
    settings: Settings = app.extensions["hundredfold.settings"]
    host, port = address(host, port)
    at, port = _free(host, port)
    log.set_up()
    if not is_built(settings.static):
        print("The page is not built yet: run `make demo`. The API works.", flush=True)
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    with asyncio.Runner(loop_factory=_new_loop) as runner:
        runner.run(_serve(app, settings, at, port, url))
    return {"served": url}


def _new_loop() -> asyncio.AbstractEventLoop:
    """uvloop's where there is one: an answer is a millisecond sooner, and a third more can be refused."""
    try:
        import uvloop
    except ImportError:  # Windows
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _serve(app: APIFlask, settings: Settings, host: str, port: int, url: str) -> None:
    pool, language_model = app.extensions["hundredfold.pool"], app.extensions["hundredfold.language_model"]
    gate = app.extensions["hundredfold.gate"]
    front = Front(app.wsgi_app, gate, settings.answering, settings.max_body_bytes, settings.proxies)
    server = Server(
        front,
        address=host,
        port=port,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_MS),
        websockets=False,
        backlog=BACKLOG,
        backpressure=_connections(),
        log_level=LogLevels.error,
    )
    logging.getLogger("_granian").setLevel(logging.ERROR)  # that it runs inside another program is meant so
    ended, hurry = asyncio.Event(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        _on_signal(number, ended, hurry)
    try:
        pool.start()
        language_model.start()
        settle()
        serving = asyncio.create_task(server.serve())
        ending = asyncio.create_task(ended.wait())
        await _until_open(host, port, serving)
        print(f"Hundredfold is on {url} (Ctrl-C ends it)", flush=True)
        await asyncio.wait({serving, ending}, return_when=asyncio.FIRST_COMPLETED)
        gate.draining.set()
        log.event("ending", unanswered=front.inside)
        await _drained(front, hurry, settings.run_s + settings.wait_s)
        log.event("ended", unanswered=front.inside)
        server.stop()  # type: ignore[no-untyped-call]
        # What is being downloaded may end, too, for a while: some lines are slow.
        hurried = asyncio.create_task(hurry.wait())
        await asyncio.wait({serving, hurried}, timeout=FILES_S, return_when=asyncio.FIRST_COMPLETED)
        serving.cancel()
    finally:
        front.close()
        pool.close()
        language_model.close()


def _on_signal(number: signal.Signals, ended: asyncio.Event, hurry: asyncio.Event) -> None:
    """The first one ends the server gently; one more, which is not the same told twice, at once."""
    loop = asyncio.get_running_loop()

    def end() -> None:
        if ended.is_set():
            hurry.set()
        else:
            loop.call_later(SAME_S, ended.set)

    try:
        loop.add_signal_handler(number, end)
    except NotImplementedError:  # Windows
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(end))


async def _until_open(host: str, port: int, serving: asyncio.Task[None]) -> None:
    """Wait until the server takes connections, or has ended."""
    while not serving.done():
        with suppress(OSError):
            _, writer = await asyncio.open_connection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port)
            writer.close()
            return
        await asyncio.sleep(TICK_S)


async def _drained(front: Front, hurry: asyncio.Event, within_s: float) -> None:
    """Wait until every request that came is answered, at most so long; for the rest of a body only BODIES_S."""
    loop = asyncio.get_running_loop()
    until_s, bodies_until_s = loop.time() + within_s, loop.time() + BODIES_S
    while not hurry.is_set() and loop.time() < (until_s if front.inside else bodies_until_s if front.reading else 0):
        await asyncio.sleep(TICK_S)


def _free(host: str, port: int) -> tuple[str, int]:
    """The address of a host, and the port, or for 0 one that is free; raises SettingsError where it can not be had."""
    try:
        (family, kind, protocol, _, place), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
            return str(place[0]), int(probe.getsockname()[1])
    except (OSError, ValueError) as error:  # ValueError: what is no name of a host
        raise SettingsError(_why_not(error, host, port)) from error


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
