"""The real server, started for tests of the page."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

READY_S = 60


class Server:
    """The real server.py in a process of its own; it can be stopped and started again at the same address."""

    def __init__(self, root: Path, env: dict[str, str]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, str(root / "server.py")]
        self._env = {**os.environ, "HOST": "127.0.0.1", "PORT": str(self.port), **env}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, env=self._env, stdout=subprocess.DEVNULL)
        for _ in range(READY_S * 10):
            if self._process.poll() is not None:
                raise RuntimeError(f"server.py ended with {self._process.returncode}; what it said is above")
            try:
                urllib.request.urlopen(f"{self.url}/api/v1/health", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"server.py did not answer within {READY_S} s")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    @property
    def running(self) -> bool:
        return self._process is not None
