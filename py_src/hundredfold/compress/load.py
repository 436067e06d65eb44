"""From a stranger's bytes to a model, or to a sentence that says why not.

A model file is hostile until it was looked through: first over its bytes (wire.py), then as a graph (rules.py), then by
onnx's own checker on a copy without its weights, then by its sizes (walk.py). Nothing reads another file: onnx's
checker opens external data, so that a model with any is refused before. Nothing of a model is run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..errors import ModelFileError
from . import formats, rules, sizes, wire
from .refusals import quoted, refusal
from .tensors import graphs_of
from .values import Walked, constant_of, plain
from .walk import Walk

MOST_BYTES = 100_000_000
MOST_OPSETS = {"": 26, "ai.onnx.ml": 5}
"""The newest version of each standard domain that onnxruntime-web 1.30.0 runs."""
MOST_IR = 13
MOST_MEMORY_BYTES = 2 * 2**30
"""Weights and values of one sample together; a page's WebAssembly has 4 GB for everything."""
EXPANDED_BYTES, EXPANDED_TIMES = 64 * 2**20, 12
"""What constants may grow to when a model is opened: so much, and so many times its weights (int4 to float32 is 8)."""
MOST_GUESSED = 8000
"""Operators that are walked through to find sizes that fit: the same on every machine, unlike a time."""
SMALL_BYTES = 4096
"""Weights up to here stay in the copy that onnx's checker sees: some rules hang on their contents."""


@dataclass(frozen=True)
class Opened:
    """A model that was looked through, the sizes that were assumed for one sample, and what the walk found."""

    model: Any
    assumed: dict[str, int]
    found: Walked


def load(content: bytes, name: str) -> Any:
    """The onnx.ModelProto in ``content``; raises ModelFileError, whose sentence says what to do."""
    return opened(content, name).model


def opened(content: bytes, name: str) -> Opened:
    """The model with what looking through it found; raises ModelFileError."""
    content = bytes(content)
    if len(content) > MOST_BYTES:
        raise formats.other_format(content, name) or refusal("model-too-big", bytes=len(content), most_bytes=MOST_BYTES)
    model = _parsed(content, name)
    try:
        _check_versions(model)
        rules.check_model(model)
        _check_by_onnx(model)
        return _walked(model)
    except UnicodeDecodeError:  # other kinds decode a name only when it is asked for
        raise refusal("model-not-utf8") from None


def _parsed(content: bytes, name: str) -> Any:
    """The bytes as a ModelProto that has a graph."""
    if other := formats.other_format(content, name):
        raise other
    if not wire.looks_like_a_model(content):
        raise formats.by_name(name)
    try:
        wire.look_through(content)
    except ModelFileError as error:
        if error.code == "model-cut-off" and formats.is_named_otherwise(name):
            raise formats.by_name(name) from None
        raise
    import onnx

    model = onnx.ModelProto()
    try:
        model.ParseFromString(content)
    except UnicodeDecodeError:  # protobuf in Python decodes names at once
        raise refusal("model-not-utf8") from None
    except Exception:  # protobuf's errors have their classes in a package that is not asked for here
        raise refusal("model-cut-off") from None
    if not model.HasField("graph") and formats.is_named_otherwise(name):
        raise formats.by_name(name)
    return model


def _check_versions(model: Any) -> None:
    if not model.HasField("graph"):
        raise refusal("model-no-graph")
    if not len(model.opset_import):
        raise refusal("model-opset-missing")
    if model.ir_version > MOST_IR:
        raise refusal("model-ir-new", version=model.ir_version, most=MOST_IR)
    for item in (*model.opset_import, *(item for function in model.functions for item in function.opset_import)):
        domain = "" if item.domain in rules.STANDARD else item.domain
        if item.version > MOST_OPSETS.get(domain, 2**31) or item.version < 1:
            known = MOST_OPSETS.get(domain, 2**31)
            raise refusal("model-opset-new", opset=item.version, domain=quoted(domain) or "ai.onnx", most=known)


