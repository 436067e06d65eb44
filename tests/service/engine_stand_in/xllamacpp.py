"""In the place of llama.cpp: a server that answers as the file it is given says, a word of JSON such as ``"good"``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from chat_server import ChatServer, completion, hang


class CommonParams(SimpleNamespace):
    def __init__(self):
        super().__init__(model=SimpleNamespace(), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace())


class Server:
    def __init__(self, chosen):
        path = Path(chosen.model.path)
        if path.read_text() == "broken":
            raise RuntimeError("this is no GGUF")
        with path.with_suffix(".starts").open("a") as starts:
            starts.write("x")
        self.server = ChatServer(lambda body: self.answer(path.read_text()))
        self.listening_address = self.server.address.removesuffix("/v1")

    def answer(self, how):
        """The file is read anew for each answer, so that a test can change its mind."""
        if how == "die":
            os._exit(9)
        return hang(None) if how == "hang" else (200, completion("spam", 0.8))
