"""Macs: Apple states no TDP, so that the figures come from reviews, and from what Apple tells of the Mac mini."""

from .profile import Clues, Kind, Profile, Three

AIR_IDLE_W: Three = (3, 4.5, 8)
"""Plug-meter reports of a MacBook Air: 3 to 8 W idle, by the brightness of its screen."""
PRO_IDLE_W: Three = (4, 7, 12)
REVIEWS = (
    "Apple states no TDP. Reviews read {power}; at the plug and with 15 % of losses, less idle: our reading of them, "
    "not a measurement of ours."
)


def _of(
    id_: str,
    name: str,
    year: int,
    threads: int,
    one_w: Three,
    all_w: Three,
    idle_w: Three,
    power: str,
    graphics: str,
    *,
    also: tuple[int, ...] = (),
    kind: Kind = "laptop",
    broad: bool = False,
) -> Profile:
    source = REVIEWS.format(power=power)
    return Profile(
        id_, name, kind, year, threads, one_w, all_w, idle_w, source, Clues(graphics, threads=also, broad=broad)
    )


def _chip(name: str) -> str:
    """Just this chip: not its Pro, Max and Ultra, and not Firefox's `Apple M1, or similar`."""
    return rf"Apple {name}\b(?! (?:Pro|Max|Ultra)|, or similar)"


MACS = (
    _of(
        "macbook-air-m1",
        "MacBook Air with an M1",
        2020,
        8,
        (3.5, 5, 7.5),
        (9, 15, 22),
        AIR_IDLE_W,
        "4 to 5 W for one busy core and 15 to 20 W for all in the chip; without a fan it falls to about 10 W in time",
        _chip("M1"),
    ),
    _of(
        "macbook-air-m2",
        "MacBook Air with an M2",
        2022,
        8,
        (3.5, 5.5, 8.5),
        (10, 17, 26),
        AIR_IDLE_W,
        "about 5 W for one busy core and up to 20 W for all in the chip; without a fan it falls to about 10 W in time",
        _chip("M2"),
    ),
    _of(
        "macbook-air-m3",
        "MacBook Air with an M3",
        2024,
        8,
        (3.5, 6, 9),
        (10, 17, 27),
        AIR_IDLE_W,
        "5 to 6 W for one busy core and up to 21 W for all in the chip; without a fan it falls to about 10 W in time",
        _chip("M3"),
    ),
    _of(
        "macbook-air-m4",
        "MacBook Air with an M4",
        2025,
        10,
        (4, 6.5, 10),
        (11, 19, 30),
        AIR_IDLE_W,
        "6 to 7 W for one busy core and up to 25 W for all in the chip; without a fan it falls to about 10 W in time",
        _chip("M4"),
        also=(8,),
    ),
    _of(
        "macbook-pro-m1-pro",
        "MacBook Pro with an M1 Pro",
        2021,
        10,
        (3.5, 5.5, 8.5),
        (21, 32, 45),
        PRO_IDLE_W,
        "about 5 W for one busy core and 25 to 35 W for all in the chip",
        r"Apple M1 (?:Pro|Max)",
        also=(8,),
    ),
    _of(
        "macbook-pro-m3-pro",
        "MacBook Pro with an M3 Pro (or M2 Pro, M4 Pro)",
        2023,
        12,
        (4, 6.5, 10),
        (18, 30, 50),
        PRO_IDLE_W,
        "5 to 7 W for one busy core and 20 to 40 W for all in the chip",
        r"Apple M[234] (?:Pro|Max)",
        also=(10, 11, 14, 16),
    ),
    _of(
        "macbook-apple-chip",
        "MacBook with an Apple chip, model unknown",
        2020,
        8,
        (3, 5.5, 10),
        (8, 18, 45),
        (3, 5, 12),
        "15 to 40 W for all cores from the MacBook Air M1 to the MacBook Pros, of which all are in this table",
        r"Apple (?:GPU|M1, or similar|M(?:[5-9]|\d\d)\b)",
        broad=True,
    ),
    _of(
        "macbook-intel",
        "MacBook with an Intel processor",
        2016,
        8,
        (6, 12, 20),
        (15, 28, 50),
        (4, 8, 15),
        "Intel's 15 to 28 W for 13-inch models and 45 W for 15 and 16-inch ones",
        r"Iris(?:\(TM\)|\(R\))? Plus Graphics 6[45]\d|Intel Inc\.|Radeon Pro (?:\d{3}\b|5\d00M)",
        also=(4, 12, 16),
        broad=True,
    ),
    _of(
        "mac-mini-m1",
        "Mac mini with an M1",
        2020,
        8,
        (4, 6, 8.5),
        (13, 19, 26),
        (4.5, 6.8, 9),
        "(and Apple states) 6.8 W idle and 39 W at most, graphics included; the processor alone is about half of it",
        _chip("M1"),
        kind="desktop",
    ),
    _of(
        "mac-mini-m4",
        "Mac mini with an M4 (or M2)",
        2023,
        10,
        (4.5, 7.5, 11),
        (15, 26, 42),
        (3, 4.5, 8),
        "(and Apple states) 4 W idle and 65 W at most, graphics included; the processor alone is about half of it",
        _chip("M[24]"),
        also=(8,),
        kind="desktop",
    ),
)