def _check_by_onnx(model: Any) -> None:
    """Raise ModelFileError where onnx's checker finds a rule broken, by its message's first line."""
    from onnx import checker

    try:
        checker.check_model(skeleton(model).SerializeToString(), full_check=False)
    except checker.ValidationError as error:
        raise refusal("model-invalid", why=quoted(str(error).strip().partition("\n")[0])) from None
    except Exception as error:  # what it raises else comes from C++, with no base of its own
        raise refusal("model-invalid", why=quoted(str(error).strip().partition("\n")[0])) from None


def skeleton(model: Any) -> Any:
    """A copy whose large weights are inputs instead: small, whatever the model weighs."""
    import onnx

    bare = onnx.ModelProto(ir_version=max(4, model.ir_version))
    bare.opset_import.extend(model.opset_import)
    bare.functions.extend(model.functions)
    graph = model.graph
    copy = bare.graph
    copy.name = "graph"
    copy.input.extend(graph.input)
    copy.output.extend(graph.output)
    known = {value.name for value in graph.input}
    for tensor in graph.initializer:
        if tensor.ByteSize() <= SMALL_BYTES:
            copy.initializer.append(tensor)
        elif tensor.name not in known:
            copy.input.append(onnx.helper.make_tensor_value_info(tensor.name, tensor.data_type, list(tensor.dims)))
    for sparse in graph.sparse_initializer:
        kind, dims = sparse.values.data_type, list(sparse.dims)
        copy.input.append(onnx.helper.make_tensor_value_info(sparse.values.name, kind, dims))
    for node in graph.node:
        if node.op_type == "Constant" and node.ByteSize() > SMALL_BYTES and len(node.output) == 1:
            value = constant_of({attribute.name: plain(attribute) for attribute in node.attribute})
            copy.input.append(onnx.helper.make_tensor_value_info(node.output[0], value.kind or 1, value.shape or []))
        else:
            copy.node.append(node)
    _say_shapes(copy, 1)
    return bare


def _say_shapes(graph: Any, depth: int) -> None:
    """Write some shape where a value has none: engines do without, and the checker does not compare it with others."""
    for value in (*graph.input, *graph.output):
        if value.type.HasField("tensor_type"):
            value.type.tensor_type.shape.SetInParent()
    for node in graph.node if depth <= rules.MOST_GRAPH_DEPTH else ():
        for inner in graphs_of(node):
            _say_shapes(inner, depth + 1)


def _inputs(graph: Any) -> list[Any]:
    """The inputs that the user feeds: those without a default."""
    given = {tensor.name for tensor in graph.initializer}
    return [value for value in graph.input if value.name not in given]


def _walked(model: Any) -> Opened:
    """The model walked through with sizes that are common; with others where those do not fit it."""
    best = _walk(model, next(guesses := sizes.guesses(_inputs(model.graph))))
    walked = best.found.operators.total()
    for assumed in guesses:
        if not best.found.unknown or walked > MOST_GUESSED:
            break
        try:
            other = _walk(model, assumed)
        except ModelFileError:  # these sizes would take too much
            continue
        walked += other.found.operators.total()
        best = min(best, other, key=lambda opened: len(opened.found.unknown))
    return best


def _walk(model: Any, assumed: dict[str, int]) -> Opened:
    walk = Walk(model, assumed, _check_memory)
    walk.model()
    return Opened(model, assumed, walk.found)


def _check_memory(found: Walked) -> None:
    most = EXPANDED_BYTES + EXPANDED_TIMES * found.weight_bytes
    if found.folded_bytes > most:
        raise refusal("model-expands", needed_bytes=found.folded_bytes, most_bytes=most)
    if found.memory_bytes > MOST_MEMORY_BYTES:
        raise refusal("model-memory", needed_bytes=found.memory_bytes, most_bytes=MOST_MEMORY_BYTES)
