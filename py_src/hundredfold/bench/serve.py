"""`hundredfold bench serve`: what the server makes of the engine, both on the same cores, in turns, in one run.

wrk asks, on those cores too. What the engine alone could do is measured in each round, while the server stands still;
no address is held to a rate, since all clients here come from one.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..adapters.native import NativeSession
from ..manifest import Ladder, Manifest
from .crowd import bench_crowd
from .load import load, middle, program
from .servers import OURS, check, commands, going, stand_still
from .site import APART, MODELS, example, fed
from .soak.target import Target, started

RATE = "1000000/second"
YARDSTICK = 8
"""So many clients ask when the server is compared with the engine; and so many inputs in one call of it."""
TIMES = 10
MANY = 640
"""Connections over which ten times too much comes."""
OVERLOAD = f"{TIMES} times too much"
READY_S = 180.0
WARM_UP = 5


class Bar(NamedTuple):
    """A figure in words, and what it has to be."""

    what: str
    unit: str = ""
    sign: str = ""
    bound: float = 0.0

    @property
    def to_show(self) -> str:
        return f"{self.sign} {self.bound:g} {self.unit}".strip() if self.sign else ""

    def holds(self, value: float) -> bool:
        return {"": True, ">=": value >= self.bound, "<=": value <= self.bound}[self.sign]


BARS = {
    "raw_per_s": Bar("onnxruntime alone, one input after the other", "a second"),
    "raw_batch_per_s": Bar(f"onnxruntime alone, {YARDSTICK} inputs in a call", "a second"),
    "served_over_raw": Bar(f"served answers, {YARDSTICK} clients, over onnxruntime alone", "", ">=", 0.8),
    "overload_over_best": Bar(f"answers where {TIMES} times too much is asked, over its own best", "", ">=", 0.9),
    "refusal_p99_ms": Bar(f"p99 of a refusal where {TIMES} times too much is asked", "ms", "<=", 50),
    "lost": Bar("requests that got no answer", "", "<=", 0),
    "beyond_model_ms": Bar("an answer, one client, beyond its model's time, p50", "ms", "<=", 1),
    "offered_times": Bar(f"asked, of {TIMES} times too much", "times"),
}


@dataclass(frozen=True)
class Plan:
    """What is measured; ``servers``: other HTTP servers beside ours; ``crowd``: so many cold visitors at once, or 0."""

    rounds: int = 7
    seconds: float = 3.0
    clients: tuple[int, ...] = (1, YARDSTICK, 64, MANY)
    servers: tuple[str, ...] = ()
    crowd: int = 0
    models: Path = MODELS
    env: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(self.servers)


@dataclass
class Engine:
    """The baseline as the server's worker has it, with nothing around it."""

    session: NativeSession
    feeds: Mapping[str, np.ndarray]

    @classmethod
    def of(cls, ladder: Ladder, given: Any, models: Path) -> Engine:
        variant = ladder.default("there")
        session = NativeSession((models / variant.file).read_bytes(), variant.model_id)
        return cls(session, APART.submit(lambda: asyncio.run(fed(session, ladder.exhibit, given))).result())

    def per_s(self, batch: int, seconds: float) -> float:
        """Inputs a second, so many in a call, back to back."""
        feeds = {name: np.concatenate([array] * batch) for name, array in self.feeds.items()}

        async def run() -> float:
            for _ in range(WARM_UP):
                await self.session.run(None, feeds)
            calls, start = 0, time.perf_counter()
            while time.perf_counter() < start + seconds:
                await self.session.run(None, feeds)
                calls += 1
            return batch * calls / (time.perf_counter() - start)

        return APART.submit(lambda: asyncio.run(run())).result()


def bench_serve(plan: Plan) -> dict[str, Any]:
    """Returns ``{rounds, seconds, rate, load_average, figures, load, servers?, crowd?, missed}``.

    Prints how it goes on stderr. Raises LoadError where there is no wrk.
    """
    program()  # or it would only be missed when all else is there
    ladder = next(iter(Manifest.load(plan.models / "manifest.json").ladders.values()))
    given = example(ladder, "there", plan.models)
    engine, ask = Engine.of(ladder, given, plan.models), json.dumps({"input": given}).encode()
    busy = [os.getloadavg()[0]]
    samples: dict[str, list[dict[str, Any]]] = {}
    with _servers(plan, ladder.exhibit, ask) as targets:
        for number in range(plan.rounds):
            for name, target in targets.items():
                _say(f"round {number + 1} of {plan.rounds}: {name} ...")
                measured = _round(target, plan, engine, ladder.exhibit, ask)
                samples.setdefault(name, []).append(measured)
        told = {name: summary(each) for name, each in samples.items()}
        crowd = {}
        if plan.crowd:
            with going(targets[OURS]):
                crowd = {"crowd": bench_crowd(targets[OURS].url, plan.crowd, plan.rounds, ladder)}
    return {
        "rounds": plan.rounds,
        "seconds": plan.seconds,
        "rate": RATE,
        "load_average": [round(each, 2) for each in (*busy, os.getloadavg()[0])],
        **told[OURS],
        **({"servers": told} if len(told) > 1 else {}),
        **crowd,
        "missed": missed(told[OURS]),
    }


