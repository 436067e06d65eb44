"""What an operator can choose: arguments, then the environment, checked with messages that say the fix."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

from limits import parse_many

from .. import environment
from ..adapters.oip import NAMES
from ..adapters.oip_http import Address
from ..environment import UsageError
from ..errors import brief
from ..verbs.run import MAX_REPEATS
from .offline import is_built

VERSION = version("hundredfold")
ADDRESS = re.compile(r"https?://[\w.:\[\]-]+/((?!\.)[\w.~%@+-]+/)*", re.ASCII)


SPARE_THREADS = 8
"""For files and quick answers, while every place in the queue is taken."""
WHOLE = (
    ("workers", 1, 256),
    ("threads", 0, 1024),
    ("waiting", 0, 1000),
    ("batch", 1, 256),
    ("at_once", 1, 1000),
    ("ray_least", 1, 1000),
    ("ray_most", 1, 1000),
    ("max_body_bytes", 1000, 100_000_000),
    ("max_repeats", 1, MAX_REPEATS),
    ("proxies", 0, 100),
    ("llm_waiting", 0, 100),
)
NUMBERS = (
    ("wait_s", 0.01, 3600),
    ("run_s", 0.01, 3600),
    ("llm_s", 0.01, 3600),
    ("pue", 1, 10),
    ("grid_g_per_kwh", 0, 5000),
    ("network_j_per_byte", 0, 1),
)


class SettingsError(UsageError):
    """A setting can not be used; the message names it and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """Each field is also an environment variable: HUNDREDFOLD_ and its name in capitals."""

    models: Path = field(default_factory=environment.shipped_models)
    static: Path = field(default_factory=environment.page)
    url: str = ""
    """The site's whole address, as https://demo.example/demo/: where it is known, a link to it shows a picture."""
    rate: str = "50/second;1200/minute"
    """Requests to the API from one address; a class behind one address, drawing live, stays below it."""
    rate_storage: str = "memory://"
    """Where these are counted: in this process, or for several of them together in redis://HOST:PORT."""
    workers: int = 1
    """Child processes that run models; each takes the memory of all models that run there."""
    threads: int = 0
    """Threads of the engine in each worker; 0: one per core that may be used."""
    waiting: int = 32
    """Runs that may wait for a worker; one more is answered 503."""
    batch: int = 8
    """Of those that wait, so many at most are answered by one call of the engine, where the model allows it."""
    wait_s: float = 10.0
    """The longest that a run waits for a worker before it is answered 503."""
    run_s: float = 20.0
    """The longest that a run may take before its worker is ended and it is answered 504."""
    max_body_bytes: int = 2_000_000
    max_repeats: int = 50
    proxies: int = 0
    """Trusted proxies in front, whose X-Forwarded-For tells the visitor's address, and
    X-Forwarded-Prefix the path that they serve us under."""
    pue: float | None = None
    """The data centre's power over its computers': 1 for a machine of one's own; None: what is common."""
    grid_g_per_kwh: float | None = None
    """The server's electricity in g CO2e per kWh; None: the world's average."""
    network_j_per_byte: float | None = None
    """Joules for a byte between here and there; None: from the literature."""
    llm: str = ""
    """A language model beside the ladders: a GGUF file, or the address of a server that speaks OpenAI's protocol."""
    llm_model: str = ""
    """Which of that server's models; empty: its first one."""
    llm_key: str = ""
    """What that server asks for."""
    llm_waiting: int = 3
    """Answers of the language model that may be waited for; one more is answered 503."""
    llm_s: float = 60.0
    """The longest that one of its answers may take before it is answered 504, and a process of ours is ended."""
    baseline: str = "local"
    """Who answers runs: "local", processes of this machine; "oip:" and the address of a server that speaks the Open
    Inference Protocol v2, or of several with commas between them; "ray", a Ray Serve application."""
    oip_names: str = NAMES
    """How such a server calls a model, with {exhibit} and {variant}."""
    at_once: int = 16
    """Runs that are asked of other machines at once; `waiting` more may wait."""
    ray_least: int = 1
    """Replicas that Ray keeps of each exhibit, however little is asked; with two, one may die unnoticed."""
    ray_most: int = 4
    """Replicas that Ray starts of each exhibit when much is asked."""
    powercap: Path = Path("/sys/class/powercap")
    """Where Linux shows RAPL's energy counters."""
    exhibits: tuple[Path, ...] = ()
    """Folders that `hundredfold add` made exhibits of; in the variable, one after the other as in PATH."""

    @property
    def answering(self) -> int:
        """Threads that a server of this application takes: for all runs that may be under way, and some more."""
        here = self.workers * self.batch if self.baseline == "local" else self.at_once
        return here + self.waiting + self.llm_waiting + SPARE_THREADS

    def __post_init__(self) -> None:
        for name, least, most in WHOLE:
            wanted = f"a whole number from {least} to {most}"
            self._require(name, least <= getattr(self, name) <= most, wanted)
        for name, low, high in NUMBERS:
            value = getattr(self, name)
            self._require(name, value is None or low <= value <= high, f"a number from {low:g} to {high:g}")
        try:
            limits = parse_many(self.rate)
        except ValueError:
            limits = []
        holds = bool(limits) and all(limit.amount > 0 for limit in limits)
        self._require("rate", holds, "limits such as '50/second;1200/minute'")
        self._require(
            "url", not self.url or ADDRESS.fullmatch(self.url) is not None, "as https://demo.example/demo/ is"
        )
        self._require("rate_storage", "://" in self.rate_storage, "memory:// or an address such as redis://HOST:6379")
        named = self.llm.startswith(("http://", "https://")) or not self.llm or Path(self.llm).is_file()
        self._require("llm", named, "a GGUF file, or an address such as http://127.0.0.1:8080/v1")
        wanted = "local, ray, or oip: and an address, as in oip:http://127.0.0.1:8080, or several with commas between"
        self._require("baseline", _is_baseline(self.baseline), wanted)
        self._require("ray_most", self.ray_most >= self.ray_least, f"at least ray_least, {self.ray_least}")
        named = "{exhibit}" in self.oip_names and "{variant}" in self.oip_names
        self._require("oip_names", named, f"how a server calls models, as in {NAMES}")

    def _require(self, name: str, holds: bool, wanted: str) -> None:
        if not holds:
            raise _wrong(name, wanted, str(getattr(self, name)))

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ, **given: Any) -> Settings:
        """Arguments first, then the environment, then the defaults; raises SettingsError.

        A folder that is named must be there; the default ones may still have to be made.
        """
        defaults = vars(cls())
        if unknown := set(given) - set(defaults):
            raise SettingsError(f"unknown settings: {', '.join(sorted(unknown))}; these exist: {', '.join(defaults)}")
        raw = {name: environment.read(variable(name), environ) for name in defaults}
        chosen = {name: value for name, value in raw.items() if value is not None} | given
        for name, value in chosen.items():
            kind, in_words = _kind(defaults[name])
            try:
                chosen[name] = kind(value)
            except (TypeError, ValueError):
                raise _wrong(name, in_words, value) from None
            if kind is Path:
                _check_folder(name, chosen[name])
        return cls(**chosen)


