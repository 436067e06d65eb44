"""Splits a whole mailbox, or a file of many texts, into its texts: bytes in, in pieces of any size, rows out.

However large the file is, no more than one text and one piece are held. Whatever the bytes are, what can be read comes
out, and a note says what was wrong with it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from encodings import utf_16  # noqa: F401 (named here so that it is among what a browser gets)

from ..errors import InputError, brief
from . import table
from .table import Ended, Raw, decode

LONGEST = 2_000_000
"""Letters of one text; the rest of it is left out."""
MOST_BYTES = 4 * LONGEST
"""What so many letters can take as UTF-8."""
WINDOW_BYTES = 512
"""What is looked at to tell whether a line that begins with "From " begins a mail."""

NOTES = {
    "empty": "there is nothing in it",
    "long": f"longer than {LONGEST:,} letters: the rest was left out",
    "cut": "the file seems to be cut off in the middle of it",
    "begun": "the file seems to begin in the middle of it",
    "quote": "a quote in its line is not closed as it should be: the line was taken as it stands",
    "lacking": "its row has no such column",
    "beginning": "only its beginning was read, as of a single long text",
    "unread": "there is no letter or digit to read",
    "refused": "it could not be used",
}
"""What is wrong with a text, by the code that a row's note has."""

FORMATS = {
    "mbox": (".mbox", ".mbx", ".mboxrd"),
    "eml": (".eml",),
    "csv": (".csv", ".tsv"),
    "txt": (".txt", ".text", ".log", ".md"),
}
_ARCHIVES = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"%PDF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xfd7zXZ",
    b"!BDN",
    b"\xd0\xcf\x11\xe0",
)
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = bytes({*range(32)} - {*b"\t\n\v\f\r\b\x1b"} | {127})
_DATED = re.compile(rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d:\d\d.*\b\d{4}\b")
_HEADER = re.compile(rb"(?:>?From [^\n]*\n)?[!-9;-~]{1,76}[ \t]*:")
_KNOWN = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to)[ \t]*:",
    re.I | re.M,
)
_QUOTED = re.compile(rb"^>(>*From )", re.M)
_BLANK = re.compile(rb"\r?\n[ \t]*\r?\n")
_BOUNDARY = re.compile(rb"""boundary[ \t]*=[ \t]*"?([^"\s;]{1,70})""", re.I)


@dataclass(frozen=True)
class Row:
    """One text."""

    index: int
    """Its number in the file, from 1."""
    text: str
    note: str
    """One of NOTES, or ""."""


def sniff(name: str, first: bytes) -> str:
    """What a file is: "mbox", "eml", "csv" or "txt", by its beginning where that says it, else by its name.

    Raises InputError for what is no text.
    """
    if first.startswith((codecs.BOM_UTF32_LE, *_ARCHIVES)) or _is_binary(first):
        raise InputError(
            "file",
            f"{brief(name)} is no text: unpack what is packed, save a table as CSV and a document as plain text, then "
            "give .mbox, .eml, .csv or .txt",
            "mailbox-binary",
            {"name": name[:60]},
        )
    start = beginning(first)
    ending = "." + name.lower().rpartition(".")[2]
    known = next((form for form, endings in FORMATS.items() if ending in endings), None)
    if known in ("mbox", "csv"):
        return known
    if _begins_mail(start[:WINDOW_BYTES], True):
        return "mbox"
    head = _BLANK.split(start, maxsplit=1)[0]
    is_mail = bool(_HEADER.match(head)) and len(_KNOWN.findall(head)) >= 2
    return "eml" if is_mail else known or "txt"


def _is_binary(first: bytes) -> bool:
    if first.startswith(_UTF_16):
        return False
    odd = len(first) - len(first.translate(None, _CONTROL))
    return b"\0" in first or odd * 20 > len(first)


def beginning(first: bytes) -> bytes:
    """The first bytes of a file as UTF-8, without a byte order mark and blank lines."""
    if first.startswith(_UTF_16):
        return first.decode("utf-16", "replace").encode("utf-8", "replace")
    return first.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n")


class Texts:
    """The texts of one file, whose bytes are fed in pieces of any size; the rows of a piece are read before the next.

    ``form`` is what ``sniff`` says. ``column`` and ``header`` are of a table: see ``table.texts``; where a table has no
    such column, InputError is raised when its first row is there. Nothing else raises.
    """

    def __init__(self, form: str, column: str | int | None = None, header: bool | None = None) -> None:
        self.form = form
        self.count = 0
        """Texts that came out."""
        self._data = bytearray()
        self._ended = False
        self._head: bytes | None = b""
        self._decoder: codecs.IncrementalDecoder | None = None
        data, ended = self._data, lambda: self._ended
        self._raw: Iterator[Raw | None] = {
            "mbox": lambda: _mbox(data, ended),
            "eml": lambda: _eml(data, ended),
            "csv": lambda: table.texts(data, ended, MOST_BYTES, column, header),
            "txt": lambda: table.plain(data, ended, MOST_BYTES),
        }[form]()

    def feed(self, piece: bytes) -> Iterator[Row]:
        """The texts that are complete with this piece."""
        self._data += self._utf8(piece, False)
        yield from self._rows()

    def close(self) -> Iterator[Row]:
        """The rest: no more pieces come."""
        self._data += self._utf8(b"", True)
        self._ended = True
        yield from self._rows()

    def _utf8(self, piece: bytes, final: bool) -> bytes:
        """The piece without a byte order mark, and as UTF-8 where that says that it is UTF-16."""
        if self._head is not None:
            self._head += piece
            if len(self._head) < 3 and not final:
                return b""
            piece, self._head = self._head, None
            if piece.startswith(_UTF_16):
                self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
            else:
                piece = piece.removeprefix(codecs.BOM_UTF8)
        return piece if self._decoder is None else self._decoder.decode(piece, final).encode("utf-8", "replace")

    def _rows(self) -> Iterator[Row]:
        for raw in self._raw:
            if raw is None:
                return
            content, note = raw
            cut = note == "long"
            text = (_mail_text(content, cut) if self.form in ("mbox", "eml") else decode(content, cut)).strip("\r\n")
            if len(text) > LONGEST:
                text, note = text[:LONGEST], "long"
            self.count += 1
            yield Row(self.count, text, note or ("" if text and not text.isspace() else "empty"))


