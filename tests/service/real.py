"""The real server as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

SERVER = Path(__file__).resolve().parents[2] / "server.py"
SERVE = f"import runpy; runpy.run_path({str(SERVER)!r}, run_name='__main__')"


@contextmanager
def starting(models, page):
    """start(patch, **environment) -> (process, address); all that were started end with it.

    ``patch``: Python that the process runs before it serves.
    """
    started = []

    def start(patch=None, **environment):
        folders = {"HUNDREDFOLD_MODELS": str(models), "HUNDREDFOLD_STATIC": str(page)}
        process = subprocess.Popen(
            [sys.executable, str(SERVER)] if patch is None else [sys.executable, "-c", f"{patch}\n{SERVE}"],
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