def addresses(baseline: str) -> list[str]:
    """The model servers that are to be asked; none where the baseline is something else."""
    return [each.strip() for each in baseline.removeprefix("oip:").split(",")] if baseline.startswith("oip:") else []


def _is_baseline(value: str) -> bool:
    try:
        servers = [Address(each) for each in addresses(value)]
    except ValueError:
        return False
    return bool(servers) or value in ("local", "ray")


def _wrong(name: str, wanted: str, value: Any) -> SettingsError:
    return SettingsError(f"{variable(name)} must be {wanted}, not {brief(value)}")


def _check_folder(name: str, folder: Path) -> None:
    try:
        readable = folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)
    except (OSError, ValueError):  # a NUL in it, a name that is too long
        readable = False
    if not readable:
        raise _wrong(name, "a folder that exists and can be read", str(folder))
    if name == "static" and not is_built(folder):
        raise _wrong(name, "the folder of the built page, which `hundredfold prepare` writes to web/dist", str(folder))


def _kind(default: Any) -> tuple[Callable[[Any], Any], str]:
    """What reads a setting, and its name; one whose default is None is a number."""
    if isinstance(default, tuple):
        return environment.folders, f"a list of folders, with {os.pathsep} between them"
    if isinstance(default, Path):
        return Path, "a folder"
    if isinstance(default, int):
        return int, "a whole number"
    return (str, "text") if isinstance(default, str) else (float, "a number")


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"HUNDREDFOLD_{name.upper()}"


def names() -> set[str]:
    """All of the server's variables."""
    return {variable(each.name) for each in fields(Settings)}
