"""The devices that people have and what they draw: the table that the page proposes from and lets its visitor choose.

No figure is a measurement of the visitor's device. Most are derived from what a processor's maker states, by the rules
in ``profile.py``; each says so in its source.
"""

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

__all__ = ["DEFAULTS", "PROFILES", "Clues", "Kind", "Profile", "Three"]
