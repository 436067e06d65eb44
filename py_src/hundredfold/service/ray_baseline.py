"""Runs by Ray Serve: the application is started on this machine, or on the cluster that RAY_ADDRESS names."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import ray
from ray import serve
from ray.serve.exceptions import DeploymentUnavailableError, RayServeException

from .elsewhere import Elsewhere
from .problems import RefusalError
from .ray import AGAIN_S, DIED, FULL, NAME, application, refusal
from .settings import Settings

LOOK_S = 2.0
"""Between looks at what Ray says of its deployments."""
CLOSE_S = 10.0
"""How long what was asked of Ray last may take, before it is shut down all the same."""
STORE_BYTES = 100_000_000
"""Of memory that Ray shares between processes; what is asked and answered here is small."""


class RayBaseline(Elsewhere):
    """Answers runs by replicas, each in a process of its own; Ray decides which, and how many there are."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._lock, self._up, self._closing = threading.Lock(), threading.Event(), threading.Event()
        self._rooms: dict[str, Any] = {}
        self._started_by: int | None = None
        self._trouble: list[str] = []
        self._refused: list[str] = []
        self._watching: threading.Thread | None = None

    def start(self) -> None:
        with self._lock:
            if self._started_by == os.getpid():
                return
            self._started_by = os.getpid()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def close(self) -> None:
        self._closing.set()
        if self._watching:
            self._watching.join(CLOSE_S)  # Ray must not be asked any more when it is shut down
        with self._lock:
            self._rooms = {}
            if ray.is_initialized():
                if os.environ.get("RAY_ADDRESS"):
                    with suppress(Exception):  # the cluster may be gone
                        serve.delete(NAME)
                # On this machine it ends all that it started. serve.shutdown() would wait for half a minute before, as
                # its controller often does not end by itself.
                ray.shutdown()

    @property
    def ready(self) -> bool:
        return self._up.is_set()

    @property
    def trouble(self) -> list[str]:
        return self._trouble

    def run(self, request: Mapping[str, Any]) -> dict[str, Any]:
        self.start()
        with self._turns.one() as wait_until_s:
            if not self._up.wait(max(0.0, wait_until_s - time.monotonic())):
                detail = "Ray is still starting; the health of the API says more. Come back in a moment."
                raise RefusalError(503, "No replica answers", detail, retry_after_s=5)
            return self._ask(request)

    def _ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer of a replica, or of another where it dies; raises RefusalError."""
        until_s = time.monotonic() + self.settings.run_s
        while True:
            left_s = until_s - time.monotonic()
            try:
                room = self._rooms[request["exhibit"]]
                answer: dict[str, Any] = room.answer.remote(dict(request)).result(timeout_s=left_s)
            except (*DIED, *FULL, DeploymentUnavailableError, TimeoutError) as error:
                if not isinstance(error, DIED) or left_s < AGAIN_S:
                    raise refusal(error, self.settings) from None
                time.sleep(AGAIN_S)
            else:
                return answer

    def _watch(self) -> None:
        """Start all, then keep what health tells true, until it is closed."""
        while not self._closing.wait(LOOK_S if self._started_once else 0):
            try:
                if not self._rooms:
                    self._begin()
                self._look()
            except Exception as error:  # whatever it is, the next attempt may do
                if not isinstance(error, RayServeException | RuntimeError | ConnectionError):
                    traceback.print_exc()
                self._trouble = [f"Ray does not answer: {error}. It is tried again; the server's log may say more."]

    @property
    def _started_once(self) -> bool:
        return bool(self._rooms or self._trouble)

    def _begin(self) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # or it would tell its makers that it is used
        built = application(self.settings, least_fronts=0)
        with self._lock:
            if self._closing.is_set():
                return
            if not ray.is_initialized():
                with _own_end():
                    ray.init(**_where(self.settings), namespace=NAME, log_to_driver=True, configure_logging=False)
        serve.start(proxy_location="Disabled")
        serve.run(built, name=NAME, route_prefix=None)
        names = [name for name in serve.status().applications[NAME].deployments if name != "front"]
        rooms = {name: serve.get_deployment_handle(name, NAME) for name in names}
        facts = [room.facts.remote().result(timeout_s=self.settings.run_s) for room in rooms.values()]
        self._refused = [why for each in facts for why in each["refused"]]
        if facts:
            self.learner.facts, self.power = facts[0]["power"], facts[0]["power"]["meter"]
        self._rooms = rooms
        self._up.set()

    def _look(self) -> None:
        found = list(self._refused)
        status = serve.status().applications.get(NAME)
        for name, deployment in (status.deployments if status else {}).items():
            running = deployment.replica_states.get("RUNNING", 0)
            state = getattr(deployment.status, "value", deployment.status)
            if state not in ("HEALTHY", "UPSCALING", "DOWNSCALING") or (not running and name != "front"):
                said = f": {deployment.message.rstrip('. ')}" if deployment.message else ""
                found.append(f"Ray's deployment {name} is {state}, with {running} replicas running{said}.")
        if status is None:
            found.append("Ray has no such application any more. Start the server again.")
        self._trouble = found


@contextmanager
def _own_end() -> Iterator[None]:
    """What SIGTERM does stays ours: Ray's engine would abort this process three seconds after it, whatever it does.

    Python sets handlers in its main thread alone, which does something else.
    """
    read, write = ctypes.pythonapi.PyOS_getsig, ctypes.pythonapi.PyOS_setsig
    read.restype = write.restype = ctypes.c_void_p
    write.argtypes = [ctypes.c_int, ctypes.c_void_p]
    ours = read(signal.SIGTERM)
    try:
        yield
    finally:
        write(signal.SIGTERM, ours)


def _where(settings: Settings) -> dict[str, Any]:
    """A cluster that is there, or this machine, with room for the most replicas of each exhibit."""
    if os.environ.get("RAY_ADDRESS"):
        return {}
    from ..folders.files import ModelFiles

    exhibits = len(ModelFiles.load(settings.models, settings.exhibits).manifest.ladders)
    processors = exhibits * settings.ray_most * (settings.threads or 1)
    return {
        "address": "local",
        "num_cpus": processors,
        "include_dashboard": False,
        "object_store_memory": STORE_BYTES,
    }
