"""What one row of the table of devices holds, and the rules by which its watts are derived from what makers state."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..constants import IDLE_SHARE, LOADED_SHARE
from ..devices import Device
from ..quantities import constant

Kind = Literal["laptop", "chromebook", "phone", "tablet", "desktop", "board"]
Three = tuple[float, float, float]
"""Low, mid, high."""

LOSSES = 1.15
"""Drawn at the plug for each watt that the processor draws: chargers, power supplies and regulators lose 10 to 20 %."""
WIDE = 1.7
"""How far one thread's power may be from the middle: it depends on clocks that a maker of laptops chooses."""
RULE = (
    "Above idle: that × 0.9 (load curve) × 1.15 (losses to the plug). One thread: {share:.0%} of it, give or take a "
    "factor of 1.7."
)


@dataclass(frozen=True)
class Clues:
    """By what a browser's facts are recognised; both are regular expressions, read without regard to case."""

    graphics: str = ""
    """What the graphics chip is named; empty: it is never named."""
    model: str = ""
    """What a phone or tablet names itself; empty: it never does."""
    threads: tuple[int, ...] = ()
    """Numbers of threads that devices of this profile may have besides its own."""
    broad: bool = False
    """Whether the profile stands for many models, so that to recognise it is not to know which."""


@dataclass(frozen=True)
class Profile:
    """A device that people have; watts are (low, mid, high)."""

    id: str
    name: str
    kind: Kind
    year: int
    """Since when it is sold."""
    threads: int
    """Threads that can run at once; some browsers, such as Safari, tell fewer."""
    one_w: Three
    """Watts above idle of the whole device, at the plug or the battery, one thread busy."""
    all_w: Three
    """The same, all threads busy."""
    idle_w: Three
    """Watts of the whole device switched on, doing nothing; with the screen where it is built in, else without."""
    source: str
    """Where the figures come from, and what was derived by which rule."""
    knows: Clues = field(default_factory=Clues)

    def device(self) -> Device:
        """The device to estimate with."""
        built_in = self.kind not in ("desktop", "board")
        return Device(
            self.id,
            self.name,
            self.threads,
            constant(*self.one_w, "W", "Above idle, one thread busy", self.source),
            constant(*self.all_w, "W", "Above idle, all threads busy", self.source),
            constant(*self.idle_w, "W", "Idle, with its screen" if built_in else "Idle, no screen", self.source),
        )


def rounded(watts: float) -> float:
    """To two significant digits: nobody knows more."""
    return float(f"{watts:.2g}")


def above_idle(limit_w: Three) -> Three:
    """Watts above idle at the plug with all threads busy, from what the processor may draw for long (the maker's TDP,
    in the range that makers of devices set it to): the load curve of ``constants``, and losses."""
    factor = (LOADED_SHARE.range.mid - IDLE_SHARE.range.mid) * LOSSES
    low, mid, high = limit_w
    return rounded(low * factor), rounded(mid * factor), rounded(high * factor)


def one_thread(all_w: Three, share: float) -> Three:
    """Watts above idle with one thread busy: a share of all, never more than all."""
    mid = all_w[1] * share
    one = mid / WIDE, mid, mid * WIDE
    low, middle, high = (rounded(min(a, b)) for a, b in zip(one, all_w, strict=True))
    return low, middle, high


def by_limit(
    id_: str,
    name: str,
    kind: Kind,
    year: int,
    threads: int,
    limit_w: Three,
    share: float,
    idle_w: Three,
    source: str,
    knows: Clues,
) -> Profile:
    """A profile whose watts follow from its processor's sustained limit by the rule, which is added to the source."""
    all_w = above_idle(limit_w)
    limits = f"Under lasting load taken as {limit_w[0]:g} to {limit_w[2]:g} W, {limit_w[1]:g} in the middle."
    return Profile(
        id_,
        name,
        kind,
        year,
        threads,
        one_thread(all_w, share),
        all_w,
        idle_w,
        f"{source} {limits} {RULE.format(share=share)}",
        knows,
    )


def intel(numbered: str = "", bare: str = "", ids: str = "", mesa: str = "") -> str:
    """How browsers name Intel's graphics: with a number of its own, without one, by the number of the device as Chrome
    adds it on Windows, or by a code name as on Linux and Chrome OS."""
    parts = []
    if numbered:
        parts.append(rf"\b(?:{numbered})\b")
    if bare:
        parts.append(rf"\b(?:{bare})(?! ?\(0x| ?\([A-Z]{{3}}| ?P?\d)")
    if ids:
        parts.append(rf"0x0000(?:{ids})\b")
    if mesa:
        parts.append(rf"\((?:{mesa})(?: GT\d| \d)?\)")
    return "|".join(parts)
