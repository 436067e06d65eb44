"""What the commands tell people, on stderr: tables of plain text, in which no name can do anything to a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LONGEST = 48
LONGEST_NOTE = 400
HEAVIEST = 8
"""So many layers are listed; all are in the JSON."""
UNITS = ((1e9, "G"), (1e6, "M"), (1e3, "k"))


def say(lines: Iterable[str], quiet: bool) -> None:
    if not quiet:
        print("\n".join(lines), file=sys.stderr, flush=True)


def plain(text: Any, longest: int = LONGEST) -> str:
    """A name out of somebody's file: cut short, and without what a terminal would obey."""
    name = "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in str(text))
    return name if len(name) <= longest else f"{name[: longest - 3]}..."


def amount(value: float | None, unit: str = "") -> str:
    """As in 11.0 MB, 2.77 M or 312; a dash for what is not known."""
    if value is None:
        return "-"
    for size, letter in UNITS:
        if abs(value) >= size:
            return f"{value / size:.3g} {letter}{unit}"
    return f"{value:.3g} {unit}".strip()


def percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.2%}".replace("%", " %")


def table(rows: Sequence[Sequence[Any]]) -> list[str]:
    """Rows with their cells below each other; the first column to the left, the others to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in cells if at < len(row)) for at in range(max(map(len, cells), default=0))]
    return [
        "  ".join(cell.rjust(widths[at]) if at else cell.ljust(widths[at]) for at, cell in enumerate(row)).rstrip()
        for row in cells
    ]


def facts(rows: Iterable[tuple[str, Any]]) -> list[str]:
    """What is what, one a line."""
    pairs = [(name, str(value)) for name, value in rows if value not in (None, "")]
    width = max((len(name) for name, _ in pairs), default=0)
    return [f"{name:<{width}}  {value}" for name, value in pairs]


def tensor(info: Mapping[str, Any]) -> str:
    """As in ``image float32 [batch, 1, 28, 28]``."""
    return f"{plain(info['name'])} {plain(info['dtype'])} {shape(info['shape'])}"


def shape(sizes: Sequence[Any] | None) -> str:
    if sizes is None:
        return "of any shape"
    return f"[{', '.join('?' if size is None else plain(size) for size in sizes)}]"


def interval(figure: Mapping[str, Any] | None) -> str:
    """A share with its interval, as in ``98.10 % (97.81 to 98.35)``."""
    if figure is None:
        return "-"
    if figure.get("low") is None or figure.get("high") is None:
        return percent(figure["value"])
    return f"{percent(figure['value'])} ({figure['low'] * 100:.2f} to {figure['high'] * 100:.2f})"


def sentence(says: str) -> str:
    """A sentence that goes on after a colon."""
    return says[:1].lower() + says[1:]


def notes(told: Iterable[Mapping[str, Any]]) -> list[str]:
    return [f"note: {plain(each['text'], LONGEST_NOTE)}" for each in told]
