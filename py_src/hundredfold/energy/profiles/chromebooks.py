"""Chromebooks: small processors, by Intel or for phones; idle with the screen on. Others have a laptop's profile."""

from .profile import Clues, Profile, Three, by_limit, intel

IDLE_W: Three = (2.5, 4.5, 7.5)
IDLE = "Idle: reviews with a plug meter and makers' hours on a battery, screen on."


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
) -> Profile:
    name, knows = f"Chromebook with {chip}", Clues(graphics=graphics, threads=also)
    return by_limit(id_, name, "chromebook", year, threads, limit_w, share, IDLE_W, f"{source} {IDLE}", knows)


CHROMEBOOKS = (
    _of(
        "chromebook-n4020",
        "an Intel Celeron N4000 or N4020",
        2018,
        2,
        (4.5, 6, 9),
        0.6,
        "Intel's product page: TDP 6 W.",
        intel("UHD Graphics 600", mesa="GLK"),
    ),
    _of(
        "chromebook-n4120",
        "an Intel Celeron N4100 or N4120",
        2018,
        4,
        (5, 7, 11),
        0.45,
        "Intel's product page: TDP 6 W.",
        intel("UHD Graphics 60[05]", mesa="GLK"),
    ),
    _of(
        "chromebook-n4500",
        "an Intel Celeron N4500",
        2021,
        2,
        (5, 6.5, 10),
        0.6,
        "Intel's product page: TDP 6 W.",
        intel(bare="UHD Graphics", mesa="JSL"),
    ),
    _of(
        "chromebook-n100",
        "an Intel N100",
        2023,
        4,
        (6, 9, 15),
        0.45,
        "Intel's product page: TDP 6 W; makers allow more.",
        intel(bare="UHD Graphics", mesa="ADL-N"),
    ),
    _of(
        "chromebook-kompanio-500",
        "a MediaTek Kompanio 500 (MT8183) or 520",
        2020,
        8,
        (2, 3.5, 6),
        0.4,
        "MediaTek states no TDP; four Cortex-A73 and four A53 cores at 2 GHz draw 3 to 5 W by measurements of phones.",
        r"Mali-G72|Mali-G52",
    ),
    _of(
        "chromebook-snapdragon-7c",
        "a Qualcomm Snapdragon 7c",
        2020,
        8,
        (2.5, 4.5, 7),
        0.4,
        "Qualcomm states no TDP; other sources name 5 to 7 W, and its cores are those of a phone of the middle class.",
        r"Adreno(?: \(TM\)|\(TM\))? 618|\bFD618\b",
    ),
    _of(
        "chromebook-arm-old",
        "a MediaTek MT8173 or Rockchip RK3399",
        2016,
        4,
        (2, 3.5, 6),
        0.5,
        "Their makers state no TDP; users of boards with the same chips read 3 to 5 W more under load than idle.",
        r"GX6250|Mali-T8[36]0|Mali-T76\d",
        also=(6,),
    ),
)
