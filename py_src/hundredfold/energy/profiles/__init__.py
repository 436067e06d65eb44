"""The devices that people have and what they draw: the table that the page proposes from and lets its visitor choose.

No figure is a measurement of the visitor's device. Most are derived from what a processor's maker states, by the rules
in ``profile.py``; each says so in its source.
"""

from dataclasses import replace

from .boards import BOARDS
from .chromebooks import CHROMEBOOKS
from .defaults import DEFAULTS, UNKNOWN
from .desktops import DESKTOPS
from .laptops import LAPTOPS
from .laptops_intel import LAPTOPS_INTEL
from .macs import MACS
from .phones import PHONES
from .profile import Clues, Kind, Profile, Three
from .tablets import TABLETS

PROFILES: dict[str, Profile] = {
    profile.id: profile
    for table in (
        UNKNOWN,
        LAPTOPS_INTEL,
        LAPTOPS,
        MACS,
        CHROMEBOOKS,
        PHONES,
        TABLETS,
        DESKTOPS,
        BOARDS,
    )
    for profile in table
}
"""All of them by id: first those for a device of which only the kind is known."""

ENOUGH = 3
"""From so many devices of one kind with as many threads on, they say more than all devices of that kind."""


def narrowed(profile: Profile, threads: int | None) -> Profile:
    """A stand-in as the devices of its kind with so many threads are, from the lowest to the highest of them.

    Any other profile, and a stand-in with too few of them, comes back as it is.
    """
    alike = [each for each in PROFILES.values() if each.kind == profile.kind and each.threads == threads]
    alike = [each for each in alike if each.id not in DEFAULTS.values()]
    if profile.id not in DEFAULTS.values() or threads is None or len(alike) < ENOUGH:
        return profile
    source = f"No one device: the {len(alike)} of this kind in the table that have {threads} threads, from the lowest"
    return replace(
        profile,
        name=f"{profile.name}, {threads} threads",
        threads=threads,
        one_w=_span([each.one_w for each in alike]),
        all_w=_span([each.all_w for each in alike]),
        idle_w=_span([each.idle_w for each in alike]),
        source=f"{source} to the highest. Each of them has its own source.",
    )


def _span(values: list[Three]) -> Three:
    mids = sorted(mid for _, mid, _ in values)
    return min(low for low, _, _ in values), mids[len(mids) // 2], max(high for _, _, high in values)


__all__ = ["DEFAULTS", "PROFILES", "Clues", "Kind", "Profile", "Three", "narrowed"]
