"""The real server as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

SERVER = Path(__file__).resolve().parents[2] / "server.py"


@contextmanager
def starting(models, page):
    """start(**environment) -> (process, address); all that were started end with it."""
    started = []

    def start(**environment):
        folders = {"HUNDREDFOLD_MODELS": str(models), "HUNDREDFOLD_STATIC": str(page)}
        process = subprocess.Popen(
            [sys.executable, str(SERVER)],
            env={**os.environ, "PORT": "0", **folders, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        said = ""
        while not (address := re.search(r"http://\S+", said)):
            line = process.stdout.readline()
            assert line, f"it ended: {said}"
            said += line
        return process, address[0]

    try:
        yield start
    finally:
        for process in started:
            process.kill()
            process.wait()
            process.stdout.close()
