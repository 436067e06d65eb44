"""create_app(): the API, the page and the models behind one WSGI application."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from apiflask import APIFlask
from flask import Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from .. import environment
from ..folders.files import ModelFiles
from ..manifest import ManifestError
from ..verbs.asked import refused
from . import oip, problems, routes, runs, schemas
from .baseline import chosen as chosen_baseline
from .gate import Gate, gated
from .headers import with_headers
from .language_model import LanguageModel
from .memory import give_back
from .metrics import Metrics
from .parts import Parts
from .settings import VERSION, Settings, SettingsError, names
from .static import StaticFiles
from .straight import straight

MOUNT = re.compile(r"(/(?!\.)[\w.~%!$&'()*+,;=:@-]+)*", re.ASCII)

CONFIG = {
    "AUTO_404_RESPONSE": False,
    "AUTO_SERVERS": False,
    "AUTO_VALIDATION_ERROR_RESPONSE": False,
    "DESCRIPTION": "The big models of Hundredfold, run there: on the server.",
}


def create_app(**settings: Any) -> APIFlask:
    """The application; arguments override the environment, see `settings.Settings`. Raises SettingsError.

    Its pool of workers is ``app.extensions["hundredfold.pool"]``: it starts at the first request to the API, or by
    ``start()``, and ends by ``close()`` or with the process.
    """
    give_back()
    chosen = Settings.read(**settings)
    environment.warn_of_unknown(frozenset(names()))
    files, trouble = _files(chosen)
    # No page for the document: the ones that APIFlask has load scripts from third parties.
    app = APIFlask(
        "hundredfold",
        "Hundredfold",
        VERSION,
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
        static_folder=None,  # type: ignore[arg-type]
    )
    # One byte more than is allowed: Werkzeug cuts a body without a length there, silently, and the route tells by it.
    app.config.update(CONFIG, MAX_CONTENT_LENGTH=chosen.max_body_bytes + 1)
    app.extensions["hundredfold.settings"] = chosen
    app.extensions["hundredfold.pool"] = pool = chosen_baseline(chosen, files)
    app.extensions["hundredfold.metrics"] = metrics = Metrics()
    problems.register(app)
    served = files.manifest if files else None
    app.extensions["hundredfold.language_model"] = language_model = LanguageModel(chosen, served, pool)
    # Before a body is read nobody knows which model is meant: one that runs apart has a line of its own.
    app.extensions["hundredfold.gate"] = gate = Gate(
        chosen, lambda: pool.full and not language_model.live, metrics.refused
    )
    parts = Parts(pool, language_model, gate, metrics, served, trouble)
    every = runs.of_all(parts)
    app.register_blueprint(routes.blueprint(parts, every))
    routes.add_metrics(app, parts)
    app.register_blueprint(oip.blueprint(pool, served))
    app.after_request(_never_stored)
    app.after_request(_says_where)
    app.spec_processor(_complete)
    app.url_map.merge_slashes = False  # or it would answer with an address of its own making
    try:
        within = gated(straight(app.wsgi_app, parts, every, app.json.dumps), gate)
        static = StaticFiles(within, chosen.static, files, chosen.url)
    except OSError as error:
        raise SettingsError(f"{error.filename} can not be read ({error.strerror}): let this user read it") from error
    app.extensions["hundredfold.static"] = static
    count = chosen.proxies
    app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
        _mounted(with_headers(static)), x_for=count, x_proto=count, x_prefix=count
    )
    return app


def _mounted(application: WSGIApplication) -> WSGIApplication:
    """The path that we are mounted at, as it stands in addresses of ours; what is no path is left out."""

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        root = environ.get("SCRIPT_NAME", "").rstrip("/")
        return application({**environ, "SCRIPT_NAME": root if MOUNT.fullmatch(root) else ""}, start_response)

    return wrapped


def _files(settings: Settings) -> tuple[ModelFiles | None, list[str]]:
    """The models, and what is wrong with them; none where no exhibit has any: the page is worth serving without."""
    try:
        files = ModelFiles.load(settings.models, settings.exhibits)
    except ManifestError as error:
        return None, [f"{error}. Then start the server again."]
    trouble = [f"{reason}. Then start the server again." for reason in refused(files.manifest).values()]
    return (files, trouble) if files.manifest.ladders else (None, [" ".join(trouble)])


def _says_where(response: Response) -> Response:
    """In the OpenAPI document the path that we are mounted at; APIFlask makes the document once, for all."""
    if request.endpoint == "openapi.spec" and request.root_path:
        document = json.loads(response.get_data()) | {"servers": [{"url": request.root_path}]}
        response.set_data(json.dumps(document))
    return response


def _never_stored(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _complete(document: dict[str, Any] | str) -> dict[str, Any] | str:
    """What APIFlask leaves out of the OpenAPI document: the shape of a problem, and that bodies are required."""
    assert isinstance(document, dict)  # a string only when the document is YAML
    document["components"]["schemas"]["Problem"] = schemas.Problem.model_json_schema()
    for operations in document["paths"].values():
        for operation in operations.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    return document
