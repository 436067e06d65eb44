"""WordPiece: a text in the pieces that a transformer was trained on, each with its place in the text.

It gives what PyPI's ``tokenizers`` gives as BertWordPieceTokenizer with its defaults: control characters out, lower
case, no accents, each Chinese character apart, words cut at punctuation, each into the longest pieces of the vocabulary
(Devlin et al., "BERT", 2019; Wu et al., "Google's Neural Machine Translation System", 2016). Two differences are meant:
a text that holds "[SEP]" holds these letters, and can not write the marks themselves; and where accents stand in an
unusual order, places are those in the text.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LONGEST = 100
"""A word of more letters is unknown."""
KEPT, KEPT_LETTERS = 8192, 40
"""So many words of at most so many letters are kept in pieces, since texts repeat them."""
CHINESE = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)
"""Characters that are each a word, as ``tokenizers`` has them (which begins the last but one where BERT has 2B820)."""
CHANGED = {"\u166d": "Po", "\u1734": "Mn", "\U000111c9": "Po"}
"""Characters that had another category in Unicode 8, whose categories ``tokenizers`` has."""
_LATER = """
61d-61d 7fd-7fd 890-8e2 9fd-9fe a76-a76 afa-aff b55-b55 c04-c3c c77-c77 c84-c84 d00-d00 d3b-d3c d81-d81 eba-eba ece-ece
180f-1886 1abf-1ace 1b7d-1b7e 1df6-1dfb 2e43-2e5d a82c-a82c a8c5-a8c5 a8ff-a8ff a9bd-a9bd 10d24-10f89 11070-11074
110c2-110cd 111cf-111cf 1123e-11241 1133b-1133b 11438-1145e 11660-1166c 116b9-116b9 1182f-11fff 12ff1-13455 16e97-16f4f
16fe2-16fe4 1cf00-1cf46 1e000-1e4ef 1e944-1e95f
"""
LATER = tuple(tuple(int(end, 16) for end in each.split("-")) for each in _LATER.split())
"""In here no mark, punctuation or control character is from Unicode 8: to ``tokenizers`` they are letters, and so to
all Pythons, whichever Unicode they have."""

_CHUNK = re.compile(r"[^\t\n\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
"""What stands between white space."""
_SIMPLE = re.compile(r"[!-~]+")
_WORD = re.compile(r"[a-z0-9]+|[!-/:-@\[-`{-~]")
"""Of a simple chunk in lower case."""


class Pieces(NamedTuple):
    """A text in pieces."""

    ids: list[int]
    """Of the pieces, [CLS] before and [SEP] behind them."""
    spans: list[tuple[int, int]]
    """Where each begins and ends in the text, in code points; (0, 0) of the two marks."""
    truncated: bool
    """Whether there was more in the text."""


class _Cut(NamedTuple):
    """A chunk in pieces: ids, and where each begins and ends in the chunk."""

    ids: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


class WordPiece:
    """The pieces of a vocabulary."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """``vocabulary``: the pieces, in the order of their ids; ValueError if [UNK], [CLS] or [SEP] is missing."""
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        missing = [mark for mark in ("[UNK]", "[CLS]", "[SEP]") if mark not in self._ids]
        if missing:
            raise ValueError(
                f"the vocabulary lacks {', '.join(missing)}: it must be the one that the model learnt with"
            )
        self.unknown, self.first, self.last = (self._ids[mark] for mark in ("[UNK]", "[CLS]", "[SEP]"))
        self.pad = self._ids.get("[PAD]", 0)
        self._longest = max(map(len, self._ids))
        self._cuts: dict[str, _Cut] = {}
        self._letters: dict[str, tuple[tuple[str, bool], ...]] = {}

    def encode(self, text: str, limit: int) -> Pieces:
        """The first pieces of the text, with the marks at most ``limit``, which is 2 or more."""
        ids, spans, room = [self.first], [(0, 0)], limit - 1
        cuts, truncated = self._cuts, False
        for found in _CHUNK.finditer(text):
            chunk, start = found[0], found.start()
            cut = cuts.get(chunk) or self._cut(chunk)
            ids += cut.ids
            spans += [(start + begin, start + end) for begin, end in cut.spans]
            if len(ids) > room:
                truncated = True
                break
        del ids[room:], spans[room:]
        return Pieces([*ids, self.last], [*spans, (0, 0)], truncated)

    def _cut(self, chunk: str) -> _Cut:
        """A chunk in pieces, kept if it is short."""
        cut = self._simple(chunk) if _SIMPLE.fullmatch(chunk) else self._any(chunk)
        if len(chunk) <= KEPT_LETTERS:
            if len(self._cuts) >= KEPT:
                self._cuts.clear()
            self._cuts[chunk] = cut
        return cut

    def _simple(self, chunk: str) -> _Cut:
        """ASCII that can be seen: each letter is where it was."""
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        for found in _WORD.finditer(chunk.lower()):
            start = found.start()
            for number, begin, end in self._pieces(found[0]):
                ids.append(number)
                spans.append((start + begin, start + end))
        return _Cut(tuple(ids), tuple(spans))

    def _any(self, chunk: str) -> _Cut:
        """Any characters: what becomes of each, and in which word it is then."""
        ids: list[int] = []
        spans: list[tuple[int, int]] = []
        word: list[str] = []
        places: list[int] = []

        def close() -> None:
            for number, begin, end in self._pieces("".join(word)) if word else ():
                ids.append(number)
                spans.append((places[begin], places[end - 1] + 1))
            word.clear()
            places.clear()

        for place, character in enumerate(chunk):
            known = self._letters.get(character)
            for letter, alone in self._normal(character) if known is None else known:
                if alone:
                    close()
                word.append(letter)
                places.append(place)
                if alone:
                    close()
        close()
        return _Cut(tuple(ids), tuple(spans))

    def _normal(self, character: str) -> tuple[tuple[str, bool], ...]:
        """What becomes of one character, and whether each letter of that is a word of its own; kept."""
        normal = tuple(_normal(character))
        if len(self._letters) >= KEPT:
            self._letters.clear()
        self._letters[character] = normal
        return normal

    def _pieces(self, word: str) -> list[tuple[int, int, int]]:
        """(id, where it begins, where it ends) of the pieces of one word, or all of it as unknown."""
        size, numbers = len(word), self._ids
        if word in numbers and size <= LONGEST:
            return [(numbers[word], 0, size)]
        unknown = [(self.unknown, 0, size)]
        if size > LONGEST:
            return unknown
        pieces, start, before = [], 0, ""
        while start < size:
            for end in range(min(size, start + self._longest), start, -1):
                number = numbers.get(before + word[start:end])
                if number is not None:
                    break
            else:
                return unknown
            pieces.append((number, start, end))
            start, before = end, "##"
        return pieces


def _normal(character: str) -> Iterator[tuple[str, bool]]:
    """Lower case without accents; of a control character nothing."""
    category = _category(character)
    if character in "\0\ufffd" or (category[0] == "C" and category != "Cn"):
        return
    chinese = _among(CHINESE, ord(character))
    for part in unicodedata.normalize("NFD", character):
        if _category(part) != "Mn":
            for letter in part.lower():
                yield letter, chinese or _is_punctuation(letter)


def _category(character: str) -> str:
    """The character's category in Unicode, as ``tokenizers`` has it."""
    if _among(LATER, ord(character)):
        return "Lo"
    return CHANGED.get(character) or unicodedata.category(character)


def _is_punctuation(letter: str) -> bool:
    """Also all of ASCII that is neither letter nor digit, such as "$" and "^"."""
    if letter < "\x80":
        return not letter.isalnum()
    return _category(letter)[0] == "P"


def _among(ranges: Sequence[Sequence[int]], number: int) -> bool:
    """Whether the number lies in one of the ranges, which are in order."""
    place = bisect.bisect_right(ranges, number, key=lambda each: each[0]) - 1
    return place >= 0 and number <= ranges[place][1]
