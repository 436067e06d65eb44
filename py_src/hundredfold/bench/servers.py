"""HTTP servers for the same application, each as it is started on a command line, one of them at work at a time."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec

import psutil

from ..environment import UsageError
from ..service.settings import Settings
from .site import ROOT
from .soak.target import Target

OURS = "hundredfold serve"
CONNECTIONS = 1000
KNOWN = ("waitress", "gunicorn", "granian")


def check(names: Sequence[str]) -> None:
    """Raise UsageError for a name that is not known."""
    if unknown := set(names) - set(KNOWN):
        raise UsageError(f"--servers takes some of {','.join(KNOWN)}, not {', '.join(sorted(unknown))}")


def commands(names: Sequence[str], env: Mapping[str, str], say: Callable[[str], None]) -> dict[str, list[str]]:
    """What starts each, by its name, ours first; of one that is not installed it is said that it is left out."""
    threads = Settings.read({**os.environ, **env}).answering
    found = {OURS: [sys.executable, str(ROOT / "server.py")]}
    for name in dict.fromkeys(names):
        if find_spec(name) is None:
            say(f"{name} is not installed, so it is left out: .venv/bin/pip install {name}")
        else:
            found[name] = [sys.executable, "-m", name, *_arguments(name, _free_port(), threads)]
    return found


def _arguments(name: str, port: int, threads: int) -> list[str]:
    place, folder = f"127.0.0.1:{port}", str(ROOT)
    if name == "waitress":
        several = [f"--threads={threads}", f"--connection-limit={CONNECTIONS}"]
        return [f"--listen={place}", *several, "server:app"]
    if name == "gunicorn":  # without its timeout, by which it would end a worker that stood still while others worked
        several = ["--threads", str(threads), "--worker-connections", str(CONNECTIONS), "--timeout", "0"]
        return ["--chdir", folder, "--bind", place, *several, "server:app"]
    several = ["--workers", "1", "--blocking-threads", str(threads)]
    address = ["--host", "127.0.0.1", "--port", str(port), "--working-dir", folder]
    return ["--interface", "wsgi", *address, *several, "server:app"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _family(target: Target) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return [target.process, *target.process.children(recursive=True)]
    return []


def _send(target: Target, what: signal.Signals) -> None:
    for process in _family(target):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(what)


@contextmanager
def stand_still(target: Target) -> Iterator[None]:
    """It does nothing at all but where it is ``going``; at the end it goes on, as it has to end by itself."""
    _send(target, signal.SIGSTOP)
    try:
        yield
    finally:
        _send(target, signal.SIGCONT)


@contextmanager
def going(target: Target) -> Iterator[Callable[[], float]]:
    """Meanwhile it works; yields what tells the CPU seconds that it has taken."""
    _send(target, signal.SIGCONT)
    try:
        yield lambda: _cpu_s(target)
    finally:
        _send(target, signal.SIGSTOP)


def _cpu_s(target: Target) -> float:
    spent = 0.0
    for process in _family(target):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            spent += times.user + times.system
    return spent
