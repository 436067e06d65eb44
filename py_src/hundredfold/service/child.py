"""One child process that runs models, and what is said to it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from .settings import Settings

BOOT_S = 120.0
"""The longest that a child may take to load and warm up all models."""
END_S = 2.0
"""How long a child may take to end by itself."""


class ChildEndedError(Exception):
    """The child is of no use any more, and why; ``overdue`` when its time was up."""

    def __init__(self, why: str, overdue: bool = False) -> None:
        super().__init__(why)
        self.overdue = overdue


class Child:
    """One running child process; each request is one line to it and one line back.

    They go through a socket of their own, which is the child's standard input: what anything prints in the child, also
    while it is imported, goes to the log.
    """

    def __init__(self, settings: Settings) -> None:
        command = [sys.executable, "-P", "-X", "faulthandler", "-m", "hundredfold.service.runner"]
        self._owner = os.getpid()
        self._link, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [*command, *map(str, (settings.models, settings.threads, settings.powercap, *settings.exhibits))],
                stdin=theirs.fileno(),
                stdout=2,
            )
        self.refused: dict[str, str] = {}
        self.power: dict[str, Any] | None = None
        self.lesson: dict[str, Any] | None = None
        self.together: set[tuple[Any, ...]] = set()
        """Exhibits and variants of which it answers several at once."""

    def warm_up(self) -> None:
        """Wait until the child has loaded its models; raises ChildEndedError."""
        told = self._exchange("", BOOT_S)
        if not isinstance(told.get("refused"), dict) or "power" not in told:
            raise ChildEndedError("it said something else than that it is ready")
        self.refused, self.power, self.lesson = told["refused"], told["power"], told.get("lesson")
        self.together = {tuple(each) for each in told.get("together", ())}

    def ask(self, line: str, within_s: float) -> dict[str, Any]:
        """Send a request as one line of JSON and wait for its answer; raises ChildEndedError."""
        return self._exchange(f"{line}\n", within_s)

    def ask_together(self, lines: Sequence[str], within_s: float) -> list[dict[str, Any]]:
        """Send requests that may be answered at once; the answers, in their order. Raises ChildEndedError."""
        answers = self.ask(f'{{"do": "together", "requests": [{", ".join(lines)}]}}', within_s).get("answers")
        if not isinstance(answers, list) or len(answers) != len(lines):
            raise ChildEndedError("it did not answer each of what it was asked")
        return answers

    def _exchange(self, line: str, within_s: float) -> dict[str, Any]:
        """No timer ends a child that is late: whoever waits gives up, so that an answer which came is never lost."""
        deadline, told = time.monotonic() + within_s, b""
        try:
            self._link.settimeout(within_s)
            self._link.sendall(line.encode())
            while not told.endswith(b"\n"):
                self._link.settimeout(max(0.0, deadline - time.monotonic()))
                part = self._link.recv(1 << 16)
                if not part:
                    raise ChildEndedError(self._how_it_ended())
                told += part
            answer = json.loads(told)
        except (TimeoutError, BlockingIOError):
            raise ChildEndedError(f"it did not answer within {within_s:g} s", overdue=True) from None
        except OSError:
            raise ChildEndedError(self._how_it_ended()) from None
        except ValueError:
            raise ChildEndedError("what it said is no JSON") from None
        if not isinstance(answer, dict):
            raise ChildEndedError("what it said is no JSON object")
        return answer

    def _how_it_ended(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            code = self.process.wait(END_S)
            return f"it was ended by signal {-code}" if code < 0 else f"it ended with exit code {code}"
        return "it does not listen any more"

    def alive(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        """End the process and wait until it is gone; a copy of us, made by a fork, leaves it to us."""
        self._link.close()
        if self._owner == os.getpid():
            self.process.kill()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(END_S)
