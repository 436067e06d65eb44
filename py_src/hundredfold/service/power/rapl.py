"""RAPL: the energy counters of the processor and its memory, as Linux shows them under /sys/class/powercap."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .counters import CounterError

Read = Callable[[Path], str]

LOAD = "sudo modprobe intel_rapl_msr"
STEP_UJ = 61
"""The coarsest step of the energy counters, in millionths of a joule: most count in steps of 2^-14 J, some finer."""


@dataclass(frozen=True)
class Zone:
    """One counter, in millionths of a joule; after ``largest_uj`` it starts again at 0."""

    path: Path
    name: str
    largest_uj: int


class RaplCounters:
    """The counters of all packages, and of their memory where it has one of its own."""

    processor = True
    refresh_s = 0.001
    """The hardware updates its counters about every thousandth of a second."""
    least_s = 0.2
    """Two hundred refreshes: then the two ends of a window blur its power by half a percent, since a core of a large
    machine adds no more than a few percent to it."""
    idle_windows = 3
    idle_s = 0.2

    def __init__(self, zones: list[Zone], read: Read) -> None:
        self.zones = zones
        self.step_j = len(zones) * STEP_UJ / 1e6
        self._read = read
        packages = [zone for zone in zones if zone.name != "dram"]
        memory = len(zones) - len(packages)
        told = "1 package" if len(packages) == 1 else f"{len(packages)} packages"
        if memory == 0:
            told += ", whose memory has no counter and is left out"
        elif memory < len(packages):
            told += f" and the memory of {memory} of them"
        else:
            told += " and their memory"
        self.covers = f"RAPL counters of {told} (no mains adapter, disk or fan)"

    def begin(self) -> Callable[[], float]:
        before = self._values()

        def end() -> float:
            after = self._values()
            spent = 0
            for zone, old, new in zip(self.zones, before, after, strict=True):
                spent += new - old if new >= old else new - old + zone.largest_uj
            return spent / 1e6

        return end

    def _values(self) -> list[int]:
        return [_number(zone.path / "energy_uj", self._read) for zone in self.zones]


def find(root: Path, read: Read = Path.read_text) -> RaplCounters:
    """The counters below ``root``; raises CounterError that says why they can not be used.

    Only zones that are named after a package count: "psys", where a laptop has it, holds the packages already.
    """
    zones = []
    for package in _folders(root, r"intel-rapl:\d+"):
        name = _text(package / "name", read)
        if not name.startswith("package"):
            continue
        inner = [(path, _text(path / "name", read)) for path in _folders(package, r"intel-rapl:\d+:\d+")]
        counted = [(package, name), *((path, name) for path, name in inner if name == "dram")]
        zones += [Zone(path, name, _number(path / "max_energy_range_uj", read)) for path, name in counted]
    if not zones:
        raise CounterError(f"there are no RAPL counters in {root}: the processor or its driver has none", LOAD)
    counters = RaplCounters(zones, read)
    counters.begin()
    return counters


def _folders(parent: Path, pattern: str) -> list[Path]:
    try:
        return sorted(path for path in parent.iterdir() if re.fullmatch(pattern, path.name))
    except OSError:
        return []


def _text(path: Path, read: Read) -> str:
    try:
        return read(path).strip()
    except PermissionError:
        # Linux keeps them from users since 2020: what other programs compute can be guessed from them.
        why = "only root may read the RAPL counters; the command opens them to all until the machine starts anew"
        raise CounterError(why, f"sudo chmod a+r {path.parent.parent}/intel-rapl:*/energy_uj") from None
    except (OSError, ValueError) as error:
        raise CounterError(f"{path} can not be read: {error}") from None


def _number(path: Path, read: Read) -> int:
    text = _text(path, read)
    if not text.isdecimal():
        raise CounterError(f"{path} holds no number but {text[:40]!r}")
    return int(text)
