"""Makes an exhibit of two labels out of a way to read a text: the same for every size of model that answers.

A session's inputs tell which kind of model it is. A *student* takes hashed n-grams and tells what each added. An
*encoder*, a transformer, takes pieces of words, and what its words add is found by leaving them out, when it is asked;
it brings its vocabulary in the model file. A *language model* takes the text as it is, and tells nothing of words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from ..errors import InputError, SessionError, brief
from ..exhibit import Exhibit
from ..measure import Timed
from ..session import Session
from . import Reading
from . import words as of_words
from .ngrams import LIMIT_BYTES, grams
from .wordpiece import CHINESE, WordPiece

MOST_LETTERS = 2_000_000
"""Of a text that is taken at all; of it LIMIT_BYTES are read."""
MOST_PIECES = 256
"""What a model of pieces reads, its two marks included."""
TOLERANCE = 0.02
"""Of a score: int8 models round otherwise on processors without VNNI."""


class Asked(NamedTuple):
    """What ``parse`` makes of an input."""

    text: str
    """What is read: no more than LIMIT_BYTES of UTF-8, without halves of characters."""
    truncated: bool
    raw: bool
    """Whether it was taken out of a raw mail."""
    words: bool | None
    """Whether words are told; None: by those models that tell them with their answer."""


class Answer(NamedTuple):
    """What a model says of a text."""

    logits: Any
    """float [2]; None: there was nothing to read."""
    words: list[dict[str, Any]]
    truncated: bool


def exhibit(id: str, title: str, question: str, labels: tuple[str, str], read: Callable[[str], Reading]) -> Exhibit:
    """An exhibit that tells which of two labels fits a text; ``labels`` in the order of the models' logits."""

    async def run(session: Session, asked: Asked) -> dict[str, Any]:
        return _output(labels, asked, await _answer(session, asked))

    def deviation(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
        """The largest difference of a score; infinite when the labels differ."""
        if one["label"] != other["label"]:
            return math.inf
        return float(np.abs([one["scores"][label] - other["scores"][label] for label in labels]).max())

    return Exhibit(
        id=id,
        title=title,
        question=question,
        input_schema=INPUT_SCHEMA,
        output_schema=_output_schema(labels),
        parse=lambda value: _parse(value, read),
        run=run,
        deviation=deviation,
        tolerance=TOLERANCE,
    )


def _parse(value: Any, read: Callable[[str], Reading]) -> Asked:
    """``{text, words?}`` -> what is to be read; raises InputError."""
    text = value.get("text") if isinstance(value, Mapping) else None
    if not isinstance(text, str):
        raise InputError("text", f"send {{text: ...}} with a text of up to {MOST_LETTERS:,} letters, not {brief(text)}")
    if len(text) > MOST_LETTERS:
        detail = f"text has {len(text):,} letters: send at most {MOST_LETTERS:,}, such as its first ones"
        raise InputError("text", detail, "text-too-long", {"letters": len(text), "most": MOST_LETTERS})
    wanted = value.get("words")
    if not isinstance(wanted, bool) and "words" in value:
        raise InputError("words", f"words must be true or false, not {brief(wanted)}")
    reading = read(text)
    return Asked(*_beginning(reading.text), reading.raw, wanted)


def _beginning(text: str) -> tuple[str, bool]:
    """What of a text takes LIMIT_BYTES as UTF-8, and whether there is more."""
    start = text[:LIMIT_BYTES]
    if start.isascii():
        return start, len(start) < len(text)
    try:
        data = start.encode()
    except UnicodeEncodeError:  # halves of characters: pairs become one, others a sign
        data = start.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
    return data[:LIMIT_BYTES].decode("utf-8", "ignore"), len(data) > LIMIT_BYTES or len(start) < len(text)


async def _answer(session: Session, asked: Asked) -> Answer:
    names = {info.name for info in session.inputs}
    if names == {"ids"}:
        return await _student(session, asked)
    if {"input_ids", "attention_mask"} <= names <= set(_FEEDS):
        return await _of_pieces(session, asked, names)
    if names == {"text"}:
        return await _of_text(session, asked)
    detail = f"it takes {', '.join(sorted(names)) or 'nothing'}; export it with 'ids', or with {', '.join(_FEEDS)}"
    raise SessionError(session.model_id, detail)


async def _student(session: Session, asked: Asked) -> Answer:
    found = grams(asked.text)
    if not len(found.ids) or not _has_words(asked.text):
        return Answer(None, [], asked.truncated)
    logits, parts = await session.run(["logits", "parts"], {"ids": found.ids})
    if asked.words is False:
        return Answer(logits.reshape(-1), [], asked.truncated)
    sums = of_words.sums(parts, found.word, len(found.spans))
    return Answer(logits.reshape(-1), of_words.told(sums, found.spans), asked.truncated)


async def _of_pieces(session: Session, asked: Asked, names: set[str]) -> Answer:
    tokens = await _tokens(session, names)
    pieces = tokens.encode(asked.text, MOST_PIECES)
    spans, truncated = pieces.spans[1:-1], pieces.truncated or asked.truncated
    if not spans or not _has_words(asked.text[: spans[-1][1]]):
        return Answer(None, [], truncated)
    whole = _feeds(names, [pieces.ids], tokens.pad)
    (logits,) = await session.run(["logits"], whole)
    told = await _left_out(session, asked.text, pieces.ids, spans, names, tokens.pad) if asked.words else []
    return Answer(logits[0], told, truncated)


async def _of_text(session: Session, asked: Asked) -> Answer:
    if not _has_words(asked.text):
        return Answer(None, [], asked.truncated)
    logits, read = await session.run(["logits", "read"], {"text": np.array([asked.text])})
    return Answer(logits.reshape(-1), [], asked.truncated or int(read[0]) < len(asked.text))


async def _left_out(
    session: Session, text: str, ids: list[int], spans: list[tuple[int, int]], names: set[str], pad: int
) -> list[dict[str, Any]]:
    """What groups of words add, by leaving out each in turn.

    The whole is in the batch once more: some int8 models round by what else is in a batch.
    """
    word, places = of_words.of_pieces(text, spans, CHINESE)
    groups = of_words.groups(len(places))
    rows = [ids]
    for first, last in groups:
        rows.append(
            [ids[0], *(each for each, at in zip(ids[1:-1], word, strict=True) if not first <= at < last), ids[-1]]
        )
    (logits,) = await session.run(["logits"], _feeds(names, rows, pad))
    odds = logits[:, 1].astype(np.float64) - logits[:, 0]
    ends = np.array([[places[first, 0], places[last - 1, 1]] for first, last in groups])
    return of_words.told(odds[0] - odds[1:], ends)


_FEEDS = ("input_ids", "attention_mask", "token_type_ids")


def _feeds(names: set[str], rows: Sequence[Sequence[int]], pad: int) -> dict[str, np.ndarray]:
    """int64 [rows, the longest one's pieces] of each input that the model has."""
    shape = (len(rows), max(map(len, rows)))
    ids, mask = np.full(shape, pad, np.int64), np.zeros(shape, np.int64)
    for place, row in enumerate(rows):
        ids[place, : len(row)], mask[place, : len(row)] = row, 1
    feeds = dict(zip(_FEEDS, (ids, mask, np.zeros(shape, np.int64)), strict=True))
    return {name: feeds[name] for name in _FEEDS if name in names}


_VOCABULARIES: WeakKeyDictionary[Session, WordPiece] = WeakKeyDictionary()
"""Of each session that was asked, as long as it lives: another build of a model is another session."""


async def _tokens(session: Session, names: set[str]) -> WordPiece:
    """The model's own vocabulary; asked of the session once, and beside the time that is taken of its answers."""
    while isinstance(session, Timed):
        session = session.session
    tokens = _VOCABULARIES.get(session)
    if tokens is None:
        (data,) = await session.run(["vocabulary"], _feeds(names, [[0, 0]], 0))
        try:
            tokens = WordPiece(data.tobytes().decode().rstrip("\n").split("\n"))
        except ValueError as error:  # also what is no UTF-8
            raise SessionError(session.model_id, f"its vocabulary can not be used: {error}", "vocabulary") from error
        _VOCABULARIES[session] = tokens
    return tokens


def _has_words(text: str) -> bool:
    """Whether there is a letter or a digit, of any script."""
    return any(map(str.isalnum, text))


def _output(labels: tuple[str, str], asked: Asked, answer: Answer) -> dict[str, Any]:
    if answer.logits is None:
        label, scores = None, [0.0, 0.0]
    else:
        zero, one = answer.logits.tolist()
        rest = math.exp(-abs(one - zero))
        less = rest / (1 + rest)
        label, scores = (labels[1], [less, 1 - less]) if one > zero else (labels[0], [1 - less, less])
    output: dict[str, Any] = {
        "label": label,
        "scores": {labels[0]: scores[0], labels[1]: scores[1]},
        "words": answer.words,
        "truncated": answer.truncated,
    }
    if asked.raw:
        output["read"] = asked.text
    return output


INPUT_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "maxLength": MOST_LETTERS},
        "words": {
            "type": "boolean",
            "description": "Whether words are told. Without it, where that is free; true: also where they are found "
            "by leaving words out, which takes up to 32 answers more",
        },
    },
}


def _output_schema(labels: tuple[str, str]) -> dict[str, Any]:
    word = {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 0}}
    contribution = {"type": "number", "description": f"In log-odds: above 0 it spoke for {labels[1]}"}
    return {
        "type": "object",
        "required": ["label", "scores", "words", "truncated"],
        "properties": {
            "label": {"enum": [*labels, None], "description": "null: there is no letter or digit to read"},
            "scores": {
                "type": "object",
                "required": list(labels),
                "additionalProperties": {"type": "number", "minimum": 0, "maximum": 1},
            },
            "words": {
                "type": "array",
                "maxItems": of_words.MOST,
                "description": "Those that spoke loudest, in the order of the text; places are in code points",
                "items": {
                    "type": "object",
                    "required": ["start", "end", "contribution"],
                    "properties": {**word, "contribution": contribution},
                },
            },
            "truncated": {"type": "boolean", "description": "Whether there is more text than the model reads"},
            "tokens": {
                "type": "object",
                "description": "Of a language model: those it read, those it wrote, and of those read the ones that it "
                "had kept from before",
                "additionalProperties": {"type": "integer", "minimum": 0},
            },
            "read": {"type": "string", "description": "Of a raw mail, what was read: places are in here"},
        },
    }
