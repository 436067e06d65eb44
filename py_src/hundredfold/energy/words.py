"""Energy in words that a child understands, with no more digits than it deserves: two."""

from __future__ import annotations

from collections.abc import Mapping

from .quantities import Range

ADVICE = "Choosing your device below, or measuring it, tells more."
SIDES = {"here": "there", "there": "here"}


def two_digits(value: float) -> str:
    """12345 -> '12,000', 0.04567 -> '0.046'."""
    if value == 0:
        return "0"
    rounded = float(f"{value:.1e}")
    if rounded >= 1e6:
        for size, name in ((1e9, "billion"), (1e6, "million")):
            if rounded >= size:
                return f"{rounded / size:,.2g} {name}" if rounded < 100 * size else f"{rounded / size:,.0f} {name}"
    if rounded >= 10:
        return f"{rounded:,.0f}"
    if rounded >= 1:
        return f"{rounded:.2g}"
    return f"{rounded:.10f}".rstrip("0") if rounded >= 1e-5 else f"{rounded:.1e}".replace("e-0", "e-")


def ratio_words(ratio: Range | None) -> str:
    """How many times less one answer here takes than one there; ``ratio`` is there over here."""
    if ratio is None:
        return "Nobody can tell which takes less energy: what is not known is larger than the difference."
    if ratio.low >= 1:
        side, less = "here", ratio
    else:
        side, less = "there", Range.exactly(1) / ratio
    about, low, high = (two_digits(value) for value in (less.mid, less.low, less.high))
    takes = f"An answer {side} takes about {about} times less energy than {SIDES[side]}"
    return f"{takes}, somewhere between {low} and {high}."


def break_even_words(uses: Mapping[str, float | None]) -> str:
    """After how many answers the download has paid for itself."""
    low, mid, high = uses["low"], uses["mid"], uses["high"]
    if low is None or mid is None:
        return "An answer here may not take less than one there, so its download may never pay for itself."
    bounds = f"{two_digits(low)} or more" if high is None else f"between {two_digits(low)} and {two_digits(high)}"
    return (
        f"Fetching and starting it takes energy first: here has saved as much after about {two_digits(mid)} answers "
        f"({bounds})."
    )


def lamp_words(here: Range, there: Range) -> str:
    return f"One answer there would light an LED lamp for {duration(there.mid)}, one here for {duration(here.mid)}."


def phone_words(here: Range, there: Range) -> str:
    return f"A full phone battery pays for {two_digits(here.mid)} answers here, or {two_digits(there.mid)} there."


def tea_words(here: Range, there: Range) -> str:
    return f"The heat of one cup of tea: {two_digits(here.mid)} answers here, or {two_digits(there.mid)} there."


EVERYDAY = {"lamp": lamp_words, "phone": phone_words, "tea": tea_words}


def duration(seconds: float) -> str:
    """0.0123 -> '12 thousandths of a second'."""
    for size, name in ((86400.0, "days"), (3600.0, "hours"), (60.0, "minutes")):
        if seconds >= 2 * size:
            return f"{two_digits(seconds / size)} {name}"
    if seconds >= 0.95:
        return f"{two_digits(seconds)} seconds"
    for size, name in ((1e-3, "a thousandth"), (1e-6, "a millionth")):
        if seconds >= 0.95 * size:
            count = two_digits(seconds / size)
            return f"{name} of a second" if count == "1" else f"{count} {name.removeprefix('a ')}s of a second"
    return "less than a millionth of a second"


def co2e_words(here: Range, there: Range, times: int, grid_here: str, grid_there: str) -> str:
    """Of so many answers, since one of them is too little to picture; each side by the grid that it draws from."""
    one, other = (mass(side.mid * times) for side in (here, there))
    own, its = (f"{grid[:1].lower()}{grid[1:]}" for grid in (grid_here, grid_there))
    return f"{times:,} answers here, {own}: {one} of CO2 equivalent. As many there, {its}: {other}."


def mass(grams: float) -> str:
    for size, unit in ((1e3, "kg"), (1.0, "g"), (1e-3, "mg"), (1e-6, "µg")):
        if grams >= size:
            return f"{two_digits(grams / size)} {unit}"
    return f"{two_digits(grams * 1e9)} ng"
