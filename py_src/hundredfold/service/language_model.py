"""The language model beside the ladders: one that runs, or where there is none, what was recorded of one.

`HUNDREDFOLD_LLM` names a GGUF file, which runs in a process of its own, or the address of a server that speaks OpenAI's
protocol. An exhibit is asked as models/<exhibit>/language-model.json says, which `hundredfold prompt` writes.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from ..adapters.llama import Llama
from ..adapters.llm import FILE, Chat, LlmError, LlmSession, Prompt, answered
from ..digest import record_key
from ..errors import InputError
from ..exhibits import EXHIBITS
from ..manifest import Manifest
from ..result import LANGUAGE_MODEL
from .baseline import Baseline
from .pool import LONGEST_PAUSE_S
from .problems import RefusalError
from .settings import Settings

LATE = "The language model took too long"
NAMES = ("name", "quantisation", "params", "bytes")


class LanguageModel:
    """Answers about the exhibits that have a record, from one process or server, one answer at a time."""

    def __init__(self, settings: Settings, manifest: Manifest | None, pool: Baseline) -> None:
        self.settings, self._pool = settings, pool
        self._manifest = manifest or Manifest({})
        self.records = records(settings.models, self._manifest)
        self._lock, self._turn, self._inside = threading.Lock(), threading.Lock(), 0
        self._llama: Llama | None = None
        self._chat: Chat | None = None
        self._facts: dict[str, Any] = {}
        self._failing = ""
        """Why it does not start."""
        self._started = False
        self._closing = threading.Event()
        self._last = ("", "")
        """The exhibit and the text that were asked about last."""

    @property
    def live(self) -> bool:
        return bool(self.settings.llm)

    def start(self) -> None:
        """Load it in the background, once."""
        with self._lock:
            if self._started or not self.live or not self.records:
                return
            self._started = True
        self._boot()

    def close(self) -> None:
        self._closing.set()
        if self._llama:
            self._llama.end()

    @property
    def trouble(self) -> list[str]:
        """What keeps it from answering, in words."""
        return [f"The language model does not start: {self._failing}. It is tried again."] if self._failing else []

    def described(self, exhibit: str) -> dict[str, Any] | None:
        """What the list of exhibits tells of it; None where it is not asked about this one."""
        record = self.records.get(exhibit)
        if record is None:
            return None
        same = not self.live or self._is_recorded(record)
        told = record["model"] if same else {"name": self._name(), **self._facts}
        return {
            "id": LANGUAGE_MODEL,
            "live": self.live,
            **{name: told.get(name) for name in NAMES},
            "macs": record["macs"] if same else None,
            "recipe": f"{told['name']}: asked, with {len(record['prompt']['shots'])} examples",
            "accuracy": record["test"]["accuracy"] if same else None,
            "energy": record["energy"] if same else None,
            "recorded": record["recorded"],
        }

    def _name(self) -> str:
        llm = self.settings.llm
        return (self.settings.llm_model or llm) if is_address(llm) else Path(llm).stem

    def powers(self) -> dict[str, dict[str, Any]]:
        """What a CPU second drew when it was recorded, by exhibit and variant."""
        return {} if self.live else {name: {LANGUAGE_MODEL: record["power"]} for name, record in self.records.items()}

    def answer(self, exhibit: str, given: Any, repeats: int) -> dict[str, Any]:
        """A Result; raises RefusalError."""
        if repeats != 1:
            detail = "repeats must be 1: a language model keeps what it has read, and the same text again is no answer"
            raise RefusalError(422, "Input can not be used", f"{detail}.", field="repeats")
        if not self.live:
            return self._recorded(exhibit, given)
        with self._in_turn(), self._pool.beside():
            return self._asked(exhibit, given)

    def _asked(self, exhibit: str, given: Any) -> dict[str, Any]:
        chat, llama, record = self._chat, self._llama, self.records[exhibit]
        if chat is None:
            self._lost(self._failing or "it is being loaded")
        if llama and not llama.alive():
            self._refuse(LlmError("its process ended", "lost"))
        prompt = Prompt.parse(record["prompt"])
        if not self._is_recorded(record):
            prompt = replace(prompt, bias=0.0)  # it was set for another model
        runtime = {"provider": self._facts["engine"], "threads": self._facts["threads"], "isolated": None}
        session = LlmSession(f"{exhibit}/{LANGUAGE_MODEL}", chat, prompt, runtime)

        def cpu_s() -> float:
            assert llama
            try:
                return llama.cpu_s()
            except LlmError as error:
                session.error = error
                return 0.0

        if llama and (exhibit, str(given)) == self._last:
            with suppress(LlmError):  # or it would find the whole text among what it has read
                chat.ask(prompt, "")
        answer = asyncio.run(answered(exhibit, given, session, self._manifest, cpu_s if llama else None))
        self._last = (exhibit, str(given))
        if session.error:
            self._refuse(session.error)
        if "timing" in answer:
            self._pool.learner.count(answer, 1)
        return answer

    def _recorded(self, exhibit: str, given: Any) -> dict[str, Any]:
        try:
            EXHIBITS[exhibit].parse(given)
        except InputError as error:
            raise RefusalError(422, "Input can not be used", str(error), **error.extra()) from None
        plain = {name: value for name, value in given.items() if name != "words"}  # it tells of none
        found = self.recorded(exhibit).get(record_key(plain, LANGUAGE_MODEL))
        if found is None:
            detail = (
                "No language model runs on this server, so that only what was recorded is there: choose one of the "
                "ready-made inputs. HUNDREDFOLD_LLM starts one: see the page on operating a server"
            )
            raise RefusalError(422, "Not recorded", f"{detail}.", code="llm-not-recorded")
        return found

    def recorded(self, exhibit: str) -> dict[str, dict[str, Any]]:
        """The Results that are recorded of an exhibit, by `digest.record_key`."""
        if (record := self.records.get(exhibit)) is None:
            return {}
        same = {"exhibit": exhibit, "variant": LANGUAGE_MODEL, "where": "there", "record": record["recorded"]}
        return {key: {**same, **answer} for key, answer in record["answers"].items()}

    def _is_recorded(self, record: Mapping[str, Any]) -> bool:
        """Whether the model that runs is the one that was measured: by the size of its file, to the byte."""
        llm = self.settings.llm
        if is_address(llm):
            return False
        try:
            return bool(Path(llm).stat().st_size == record["model"]["bytes"])
        except OSError:
            return False

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One answer at a time; raises RefusalError where too many wait, or it took too long."""
        with self._lock:
            if self._inside > self.settings.llm_waiting:
                detail = f"{self.settings.llm_waiting} answers of the language model are waited for already. Try again"
                raise RefusalError(503, "The queue is full", f"{detail} in a moment.", retry_after_s=3, code="llm-full")
            self._inside += 1
        try:
            if not self._turn.acquire(timeout=self.settings.llm_s):
                detail = "Others are still answered. Try again in a moment."
                raise RefusalError(503, "The language model is busy", detail, retry_after_s=5, code="llm-full")
            try:
                yield
            finally:
                self._turn.release()
        finally:
            with self._lock:
                self._inside -= 1

    def _refuse(self, error: LlmError) -> NoReturn:
        """As a problem; a process of ours that hangs or died is started anew."""
        if error.code in ("late", "lost") and self._llama:
            self._llama.end()
            self._boot()
        if error.code == "late":
            detail = f"It did not answer within {self.settings.llm_s:g} s. Send a shorter text, or try again."
            raise RefusalError(504, LATE, detail, retry_after_s=5, code="llm-late")
        if error.code == "lost":
            self._lost(str(error))
        detail = f"The language model said nothing that can be used: {error}. Try another text or another model."
        raise RefusalError(500, "The language model failed", detail, code="llm-nonsense", values={"why": str(error)})

    @staticmethod
    def _lost(why: str) -> NoReturn:
        title, detail = "The language model is not there", f"{why}. Try again in a moment, or choose another model."
        raise RefusalError(503, title, detail, retry_after_s=5, code="llm-lost", values={"why": why})

    def _boot(self) -> None:
        self._chat = self._llama = None
        threading.Thread(target=self._boot_until_there, daemon=True).start()

    def _boot_until_there(self) -> None:
        pause_s = 1.0
        while not self._closing.is_set():
            try:
                self._open()
            except LlmError as error:
                self._failing = str(error)
                self._closing.wait(pause_s)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
            else:
                self._failing = ""
                if self._closing.is_set():
                    self.close()
                return

    def _open(self) -> None:
        """Start it, or ask the server elsewhere what it has; raises LlmError."""
        llm, wait_s = self.settings.llm, self.settings.llm_s
        if not is_address(llm):
            llama = Llama(Path(llm), self.settings.threads, wait_s)
            self._facts, self._llama, self._chat = llama.facts, llama, llama.chat
            return
        chat = Chat(llm, self.settings.llm_model, self.settings.llm_key, wait_s)
        told = {"id": self.settings.llm_model}
        with suppress(LlmError):  # some servers list no models
            told = chat.described()
        name = chat.model = self.settings.llm_model or told["id"]
        self._facts, self._chat = {"name": name, "engine": f"{name}, by a server elsewhere", "threads": 1}, chat


def is_address(llm: str) -> bool:
    return llm.startswith(("http://", "https://"))


def records(models: Path, manifest: Manifest) -> dict[str, dict[str, Any]]:
    """What was recorded, by exhibit; one that can not be read is as none."""
    found = {}
    for exhibit in manifest.ladders:
        with suppress(OSError, ValueError, KeyError, TypeError):
            record = json.loads((models / exhibit / FILE).read_text())
            Prompt.parse(record["prompt"])
            found[exhibit] = {name: record[name] for name in _NEEDED}
    return found


_NEEDED = ("model", "prompt", "test", "macs", "energy", "power", "recorded", "answers")
