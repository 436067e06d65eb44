"""The API: health, the exhibits, and one run address per exhibit."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn

from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app, jsonify, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from ..app import handle
from ..energy import live
from ..errors import SessionError
from ..exhibit import Exhibit
from ..exhibits import EXHIBITS
from ..manifest import Manifest, Variant
from ..result import LANGUAGE_MODEL
from ..session import Session
from ..verbs.asked import exhibit_of
from . import problems, schemas
from .baseline import Baseline
from .gate import COUNTED, Gate
from .language_model import LanguageModel
from .metrics import CONTENT_TYPE, Metrics
from .power import stated
from .problems import RefusalError
from .settings import VERSION


@dataclass(frozen=True)
class Parts:
    """What the API is made of."""

    pool: Baseline
    language_model: LanguageModel
    gate: Gate
    metrics: Metrics
    manifest: Manifest | None
    trouble: list[str]
    """What is wrong with the models, in words."""

    def present(self) -> Manifest:
        """The manifest; raises RefusalError where there are no models."""
        if self.manifest is None:
            raise RefusalError(503, "The models are missing", " ".join(self.trouble), retry_after_s=60)
        return self.manifest

    @property
    def ready(self) -> bool:
        """Models are loaded, and runs are taken."""
        return self.manifest is not None and self.pool.ready and not self.gate.draining.is_set()


def add_metrics(app: APIFlask, parts: Parts) -> None:
    """/metrics, and the count of all problems that the API answers."""
    parts.metrics.watch(lambda: parts.pool.waiting, parts.pool.settings.waiting, lambda: float(parts.ready))

    @app.get("/metrics")
    @app.doc(hide=True)
    def metrics() -> Response:
        return Response(parts.metrics.text(), content_type=CONTENT_TYPE)

    @app.after_request
    def count(response: Response) -> Response:
        if response.status_code >= 400 and request.path.startswith(COUNTED):
            parts.metrics.refused(response.status_code)
        return response


def blueprint(parts: Parts) -> APIBlueprint:
    """The API over a pool; without a manifest every answer but health says what is wrong with the models."""
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Hundredfold")
    pool, language_model, gate, manifest = parts.pool, parts.language_model, parts.gate, parts.manifest

    @api.before_request
    def start_pool() -> None:
        if manifest:
            pool.start()
            language_model.start()

    @api.get("/health")
    @api.doc(responses=schemas.problems(422, 429, 500, 503))
    @api.input(schemas.Probe, location="query", arg_name="asked")
    @api.output(schemas.Health)
    def health(asked: Any) -> Response:
        """Is the server well, may it be asked, and how many runs wait? An answer at all means that it is alive."""
        if asked.probe == "ready" and not parts.ready:
            raise RefusalError(503, "Not ready", "Models are loaded, or the server ends. Ask again.", retry_after_s=1)
        static = current_app.extensions["hundredfold.static"]
        found = [*parts.trouble, *static.trouble, *pool.trouble, *language_model.trouble, *gate.trouble]
        queue = {"waiting": pool.waiting, "limit": pool.settings.waiting}
        status = "ending" if gate.draining.is_set() else "degraded" if found else "ok"
        return jsonify({"status": status, "ready": parts.ready, "version": VERSION, "queue": queue, "trouble": found})

    @api.get("/power")
    @api.doc(responses=schemas.problems(429, 500))
    @api.output(schemas.PowerFacts)
    def power() -> Response:
        """What meters the energy there, and what else it takes until an answer is with the visitor."""
        learnt = pool.learner.document(language_model.powers())
        return jsonify(stated.document(pool.settings, pool.power, learnt))

    @api.get("/exhibits")
    @api.doc(responses=schemas.problems(429, 500, 503))
    @api.output(schemas.Exhibits)
    def exhibits() -> Response:
        """Every exhibit with its variants and their facts."""
        told = asyncio.run(handle({"do": "exhibits"}, _no_session, parts.present()))
        for name, facts in told["exhibits"].items():
            facts["language_model"] = language_model.described(name)
        return jsonify(told)

    added = [exhibit_of(ladder) for ladder in manifest.ladders.values() if ladder.added is not None] if manifest else []
    every = [*EXHIBITS.values(), *added]

    @api.post("/exhibits/<exhibit>/run")
    @api.doc(hide=True)  # the document lists the exhibits one by one, each with its own shapes
    def unknown(exhibit: str) -> NoReturn:
        known = ", ".join(sorted(each.id for each in every))
        raise RefusalError(404, "Unknown exhibit", f"There is no exhibit {exhibit!r}. These exist: {known}.")

    for exhibit in every:
        _add_run(api, exhibit, parts)
    return api


def _add_run(api: APIBlueprint, exhibit: Exhibit, parts: Parts) -> None:
    pool, language_model = parts.pool, parts.language_model

    @api.post(f"/exhibits/{exhibit.id}/run", endpoint=f"run_{exhibit.id}")
    @api.doc(
        summary=f"{exhibit.title}: run there",
        description=exhibit.question,
        responses=schemas.problems(413, 415, 422, 429, 500, 503, 504),
    )
    @_json_only(min(pool.settings.max_body_bytes, exhibit.largest_body_bytes))
    @api.input(schemas.run_request(exhibit, pool.settings.max_repeats), arg_name="body")
    @api.output(schemas.answer(exhibit))
    def run(body: Any) -> Response:
        parts.present()
        start_s = time.perf_counter()
        wanted = {"input": body.input, "variant": body.variant, "repeats": body.repeats}
        if body.variant == LANGUAGE_MODEL and exhibit.id in language_model.records:
            answer = language_model.answer(exhibit.id, body.input, body.repeats)
        else:
            answer = pool.run({"do": "run", "exhibit": exhibit.id, "where": "there", **wanted})
        if "status" in answer:
            return problems.response(answer)
        parts.metrics.answered(answer, time.perf_counter() - start_s)
        return jsonify({**_sent(answer), "bytes_sent": len(request.get_data())})


def _sent(answer: Mapping[str, Any]) -> dict[str, Any]:
    """A Result as it is sent: milliseconds with no more digits than they deserve, and where its power is told."""
    timing, energy = dict(answer["timing"]), answer["energy"]
    for name, value in timing.items():
        timing[name] = {each: _brief(value[each]) for each in value} if isinstance(value, dict) else _brief(value)
    if energy:
        place = f"{request.script_root}{live.PLACE}"
        energy = {**energy, "inputs": {**energy["inputs"], "power": place}}
    return {**answer, "timing": timing, "energy": energy}


def _brief(value: float | None) -> float | None:
    return live.four_digits(value) if isinstance(value, float) else value


def _json_only(most_bytes: int) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Refuse a body that is too large or not JSON, before APIFlask reads it, with a problem that says what to send."""

    def checked(view: Callable[..., Response]) -> Callable[..., Response]:
        @wraps(view)
        def check(*args: Any, **kwargs: Any) -> Response:
            request.max_content_length = most_bytes + 1
            if not request.is_json:
                raise UnsupportedMediaType
            if len(request.get_data()) > most_bytes:
                raise RequestEntityTooLarge
            try:
                request.get_json()
            except BadRequest:
                detail = 'The body is not valid JSON. Send {"input": {...}}.'
                raise RefusalError(422, "Input can not be used", detail, field="body") from None
            return view(*args, **kwargs)

        return check

    return checked


async def _no_session(variant: Variant) -> Session:
    raise SessionError(variant.model_id, "runs are computed in a worker")
