"""The texts of a table (CSV), row by row, or of plain text, line by line, out of bytes that arrive in pieces.

Quotes are those of RFC 4180. One that is not closed, or is followed by something else, spoils its own line alone: that
line is taken as it stands, and says so, and the next row is the next line, so that none is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from encodings import cp1252  # noqa: F401 (named here so that it is among what a browser gets)
from itertools import pairwise
from typing import Any

from ..errors import InputError, brief

Raw = tuple[bytes, str]
"""A text as it stands in the file, and a note on it: one of mailbox.NOTES, or ""."""
Cells = tuple[list[bytes], str]
Ended = Callable[[], bool]
"""Whether no more pieces come."""

SAMPLE_BYTES = 65_536
"""By so much of its beginning a file shows how it is to be read."""
GAP_LINES = 12
"""Where a blank line comes at least once in so many, a plain text's paragraphs are its texts."""
DELIMITERS = (b",", b";", b"\t")
NAMES = ("text", "message", "body", "email", "e-mail", "content", "review", "sentence", "comment", "subject", "phrase")
"""What a column of texts is mostly called, the surest first."""
OTHER_NAMES = {"id", "label", "index", "date", "from", "to", "score", "rating", "category", "class", "title", "name"}
"""What others beside it are: by one of these or of NAMES, a first row is known to be a header."""
SHOWN = 3
"""Rows that are shown of a table before it is read."""


def decode(raw: bytes, cut: bool = False) -> str:
    """UTF-8, or else what most programs that are not asked write, Windows-1252; never raises.

    ``cut``: it may end in the middle of a letter, which is left out.
    """
    try:
        return _whole(raw)[0] if cut else raw.decode()
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _whole(raw: bytes) -> tuple[str, int]:
    import codecs

    return codecs.utf_8_decode(raw, "strict", False)


def texts(
    data: bytearray, ended: Ended, most: int, column: str | int | None, header: bool | None
) -> Iterator[Raw | None]:
    """The texts of one column; None: the next piece is needed, which the caller adds to ``data``.

    ``column`` is a name, or a number from 1; None: the one that its name or else its length speaks for. ``header``
    tells whether the first row has the columns' names; None: it is found out. A row holds at most about ``most`` bytes.
    Raises InputError where there is no such column.
    """
    place, names = -1, None
    for cells in rows(data, ended, most):
        if cells is None:
            yield None
            continue
        found, note = cells
        if names is None:
            names = [decode(name).strip() for name in found]
            if is_header(names, column) if header is None else header:
                if column is not None:
                    place = place_of(names, column, named=True)
                continue
            place = -1 if column is None else place_of(names, column, named=False)
            names = []
        if place < 0:
            place = likely(names, found)
        yield (found[place], note) if place < len(found) else (b"", note or "lacking")


def look(first: bytes, most: int, header: bool | None = None) -> dict[str, Any]:
    """What the beginning of a table shows: ``{header, columns: [{name, example}], column: the likely one, from 1}``."""
    data, found = bytearray(first), list[list[bytes]]()
    for cells in rows(data, lambda: True, most):
        if cells is not None:
            found.append(cells[0])
        if len(found) > SHOWN:
            break
    names = [decode(name).strip() for name in found[0]] if found else []
    has = is_header(names, None) if header is None else header
    below = found[1:] if has else found
    examples = [next((decode(row[i]).strip() for row in below if i < len(row)), "")[:80] for i in range(len(names))]
    columns = [{"name": name if has else "", "example": each} for name, each in zip(names, examples, strict=True)]
    return {
        "header": has,
        "columns": columns,
        "column": likely(names if has else [], below[0] if below else []) + 1,
    }


def is_header(names: list[str], column: str | int | None) -> bool:
    """Whether a first row has the columns' names: by the one that is asked for, or by one that is mostly there."""
    low = {name.casefold() for name in names}
    return (isinstance(column, str) and column.strip().casefold() in low) or bool(low & {*NAMES, *OTHER_NAMES})


def place_of(names: list[str], column: str | int, named: bool) -> int:
    """Where a column is, from 0; raises InputError, which says what there is."""
    low = [name.casefold() for name in names]
    if named and isinstance(column, str) and column.strip().casefold() in low:
        return low.index(column.strip().casefold())
    told = str(column).strip()
    if told.isdecimal() and told.isascii() and len(told) < 9 and 1 <= int(told) <= len(names):
        return int(told) - 1
    there = f" ({', '.join(name[:40] or '-' for name in names[:20])})" if named else ""
    raise InputError(
        "column",
        f"the table has no column {brief(column)}: choose one of its {len(names)}{there} by its name or its number",
        "mailbox-no-column",
        {"column": str(column)[:60], "columns": len(names)},
    )


def likely(names: list[str], row: list[bytes]) -> int:
    """The column that has the texts, from 0: by its name, or as that of the longest cell of one row."""
    low = [name.casefold() for name in names]
    for name in NAMES:
        if name in low:
            return low.index(name)
    return max(range(len(row)), key=lambda place: len(row[place]), default=0)


