"""All that the server goes through, in rounds: hostile requests, floods, crowds, bad lines, children that end."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .clumsy import Clumsy, crowd
from .flood import CONNECTIONS, SHARING, Flood, Told
from .hostile import Hostile
from .ledger import Ledger
from .malice import RAW
from .target import Blows, Target, Vitals
from .wire import Ask, Fate, ask, ask_json, exchange, visitor

TIMES = 10
"""A flood is so many times what the server can do."""
PEOPLE = 150
"""Connections that a crowd keeps."""
SPARED = 0.7
"""Share of the time after which no child is killed any more, so that those who live can be seen to grow."""
QUIET_S = 3.0
LEAST_S = 30.0
"""For the rounds, however long the start took; times the scale, as all that follows."""
PLACES = 9
"""Runs at once that fill a server without any being refused: one worker, and eight that wait."""
STEADY = 5000
"""The number of the visitor who asks in quiet times."""


@dataclass
class Siege:
    """One server, until ``over()``: first what it can do, then rounds; ``scale``: their size."""

    target: Target
    inputs: dict[str, dict[str, Any]]
    ledger: Ledger
    seed: int
    longest_s: float
    longest_run_s: float
    over: Callable[[], bool]
    say: Callable[[str], None]
    scale: float = 1.0

    def __post_init__(self) -> None:
        self.deadline = float("inf")
        self.start = self.end = Vitals(0, 0, 0, 0, 0)
        self.blows: dict[str, int] = {}
        self.rounds = self.clumsy = 0
        self.capacity_per_s = self.newcomer_s = 0.0
        self.floods: list[Told] = []
        self.chance = random.Random(self.seed)
        self.runs = [ask_json(f"/api/v1/exhibits/{name}/run", {"input": given}) for name, given in self.inputs.items()]
        self.health = ask("GET", "/api/v1/health")
        self.pages = ["/"]
        self.flood = self._flood(self.runs[:1])

    def run(self, deadline: float) -> None:
        """Everything; ends, with the server at rest, soon after the deadline (seconds of the monotonic clock)."""
        self.say("warming up ...")
        document = self._json(ask("GET", "/api/v1/openapi.json"))
        self.pages += self._listed()
        hostile = Hostile(
            self.target.address, document, self.pages, self.runs, self.ledger, self.longest_s, self._ended
        )
        self._warm_up(hostile)
        self.start = self.end = self._rest()
        self.say(f"it answers {self.capacity_per_s:.0f} runs a second; {self.start}")
        began = time.monotonic()
        self.deadline = max(deadline, began + LEAST_S * self.scale)
        spared = began + SPARED * (self.deadline - began)
        blows = Blows(self.target, random.Random(f"{self.seed} blows"), self.longest_run_s, self.scale)
        with blows:
            while not self._ended():
                if time.monotonic() > spared:
                    blows.spare()
                self._round(hostile)
                self.blows = blows.report()
                self.say(f"round {self.rounds}: {self.ledger.told()}; {self.blows}")
        if not self.over():
            self.end = self._rest()

    def _warm_up(self, hostile: Hostile) -> None:
        """Until all that is there for good is there: models, threads, every kind of answer."""
        self._quietly(int(200 * self.scale))
        self.capacity_per_s = self.flood.steadily(5 * self.scale, PLACES).good_per_s
        hostile.wave(self.seed, int(100 * self.scale), 1)
        worst = [ask("POST", self.runs[0].target, body, [("Content-Type", "application/json")]) for body in RAW]
        self._flood(worst).steadily(10 * self.scale, 4 * PLACES)  # so that each of the server's threads meets them
        self.flood.at_rate(5 * self.scale, TIMES * self.capacity_per_s)

    def _round(self, hostile: Hostile) -> None:
        self.rounds += 1
        mixed = self._flood([*self.runs[:1] * 8, *self.runs[1:], self.health])
        self.floods.append(mixed.at_rate(5 * self.scale, TIMES * max(1.0, self.capacity_per_s)))
        big = [ask("GET", page) for page in self.pages]
        asks = [*self.runs, *self.runs, self.health, *self.chance.sample(big, min(3, len(big)))]
        with Clumsy(self.target.address, asks, self.ledger, self.seed + self.rounds, self.longest_s) as clumsy:
            hostile.wave(self.seed + self.rounds, int(150 * self.scale), max(1, int(8 * self.scale)))
            self.flood.steadily(2 * self.scale, PLACES)
        self.clumsy += clumsy.done
        if self.rounds % 3 == 1 and not self._ended():
            waited_s = crowd(self.target.address, self.health, self.ledger, PEOPLE, self.longest_s)
            self.newcomer_s = max(self.newcomer_s, waited_s)

    def _flood(self, asks: Sequence[Ask]) -> Flood:
        return Flood(self.target.address, asks, self.ledger, self.longest_s, self.chance, self._ended)

    def _ended(self) -> bool:
        return self.over() or time.monotonic() > self.deadline

    def _quietly(self, count: int) -> None:
        """So many runs, one after the other."""
        for number in range(count):
            if self.over():
                return
            self._ask(self.runs[number % len(self.runs)], STEADY + number % 50)

    def _rest(self) -> Vitals:
        """What it takes when all children are warm, have worked, and nobody asks any more."""
        deadline = time.monotonic() + self.longest_s
        while time.monotonic() < deadline and not self.over():
            told = self._json(self.health)
            if told.get("status") == "ok" and not told.get("queue", {}).get("waiting"):
                break
            time.sleep(0.5)
        self._quietly(int(100 * self.scale))
        time.sleep(QUIET_S * self.scale)
        return Vitals.of(self.target)

    def _ask(self, request: Ask, number: int = STEADY) -> Fate:
        fate = exchange(self.target.address, request, visitor(number), self.longest_s)
        self.ledger.note(request, fate)
        return fate

    def _json(self, request: Ask) -> dict[str, Any]:
        fate = self._ask(request)
        try:
            return dict(json.loads(fate.answer.body)) if fate.answer else {}
        except ValueError:
            return {}

    def _listed(self) -> list[str]:
        """Addresses of the page's files, as its service worker has them; none when no page is built."""
        fate = self._ask(ask("GET", "/sw.js"))
        told = fate.answer.body.partition(b"self.site = ")[2].partition(b";\n")[0] if fate.answer else b""
        listed = [f"/{each['url']}" for each in json.loads(told or b"{}").get("files", ())]
        return ["/sw.js", "/build.json", "/index.html", *listed]

    def report(self) -> dict[str, Any]:
        seconds, sent = sum(told.seconds for told in self.floods), sum(told.sent for told in self.floods)
        sent_per_s = sent / seconds if seconds else 0.0
        return {
            "rounds": self.rounds,
            "capacity_per_s": round(self.capacity_per_s, 1),
            "flood": {
                "offered_times": TIMES,
                "sent_per_s": round(sent_per_s, 1),
                "sent_times": round(sent_per_s / self.capacity_per_s, 1) if self.capacity_per_s else None,
                "connections": CONNECTIONS,
                "sharing_one_address": SHARING,
            },
            "clumsy_clients": self.clumsy,
            "newcomer_in_a_crowd_s": round(self.newcomer_s, 2),
            "children": self.blows,
            "vitals": {"start": asdict(self.start), "end": asdict(self.end)},
        }