@contextmanager
def _servers(plan: Plan, exhibit: str, ask: bytes) -> Iterator[dict[str, Target]]:
    """All that are compared, warm and standing still; ours is the first."""
    env = {"HUNDREDFOLD_MODELS": str(plan.models), "HUNDREDFOLD_RATE": RATE, **plan.env}
    targets = {}
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hundredfold-serve-"))
        for name, command in commands(plan.servers, env, _say).items():
            _say(f"{name} starts ...")
            targets[name] = target = stack.enter_context(started(command, env, Path(folder, f"{name}.log")))
            _wait(target, exhibit, ask)
            stack.enter_context(stand_still(target))
        yield targets


def _wait(target: Target, exhibit: str, ask: bytes) -> None:
    """Until it answers, and has learnt what its models draw: it would go on with that whenever nobody asks."""
    deadline = time.monotonic() + READY_S
    while True:
        try:
            _json(f"{target.url}/api/v1/exhibits/{exhibit}/run", ask)
            if not _json(f"{target.url}/api/v1/power").get("learning"):
                return
            why = "it still learns what its models draw"
        except (OSError, ValueError) as error:
            why = str(error)
        if time.monotonic() > deadline:
            raise RuntimeError(f"the server was not ready within {READY_S:g} s: {why}")
        time.sleep(0.2)


def _json(url: str, body: bytes | None = None) -> dict[str, Any]:
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=READY_S) as answer:
        told: dict[str, Any] = json.load(answer)
    return told


def _round(target: Target, plan: Plan, engine: Engine, exhibit: str, ask: bytes) -> dict[str, Any]:
    """Each figure once: ``{raw_per_s, raw_batch_per_s, load: {so many clients: figures}}``."""
    address = f"{target.url}/api/v1/exhibits/{exhibit}/run"

    def asked(clients: int, rate_per_s: float | None = None) -> dict[str, float]:
        with going(target) as cpu_s:
            return load(address, ask, clients, plan.seconds, rate_per_s, cpu_s).figures()

    # The engine alone right before and after that with which it is compared.
    before = engine.per_s(1, plan.seconds / 2)
    met = {str(YARDSTICK): asked(YARDSTICK)}
    after = engine.per_s(1, plan.seconds / 2)
    met |= {str(clients): asked(clients) for clients in plan.clients if clients != YARDSTICK}
    best = max(each["answers_per_s"] for each in met.values())
    if best:
        met[OVERLOAD] = asked(MANY, TIMES * best)
    return {
        "raw_per_s": (before + after) / 2,
        "raw_batch_per_s": engine.per_s(YARDSTICK, plan.seconds / 2),
        "load": dict(sorted(met.items(), key=lambda each: (each[0] == OVERLOAD, len(each[0]), each[0]))),
    }


def figures(measured: Mapping[str, Any]) -> dict[str, float]:
    """What one round comes to, by the names of BARS; what could not be seen is left out."""
    met = measured["load"]
    best = max(each["answers_per_s"] for name, each in met.items() if name != OVERLOAD)
    told = {
        "raw_per_s": measured["raw_per_s"],
        "raw_batch_per_s": measured["raw_batch_per_s"],
        "served_over_raw": met[str(YARDSTICK)]["answers_per_s"] / measured["raw_per_s"],
        "lost": sum(each["lost"] for each in met.values()),
    }
    if OVERLOAD in met:
        told["overload_over_best"] = met[OVERLOAD]["answers_per_s"] / best
        told["offered_times"] = met[OVERLOAD]["sent_per_s"] / best
        if "refusal_p99_ms" in met[OVERLOAD]:
            told["refusal_p99_ms"] = met[OVERLOAD]["refusal_p99_ms"]
    alone = met.get("1", {})
    if "p50_ms" in alone and "model_p50_ms" in alone:
        told["beyond_model_ms"] = alone["p50_ms"] - alone["model_p50_ms"]
    return told


def summary(rounds: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """``{figures: [{name, what, unit, to_show, median, low, high}], load: {clients: {name: {median, low, high}}}}``."""
    seen = middle([figures(each) for each in rounds])
    return {
        "figures": [
            {"name": name, "what": bar.what, "unit": bar.unit, "to_show": bar.to_show, **seen[name]}
            for name, bar in BARS.items()
            if name in seen
        ],
        "load": {
            clients: middle([each["load"][clients] for each in rounds if clients in each["load"]])
            for clients in dict.fromkeys(name for each in rounds for name in each["load"])
        },
    }


def missed(told: Mapping[str, Any]) -> list[str]:
    """Each bar that the medians do not reach, in words, and each that nothing was seen of; of losses, any round's."""
    seen = {each["name"]: each for each in told["figures"]}
    found = []
    for name, bar in BARS.items():
        if not bar.sign:
            continue
        if name not in seen:
            found.append(f"{bar.what}: nothing was seen of it, to show {bar.to_show}")
            continue
        value = seen[name]["high" if name == "lost" else "median"]
        if not bar.holds(value):
            found.append(f"{bar.what}: {f'{value:.3g} {bar.unit}'.strip()}, to show {bar.to_show}")
    return found


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
