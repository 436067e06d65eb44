"""Protobuf looked through before it is read: so that no file can make the reader take much memory, or break it.

A message of two bytes becomes an object of some hundred, and a number of one byte becomes eight: what a file will
become is counted here first, over its own bytes, and anything that is cut off or nested without end is found.
"""

from __future__ import annotations

from collections.abc import Iterator

from .refusals import refusal

MOST_MESSAGES = 300_000
MOST_FIELDS = 2_000_000
MOST_LOOSE_BYTES = 16_000_000
"""Numbers written one by one (packed varints) take at most so many bytes."""
MOST_DEPTH = 40
"""Messages within messages; a graph within a graph takes three."""
NUMBERS = "numbers"
"""A field of numbers, packed into one or each on its own."""
LAYOUT: dict[str, dict[int, str]] = {
    "Model": {7: "Graph", 8: "Pair", 14: "Pair", 20: "Training", 25: "Function", 26: "Pair"},
    "Training": {1: "Graph", 2: "Graph", 3: "Pair", 4: "Pair"},
    "Graph": {
        1: "Node",
        5: "Tensor",
        11: "Value",
        12: "Value",
        13: "Value",
        14: "Annotation",
        15: "Sparse",
        16: "Pair",
    },
    "Node": {5: "Attribute", 9: "Pair", 10: "Annotation"},
    "Attribute": {
        5: "Tensor",
        6: "Graph",
        7: NUMBERS,
        8: NUMBERS,
        10: "Tensor",
        11: "Graph",
        14: "Type",
        15: "Type",
        22: "Sparse",
        23: "Sparse",
    },
    "Tensor": {1: NUMBERS, 5: NUMBERS, 7: NUMBERS, 11: NUMBERS, 13: "Pair", 16: "Pair"},
    "Sparse": {1: "Tensor", 2: "Tensor", 3: NUMBERS},
    "Function": {7: "Node", 9: "Pair", 11: "Attribute", 12: "Value", 14: "Pair"},
    "Value": {2: "Type", 4: "Pair"},
    "Type": {1: "TensorType", 4: "Element", 5: "Map", 8: "TensorType", 9: "Element"},
    "TensorType": {2: "Shape"},
    "Element": {1: "Type"},
    "Map": {2: "Type"},
    "Shape": {1: "Pair"},
    "Annotation": {2: "Pair"},
    "Pair": {},
}
"""Which fields of onnx.proto's messages hold messages (by kind) or numbers; the others are bytes to their reader."""


class _NoMessage(Exception):  # noqa: N818 - caught where it is raised for
    """The bytes are no protobuf."""


def looks_like_a_model(content: bytes) -> bool:
    """Whether the bytes begin as an ONNX model does: with fields of a ModelProto, told from their numbers and kinds."""
    kinds = {1: 0, 2: 2, 3: 2, 4: 2, 5: 0, 6: 2, 7: 2, 8: 2, 14: 2, 20: 2, 25: 2, 26: 2}
    try:
        field, kind, _, _ = next(_fields(memoryview(content), 0, len(content), len(content)))
    except (_NoMessage, StopIteration, IndexError):
        return False
    return kinds.get(field) == kind


def look_through(content: bytes) -> None:
    """Raise ModelFileError if reading the model would take too much, or can not go well."""
    data = memoryview(content)
    messages = fields = loose = 0
    within = [(_fields(data, 0, len(data), len(data)), "Model")]
    while within:
        rest, kind = within[-1]
        layout = LAYOUT[kind]
        try:
            for number, wire, low, high in rest:
                fields += 1
                if fields > MOST_FIELDS:
                    raise refusal("model-too-many-parts", most=MOST_MESSAGES)
                held = layout.get(number)
                if held is None or wire != 2:
                    continue
                if held is NUMBERS:
                    loose += high - low if kind != "Attribute" or number == 8 else 0
                    continue
                messages += 1
                if messages > MOST_MESSAGES:
                    raise refusal("model-too-many-parts", most=MOST_MESSAGES)
                if len(within) >= MOST_DEPTH:
                    raise refusal("model-too-nested", depth=len(within), most=MOST_DEPTH)
                within.append((_fields(data, low, high, len(data)), held))
                break
            else:
                within.pop()
        except (_NoMessage, IndexError):
            raise refusal("model-cut-off") from None
        if loose > MOST_LOOSE_BYTES:
            raise refusal("model-numbers-loose", most_bytes=MOST_LOOSE_BYTES)


def _fields(data: memoryview, at: int, end: int, size: int) -> Iterator[tuple[int, int, int, int]]:
    """(number, wire type, start, end) of each field of the message in data[at:end]."""
    while at < end:
        tag = data[at]
        at += 1
        if tag > 127:
            tag, at = _varint(data, at - 1, end)
        number, wire = tag >> 3, tag & 7
        if wire == 2:
            length = data[at] if at < size else 128
            if length > 127:
                length, at = _varint(data, at, end)
            else:
                at += 1
            start, at = at, at + length
        elif wire == 0:
            start = at
            _, at = _varint(data, at, end)
        elif wire in (1, 5):
            start, at = at, at + (8 if wire == 1 else 4)
        else:
            raise _NoMessage
        if at > end or not number:
            raise _NoMessage
        yield number, wire, start, at


def _varint(data: memoryview, at: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while at < end and shift < 70:
        byte = data[at]
        value |= (byte & 127) << shift
        at += 1
        if byte < 128:
            return value, at
        shift += 7
    raise _NoMessage
