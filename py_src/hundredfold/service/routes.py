"""The API: health, the exhibits, and one run address per exhibit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NoReturn

from apiflask import APIBlueprint, APIFlask
from flask import Response, current_app, jsonify, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from ..app import handle
from ..errors import SessionError
from ..manifest import Variant
from ..session import Session
from . import problems, schemas
from .gate import COUNTED
from .metrics import CONTENT_TYPE
from .parts import Parts
from .power import stated
from .problems import RefusalError
from .runs import Runs
from .settings import VERSION


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


def blueprint(parts: Parts, runs: Mapping[str, Runs]) -> APIBlueprint:
    """The API over a pool; without a manifest every answer but health says what is wrong with the models.

    ``runs`` are those of each exhibit, by its id.
    """
    api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Hundredfold")
    pool, language_model, gate = parts.pool, parts.language_model, parts.gate
    api.before_request(parts.start)

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

    @api.post("/exhibits/<exhibit>/run")
    @api.doc(hide=True)  # the document lists the exhibits one by one, each with its own shapes
    def unknown(exhibit: str) -> NoReturn:
        known = ", ".join(sorted(runs))
        raise RefusalError(404, "Unknown exhibit", f"There is no exhibit {exhibit!r}. These exist: {known}.")

    for each in runs.values():
        _add_run(api, each)
    return api


def _add_run(api: APIBlueprint, runs: Runs) -> None:
    exhibit = runs.exhibit

    @api.post(f"/exhibits/{exhibit.id}/run", endpoint=f"run_{exhibit.id}")
    @api.doc(
        summary=f"{exhibit.title}: run there",
        description=exhibit.question,
        responses=schemas.problems(413, 415, 422, 429, 500, 503, 504),
    )
    @_json_only(runs.most_bytes)
    @api.input(runs.shape, arg_name="body")
    @api.output(schemas.answer(exhibit))
    def run(body: Any) -> Response:
        """Most runs come by a shorter way, see `straight`."""
        answer = runs.answer(body, len(request.get_data()), request.script_root)
        return problems.response(answer) if "status" in answer else jsonify(answer)


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