def rows(data: bytearray, ended: Ended, most: int) -> Iterator[Cells | None]:
    """Every row's cells, with a note; blank lines are none. What was read is taken from ``data``."""
    while not ended() and data.find(b"\n", 0, SAMPLE_BYTES) < 0 and len(data) < SAMPLE_BYTES:
        yield None
    comma = _delimiter(bytes(data[:SAMPLE_BYTES]).partition(b"\n")[0])
    while True:
        while not data and not ended():
            yield None
        if not data:
            return
        cells, note, used = yield from _row(data, ended, most, comma)
        blank = not note and used <= len(b"\r\n") and not data[:used].strip()
        del data[:used]
        if not blank:
            yield cells, note


def _delimiter(line: bytes) -> bytes:
    bare = re.sub(rb'"[^"]*"?', b"", line)
    return max(DELIMITERS, key=bare.count)


def _row(data: bytearray, ended: Ended, most: int, comma: bytes) -> Generator[None, None, tuple[list[bytes], str, int]]:
    """The cells of the row that ``data`` begins with, a note, and how many bytes it takes."""
    end = yield from _end_of_line(data, ended, most)
    if end < 0:
        kept = bytes(data[:most])
        while (end := data.find(b"\n")) < 0 and not ended():
            data.clear()
            yield None
        return _bare(kept, comma), "long", len(data) if end < 0 else end + 1
    line = bytes(data[:end])
    if b'"' not in line:
        return line.removesuffix(b"\r").split(comma), "", end + 1
    cells: list[bytes] = []
    at = 0
    while True:
        while at >= len(data) and not ended():
            yield None
        if data[at : at + 1] == b'"':
            close = yield from _closing(data, ended, most, comma, at + 1)
            if close < 0:
                return _bare(line, comma), "quote", end + 1
            cells.append(bytes(data[at + 1 : close]).replace(b'""', b'"'))
            at = close + 1
            if data[at : at + 1] == b"\r":
                at += 1
        else:
            line_end = yield from _end_of_line(data, ended, most, at)
            if line_end < 0:
                return _bare(line, comma), "quote", end + 1
            stop = data.find(comma, at, line_end)
            cells.append(bytes(data[at:stop]) if stop >= 0 else bytes(data[at:line_end]).removesuffix(b"\r"))
            at = stop if stop >= 0 else line_end
        if data[at : at + 1] != comma:
            return cells, "", at + 1
        at += 1


def _bare(line: bytes, comma: bytes) -> list[bytes]:
    """The cells of a line whose quotes mean nothing."""
    return [cell.strip().strip(b'"') for cell in line.removesuffix(b"\r").split(comma)]


def _end_of_line(data: bytearray, ended: Ended, most: int, at: int = 0) -> Generator[None, None, int]:
    """Where the line ends; -1: further away than ``most``."""
    seen = at
    while (end := data.find(b"\n", seen)) < 0 and len(data) <= most and not ended():
        seen = max(at, len(data))
        yield None
    if end < 0 and ended():
        end = len(data)
    return end if 0 <= end <= most else -1


def _closing(data: bytearray, ended: Ended, most: int, comma: bytes, at: int) -> Generator[None, None, int]:
    """Where a quoted cell's closing quote is; -1: it has none, or none that a cell can end with."""
    while True:
        found = data.find(b'"', at)
        if found > most or (found < 0 and len(data) > most):
            return -1
        after = bytes(data[found + 1 : found + 3]) if found >= 0 else b""
        if (found < 0 or after in (b"", b"\r")) and not ended():
            at = len(data) if found < 0 else found
            yield None
        elif found < 0:
            return -1
        elif after[:1] == b'"':
            at = found + 2
        else:
            ends = after[:1] in (b"", b"\n", comma) or after in (b"\r", b"\r\n")
            return found if ends else -1


def plain(data: bytearray, ended: Ended, most: int) -> Iterator[Raw | None]:
    """The lines of a plain text, or its paragraphs where blank lines come again and again; blank ones are none."""
    while len(data) < SAMPLE_BYTES and not ended():
        yield None
    paragraphs = _has_paragraphs(bytes(data[:SAMPLE_BYTES]))
    held, long = bytearray(), False
    for line in _lines(data, ended, most):
        if line is None:
            yield None
            continue
        content, note = line
        blank = not content.strip()
        if not blank:
            room = max(0, most - len(held))
            long = long or bool(note) or len(content) > room
            held += content[:room]
        if held and (blank or not paragraphs):
            yield bytes(held), "long" if long else ""
            held, long = bytearray(), False
    if held:
        yield bytes(held), "long" if long else ""


def _has_paragraphs(sample: bytes) -> bool:
    lines = [bool(line.strip()) for line in sample.strip().split(b"\n")]
    gaps = sum(1 for here, after in pairwise(lines) if here and not after)
    wrapped = any(here and after for here, after in pairwise(lines))
    return gaps > 0 and wrapped and gaps * GAP_LINES >= sum(lines)


def _lines(data: bytearray, ended: Ended, most: int) -> Iterator[Raw | None]:
    """Every line with its end; of one that is too long, its beginning."""
    seen, kept = 0, b""
    while True:
        end = data.find(b"\n", seen)
        if end < 0 and not ended():
            if not kept and len(data) > most:
                kept = bytes(data[:most])
            if kept:
                data.clear()
            seen = len(data)
            yield None
            continue
        line = bytes(data) if end < 0 else bytes(data[: end + 1])
        del data[: len(line)]
        if line or kept:
            if not kept and len(line) - (end >= 0) > most:
                kept = line[:most]
            yield (kept, "long") if kept else (line, "")
        if end < 0:
            return
        seen, kept = 0, b""
