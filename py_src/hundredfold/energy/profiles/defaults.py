"""Stand-ins for a device of which only the kind is known: ranges that hold nearly all of that kind in this table."""

from .profile import Clues, Kind, Profile

SPAN = "No one device: from the lowest to the highest of the {kind} in this table, {middle}."

UNKNOWN = (
    Profile(
        "unknown-laptop",
        "Laptop, model unknown",
        "laptop",
        0,
        8,
        (3, 8, 20),
        (6, 20, 55),
        (3, 6, 12),
        SPAN.format(kind="laptops", middle="with the 15 W class of the last ten years in the middle"),
        Clues(),
    ),
    Profile(
        "unknown-chromebook",
        "Chromebook, model unknown",
        "chromebook",
        0,
        4,
        (1.2, 3, 6),
        (3, 6.5, 15),
        (2.5, 4.5, 8),
        SPAN.format(kind="Chromebooks", middle="with a Celeron in the middle"),
        Clues(),
    ),
    Profile(
        "unknown-phone",
        "Phone, model unknown",
        "phone",
        0,
        8,
        (0.4, 1.4, 3.5),
        (1.5, 3.2, 6),
        (0.5, 1, 2),
        SPAN.format(kind="phones", middle="with the middle class in the middle") + " Weakly sourced, as they are.",
        Clues(),
    ),
    Profile(
        "unknown-tablet",
        "Tablet, model unknown",
        "tablet",
        0,
        8,
        (0.8, 2.6, 6),
        (2, 4.8, 13),
        (1.5, 3.2, 7),
        SPAN.format(kind="tablets", middle="with a plain iPad in the middle") + " Weakly sourced, as they are.",
        Clues(),
    ),
    Profile(
        "unknown-desktop",
        "Desktop computer, model unknown",
        "desktop",
        0,
        8,
        (5, 20, 45),
        (12, 55, 140),
        (4, 25, 75),
        SPAN.format(kind="desktops", middle="with an office tower in the middle"),
        Clues(),
    ),
    Profile(
        "unknown-board",
        "Board with an ARM chip, model unknown",
        "board",
        0,
        4,
        (0.6, 1.3, 3),
        (2, 4, 8),
        (1.5, 2.8, 5),
        SPAN.format(kind="boards", middle="with a Raspberry Pi 4 in the middle") + " Faster boards draw more.",
        Clues(),
    ),
)

DEFAULTS: dict[Kind, str] = {profile.kind: profile.id for profile in UNKNOWN}
"""Kind -> the id of its stand-in."""
