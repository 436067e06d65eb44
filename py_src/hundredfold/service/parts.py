"""What the API is made of."""

from __future__ import annotations

from dataclasses import dataclass

from ..manifest import Manifest
from .baseline import Baseline
from .gate import Gate
from .language_model import LanguageModel
from .metrics import Metrics
from .problems import RefusalError


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

    def start(self) -> None:
        """Begin to load models, once."""
        if self.manifest:
            self.pool.start()
            self.language_model.start()
