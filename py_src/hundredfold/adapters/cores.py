"""How many processors this process may use: of the machine's, and of what a container's quota pays for."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")
"""Where Linux shows quotas: the groups of version 2, or a folder per controller of version 1."""
OWN = Path("/proc/self/cgroup")
"""The groups that this process is in, one a line: ``number:controllers:/path``."""


def cores(groups: Path | None = None, own: Path | None = None) -> int:
    """Processors that this process may use at once, at least one: a thread more would only wait for the others."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    paid_for = quota(groups or CGROUPS, own or OWN)
    return allowed if paid_for is None else max(1, min(allowed, math.ceil(paid_for)))


def quota(groups: Path, own: Path) -> float | None:
    """Processors' worth of time, by the strictest group around this process; None: all that there is."""
    shares = [share for folder in _folders(groups, own) if (share := _share(folder)) is not None]
    return min(shares, default=None)


def _folders(groups: Path, own: Path) -> Iterator[Path]:
    """The groups that hold this process, innermost first, of either version.

    A container often sees its own group as the root, while the path still is that of the whole machine: so the root
    counts, too, and what is not there is passed over.
    """
    for line in _text(own).splitlines():
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if controllers and "cpu" not in controllers.split(","):
            continue
        for root in (groups / controllers, groups / "cpu") if controllers else (groups, groups / "unified"):
            place = Path(path.lstrip("/"))
            for part in (place, *place.parents):
                yield root / part


def _share(folder: Path) -> float | None:
    """The quota of one group over its period, both in microseconds."""
    told = _text(folder / "cpu.max").split()
    if not told:
        told = [*_text(folder / "cpu.cfs_quota_us").split(), *_text(folder / "cpu.cfs_period_us").split()]
    try:
        allowed, period = (float(each) for each in told)
    except ValueError:  # "max", or no quota at all
        return None
    return allowed / period if allowed > 0 and period > 0 else None


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except (OSError, ValueError):
        return ""
