"""Tablets: a phone's or a MacBook Air's processor with a larger screen; weakly sourced too; idle with the screen on."""

from .profile import Clues, Profile, Three

WEAK = (
    "Weakly sourced: no maker states a TDP. {cores} Idle is the screen above all: battery over the hours that makers "
    "state. At the battery; charging loses 10 to 30 % more."
)


def _of(
    id_: str,
    name: str,
    year: int,
    threads: int,
    one_w: Three,
    all_w: Three,
    idle_w: Three,
    cores: str,
    graphics: str,
    model: str = "",
    *,
    also: tuple[int, ...] = (),
    broad: bool = False,
) -> Profile:
    knows = Clues(graphics, model, also, broad)
    return Profile(id_, name, "tablet", year, threads, one_w, all_w, idle_w, WEAK.format(cores=cores), knows)


TABLETS = (
    _of(
        "ipad",
        "iPad, model unknown",
        2019,
        6,
        (1.4, 3.2, 7),
        (2.6, 5.5, 16),
        (2, 3.5, 7),
        "From the A12 of the plain iPad to the M chips of the iPad Pro.",
        "",
        r"\biPad\b",
        also=(2, 4, 8),
        broad=True,
    ),
    _of(
        "ipad-a14",
        "iPad with A12 to A16 (plain iPad, mini, Air 4)",
        2019,
        6,
        (1.5, 2.9, 5),
        (2.6, 4.6, 7.5),
        (2, 3.2, 5.5),
        "As an iPhone with the same chip, which it cools better.",
        "",
    ),
    _of(
        "ipad-m1",
        "iPad Air or Pro with M1 to M4",
        2021,
        8,
        (2.8, 4.8, 8),
        (6, 11, 20),
        (2.5, 4.5, 8),
        "As a MacBook Air with the same chip, which holds it for a shorter time.",
        "",
        also=(9, 10),
    ),
    _of(
        "tablet-android-small",
        "Android tablet of the lower class (Galaxy Tab A, Lenovo M10, Fire)",
        2019,
        8,
        (0.4, 0.9, 1.8),
        (1.2, 2.4, 4.5),
        (1.4, 2.5, 4.5),
        "As a phone with Helio, Unisoc or Snapdragon 6xx.",
        r"PowerVR Rogue GE8\d{3}|Mali-G5[27]\b|Adreno \(TM\) (?:5\d\d|6[012]\d)\b|Mali-T\d{3}|Mali-G72 MP3|Mali-G71",
        r"\bSM-(?:T[1-5]\d\d|X[12]\d\d)\w*|\bTB-?\w*|\bKF[A-Z]{3,5}\b|\bLenovo TB\w*",
        also=(4,),
    ),
    _of(
        "tablet-android-fast",
        "Android tablet of the upper class (Galaxy Tab S)",
        2020,
        8,
        (1.3, 2.6, 5),
        (2.8, 5.2, 9),
        (2, 3.5, 6.5),
        "As a phone with Snapdragon 8, which it cools better.",
        r"Adreno \(TM\) (?:6[3-6]\d|7\d\d|8\d\d)\b|Xclipse|Mali-G[67]\d\d|Immortalis|Mali-G7[678]\b",
        r"\bSM-(?:T[6-9]\d\d|X[3-9]\d\d)\w*|\bPixel Tablet\b",
    ),
)
