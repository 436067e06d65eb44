"""Who answers runs there: processes of this machine, model servers elsewhere, or Ray; all behind one seam."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from ..folders.files import ModelFiles
from .pool import Pool
from .settings import Settings, SettingsError, addresses


class Learner(Protocol):
    """What is known of the power of whoever answers."""

    @property
    def learning(self) -> bool: ...

    def document(self, recorded: Mapping[str, Mapping[str, Any]] | None = None) -> dict[str, Any]:
        """As `power.learner.Learner` tells it; ``recorded`` is of what did not run."""
        ...

    def count(self, answer: dict[str, Any], answers: int) -> None:
        """Turn the CPU time in a Result's timing into its energy, where the power is known."""
        ...


class Baseline(Protocol):
    """Answers runs, several at once, from any thread."""

    settings: Settings

    @property
    def learner(self) -> Learner: ...

    @property
    def waiting(self) -> int:
        """Runs that wait for their turn."""
        ...

    @property
    def full(self) -> bool:
        """Whether one more run would be refused."""
        ...

    @property
    def ready(self) -> bool:
        """Whether anybody can answer now."""
        ...

    @property
    def trouble(self) -> list[str]:
        """What keeps it from answering as it should, in words; nothing when all is well."""
        ...

    @property
    def power(self) -> dict[str, Any] | None:
        """What meters the runs; None where it is not known."""
        ...

    def start(self) -> None:
        """Begin, in the background, once; runs wait for it."""
        ...

    def close(self) -> None:
        """End what was started."""
        ...

    def run(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """The answer to a request of `app.handle`; raises RefusalError (503 or 504) when there is none in time."""
        ...

    def beside(self) -> AbstractContextManager[None]:
        """Something else keeps this machine busy meanwhile."""
        ...


def chosen(settings: Settings, files: ModelFiles | None) -> Baseline:
    """The one that HUNDREDFOLD_BASELINE names; raises SettingsError where it needs an extra that is not installed."""
    if settings.baseline == "ray":
        try:
            from .ray_baseline import RayBaseline
        except ModuleNotFoundError as error:
            if error.name and error.name.startswith("hundredfold"):
                raise
            install = "run `.venv/bin/pip install -e '.[ray]'`, then try again"
            raise SettingsError(
                f"HUNDREDFOLD_BASELINE=ray needs Ray, and there is no {error.name}: {install}"
            ) from None
        return RayBaseline(settings)
    if servers := addresses(settings.baseline):
        from .peers import Peers

        return Peers(settings, files, servers)
    return Pool(settings)
