"""The addresses under /v2: this site's models for servers that speak the Open Inference Protocol v2, over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apiflask import APIBlueprint
from flask import Response, request

from ..adapters.oip_tensors import LENGTH
from ..manifest import Manifest
from .baseline import Baseline
from .elsewhere import driven
from .oip_protocol import Asked, Models, respond

METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def blueprint(baseline: Baseline, manifest: Manifest | None) -> APIBlueprint:
    """The protocol over a baseline; without a manifest there are no models, and it is never ready."""
    oip = APIBlueprint("oip", __name__, url_prefix="/v2", enable_openapi=False)
    models = Models(manifest or Manifest({}))

    async def ask(asked: Mapping[str, Any]) -> dict[str, Any]:
        return baseline.run(asked)

    async def ready() -> bool:
        return manifest is not None and baseline.ready

    @oip.route("", methods=METHODS)
    @oip.route("/<path:_>", methods=METHODS)
    def answer(_: str = "") -> Response:
        if manifest:
            baseline.start()
        asked = Asked(request.method, request.path, request.mimetype, request.get_data(), request.headers.get(LENGTH))
        reply = driven(respond(asked, models, ask, ready, baseline.settings.max_body_bytes))
        return Response(reply.content, reply.status, reply.headers)

    return oip
