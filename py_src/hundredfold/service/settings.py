"""What an operator can choose: arguments, then the environment, checked with messages that say the fix."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from limits import parse_many

from ..contract import HundredfoldError

VERSION = version("hundredfold")

ROOT = Path(__file__).resolve().parents[3]
"""The checkout; an installed copy names its folders by HUNDREDFOLD_MODELS and HUNDREDFOLD_STATIC."""


class SettingsError(HundredfoldError):
    """A setting can not be used; the message names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """Each field is also an environment variable: HUNDREDFOLD_ and its name in capitals."""

    models: Path = ROOT / "models"
    static: Path = ROOT / "web" / "dist"
    rate: str = "50/second;1200/minute"
    """Requests to the API from one address; a class behind one address, drawing live, stays below it."""
    workers: int = 1
    """Child processes that run models; each takes the memory of all models that run there."""
    threads: int = 0
    """Threads of the engine in each worker; 0: one per core that may be used."""
    waiting: int = 8
    """Runs that may wait for a worker; one more is answered 503."""
    wait_s: float = 10.0
    """The longest that a run waits for a worker before it is answered 503."""
    run_s: float = 20.0
    """The longest that a run may take before its worker is ended and it is answered 504."""
    max_body_bytes: int = 2_000_000
    max_repeats: int = 50
    proxies: int = 0
    """Trusted proxies in front, whose X-Forwarded-For tells the visitor's address."""
    pue: float | None = None
    """The data centre's power over its computers': 1 for a machine of one's own; None: what is common."""
    grid_g_per_kwh: float | None = None
    """The server's electricity in g CO2e per kWh; None: the world's average."""
    network_j_per_byte: float | None = None
    """Joules for a byte between here and there; None: from the literature."""
    powercap: Path = Path("/sys/class/powercap")
    """Where Linux shows RAPL's energy counters."""

    def __post_init__(self) -> None:
        for name, least in (("workers", 1), ("threads", 0), ("waiting", 0), ("proxies", 0), ("max_repeats", 1)):
            self._require(name, getattr(self, name) >= least, f"a whole number from {least}")
        for name in ("wait_s", "run_s", "max_body_bytes"):
            self._require(name, getattr(self, name) > 0, "a number above 0")
        for name, low, high in (("pue", 1, 10), ("grid_g_per_kwh", 0, 5000), ("network_j_per_byte", 0, 1)):
            value = getattr(self, name)
            self._require(name, value is None or low <= value <= high, f"a number from {low} to {high}")
        try:
            parse_many(self.rate)
        except ValueError:
            self._require("rate", False, "limits such as '50/second;1200/minute'")

    def _require(self, name: str, holds: bool, wanted: str) -> None:
        if not holds:
            raise SettingsError(f"{variable(name)} must be {wanted}, not {str(getattr(self, name))!r}")

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ, **given: Any) -> Settings:
        """Arguments first, then the environment, then the defaults; raises SettingsError."""
        kinds: dict[str, Callable[[Any], Any]] = {name: _kind(value) for name, value in vars(cls()).items()}
        if unknown := set(given) - set(kinds):
            raise SettingsError(f"unknown settings: {', '.join(sorted(unknown))}; these exist: {', '.join(kinds)}")
        raw = {name: environ[variable(name)] for name in kinds if variable(name) in environ}
        chosen: dict[str, Any] = {}
        for name, value in {**raw, **given}.items():
            try:
                chosen[name] = kinds[name](value)
            except (TypeError, ValueError):
                kind = "a whole number" if kinds[name] is int else "a number"
                raise SettingsError(f"{variable(name)} must be {kind}, not {value!r}") from None
        return cls(**chosen)


def _kind(default: Any) -> Callable[[Any], Any]:
    """What reads a setting; one whose default is None is a number."""
    return float if default is None else type(default)


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"HUNDREDFOLD_{name.upper()}"
