"""The Ray Serve application: a deployment per exhibit, and one before them that speaks the Open Inference Protocol.

On a cluster: `serve run hundredfold.service.ray:app`. On one machine `hundredfold serve --ray` starts it by itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from ray import serve
from ray.exceptions import RayActorError
from ray.serve.exceptions import BackPressureError, DeploymentUnavailableError, ReplicaUnavailableError
from starlette.requests import Request
from starlette.responses import Response

from ..adapters.native import opener
from ..adapters.oip_tensors import LENGTH
from ..app import handle
from ..folders.files import ModelFiles
from ..manifest import Manifest, ManifestError, Variant
from ..session import Session
from .oip_protocol import Asked, Models, as_json, respond
from .power.choose import choose
from .power.learner import Learner
from .power.lesson import Lesson
from .problems import RefusalError
from .ray_session import SHARE, Joined, Share
from .runner import warm_up
from .settings import Settings

NAME = "hundredfold"
DIED = (RayActorError, ReplicaUnavailableError)
"""The replica that was to answer is gone: what it was asked can be asked of another."""
FULL = (BackPressureError,)
AGAIN_S = 0.1
"""Between attempts, while Ray finds out which replicas are left."""


class Room:
    """All models of one exhibit, in a replica."""

    def __init__(self, exhibit: str, settings: Settings) -> None:
        every = ModelFiles.load(settings.models, settings.exhibits)
        files = replace(every, manifest=Manifest({exhibit: every.manifest.ladder(exhibit)}))
        self._manifest, self._engine = files.manifest, asyncio.Lock()
        open_native = opener(files, settings.threads or 1)
        with ThreadPoolExecutor(1) as beside:  # Ray's loop runs in this thread, and warming up needs one of its own
            self._refused, examples, together = beside.submit(asyncio.run, warm_up(files, open_native)).result()
            self._sessions = beside.submit(asyncio.run, self._open_all(open_native, together)).result()
        meter, self._report = choose(settings.powercap, rest=False)
        self._learner = Learner()
        facts = Lesson(meter).facts()
        # Here nothing is learnt in windows of rest: other replicas, and other programs, run on this machine.
        self._learner.meet({**facts, "needed": False, "covers": None, "variants": list(examples)})

    async def _open_all(self, open_native: Any, together: list[list[Any]]) -> dict[str, Joined]:
        found = {}
        for exhibit, ladder in self._manifest.ladders.items():
            for variant in ladder.variants:
                if "there" in variant.runs and variant.model_id not in self._refused:
                    may = [exhibit, variant.id] in together
                    found[variant.model_id] = Joined(await open_native(variant), may, self._engine)
        return found

    async def answer(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """What app.handle() says, with its energy."""
        share = Share()
        SHARE.set(share)
        answer = await handle(request, self._open, self._manifest, clock=share.clock, cpu_clock=share.cpu_clock)
        if "timing" in answer:
            self._learner.count(answer, request.get("repeats") or 1)
        return answer

    async def facts(self) -> dict[str, Any]:
        """What is wrong with its models, what it knows of its power, and how many calls of the engine there were."""
        calls = {name: session.calls for name, session in self._sessions.items()}
        told = {"meter": self._report, **self._learner.document()}
        return {"refused": sorted(self._refused.values()), "power": told, "calls": calls}

    async def _open(self, variant: Variant) -> Session:
        if variant.model_id in self._refused:
            raise ManifestError(self._refused[variant.model_id])
        return self._sessions[variant.model_id]


class Front:
    """Answers over HTTP as a server of the Open Inference Protocol, by the rooms."""

    def __init__(self, settings: Settings, rooms: Mapping[str, Any]) -> None:
        self._settings, self._rooms = settings, dict(rooms)
        self._models = Models(ModelFiles.load(settings.models, settings.exhibits).manifest)

    async def __call__(self, request: Request) -> Response:
        content = b""
        async for part in request.stream():
            content += part
            if len(content) > self._settings.max_body_bytes:
                break
        path = request.url.path.removeprefix(request.scope.get("root_path", ""))
        kind = request.headers.get("content-type", "")
        asked = Asked(request.method, path, kind, content, request.headers.get(LENGTH))
        if (request.method, path) == ("GET", "/api/v1/power"):  # one of ours that stands before this asks for it
            facts = await next(iter(self._rooms.values())).facts.remote()
            reply = as_json(facts["power"])
        else:
            reply = await respond(asked, self._models, self._ask, self._ready, self._settings.max_body_bytes)
        return Response(reply.content, reply.status, reply.headers)

    async def _ready(self) -> bool:
        await asyncio.gather(*(room.facts.remote() for room in self._rooms.values()))
        return True

    async def _ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer of a replica, or of another where it dies; raises RefusalError."""
        until_s = time.monotonic() + self._settings.run_s
        while True:
            try:
                room = self._rooms[request["exhibit"]]
                answer: dict[str, Any] = await asyncio.wait_for(room.answer.remote(request), until_s - time.monotonic())
            except (*DIED, *FULL, DeploymentUnavailableError, TimeoutError) as error:
                if not isinstance(error, DIED) or time.monotonic() + AGAIN_S > until_s:
                    raise refusal(error, self._settings) from None
                await asyncio.sleep(AGAIN_S)
            else:
                return answer


def refusal(error: Exception, settings: Settings) -> RefusalError:
    """Why no replica answered, as a problem."""
    if isinstance(error, TimeoutError):
        detail = f"It took over {settings.run_s:g} s. Send fewer repeats or a smaller input, or try again."
        return RefusalError(504, "The run took too long", detail, retry_after_s=5)
    if isinstance(error, FULL):
        detail = "As many runs wait as Ray lets wait. Try again in a moment; here goes on meanwhile."
        return RefusalError(503, "The queue is full", detail, retry_after_s=1)
    detail = "No replica is there that could answer; the health of the API says why. Come back in a moment."
    return RefusalError(503, "No replica answers", detail, retry_after_s=5)


def application(settings: Settings, least_fronts: int) -> Any:
    """The bound application: a room for each exhibit that has models, and the front."""
    manifest = ModelFiles.load(settings.models, settings.exhibits).manifest
    scaling = {"target_ongoing_requests": 4, "upscale_delay_s": 5, "downscale_delay_s": 300}
    quiet = {"logging_config": {"log_level": "WARNING", "enable_access_log": False}}
    rooms = {}
    for exhibit in manifest.ladders:
        room = serve.deployment(Room).options(
            name=exhibit,
            autoscaling_config={"min_replicas": settings.ray_least, "max_replicas": settings.ray_most, **scaling},
            max_ongoing_requests=16,
            max_queued_requests=settings.at_once + settings.waiting,
            health_check_period_s=2,
            health_check_timeout_s=10 + settings.run_s,
            ray_actor_options={"num_cpus": settings.threads or 1},
            **quiet,
        )
        rooms[exhibit] = room.bind(exhibit, settings)
    fronts = {"min_replicas": least_fronts, "max_replicas": max(1, least_fronts), "target_ongoing_requests": 50}
    front = serve.deployment(Front).options(
        name="front", autoscaling_config=fronts, max_ongoing_requests=100, ray_actor_options={"num_cpus": 0}, **quiet
    )
    return front.bind(settings, rooms)


def app(_: Mapping[str, str]) -> Any:
    """What `serve run hundredfold.service.ray:app` starts: settings come from the environment."""
    return application(Settings.read(), least_fronts=1)
