"""Laptops with a processor by AMD or Qualcomm; idle with the screen on, from what reviews with a plug meter report."""

from .profile import Clues, Profile, Three, by_limit

IDLE_W: Three = (3, 6, 10)
BIG_IDLE_W: Three = (5, 10, 18)


def _of(
    id_: str,
    chip: str,
    year: int,
    threads: int,
    limit_w: Three,
    share: float,
    source: str,
    graphics: str,
    *,
    also: tuple[int, ...] = (),
    idle_w: Three = IDLE_W,
) -> Profile:
    name, knows = f"Laptop with {chip}", Clues(graphics=graphics, threads=also)
    idle = "Idle: reviews with a plug meter, screen on."
    return by_limit(id_, name, "laptop", year, threads, limit_w, share, idle_w, f"{source} {idle}", knows)


def _amd(named: str = "", ids: str = "", mesa: str = "") -> str:
    """How browsers name AMD's graphics: in full, by the number of the device (Windows), by a code name (Linux)."""
    parts = [named] if named else []
    if ids:
        parts.append(rf"0x0000(?:{ids})\b")
    if mesa:
        parts.append(rf"\b(?:{mesa})\b")
    return "|".join(parts)


_UNNUMBERED = r"Radeon\(TM\) Graphics(?! ?\(0x| ?\()|Radeon Graphics(?! ?\()"
"""What AMD calls the graphics of most of its processors since 2020."""

LAPTOPS = (
    _of(
        "ryzen-5-3500u",
        "an AMD Ryzen 5 2500U or 3500U",
        2017,
        8,
        (12, 17, 26),
        0.5,
        "AMD's product page: TDP 15 W, from 12 to 25 W as set by makers.",
        _amd(r"Vega (?:3|6|8|10) (?:Mobile )?Graphics", "15DD|15D8", "raven|raven2|picasso"),
        also=(4,),
    ),
    _of(
        "ryzen-5-4500u",
        "an AMD Ryzen 5 4500U",
        2020,
        6,
        (12, 18, 27),
        0.45,
        "AMD's product page: TDP 15 W, from 10 to 25 W as set by makers.",
        _amd(_UNNUMBERED, "1636", "renoir"),
        also=(8,),
    ),
    _of(
        "ryzen-5-5500u",
        "an AMD Ryzen 5 5500U",
        2021,
        12,
        (12, 19, 28),
        0.42,
        "AMD's product page: TDP 15 W, from 10 to 25 W as set by makers.",
        _amd(_UNNUMBERED, "164C", "lucienne|renoir"),
        also=(8,),
    ),
    _of(
        "ryzen-7-5700u",
        "an AMD Ryzen 7 5700U",
        2021,
        16,
        (12, 20, 29),
        0.4,
        "AMD's product page: TDP 15 W, from 10 to 25 W as set by makers.",
        _amd(_UNNUMBERED, "164C", "lucienne|renoir"),
    ),
    _of(
        "ryzen-5-7530u",
        "an AMD Ryzen 5 7530U or 5625U",
        2022,
        12,
        (12, 20, 30),
        0.45,
        "AMD's product page: TDP 15 W; makers let it draw up to 30 W for long.",
        _amd(_UNNUMBERED, "15E7", "barcelo|renoir"),
        also=(8, 16),
    ),
    _of(
        "ryzen-7-5800h",
        "an AMD Ryzen 7 5800H or 5 5600H",
        2021,
        16,
        (35, 50, 70),
        0.35,
        "AMD's product page: TDP 45 W, from 35 to 54 W as set by makers, more in gaming laptops.",
        _amd(_UNNUMBERED, "1638", "cezanne"),
        also=(12,),
        idle_w=BIG_IDLE_W,
    ),
    _of(
        "ryzen-7-7735u",
        "an AMD Ryzen 7 7735U or 6800U",
        2022,
        16,
        (17, 27, 40),
        0.4,
        "AMD's product page: TDP 28 W, from 15 W as set by makers.",
        _amd(r"Radeon(?:\(TM\))? 6[68]0M", "1681", "rembrandt"),
        also=(12,),
    ),
    _of(
        "ryzen-7-7840u",
        "an AMD Ryzen 7 7840U or 8840U",
        2023,
        16,
        (17, 27, 40),
        0.42,
        "AMD's product page: TDP 28 W, from 15 W as set by makers.",
        _amd(r"Radeon(?:\(TM\))? 7[468]0M", "15BF|15C8|1900", "phoenix"),
        also=(12,),
    ),
    _of(
        "snapdragon-x",
        "a Qualcomm Snapdragon X",
        2024,
        10,
        (14, 24, 45),
        0.4,
        "Qualcomm states no TDP; reviews report 20 to 50 W for the whole laptop under load.",
        r"Adreno(?:\(TM\))? X[12]",
        also=(8, 12),
        idle_w=(2.5, 5, 8),
    ),
)
