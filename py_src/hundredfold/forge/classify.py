"""`hundredfold classify`: sorts whole mailboxes, tables and texts, as the page does with what is dropped on it."""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TextIO, TypeVar

from .. import environment
from ..app import handle
from ..environment import UsageError
from ..errors import HundredfoldError, InputError, brief
from ..exhibits import EXHIBITS
from ..manifest import Manifest, Variant
from ..session import OpenSession
from ..text.mailbox import NOTES, Row, Texts, sniff
from ..trust import verdict
from ..verbs.mailbox import answered
from .command import Metered

T = TypeVar("T")

PIECE_BYTES = 1 << 20
SNIFFED_BYTES = 65_536
CHECKED_VECTORS = 2
"""Golden vectors that a variant must pass, as in the browser."""
REPORT_EVERY_S = 1.0
COLUMNS = ("file", "index", "label", "score", "note", "text")
FORMULA = ("=", "+", "-", "@", "\t")
"""What a spreadsheet would compute: anybody may have written what stands in a mail."""


class Progress:
    """Says on stderr how far it is, how quick, and how long it still takes; one line where that can be written anew."""

    def __init__(self, total_bytes: int, stream: TextIO, clock: Callable[[], float]) -> None:
        self.total_bytes, self.stream, self.clock = total_bytes, stream, clock
        self.start = self.told = clock()
        self.bytes = self.count = 0

    def tell(self, final: bool = False) -> None:
        now = self.clock()
        anew = self.stream.isatty()
        if not final and now - self.told < (REPORT_EVERY_S if anew else 10 * REPORT_EVERY_S):
            return
        self.told = now
        spent = max(now - self.start, 1e-9)
        left = spent * (self.total_bytes - self.bytes) / self.bytes if self.bytes else 0.0
        rest = "" if final or not self.bytes or self.bytes > self.total_bytes else f", about {left:.0f} s left"
        line = f"{self.count:,} texts, {self.count / spent:,.0f} a second{rest}"
        print(f"\r{line:<70}" if anew else line, end="\n" if final or not anew else "", file=self.stream, flush=True)


def texts_of() -> list[str]:
    """The exhibits that read a text."""
    return [name for name in EXHIBITS if "text" in EXHIBITS[name].input_schema.get("properties", {})]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("exhibit", choices=texts_of())
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".mbox, .eml, .csv or .txt")
    parser.add_argument("--out", required=True, type=Path, metavar="OUT.csv", help=f"has {', '.join(COLUMNS)}")
    parser.add_argument("--variant", help="default: the one that runs here")
    parser.add_argument("--column", help="of tables: a column's name, or its number from 1; default: it is found out")
    parser.add_argument("--no-header", action="store_true", help="a table's first row has no names, but a text")
    parser.add_argument("--force", action="store_true", help="write over OUT.csv")


def classify(arguments: argparse.Namespace, metered: Metered) -> dict[str, Any]:
    """``{exhibit, variant, n, counts: {label: n}, noted, elapsed_s, rate_per_s, energy}``; joules are the machine's.

    Raises UsageError for what can not be asked, before anything is written, and KeyboardInterrupt with what to say.
    """
    from ..adapters.native import opener

    models, out = environment.models(), arguments.out
    manifest = Manifest.load(models / "manifest.json", each_alone=True)
    if reason := manifest.refused.get(arguments.exhibit):
        raise UsageError(reason)
    ladder = manifest.ladder(arguments.exhibit)
    variant = ladder.default("here") if arguments.variant is None else ladder.by_id(arguments.variant)
    if variant is None:
        known = ", ".join(each.id for each in ladder.variants)
        raise UsageError(f"--variant must be one of {known}, not {brief(arguments.variant)}")
    header = False if arguments.no_header else None
    forms = {path: _form(path, arguments.column, header) for path in arguments.files}
    open_session = opener(models)
    _check(variant, models, partial(handle, open_session=open_session, manifest=manifest))
    _check_out(out, arguments.files, arguments.force)
    meter, says = metered()
    progress = Progress(sum(path.stat().st_size for path in forms), sys.stderr, time.perf_counter)
    counts: dict[str, int] = {}
    noted: dict[str, int] = {}
    window, start = meter.start(variant.model_id), time.perf_counter()
    with out.open("w", newline="", encoding="utf-8") as file:
        try:
            for label, note in _written(file, forms, arguments.column, header, variant, open_session, progress):
                counts[label] = counts.get(label, 0) + 1
                if note:
                    noted[note] = noted.get(note, 0) + 1
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"stopped: {out} has the answers to the first {progress.count:,} texts") from None
        except OSError as error:
            why = error.strerror or error
            raise HundredfoldError(f"{why}; {out} has the answers to the first {progress.count:,} texts") from None
    elapsed_s = time.perf_counter() - start
    watts = window.stop().active_w.range
    progress.tell(final=True)
    return {
        "exhibit": variant.exhibit,
        "variant": variant.id,
        "n": progress.count,
        "counts": counts,
        "noted": noted,
        "elapsed_s": round(elapsed_s, 3),
        "rate_per_s": round(progress.count / elapsed_s, 1),
        "energy": {
            "joules": {end: getattr(watts, end) * elapsed_s for end in ("low", "mid", "high")},
            "meter": says,
        },
    }


