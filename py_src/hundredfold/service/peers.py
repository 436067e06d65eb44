"""Runs over model servers elsewhere: which of them may be asked for what, and who is asked when one does not answer."""

from __future__ import annotations

import itertools
import logging
import os
import threading
import time
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..adapters.oip import ENDS, OipSession, Peer, Signature, Taken
from ..adapters.oip_http import PeerError
from ..app import handle
from ..energy.live import four_digits
from ..errors import SessionError
from ..folders.files import ModelFiles
from ..manifest import Manifest, ManifestError, Variant
from ..session import Session
from . import log
from .elsewhere import Elsewhere, driven
from .known import Known, Refused, checked
from .problems import RefusalError
from .settings import Settings

MEET_S = 5.0
"""How long a server may take to say that it is ready, and what it is."""
AGAIN_S = 20.0
"""Between looks at a server that is well: whether it still is, and whether models which were refused are right now."""
PAUSES_S = (0.5, 10.0)
"""Between looks at one that is not: the first, and the longest."""


@dataclass
class Trip:
    """One run on its way: by when it must be answered, and what its calls took."""

    wait_until_s: float
    until_s: float
    skipped_s: float = 0.0
    """Seconds that count neither as the model's nor as Python's: the way there and back, and who did not answer."""
    taken: list[Taken] = field(default_factory=list)
    failure: PeerError | None = None

    def clock(self) -> float:
        return time.perf_counter() - self.skipped_s

    def energy(self, repeats: int) -> dict[str, Any] | None:
        """Of one answer, as the servers told it; None unless each of them did."""
        told = [taken.energy for taken in self.taken if taken.energy]
        if not told or len(told) < len(self.taken):
            return None
        joules, cpu_s = (
            {end: four_digits(sum(each[name][end] for each in told) / repeats) for end in ENDS}
            for name in ("joules", "cpu_s")
        )
        measured = all(each["origin"] == "measured" for each in told)
        idle = all(each["boundary"] == "idle-inclusive" for each in told)
        return {
            "joules": joules,
            "origin": "measured" if measured else "estimated",
            "boundary": "idle-inclusive" if idle else "marginal",
            "inputs": {"cpu_s": cpu_s, "answers": repeats},
        }


_TRIP: ContextVar[Trip] = ContextVar("trip")