def _mail_text(raw: bytes, cut: bool) -> str:
    """As it stands where it is UTF-8; else it is taken apart at once, by the charsets that it names."""
    try:
        return codecs.utf_8_decode(raw, "strict", not cut)[0]
    except UnicodeDecodeError:
        from .mail import read_bytes  # not every file has mails

        return read_bytes(raw).text


def _mbox(data: bytearray, ended: Ended) -> Iterator[Raw | None]:
    """The mails of an mbox, without their From_ lines, and with what those made others quote put right."""
    while len(data) < WINDOW_BYTES and not ended():
        yield None
    first = not _begins_mail(bytes(data[:WINDOW_BYTES]), True)
    if not first:
        yield from _drop_line(data, ended)
    kept: bytes | None = None
    seen = 0
    while True:
        found = data.find(b"\nFrom ", seen)
        if found < 0 and not ended():
            seen = max(0, len(data) - 16)
            if kept is None and seen > MOST_BYTES:
                kept = bytes(data[:MOST_BYTES])
            if kept is not None:
                del data[:seen]
                seen = 0
            yield None
        elif found < 0:
            break
        elif len(data) - found <= WINDOW_BYTES and not ended():
            seen = found
            yield None
        elif _begins_mail(bytes(data[found + 1 : found + 1 + WINDOW_BYTES]), _after_blank(data, found)):
            raw = _one_mail(bytes(data[: found + 1]), kept)
            if not first:
                yield raw
            elif raw[0].strip():
                yield _in_the_middle(raw)
            del data[: found + 1]
            yield from _drop_line(data, ended)
            first, kept, seen = False, None, 0
        else:
            seen = found + 1
    mail, note = _one_mail(bytes(data), kept)
    if mail.strip() or not first:
        note = note or ("cut" if _is_cut(mail) else "")
        yield _in_the_middle((mail, note)) if first else (mail, note)


def _one_mail(raw: bytes, kept: bytes | None) -> Raw:
    if kept is None and len(raw) > MOST_BYTES:
        kept = raw[:MOST_BYTES]
    mail = raw if kept is None else kept
    return _QUOTED.sub(rb"\1", mail) if b">From " in mail else mail, "" if kept is None else "long"


def _in_the_middle(mail: Raw) -> Raw:
    """What comes before the first From_ line: a mail all the same where it has a head."""
    return mail if _HEADER.match(mail[0].lstrip()) else (mail[0], mail[1] or "begun")


def _begins_mail(window: bytes, after_blank: bool) -> bool:
    """Whether a From_ line begins here: by its date, or by the head of a mail that follows it.

    mbox as RFC 4155 describes it, and as programs write it: others leave the date out.
    """
    if not window.startswith(b"From "):
        return False
    line, _, after = window.partition(b"\n")
    return bool(_DATED.match(line)) or (after_blank and bool(_HEADER.match(after)))


def _after_blank(data: bytearray, newline: int) -> bool:
    return newline == 0 or data[max(0, newline - 2) : newline].endswith((b"\n", b"\n\r"))


def _drop_line(data: bytearray, ended: Ended) -> Iterator[None]:
    while (end := data.find(b"\n")) < 0 and not ended():
        data.clear()
        yield None
    del data[: len(data) if end < 0 else end + 1]


def _is_cut(mail: bytes) -> bool:
    """Whether the last mail of a file lacks its end: of its last line, of its head, or of its parts."""
    if not mail.endswith(b"\n"):
        return True
    head = _BLANK.split(mail, maxsplit=1)
    boundary = _BOUNDARY.search(head[0])
    return len(head) < 2 or (boundary is not None and b"--" + boundary[1] + b"--" not in head[1])


def _eml(data: bytearray, ended: Ended) -> Iterator[Raw | None]:
    """The one mail of a file."""
    kept: bytes | None = None
    while not ended():
        if len(data) > MOST_BYTES:
            kept = kept if kept is not None else bytes(data[:MOST_BYTES])
            data.clear()
        yield None
    mail = kept if kept is not None else bytes(data[:MOST_BYTES])
    long = kept is not None or len(data) > MOST_BYTES
    data.clear()
    head = _BLANK.split(mail, maxsplit=1)
    boundary = _BOUNDARY.search(head[0])
    cut = boundary is not None and b"--" + boundary[1] + b"--" not in head[-1]
    yield mail, "long" if long else "cut" if cut else ""
