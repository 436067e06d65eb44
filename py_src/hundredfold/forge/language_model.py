"""Measures a language model at an exhibit of texts: it is only asked, and gets its best chance.

Prompts compete on validation texts, without examples and with some; each is read as it answers, and with a bias that
was set on the same texts (calibration). The best one is asked about the test part, once, and about the inputs that the
page has ready. What was found goes to models/<exhibit>/language-model.json: what is told where no such model runs.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from ..adapters.llama import Llama
from ..adapters.llm import FILE, LlmSession, Prompt, answered
from ..digest import record_key
from ..energy.devices import Power
from ..energy.estimate import timed
from ..energy.live import HOW, four_digits, of_answer, power_facts
from ..energy.quantities import Range, measured
from ..manifest import Manifest
from ..result import LANGUAGE_MODEL
from .text_score import share

SEED = 20261127
FINALISTS = 2
"""The best prompts of the first validation texts, which are asked about more; the first are among them."""
TIMED = 40
"""Answers whose times are told: asked one after the other at the end, each text once."""
ROWS = ("seconds", "cpu_s", "tokens_in", "tokens_out", "cached")

Reply = dict[str, Any]


@dataclass(frozen=True)
class Machine:
    """Where it is measured."""

    second: Power
    """What a CPU second draws."""
    cpu: str | None
    machine: str | None


class Asker:
    """Asks, and keeps every answer in a file, so that a run that was stopped goes on where it was."""

    def __init__(self, llama: Llama, sha256: str, kept: Path) -> None:
        self._llama, self._sha256, self._kept = llama, sha256, kept
        lines = kept.read_text().splitlines() if kept.exists() else []
        self._known = {told["key"]: told for told in map(json.loads, lines)}

    def odds(self, prompt: Prompt, texts: Sequence[str]) -> np.ndarray:
        """float64 [N]: log-odds of the second label, without a bias."""
        return np.array([self._one(replace(prompt, bias=0.0), text, at, len(texts)) for at, text in enumerate(texts)])

    def _one(self, prompt: Prompt, text: str, at: int, of: int) -> float:
        said = json.dumps([self._sha256, prompt.as_dict(), text])
        key = hashlib.sha256(said.encode()).hexdigest()[:24]
        if key not in self._known:
            self._known[key] = {"key": key, **self.ask(prompt, text)}
            with self._kept.open("a") as out:
                out.write(json.dumps(self._known[key]) + "\n")
            if at % 20 == 0:
                print(f"{prompt.id}: {at} of {of}", flush=True)
        return float(self._known[key]["odds"])

    def ask(self, prompt: Prompt, text: str) -> Reply:
        """What it answered, and the seconds and CPU seconds that it took."""
        start, cpu_s = time.perf_counter(), self._llama.cpu_s()
        reply = self._llama.chat.ask(prompt, text)
        return {**vars(reply), "seconds": time.perf_counter() - start, "cpu_s": self._llama.cpu_s() - cpu_s}


def measure(
    exhibit: str, gguf: Path, models: Path, cache: Path, machine: Machine, samples: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Write the record, see the module, and return ``{exhibit, prompt, accuracy, joules, seconds}``. Raises LlmError.

    The exhibit's data are fetched into ``cache``; ``samples`` are the page's ready-made inputs.
    """
    own, data = (import_module(f".{exhibit}.{name}", __package__) for name in ("prompts", "data"))
    parts = data.load(cache)
    with gguf.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    llama = Llama(gguf)
    try:
        asker = Asker(llama, sha256, cache / f"language-model-{exhibit}.jsonl")
        tried, finalists = _screened(own, parts, asker)
        chosen = _chosen(own, finalists, parts.validation, asker, tried)
        drawn = np.sort(np.random.default_rng(SEED).permutation(len(parts.test.texts))[: own.TEST])
        texts, labels = [parts.test.texts[index] for index in drawn], parts.test.labels[drawn]
        odds = asker.odds(chosen, texts)
        print("times: one answer after the other", flush=True)
        replies = [asker.ask(chosen, text) for text in texts[:TIMED]]
        ask = _of_samples(exhibit, llama, chosen, Manifest.load(models / "manifest.json"), machine.second)
        answers = {record_key(given, LANGUAGE_MODEL): ask(given) for given in samples}
    finally:
        llama.end()
    took = {name: [float(np.quantile([each[name] for each in replies], q)) for q in (0.25, 0.5, 0.75)] for name in ROWS}
    cpu = timed([each["cpu_s"] for each in replies], "CPU time of one answer there")
    energy = of_answer(cpu, machine.second, len(replies))
    model = {**llama.facts, "sha256": sha256}
    told = {
        "model": model,
        "prompt": chosen.as_dict(),
        "tried": tried,
        "test": {**scored(odds + chosen.bias, labels), "of": len(parts.test.texts)},
        "uncalibrated": scored(odds, labels),
        "took": {name: [four_digits(value) for value in ends] for name, ends in took.items()},
        "macs": int(model["params"] * (took["tokens_in"][1] - took["cached"][1])),
        "energy": energy,
        "power": power_facts(machine.second),
        "recorded": {"made": datetime.now(UTC).date().isoformat(), "cpu": machine.cpu, "machine": machine.machine},
        "answers": answers,
    }
    (models / exhibit / FILE).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    return {
        "exhibit": exhibit,
        "prompt": chosen.id,
        **scored(odds + chosen.bias, labels),
        "joules": energy["joules"],
        "seconds": took["seconds"],
    }


