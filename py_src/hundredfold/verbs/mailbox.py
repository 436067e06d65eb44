"""mailbox: a whole file of texts, fed in pieces and answered as they come out of it; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..errors import InputError, brief
from ..exhibit import Exhibit
from ..manifest import Variant
from ..session import Session
from .asked import Asked, unusable
from .many import answer_to, score

MOST_BOXES = 4
"""Files that may be under way; one more ends the oldest."""
MOST_PIECE = 1 << 20
"""Bytes of one piece."""
HEAD_LETTERS = 80
"""Letters of a text that are told, in one line."""
BUDGET_MS = 50.0
"""An answer comes after about so long, whatever is left to do, so that others get their turn."""
DECIMALS = 4
"""Of a score."""
KEPT = "mailbox"
"""Where the files that are under way lie between requests."""


class Answered(NamedTuple):
    """One text's answer, as it is listed."""

    label: str | None
    score: float
    """Of the second label; 0 where there is none."""
    head: str
    note: str
    """One of text.mailbox.NOTES, or ""."""
    names: list[str]
    """Both labels; empty where it could not be used."""


@dataclass
class Box:
    """A file that is under way."""

    form: str
    texts: Any
    rows: Iterator[Any]
    """What the latest piece has not given yet."""
    last: bool = False
    """There is no further piece."""
    more: bool = False
    """``rows`` has some left."""
    names: list[str] = field(default_factory=list)


async def answer(asked: Asked) -> dict[str, Any]:
    """What ``act`` asks: to ``look`` at a file's beginning, to ``open`` one, to ``feed`` it, or to ``close`` it early.

    - look: ``{name, piece, header?}`` -> ``{form, header, columns: [{name, example}], column}``; columns of a table.
    - open: ``{box, name, piece, last, column?, header?}`` and feed: ``{box, piece?, last?}`` -> ``{form, variant,
      names, first, labels, scores, heads, notes, more, done, elapsed_ms}``. With ``more``, ask again without a piece
      before the next one. ``labels`` are places in ``names``, -1 where there is nothing to read; ``first`` is the
      number of the first row, from 1; ``notes`` are codes of text.mailbox.NOTES by a row's place in this answer.
    - close: ``{box}`` -> ``{}``.

    A piece is text whose letters stand for one byte each (Latin-1). ``budget_ms`` bounds how long one answer takes.
    """
    act = asked.request.get("act")
    if act == "look":
        return _look(asked)
    if asked.episodes is None:
        raise unusable("do", "Files are fed on the visitor's own device alone: ask for many there.")
    boxes = asked.episodes.pop(KEPT, None)
    asked.episodes[KEPT] = boxes = boxes if isinstance(boxes, dict) else {}
    name = asked.request.get("box")
    if not isinstance(name, str) or not 0 < len(name) <= 60:
        raise unusable("box", f"box must be a name of up to 60 letters for the file, not {brief(name)}")
    if act == "close":
        boxes.pop(name, None)
        return {}
    budget_s, variant = asked.number("budget_ms", BUDGET_MS, 1, 1000) / 1e3, asked.variant
    if act == "open":
        box = _open(asked)
        boxes.pop(name, None)
        while len(boxes) >= MOST_BOXES:
            boxes.pop(next(iter(boxes)))
    elif act == "feed":
        box = boxes.pop(name, None)
        if box is None:
            raise unusable("box", f"no file {brief(name)} is open: begin it anew")
        boxes[name] = box
        _feed(asked, box)
        del boxes[name]
    else:
        raise unusable("act", f"act must be look, open, feed or close, not {brief(act)}")
    told = await _answers(asked, box, variant, budget_s)
    if not told["done"]:
        boxes[name] = box
    return told


def _look(asked: Asked) -> dict[str, Any]:
    from ..text import mailbox, table

    piece = _piece(asked)
    form = mailbox.sniff(_name(asked), piece)
    if form != "csv":
        return {"form": form, "header": False, "columns": [], "column": 0}
    return {"form": form, **table.look(mailbox.beginning(piece), mailbox.MOST_BYTES, _header(asked))}


