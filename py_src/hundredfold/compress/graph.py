"""What every method needs of an ONNX graph: names, weights, kinds of tensors, and a file that every machine writes."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import TopologicalSorter
from math import prod
from typing import Any

from ..errors import ModelFileError
from .load import load

OLDEST_OPSET = 13
"""The first opset whose DequantizeLinear has a scale per channel."""
DEFAULT_DOMAINS = ("", "ai.onnx")
CONVOLUTIONS = ("Conv", "ConvTranspose")
PRODUCTS = (*CONVOLUTIONS, "Gemm", "MatMul")
QUANTIZED = (
    "QuantizeLinear",
    "DequantizeLinear",
    "DynamicQuantizeLinear",
    "MatMulInteger",
    "ConvInteger",
    "QLinearConv",
)
PRODUCER = "hundredfold"
INFERRED = "onnx.infer"
"""The property by which onnxruntime's quantiser knows that shapes were inferred; we infer them in memory instead."""


def prepared(content: bytes, name: str) -> Any:
    """The ModelProto in ``content``, ready for the quantiser; raises ModelFileError.

    Each node has a name of its own, constants are initializers, initializers are no inputs, and the opset has scales
    per channel.
    """
    model = _recent(load(content, name))
    graph = model.graph
    _lower_constants(graph)
    initial = {item.name for item in graph.initializer}
    inputs = [item for item in graph.input if item.name not in initial]
    if len(inputs) < len(graph.input):
        del graph.input[:]
        graph.input.extend(inputs)
    taken: set[str] = set()
    for place, node in enumerate(graph.node):
        if not node.name or node.name in taken:
            node.name = _free(f"{node.op_type}_{place}", taken)
        taken.add(node.name)
    return model


def parsed(content: bytes) -> Any:
    """The ModelProto in a file that was made here; a stranger's goes through ``prepared``."""
    import onnx

    return onnx.ModelProto.FromString(content)


def _recent(model: Any) -> Any:
    """The model with at least OLDEST_OPSET."""
    from onnx import version_converter

    opsets = [item.version for item in model.opset_import if item.domain in DEFAULT_DOMAINS]
    if not opsets or max(opsets) >= OLDEST_OPSET:
        return model
    try:
        newer = version_converter.convert_version(model, OLDEST_OPSET)
    except Exception as error:  # the converter raises RuntimeErrors of its own
        raise ModelFileError(
            "model-opset-old",
            f"the model uses opset {max(opsets)}, and bringing it to {OLDEST_OPSET} failed: export it again with opset "
            f"{OLDEST_OPSET} or later",
            {"opset": max(opsets), "wanted": OLDEST_OPSET},
        ) from error
    newer.ir_version = max(model.ir_version, 7)  # the first version with opset 13
    return newer


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _lower_constants(graph: Any) -> None:
    """Make initializers of the nodes that only hold a tensor."""
    kept = []
    for node in graph.node:
        value = node.attribute[0] if node.op_type == "Constant" and len(node.attribute) == 1 else None
        if value is not None and value.name == "value" and node.domain in DEFAULT_DOMAINS:
            tensor = graph.initializer.add()
            tensor.CopyFrom(value.t)
            tensor.name = node.output[0]
        else:
            kept.append(node)
    if len(kept) < len(graph.node):
        copies = [_copy(node) for node in kept]
        del graph.node[:]
        graph.node.extend(copies)


def _copy(message: Any) -> Any:
    copy = type(message)()
    copy.CopyFrom(message)
    return copy