def _written(
    file: TextIO,
    forms: Mapping[Path, str],
    column: str | None,
    header: bool | None,
    variant: Variant,
    open_session: OpenSession,
    progress: Progress,
) -> Iterator[tuple[str, str]]:
    """Write a row for each text; yields its label, "none" where there is none, and its note."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    exhibit, session = EXHIBITS[variant.exhibit], _now(open_session(variant))
    for path, form in forms.items():
        for row in _rows(path, Texts(form, column, header), progress):
            told = _now(answered(exhibit, session, row))
            head = f"'{told.head}" if told.head.startswith(FORMULA) else told.head
            score = "" if told.label is None else f"{told.score:.4f}"
            writer.writerow((path, row.index, told.label or "", score, NOTES.get(told.note, ""), head))
            progress.count += 1
            progress.tell()
            yield told.label or "none", told.note


def _rows(path: Path, texts: Texts, progress: Progress) -> Iterator[Row]:
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield from texts.feed(piece)
            progress.bytes += len(piece)
    yield from texts.close()


def _form(path: Path, column: str | None, header: bool | None) -> str:
    """What a file is; raises UsageError for one that can not be read, and for a table without the column."""
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder: name the files in it, as in {path}/*.eml")
        with path.open("rb") as file:
            first = file.read(SNIFFED_BYTES)
        form = sniff(path.name, first)
        for _ in Texts(form, column, header).feed(first):
            break
    except InputError as error:
        raise UsageError(f"{path}: {error}") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"{str(path)!r} can not be read: {why}") from None
    return form


def _check_out(out: Path, files: list[Path], force: bool) -> None:
    """Raise UsageError unless ``out`` may be written."""
    try:
        if any(out.exists() and out.samefile(path) for path in files):
            raise UsageError(f"--out {out} is one of the files that are read: name another")
        if out.exists() and not force:
            raise UsageError(f"--out {out} is there already: name another, or add --force to write over it")
        with out.open("a"):
            pass
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"--out {str(out)!r} can not be written: {why}") from None


def _check(variant: Variant, models: Path, ask: Callable[..., Any]) -> None:
    """Raise HundredfoldError unless the variant's golden vectors come out here as they were recorded."""
    where = "here" if "here" in variant.runs else "there"
    try:
        golden = (models / variant.golden).read_bytes()
    except OSError as error:
        raise HundredfoldError(f"{variant.golden} can not be read ({error.strerror}): git checkout models/") from None
    found = _now(verdict(variant, golden, where, ask, CHECKED_VECTORS))
    if not found.agrees:
        detail = "its golden vectors come out differently here than recorded: choose another --variant"
        raise HundredfoldError(f"{variant.model_id} is not used: {found.why or detail}")


def _now(answer: Awaitable[T]) -> T:
    """The result of what waits for nothing: an event loop would keep Ctrl-C to itself meanwhile."""
    steps = answer.__await__()
    try:
        next(steps)
    except StopIteration as done:
        value: T = done.value
        return value
    raise RuntimeError("an answer waits for something, which a native session does not")
