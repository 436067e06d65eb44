"""Runs a GGUF file with llama.cpp in a process of its own, which ends with us and counts its own CPU seconds.

llama.cpp comes as PyPI's `xllamacpp`, the extra `llm`; it serves the protocol that `llm.Chat` speaks, on this machine
alone and to whoever knows a key that is made anew each time.
"""

from __future__ import annotations

import json
import os
import secrets
import select
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from .cores import cores
from .llm import Chat, LlmError

BOOT_S = 300.0
"""A file of some GB has to be read from the disk."""
END_S = 3.0
CONTEXT = 6144
"""Tokens that it reads at most: a prompt with its examples and a text."""
INSTALL = "`.venv/bin/pip install -e '.[llm]'` installs it"


class Llama:
    """One GGUF file, loaded; ``facts`` are ``{name, quantisation, params, bytes, engine, threads}``."""

    def __init__(self, path: Path, threads: int = 0, wait_s: float = 60.0) -> None:
        """Raises LlmError."""
        if not path.is_file():
            raise LlmError(f"there is no file {path}", "lost")
        key = secrets.token_hex(16)
        self._lock = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__, str(path), str(threads or cores())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "HUNDREDFOLD_LLM_KEY": key},
        )
        try:
            told = self._line(BOOT_S)
        except LlmError:
            self.end()
            raise
        if "error" in told:
            self.end()
            raise LlmError(told["error"], "lost")
        self.facts: dict[str, Any] = {name: told[name] for name in told if name != "address"}
        self.chat = Chat(f"{told['address']}/v1", key=key, wait_s=wait_s)

    def cpu_s(self) -> float:
        """CPU seconds of the process until now, all its threads. Raises LlmError."""
        with self._lock:
            try:
                assert self.process.stdin is not None
                self.process.stdin.write(b"\n")
                self.process.stdin.flush()
            except OSError:
                raise LlmError("its process ended", "lost") from None
            return float(self._line(5.0)["cpu_s"])

    def alive(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(END_S)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _line(self, within_s: float) -> dict[str, Any]:
        """What it says next; what the engine prints beside it goes to the log."""
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], within_s)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            why = f"said nothing for {within_s:g} s" if self.alive() else "ended"
            raise LlmError(f"its process {why}; the server's log may say more", "lost")
        told: dict[str, Any] = json.loads(line)
        return told


def main(path: str, threads: int) -> None:
    """Load it, say where it is, then tell the CPU seconds for each line that comes; end when the input ends."""
    with suppress(OSError):  # Linux: when memory runs out, this process goes before the server
        Path("/proc/self/oom_score_adj").write_text("600")
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the engine prints goes to the log
    key = os.environ.pop("HUNDREDFOLD_LLM_KEY")

    def say(told: dict[str, Any]) -> None:
        print(json.dumps(told), file=answers, flush=True)

    try:
        import xllamacpp
    except ImportError as error:
        return say({"error": f"llama.cpp is missing ({error}): {INSTALL}"})
    chosen = xllamacpp.CommonParams()
    chosen.model.path = path
    chosen.n_ctx, chosen.n_parallel = CONTEXT, 1
    chosen.cache_ram_mib = 0  # or each text's state is copied and kept: gigabytes, for texts that never come again
    chosen.cpuparams.n_threads = chosen.cpuparams_batch.n_threads = threads
    chosen.api_keys = [key]
    chosen.verbosity = 0
    try:
        server = xllamacpp.Server(chosen)
    except Exception as error:  # whatever it is: the file is no GGUF, or memory is short
        return say({"error": f"llama.cpp can not load {path}: {error}"})
    say({"address": server.listening_address, **_facts(server.listening_address, key, path, threads)})
    for _ in sys.stdin:
        say({"cpu_s": time.process_time()})
    os._exit(0)  # the engine's own threads would go on


def _facts(address: str, key: str, path: str, threads: int) -> dict[str, Any]:
    from importlib.metadata import version

    meta = Chat(f"{address}/v1", key=key).described()
    return {
        "name": Path(path).stem,
        "quantisation": meta.get("ftype"),
        "params": meta.get("n_params"),
        "bytes": Path(path).stat().st_size,
        "engine": f"llama.cpp by xllamacpp {version('xllamacpp')}",
        "threads": threads,
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
