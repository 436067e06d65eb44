"""Reads mails as people have them: pasted text as it is, a raw mail (RFC 5322, MIME) as its subject and its words.

A mail may come from anybody and be broken in any way. Nothing in here raises, and nothing takes longer than the mail is
long, which is why it is taken apart here: the standard library's parsers of mails and of HTML take the square of it.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator, Mapping
from encodings import aliases, normalize_encoding
from html import unescape

from . import KNOWN, Reading, header

DEEPEST = 10
"""Mails in mails and parts in parts are opened so far down; what is deeper is left out."""
MOST_PARTS = 1000
"""So many parts of one part are read."""
LONGEST_FIELD = 4096
"""So many bytes of a header's field are looked at."""
CHARSETS = frozenset(
    codecs.lookup(name).name
    for name in (
        *(f"cp{number}" for number in (437, 850, 866, 874, 932, 949, 950, *range(1250, 1259))),
        *(f"iso8859-{number}" for number in (*range(2, 12), *range(13, 17))),
        *("utf-7", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8-r", "koi8-u", "mac-roman"),
        *("big5", "euc-jp", "euc-kr", "gb2312", "gbk", "gb18030", "hz", "iso2022_jp", "iso2022_kr", "shift_jis"),
    )
)
"""Those that are read, here and there; looked up at once, since a browser has only what a module imports."""
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; that of UTF-32 begins with that of UTF-16."""
_ELEMENTS = """
address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
head header hr html legend li main nav ol option p pre section select table tbody tfoot thead title tr ul
"""
BLOCKS = frozenset(_ELEMENTS.split())
"""Elements that begin and end a line."""

_FIELD = re.compile(rb"^([!-9;-~]+)[ \t]*:(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_PARAMETER = re.compile(r';\s*(boundary|charset)\s*=\s*(?:"([^"]*)"?|([^\s;"]+))', re.IGNORECASE)
_END_OF_HEADER = re.compile(rb"(?:\A|\n)[ \t]*\n")
_ENCODED = re.compile(rb"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*)\?=([ \t\n]+(?==\?))?")
_MARKUP = re.compile(
    r"<!--.*?(?:--!?>|\Z)"
    r"|<(?P<hidden>script|style)\b[^>]*+(?:>.*?(?:</(?P=hidden)\b[^>]*+(?:>|\Z)|\Z)|\Z)"
    r"""|</?(?P<name>[a-z][^\s/>]*+)(?:[^>"']|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z)"""
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
"""A comment, an element that is not shown, a tag, a declaration. What never closes goes to the end, as in browsers."""


def read(text: str) -> Reading:
    """A text as it was pasted: as it is, or of a raw mail its subject, a line break, and its body."""
    found = header(text)
    if found is None:
        return Reading(text, False)
    fields, body = (part.encode("utf-8", "replace") for part in (found["fields"], text[found.end() :]))
    return Reading(_whole(fields, body, pasted=True), True)


def read_bytes(data: bytes) -> Reading:
    """A file: a raw mail, or text in the encoding that its byte order mark tells, in UTF-8 or else in Windows-1252."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return read(data.decode(name, "replace").removeprefix("\ufeff"))
    found = header(data.decode("latin-1"))  # places stay the same
    if found is None:
        return Reading(_guessed(data), False)
    return Reading(_whole(data[slice(*found.span("fields"))], data[found.end() :], pasted=False), True)


def _whole(fields: bytes, body: bytes, pasted: bool) -> str:
    """Subject and body of a mail; ``pasted``: as text in UTF-8, whatever charset its header told before that."""
    return _message(_fields(_lines(fields)), _lines(body), pasted, 0).strip()


def _message(fields: Mapping[str, bytes], body: bytes, pasted: bool, depth: int) -> str:
    return f"{_subject(fields.get('subject', b''))}\n{_words(fields, body, pasted, depth)}"


def _lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _fields(head: bytes) -> dict[str, bytes]:
    """The fields by their names in lower case, of several the first, cut to LONGEST_FIELD."""
    fields: dict[str, bytes] = {}
    for name, value in _FIELD.findall(head):
        fields.setdefault(name.decode("ascii").lower(), value[:LONGEST_FIELD])
    return fields


def _words(fields: Mapping[str, bytes], body: bytes, pasted: bool, depth: int) -> str:
    """What a person reads of one part and of the parts in it; "" of what is attached."""
    if fields.get("content-disposition", b"").strip().lower().startswith(b"attachment"):
        return ""
    stated = fields.get("content-type", b"").decode("latin-1").strip()
    kind = stated.partition(";")[0].strip().lower() or "text/plain"
    parameters = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(stated)}
    if kind.startswith("multipart/") or kind == "message/rfc822":
        if depth == DEEPEST:
            return ""
        if kind == "message/rfc822":
            inner = _unpacked(fields, body)
            return _message(*next(_opened([_lines(inner)])), pasted and inner is body, depth + 1)
        parts = _split(body, parameters.get("boundary", ""))
        if parts:
            return _joined(kind, parts, pasted, depth + 1)
    elif not kind.startswith("text/") and "/" in kind:
        return ""
    data = _unpacked(fields, body)
    text = _decoded(data, "utf-8" if pasted and data is body else parameters.get("charset", ""))
    return _shown(text) if kind == "text/html" else text.replace("\r\n", "\n").replace("\r", "\n")


def _joined(kind: str, parts: list[bytes], pasted: bool, depth: int) -> str:
    """All parts; of alternatives the plain text unless it is empty, else the first that has words."""
    opened = list(_opened(parts))
    if kind == "multipart/alternative":
        opened.sort(key=lambda part: b"html" in part[0].get("content-type", b"").lower())
    texts = (text for fields, body in opened if (text := _words(fields, body, pasted, depth).strip()))
    return next(texts, "") if kind == "multipart/alternative" else "\n".join(texts)


def _opened(parts: list[bytes]) -> Iterator[tuple[dict[str, bytes], bytes]]:
    """Fields and body of each part; one that begins with no field that is known is all body."""
    for part in parts:
        end = _END_OF_HEADER.search(part)
        if end is not None and end.start() == 0:
            yield {}, part[end.end() :]
            continue
        fields = _fields(part[: end.start()] if end else part) if _FIELD.match(part) else {}
        if KNOWN & fields.keys():
            yield fields, part[end.end() :] if end else b""
        else:
            yield {}, part


def _split(body: bytes, boundary: str) -> list[bytes]:
    """The parts between the lines that are the boundary; the last one may lack its end."""
    if not boundary.strip():
        return []
    mark = re.escape(boundary.rstrip().encode("latin-1"))
    parts: list[bytes] = []
    start: int | None = None
    for line in re.finditer(rb"^--" + mark + rb"(--)?[ \t]*$", body, re.MULTILINE):
        if len(parts) == MOST_PARTS:
            return parts
        if start is not None:
            parts.append(body[start : max(start, line.start() - 1)])
        start = None if line[1] else line.end() + 1
    return parts if start is None else [*parts, body[start:]]


def _unpacked(fields: Mapping[str, bytes], body: bytes) -> bytes:
    """The body without its transfer encoding; the very same where it has none."""
    encoding = fields.get("content-transfer-encoding", b"").strip().lower()
    if encoding == b"quoted-printable":
        return binascii.a2b_qp(body)
    return _from_base64(body) if encoding == b"base64" else body


def _from_base64(data: bytes) -> bytes:
    """As much as can be had: what does not belong is skipped, and a cut end is left out."""
    digits = re.sub(rb"[^A-Za-z0-9+/=]+", b"", data).partition(b"=")[0]
    digits = digits[: len(digits) - (len(digits) % 4 == 1)]
    return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))


def _subject(value: bytes) -> str:
    """A field's text in one line, with the words that RFC 2047 encodes."""
    pieces: list[tuple[bytes, str]] = []
    place, goes_on = 0, False
    for word in _ENCODED.finditer(value):
        charset, how, packed = word[1].decode("latin-1"), word[2], word[3]
        data = _from_base64(packed) if how in b"bB" else binascii.a2b_qp(packed, header=True)
        if goes_on and word.start() == place and pieces[-1][1] == charset:
            pieces[-1] = (pieces[-1][0] + data, charset)  # a letter's bytes may be in two words
        else:
            pieces += [(value[place : word.start()], ""), (data, charset)]
        place, goes_on = word.end(), word[4] is not None
    pieces.append((value[place:], ""))
    return " ".join("".join(_decoded(data, charset) for data, charset in pieces).split())


def _decoded(data: bytes, charset: str) -> str:
    """In the charset that was told, if it is one of CHARSETS."""
    name = normalize_encoding(charset.strip().lower()) if charset.isascii() else ""
    name = aliases.aliases.get(name, name).replace("_", "-")
    known = next((each for each in (name, name.replace("-", "_")) if each in CHARSETS), None)
    if known is None:  # also of ASCII and Latin-1: what is said to be these is often more, which browsers know, too
        return _guessed(data)
    return data.decode(known, "replace").removeprefix("\ufeff")


def _guessed(data: bytes) -> str:
    """In UTF-8, which hardly anything else is by chance, or else in Windows-1252."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _shown(html: str) -> str:
    """The words of HTML, in the lines in which they are shown."""
    pieces, place = [], 0
    for markup in _MARKUP.finditer(html):
        pieces.append(_plain(html[place : markup.start()]))
        name = (markup["name"] or "").lower()
        pieces.append("\n" if name in BLOCKS else " " if name in ("td", "th", "img") else "")
        place = markup.end()
    pieces.append(_plain(html[place:]))
    return re.sub(r" *\n[ \n]*", "\n", re.sub(r" {2,}", " ", "".join(pieces))).strip()


def _plain(text: str) -> str:
    """Characters for their names, one space for any white space."""
    text = re.sub(r"[ \t\n\r\f]+", " ", text)
    try:
        return unescape(text).replace("\xa0", " ")
    except ValueError:  # a number of thousands of digits
        return text
