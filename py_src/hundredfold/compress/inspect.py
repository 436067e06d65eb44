"""What a model file holds, takes and needs, told without running it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Any

from .load import Opened, opened
from .notes import note
from .operators import missing
from .refusals import quoted
from .samples import DTYPES
from .sizes import fixed, named
from .tensors import dtypes
from .values import Walked
from .weights import shortened, weights_of

QUANTIZED = (
    "DequantizeLinear",
    "DynamicQuantizeLinear",
    "MatMulInteger",
    "ConvInteger",
    "DynamicQuantizeMatMul",
    "MatMulIntegerToFloat",
    "MatMulNBits",
    "MatMulBnb4",
    "QGemm",
    "QAttention",
    "GatherBlockQuantized",
)
"""Operators of quantised models, those that begin with QLinear besides."""
MOST_LISTED = 12


def inspect(content: bytes, name: str) -> dict[str, Any]:
    """Everything of the brief kind that can be told without running the model, as JSON; raises ModelFileError.

    ``{schema_version, name, bytes, sha256, producer, ir_version, opset, inputs: [{name, dtype, shape}], outputs,
    operators: {op: count}, missing_here: [op], params, macs, memory_bytes, weights: [{layer, op, shape, dtype, params,
    bytes}], quantized, assumed: {dimension: size}, notes: [{code, values, text}]}``. A free dimension of a shape is its
    name or None, and a shape is None where not even its rank is declared; operators of other domains than ONNX's are
    ``domain::op``. ``macs`` and ``memory_bytes`` are those of one sample with the dimensions of ``assumed``, where a
    nameless one is ``input:axis``; None where they can not be told, which a note explains.
    """
    content = bytes(content)
    file = opened(content, name)
    model, found = file.model, file.found
    weights = weights_of(model)
    lacking, strange = missing(found.operators)
    defaults = {tensor.name for tensor in model.graph.initializer}
    complete = not found.uncounted and not found.loops
    return {
        "schema_version": 1,
        "name": name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "producer": f"{model.producer_name} {model.producer_version}".strip(),
        "ir_version": model.ir_version,
        "opset": next((item.version for item in model.opset_import if item.domain in ("", "ai.onnx")), None),
        "inputs": [_told(value) for value in model.graph.input if value.name not in defaults],
        "outputs": [_told(value) for value in model.graph.output],
        "operators": _counted(found),
        "missing_here": lacking,
        "params": sum(row["params"] for row in weights),
        "macs": found.macs if complete else None,
        "memory_bytes": found.memory_bytes if not found.unknown_constants else None,
        "weights": shortened(weights),
        "quantized": any(op in QUANTIZED or op.startswith("QLinear") for _, op, _ in found.operators),
        "assumed": file.assumed,
        "notes": _notes(file, lacking, strange),
    }


def full_name(domain: str, op: str) -> str:
    """An operator's name, its domain before it where that is not ONNX's own."""
    return f"{domain}::{op}" if domain else op


def _counted(found: Walked) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for (domain, op, _), count in found.operators.items():
        counts[full_name(domain, op)] += count
    return dict(counts.most_common())


def _told(value: Any) -> dict[str, Any]:
    """``{name, dtype, shape}`` of an input or output; sequences and maps say so in their dtype."""
    kind = value.type
    if not kind.HasField("tensor_type"):
        return {"name": value.name, "dtype": kind.WhichOneof("value") or "unknown", "shape": None}
    tensor = kind.tensor_type
    shape = None
    if tensor.HasField("shape"):
        shape = [fixed(dimension) or named(dimension) or None for dimension in tensor.shape.dim]
    return {"name": value.name, "dtype": dtypes().get(tensor.elem_type, "unknown"), "shape": shape}


def _notes(file: Opened, lacking: list[str], strange: list[str]) -> list[dict[str, Any]]:
    found, notes = file.found, []
    if file.assumed:
        sizes = _listed(f"{quoted(name)} = {size}" for name, size in file.assumed.items())
        notes.append(note("note-sizes-assumed", sizes=sizes))
    if lacking:
        notes.append(note("note-operators-missing", operators=_listed(lacking)))
    if strange:
        notes.append(note("note-operators-unknown", operators=_listed(strange)))
    ends = [_told(value) for value in (*file.model.graph.input, *file.model.graph.output)]
    if strangers := dict.fromkeys(end["dtype"] for end in ends if end["dtype"] not in (*DTYPES, "str")):
        notes.append(note("note-dtypes-missing", dtypes=_listed(strangers)))
    if found.unknown:
        notes.append(note("note-shapes-unknown", count=len(found.unknown), value=quoted(found.unknown[0])))
    if found.uncounted:
        notes.append(note("note-macs-left-out", operators=_listed(found.uncounted)))
    if found.loops:
        notes.append(note("note-loop-turns"))
    if found.unknown_constants:
        notes.append(note("note-constants-unknown", operators=_listed(dict.fromkeys(found.unknown_constants))))
    if len(file.model.graph.sparse_initializer):
        notes.append(note("note-sparse"))
    return [*notes, note("note-memory-estimate")]


def _listed(names: Iterable[str]) -> str:
    names = list(names)
    return ", ".join(names[:MOST_LISTED]) + (
        f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    )
