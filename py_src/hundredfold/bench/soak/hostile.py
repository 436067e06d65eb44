"""Requests that no browser sends: schemathesis over the OpenAPI document, hypothesis over every address beside it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any, cast

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import positive_data_acceptance

from .ledger import Ledger
from .malice import BROKEN, HEADERS, METHODS, RAW, TWISTS
from .wire import Ask, Fate, ask, exchange, visitor

FIRST = 4000
VISITORS = 400
BROKEN_S = 1.0
"""How long it is waited for what becomes of a request that may be but half of one."""
ATOMS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from([10**400, -1, 0, "", [], {}]),
)
JSON = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


class Hostile:
    """Sends what hypothesis makes up, each wave from a seed of its own, and notes what became of it."""

    def __init__(
        self,
        address: tuple[str, int],
        document: dict[str, Any],
        pages: Sequence[str],
        examples: Sequence[Ask],
        ledger: Ledger,
        longest_s: float,
        over: Callable[[], bool],
    ) -> None:
        self.address, self.ledger, self.longest_s, self.over = address, ledger, longest_s, over
        self.schema = schemathesis.openapi.from_dict(document)
        self.url = "http://{}:{}".format(*address)
        runs = [request for request in examples if request.method == "POST"]
        targets = [*document["paths"], "/api/v1/openapi.json", "/api/v1/exhibits/none/run", *pages]
        self.strategy = _requests(targets, runs)
        self._number = 0

    def wave(self, number: int, count: int, each: int) -> None:
        """So many requests of hypothesis, and so many of schemathesis for each operation in each mode."""

        def send(request: Ask) -> None:
            self._send(request)

        self._run(send, {"request": self.strategy}, number, count)
        for operation in self.schema.get_all_operations():
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                if not self.over():
                    self._operation(cast(Any, operation).ok(), mode, number, each)

    def _operation(self, operation: Any, mode: GenerationMode, number: int, count: int) -> None:
        def send(case: Any) -> None:
            if self.over():
                return
            prepared = requests.Request(**case.as_transport_kwargs(base_url=self.url)).prepare()
            body = prepared.body.encode() if isinstance(prepared.body, str) else cast(bytes, prepared.body or b"")
            headers = [(name, str(value)) for name, value in prepared.headers.items()]
            request = ask(str(prepared.method), prepared.path_url, body, headers)
            fate = self._send(request)
            if fate and fate.answer and fate.answer.status != 405:
                self._validate(case, prepared, request, fate)

        # An operation that has nothing to get wrong has no negative cases.
        try:
            self._run(send, {"case": operation.as_strategy(generation_mode=mode)}, number, count)
        except schemathesis.core.errors.SchemathesisError as error:
            if mode is GenerationMode.POSITIVE:
                self.ledger.find("schemathesis", f"made nothing of {operation.label}: {error}")
        except Exception as error:
            if type(error).__name__ not in ("Unsatisfiable", "SkipTest", "Skipped"):
                raise

    def _validate(self, case: Any, prepared: requests.PreparedRequest, request: Ask, fate: Fate) -> None:
        assert fate.answer
        headers = {name: [value] for name, value in fate.answer.headers.items()}
        took_s = fate.answer.ms / 1e3
        response = schemathesis.Response(fate.answer.status, headers, fate.answer.body, prepared, took_s, verify=False)
        try:
            # Pixels that fit width and height are more than a schema can say: such an input is refused, and rightly so.
            case.validate_response(response, excluded_checks=[positive_data_acceptance, not_a_server_error])
        except BaseExceptionGroup as failures:
            said = "; ".join(str(each).replace("\n", " ")[:200] for each in failures.exceptions)
            self.ledger.undocumented_answer(f"{request}: {said}")

    def _run(self, send: Callable[..., None], strategies: dict[str, Any], number: int, count: int) -> None:
        wanted = settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=False,
        )
        seed(number)(wanted(given(**strategies)(send)))()

    def _send(self, request: Ask) -> Fate | None:
        if self.over():
            return None
        self._number += 1
        within_s = self.longest_s if request.framed else min(self.longest_s, BROKEN_S)
        fate = exchange(self.address, request, visitor(FIRST + self._number % VISITORS), within_s)
        self.ledger.note(request, fate)
        return fate


def _requests(targets: Sequence[str], runs: Sequence[Ask]) -> st.SearchStrategy[Ask]:
    headers = st.lists(
        st.sampled_from(sorted(HEADERS)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(HEADERS[name]))),
        max_size=4,
    )
    where = st.tuples(st.sampled_from(targets), st.sampled_from(["", "", *TWISTS])).map("".join)
    bodies = st.one_of(
        st.sampled_from(RAW),
        JSON.map(lambda told: json.dumps(told).encode("utf-8", "replace")),
        st.tuples(st.sampled_from(runs), st.randoms(use_true_random=False)).map(lambda both: _mutated(*both)),
        st.binary(max_size=2000),
    )
    odd = st.builds(ask, st.sampled_from(METHODS), where.map(_quoted), bodies, headers)
    aimed = st.builds(
        lambda run, body, more: ask("POST", run.target, body, [("Content-Type", "application/json"), *more]),
        st.sampled_from(runs),
        bodies,
        headers.map(lambda given: [each for each in given if each[0] != "Content-Type"]),
    )
    chunked = st.builds(_chunked, st.sampled_from(runs), bodies)
    broken = st.builds(_broken, st.sampled_from(BROKEN), st.sampled_from(runs))
    return st.one_of(odd, aimed, aimed, chunked, broken, st.sampled_from(runs))


def _quoted(target: str) -> str:
    """What may stand in a request's first line: no space, no control, no letter beyond ASCII as such."""
    return "".join(sign if "!" <= sign <= "~" else "%C3%A9" for sign in target)


def _mutated(run: Ask, chance: random.Random) -> bytes:
    """A good body with some of its bytes changed, or cut."""
    body = bytearray(run.raw.partition(b"\r\n\r\n")[2])
    for _ in range(chance.randrange(1, 6)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body[: chance.randrange(len(body))] if chance.random() < 0.2 else body)


def _chunked(run: Ask, body: bytes) -> Ask:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:]) if part)
    headers = [("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")]
    return ask("POST", run.target, chunks + b"0\r\n\r\n", headers)


def _broken(text: str, run: Ask) -> Ask:
    raw = text.replace("{run}", run.target).encode("latin-1") + b"\r\n\r\n"
    return Ask("GET", "broken", raw, framed=False)