def _open(asked: Asked) -> Box:
    from ..text import mailbox  # a first answer needs none of it

    if "text" not in asked.exhibit.input_schema.get("properties", {}):
        raise unusable("exhibit", f"{asked.exhibit.id} reads no text: choose an exhibit that does")
    column = asked.request.get("column")
    if column is not None and (isinstance(column, bool) or not isinstance(column, str | int)):
        raise unusable("column", f"column must be a column's name, its number from 1, or null, not {brief(column)}")
    form = mailbox.sniff(_name(asked), _piece(asked))
    box = Box(form, mailbox.Texts(form, column, _header(asked)), iter(()))
    _feed(asked, box)
    return box


def _feed(asked: Asked, box: Box) -> None:
    """Add a piece, where the request has one."""
    if asked.request.get("piece") is None:
        return
    piece, last = _piece(asked), asked.request.get("last", False)
    if not isinstance(last, bool):
        raise unusable("last", f"last must be true or false, not {brief(last)}")
    if box.last or box.more:
        detail = "the file had its last piece: open it anew" if box.last else "the last piece has more: ask without one"
        raise unusable("piece", detail)
    box.rows, box.last = _rows(box.texts, piece, last), last


def _rows(texts: Any, piece: bytes, last: bool) -> Iterator[Any]:
    yield from texts.feed(piece)
    if last:
        yield from texts.close()


async def _answers(asked: Asked, box: Box, variant: Variant, budget_s: float) -> dict[str, Any]:
    exhibit, clock = asked.exhibit, asked.clock
    session = await asked.open_session(variant)
    labels: list[int] = []
    scores: list[float] = []
    heads: list[str] = []
    notes: dict[str, str] = {}
    start = clock()
    box.more = False
    for row in box.rows:
        told = await answered(exhibit, session, row)
        box.names = box.names or told.names
        labels.append(-1 if told.label is None else box.names.index(told.label))
        scores.append(told.score)
        heads.append(told.head)
        if told.note:
            notes[str(len(labels) - 1)] = told.note
        if clock() - start >= budget_s:
            box.more = True
            break
    return {
        "form": box.form,
        "variant": variant.id,
        "names": box.names,
        "first": box.texts.count - len(labels) + 1,
        "labels": labels,
        "scores": scores,
        "heads": heads,
        "notes": notes,
        "more": box.more,
        "done": box.last and not box.more,
        "elapsed_ms": (clock() - start) * 1e3,
    }


async def answered(exhibit: Exhibit, session: Session, row: Any) -> Answered:
    """What is kept of one text's answer: the same for a dropped file and for one on the command line."""
    note, text = row.note, row.text
    try:
        output = await answer_to(exhibit, session, {"text": text})
    except InputError:
        return Answered(None, 0.0, head(text), "refused", [])
    label = output["label"]
    of_it = 0.0 if label is None else round(score(output) or 0.0, DECIMALS)
    note = note or ("unread" if label is None else "beginning" if output.get("truncated") else "")
    return Answered(label, of_it, head(output.get("read", text)), note, list(output["scores"]))


def head(text: str) -> str:
    """The first letters of a text, in one line."""
    return " ".join(text[: 4 * HEAD_LETTERS].split())[:HEAD_LETTERS]


def _piece(asked: Asked) -> bytes:
    piece = asked.request.get("piece")
    if not isinstance(piece, str) or len(piece) > MOST_PIECE:
        raise unusable("piece", f"piece must be text of up to {MOST_PIECE:,} letters, each of which stands for a byte")
    try:
        return piece.encode("latin-1")
    except UnicodeEncodeError:
        raise unusable("piece", "each letter of piece stands for a byte, so none may be above 255") from None


def _name(asked: Asked) -> str:
    name = asked.request.get("name")
    if not isinstance(name, str) or len(name) > 1000:
        raise unusable("name", f"name must be the file's name, not {brief(name)}")
    return name


def _header(asked: Asked) -> bool | None:
    header = asked.request.get("header")
    if header is not None and not isinstance(header, bool):
        raise unusable(
            "header", f"header must be true, false, or null where it is to be found out, not {brief(header)}"
        )
    return header