def _of_samples(
    exhibit: str, llama: Llama, prompt: Prompt, manifest: Manifest, second: Power
) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """What asks about an input of the page, as the server does; gives a Result without what is the same in all."""
    runtime = {"provider": llama.facts["engine"], "threads": llama.facts["threads"], "isolated": None}

    def ask(given: Mapping[str, Any]) -> dict[str, Any]:
        session = LlmSession(f"{exhibit}/{LANGUAGE_MODEL}", llama.chat, prompt, runtime)
        answer = asyncio.run(answered(exhibit, given, session, manifest, llama.cpu_s))
        if "status" in answer:
            raise RuntimeError(f"a ready-made input could not be recorded: {answer['detail']}")
        cpu_s = answer["timing"].pop("cpu_ms") / 1e3
        energy = of_answer(measured(Range.exactly(cpu_s), "s", "CPU time", HOW), second, 1)
        return {name: answer[name] for name in ("output", "timing", "runtime")} | {"energy": energy}

    return ask


def with_examples(prompt: Prompt, count: int, texts: Sequence[str], labels: np.ndarray, letters: int) -> Prompt:
    """Drawn once by a seed, one of each label in turn; short ones, so that none is cut in its middle."""
    order = np.random.default_rng(SEED).permutation(len(texts))
    short = [index for index in order if 40 <= len(texts[index].strip()) <= letters]
    picked = _in_turns(short, labels, count)
    return replace(prompt, shots=tuple((texts[index].strip(), int(labels[index])) for index in picked))


def balanced(labels: np.ndarray, count: int) -> np.ndarray:
    """Indices: as many of one label as of the other, drawn by the seed; a smaller draw is the beginning of a larger."""
    return np.array(_in_turns(list(np.random.default_rng(SEED).permutation(len(labels))), labels, count))


def _in_turns(order: Sequence[int], labels: np.ndarray, count: int) -> list[int]:
    """The first ``count`` of them, one of each label in turn; fewer where there are not so many of one."""
    of_label = [[index for index in order if labels[index] == label][: count // 2] for label in (0, 1)]
    return [index for pair in zip(*of_label, strict=False) for index in pair]


def calibrated(odds: np.ndarray, labels: np.ndarray) -> float:
    """The bias with which most are right: the middle one of the thresholds that are equally good."""
    order = np.sort(odds)
    cuts = np.concatenate([[order[0] - 1], (order[1:] + order[:-1]) / 2, [order[-1] + 1]])
    rights = np.array([((odds > cut) == labels).mean() for cut in cuts])
    best = np.flatnonzero(rights == rights.max())
    return -float(cuts[best[len(best) // 2]])


def scored(odds: np.ndarray, labels: np.ndarray) -> dict[str, Any]:
    """Accuracy, and how many of each label were taken for the other, all with 95 % intervals."""
    taken = (odds > 0).astype(np.int64)
    wrong = [share(int((taken[labels == at] != at).sum()), int((labels == at).sum())) for at in (0, 1)]
    right = share(int((taken == labels).sum()), len(labels))
    return {"accuracy": right, "first_wrong": wrong[0], "second_wrong": wrong[1]}


def _screened(own: Any, parts: Any, asker: Asker) -> tuple[list[dict[str, Any]], list[Prompt]]:
    """What each prompt came to on the first validation texts, and the best ones, best first."""
    tried, found = [], []
    for base, count in own.PROMPTS:
        prompt = with_examples(base, count, parts.train.texts, parts.train.labels, own.EXAMPLE_LETTERS)
        line, _ = _tried(prompt, parts.validation, own.SCREEN, asker)
        tried.append(line)
        found.append((line["calibrated"], prompt))
    found.sort(key=lambda pair: -pair[0])
    return tried, [prompt for _, prompt in found[:FINALISTS]]


def _chosen(
    own: Any, finalists: Sequence[Prompt], validation: Any, asker: Asker, tried: list[dict[str, Any]]
) -> Prompt:
    """The best of the finalists on more validation texts, with its bias."""
    best, chosen = -1.0, finalists[0]
    for prompt in finalists:
        line, bias = _tried(prompt, validation, own.CHOOSE, asker)
        tried.append(line)
        if line["calibrated"] > best:
            best, chosen = line["calibrated"], replace(prompt, bias=round(bias, 3))
    return chosen


def _tried(prompt: Prompt, validation: Any, count: int, asker: Asker) -> tuple[dict[str, Any], float]:
    """``{prompt, examples, n, plain, calibrated}``, the last two shares of right answers, and the bias."""
    chosen = balanced(validation.labels, count)
    labels = validation.labels[chosen]
    odds = asker.odds(prompt, [validation.texts[index] for index in chosen])
    bias = calibrated(odds, labels)
    line = {"prompt": prompt.id, "examples": len(prompt.shots), "n": len(labels)}
    rights = {
        name: float(((odds + added > 0) == labels).mean()) for name, added in (("plain", 0.0), ("calibrated", bias))
    }
    print(json.dumps(line | rights), flush=True)
    return line | rights, bias