class Peers(Elsewhere):
    """Answers runs by model servers; preprocessing and postprocessing are done here, in the thread that asks."""

    def __init__(self, settings: Settings, files: ModelFiles | None, urls: Sequence[str]) -> None:
        super().__init__(settings)
        self._files, self._manifest = files, files.manifest if files else Manifest({})
        every = [variant for ladder in self._manifest.ladders.values() for variant in ladder.variants]
        there = [variant for variant in every if "there" in variant.runs]
        self._variants = sorted(there, key=lambda variant: variant.role != "baseline")
        self.peers = [Known(Peer(url, settings.oip_names)) for url in urls]
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._started_by: int | None = None
        self._sessions: dict[str, OipSession] = {}
        self._turn = itertools.count()

    def start(self) -> None:
        with self._changed:
            if self._started_by == os.getpid():
                return
            self._started_by = os.getpid()
        for known in self.peers:
            known.state = "new"  # a fork of a process that had started has no threads of it
            threading.Thread(target=self._watch, args=(known,), daemon=True).start()

    def close(self) -> None:
        self._closing.set()
        for known in self.peers:
            known.wake.set()
            known.peer.address.close()

    @property
    def ready(self) -> bool:
        return any(known.state == "well" for known in self.peers)

    @property
    def trouble(self) -> list[str]:
        found = set()
        for known in self.peers:
            if known.state == "down":
                found.add(f"{known.why}. It is asked again every few seconds.")
                continue
            refused = [each for each in known.models.copy().items() if isinstance(each[1], Refused)]
            found |= {each.why for _, each in refused if isinstance(each, Refused) and not each.absent}
            if absent := [name for name, each in refused if isinstance(each, Refused) and each.absent]:
                asked = [known.peer.name(variant) for variant in self._variants if variant.model_id in absent]
                found.add(f"{known.peer.url} has no models {', '.join(asked)}: put them there under these names.")
        return sorted(map(self._public, found))

    def run(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.start()
        with self._turns.one() as wait_until_s:
            trip = Trip(wait_until_s, time.monotonic() + self.settings.run_s)
            token = _TRIP.set(trip)
            try:
                answer = driven(handle(request, self._open, self._manifest, clock=trip.clock))
            finally:
                _TRIP.reset(token)
        if trip.failure and "status" in answer:
            raise _refusal(trip.failure, self._public(str(trip.failure)))
        if "status" in answer:
            answer["detail"] = self._public(answer["detail"])
        if "timing" in answer:
            answer["energy"] = trip.energy(request.get("repeats") or 1)
        return answer

    def _public(self, text: str) -> str:
        """Without the servers' addresses, which are nobody's business: by their places in HUNDREDFOLD_BASELINE."""
        for place, known in sorted(enumerate(self.peers, 1), key=lambda each: -len(each[1].peer.url)):
            text = text.replace(known.peer.url, f"model server {place}" if len(self.peers) > 1 else "the model server")
        return text[:1].upper() + text[1:]

    async def _open(self, variant: Variant) -> Session:
        """A session, kept, since an exhibit may keep what it asked it once; raises ManifestError, SessionError."""
        try:
            known = self._wait_for(variant, [])
        except PeerError as error:
            _TRIP.get().failure = error
            raise SessionError(variant.model_id, str(error)) from None
        if variant.model_id not in self._sessions:
            signature = known.models[variant.model_id]
            assert isinstance(signature, Signature)
            provider = f"{known.peer.says}, by the Open Inference Protocol"

            def infer(names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]) -> list[np.ndarray]:
                return self._infer(variant, names, feeds)

            self._sessions[variant.model_id] = OipSession(variant.model_id, signature, provider, infer)
        return self._sessions[variant.model_id]

    def _wait_for(self, variant: Variant, tried: Sequence[Known], turn: int = 0) -> Known:
        """The server to be asked next; waits for one that is being checked. Raises PeerError, ManifestError."""
        trip = _TRIP.get()
        with self._changed:
            while True:
                left = [known for known in self.peers if known not in tried]
                if able := [known for known in left if known.may(variant)]:
                    return min(able, key=lambda known: (known.busy, (self.peers.index(known) - turn) % len(self.peers)))
                patience_s = min(trip.wait_until_s, trip.until_s) - time.monotonic()
                if not any(known.will_tell(variant) for known in left):
                    break
                if patience_s <= 0 or not self._changed.wait(patience_s):
                    why = f"{variant.model_id} is still checked at {', '.join(known.peer.url for known in left)}"
                    raise PeerError(why, "busy", 5)
        refused = [each.why for known in left if isinstance(each := known.models.get(variant.model_id), Refused)]
        if refused and all(known.state != "down" for known in self.peers):
            raise ManifestError(" ".join(refused))
        raise PeerError("; ".join(known.why for known in self.peers if known.why) or "no server is left", "gone", 5)

    def _infer(
        self, variant: Variant, names: Sequence[str] | None, feeds: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """One call of the model, at the first server that answers; each is asked once at most."""
        trip, start_s, tried = _TRIP.get(), time.perf_counter(), list[Known]()
        turn = next(self._turn)
        failure: PeerError | None = None
        while True:
            try:
                known = self._wait_for(variant, tried, turn)
            except (PeerError, ManifestError) as error:
                trip.failure = failure or (error if isinstance(error, PeerError) else PeerError(str(error), "refused"))
                raise SessionError(variant.model_id, str(trip.failure)) from None
            tried.append(known)
            signature, now_s = known.models.get(variant.model_id), time.monotonic()
            if not isinstance(signature, Signature):  # refused since
                continue
            others = sum(each.may(variant) for each in self.peers if each not in tried)
            self._busy(known, 1)
            try:
                until_s = now_s + (trip.until_s - now_s) / (1 + others)
                arrays, taken = known.peer.infer(variant, signature, names, feeds, until_s)
            except PeerError as error:
                failure = error
                self._note(known, variant, error)
                continue
            finally:
                self._busy(known, -1)
            trip.taken.append(taken)
            model_s = taken.round_trip_s if taken.model_s is None else taken.model_s
            trip.skipped_s += time.perf_counter() - start_s - model_s
            return arrays

    def _busy(self, known: Known, more: int) -> None:
        with self._changed:
            known.busy += more

    def _note(self, known: Known, variant: Variant, error: PeerError) -> None:
        """What a failed call tells of a server."""
        with self._changed:
            if error.kind == "gone":
                self._down(known, error)
            elif error.kind == "nonsense":
                known.models[variant.model_id] = Refused(f"{variant.model_id} is not used there: {error}.")
            self._changed.notify_all()
        if error.kind in ("gone", "late"):
            known.wake.set()

    def _down(self, known: Known, error: PeerError) -> None:
        if known.state != "down":
            log.event("a model server is down", level=logging.WARNING, why=str(error))
        known.state, known.why = "down", str(error)

    def _watch(self, known: Known) -> None:
        """Keep what is known of a server true, until all is closed."""
        pause_s = PAUSES_S[0]
        while not self._closing.is_set():
            known.wake.clear()
            try:
                self._look(known)
            except PeerError as error:
                with self._changed:
                    if error.kind != "busy" or known.state != "well":
                        self._down(known, error)
                    self._changed.notify_all()
                self._closing.wait(pause_s)
                pause_s = min(2 * pause_s, PAUSES_S[1])
            else:
                pause_s = PAUSES_S[0]
                known.wake.wait(AGAIN_S)

    def _look(self, known: Known) -> None:
        """Meet a server; check all models of one that was not well, else those that were refused. Raises PeerError."""
        known.peer.meet(time.monotonic() + MEET_S)
        with self._changed:
            if known.state != "well":
                known.state, known.models = "checking", {}
        for variant in self._variants:
            if self._closing.is_set() or isinstance(known.models.get(variant.model_id), Signature):
                continue
            assert self._files  # or there were no variants
            found = checked(known, variant, self._files, self.settings.run_s)
            with self._changed:
                known.models[variant.model_id] = found
                self._changed.notify_all()
        if known.peer.ours:
            facts = known.peer.power(time.monotonic() + MEET_S)
            if facts and isinstance(facts.get("meter"), dict) and known in (*self._well(), known)[:1]:
                self.learner.facts, self.power = facts, facts["meter"]
        with self._changed:
            if known.state == "checking":
                known.state, known.why = "well", ""
            self._changed.notify_all()

    def _well(self) -> list[Known]:
        return [known for known in self.peers if known.state == "well"]


def _refusal(error: PeerError, why: str) -> RefusalError:
    """As a problem: gone and busy pass, late may, and the rest is the server's fault."""
    again = "Try again in a moment; here goes on meanwhile."
    match error.kind:
        case "late":
            return RefusalError(504, "The run took too long", f"{why}. Try a smaller input, or again.", retry_after_s=5)
        case "gone":
            return RefusalError(503, "No model server answers", f"{why}. {again}", retry_after_s=5)
        case "busy":
            return RefusalError(
                503, "The model server is busy", f"{why}. {again}", retry_after_s=error.retry_after_s or 2
            )
    return RefusalError(500, "The engine failed", f"{why}. Try again, or choose another variant.")
