"""What a monitoring system reads at /metrics: answers, refusals, the queue, times, joules; no address, no input."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
BATCHES = (1, 2, 4, 8, 16, 32)
CONTENT_TYPE = CONTENT_TYPE_LATEST
OF = ("exhibit", "variant")
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""prometheus-client's variable: a folder in which several processes of one server add up their figures."""


class Metrics:
    """Counters of one application."""

    def __init__(self) -> None:
        own = self.registry = CollectorRegistry()
        self._answers = Counter("hundredfold_answers", "Answers of models", OF, registry=own)
        self._refusals = Counter(
            "hundredfold_refusals", "Requests to the API that got a problem", ["status"], registry=own
        )
        self._joules = Counter("hundredfold_joules", "Estimated energy of the answers, the middle", OF, registry=own)
        seconds = ("hundredfold_model_seconds", "Inside the engine for one answer")
        self._model_s = Histogram(*seconds, OF, buckets=SECONDS, registry=own)
        seconds = ("hundredfold_answer_seconds", "In the server for one answer, waiting included")
        self._answer_s = Histogram(*seconds, OF, buckets=SECONDS, registry=own)
        batch = ("hundredfold_batch_size", "Answers by one call of the engine")
        self._batch = Histogram(*batch, OF, buckets=BATCHES, registry=own)

    def watch(self, waiting: Callable[[], float], places: int, ready: Callable[[], float]) -> None:
        """Read these when somebody looks."""
        told = (
            ("hundredfold_queue_waiting", "Runs that wait for a worker", waiting),
            ("hundredfold_queue_places", "Runs that may wait", lambda: float(places)),
            ("hundredfold_ready", "1: models are loaded, and runs are taken", ready),
        )
        for name, text, read in told:
            Gauge(name, text, registry=self.registry, multiprocess_mode="livesum").set_function(read)

    def answered(self, answer: Mapping[str, Any], took_s: float) -> None:
        """Count a Result."""
        of = (answer["exhibit"], answer["variant"])
        self._answers.labels(*of).inc()
        self._answer_s.labels(*of).observe(took_s)
        self._batch.labels(*of).observe(answer["runtime"].get("batch", 1))
        if (model_ms := answer["timing"]["model_ms"]["median"]) is not None:
            self._model_s.labels(*of).observe(model_ms / 1e3)
        if answer["energy"]:
            self._joules.labels(*of).inc(answer["energy"]["joules"]["mid"])

    def refused(self, status: int) -> None:
        self._refusals.labels(str(status)).inc()

    def text(self) -> bytes:
        """All of them, as Prometheus reads them; of all the server's processes, where these share a folder."""
        if os.environ.get(SHARED):
            together = CollectorRegistry()
            MultiProcessCollector(together)  # type: ignore[no-untyped-call]
            return bytes(generate_latest(together))
        return bytes(generate_latest(self.registry))