def finished(model: Any, source: Any) -> bytes:
    """The file of ``model``, made of ``source``, without what depends on the environment or what no engine needs.

    Producer, versions of tools, notes of exporters and inferred shapes would make files of two machines differ.
    """
    graph = model.graph
    model.producer_name, model.producer_version, model.ir_version = PRODUCER, "", source.ir_version
    kept = [_copy(item) for item in source.metadata_props if item.key != INFERRED]
    del model.metadata_props[:]
    model.metadata_props.extend(kept)
    graph.name, graph.doc_string = source.graph.name, ""
    _sort(graph)
    del graph.value_info[:]
    del graph.metadata_props[:]
    for node in graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    used = {node.domain for node in nodes(graph)} | {node.domain for item in model.functions for node in item.node}
    used |= set(DEFAULT_DOMAINS) | {item.domain for item in model.functions}
    opsets = [_copy(item) for item in model.opset_import if item.domain in used]
    del model.opset_import[:]
    model.opset_import.extend(opsets)
    return bytes(model.SerializeToString(deterministic=True))


def _sort(graph: Any) -> None:
    """Put each node behind those that make its inputs, which some tools do not."""
    maker = {name: place for place, node in enumerate(graph.node) for name in node.output if name}
    needs = {
        place: sorted({maker[name] for name in _reads(node) if name in maker} - {place})
        for place, node in enumerate(graph.node)
    }
    if any(need > place for place, found in needs.items() for need in found):
        order = [_copy(graph.node[place]) for place in TopologicalSorter(needs).static_order()]
        del graph.node[:]
        graph.node.extend(order)


def _reads(node: Any) -> set[str]:
    """Values that a node takes, and those that its inner graphs take from around it."""
    inner = [graph for attribute in node.attribute for graph in (attribute.g, *attribute.graphs)]
    return {*node.input, *(name for graph in inner for each in nodes(graph) for name in each.input)}


def nodes(graph: Any) -> Iterable[Any]:
    """All nodes, those of inner graphs too."""
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            for inner in (attribute.g, *attribute.graphs):
                yield from nodes(inner)


def operators(model: Any) -> set[str]:
    """The operators that the model uses, in inner graphs too."""
    return {node.op_type for node in nodes(model.graph)}


def inferred(model: Any) -> Any:
    """A copy with the shapes that onnx can infer, marked so that onnxruntime's quantiser does not infer them again."""
    from onnx import helper, shape_inference

    copy = shape_inference.infer_shapes(model)
    helper.set_model_props(
        copy, {**{item.key: item.value for item in copy.metadata_props}, INFERRED: "onnxruntime.quant"}
    )
    return copy


def float_tensors(model: Any, half: bool = False) -> dict[str, tuple[int | None, ...] | None]:
    """Shape (None: not known) of each float32 (or float16) tensor that is computed or fed, in the order of the graph.

    The model has to be ``inferred``: what onnx could not tell the type of is left out.
    """
    from onnx import TensorProto

    graph, kind = model.graph, TensorProto.FLOAT16 if half else TensorProto.FLOAT
    known = {item.name: item.type.tensor_type for item in (*graph.input, *graph.value_info, *graph.output)}
    order = [*(item.name for item in graph.input), *(name for node in graph.node for name in node.output)]
    initial = {item.name for item in graph.initializer}
    return {
        name: _shape(known[name])
        for name in order
        if name in known and name not in initial and known[name].elem_type == kind
    }


def _shape(kind: Any) -> tuple[int | None, ...] | None:
    if not kind.HasField("shape"):
        return None
    return tuple(size.dim_value if size.HasField("dim_value") else None for size in kind.shape.dim)


def weights(model: Any) -> dict[str, Any]:
    """The float32 initializers by name."""
    from onnx import TensorProto

    return {item.name: item for item in model.graph.initializer if item.data_type == TensorProto.FLOAT}


def count(tensor: Any) -> int:
    """How many numbers a tensor holds."""
    return prod(tensor.dims)


def layers(model: Any) -> dict[str, int]:
    """How many weights each node with weights has, by the node's name, in the order of the graph."""
    have = weights(model)
    sizes = {
        node.name: sum(count(have[name]) for name in node.input if name in have)
        for node in model.graph.node
        if node.op_type in (*PRODUCTS, "Gather", "LSTM", "GRU", "RNN")
    }
    return {name: size for name, size in sizes.items() if size}
