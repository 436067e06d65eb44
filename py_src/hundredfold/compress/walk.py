"""A graph walked through in the order in which it runs: shapes, arithmetic and memory, without running anything.

onnx infers each operator's shapes on its own, from small types and values only: its inference of whole models copies
all weights, and lets values grow without bound. Sizes are those of one sample, free dimensions as ``assumed``.
"""

from __future__ import annotations

import time
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from math import prod
from typing import Any

import numpy as np

from . import contrib
from .attributes import check_axes
from .flow import flow
from .fold import folded
from .macs import macs_of
from .refusals import refusal
from .sizes import input_shape, resolved
from .tensors import graphs_of
from .values import (
    Scope,
    Value,
    Walked,
    constant,
    constant_of,
    key_of,
    numpy_dtype,
    opsets_of,
    plain,
    tensor_of,
    type_of,
)

MOST_SECONDS = 20.0
"""After so long the file is refused; on common machines the largest that rules.py lets through takes a few seconds."""
STANDARD = ("", "ai.onnx")
NOT_FOLDED = (
    "RandomNormal",
    "RandomUniform",
    "RandomNormalLike",
    "RandomUniformLike",
    "Bernoulli",
    "Multinomial",
    "DequantizeLinear",
)
"""What the engine computes at each run, even from constants."""


class Walk:
    """One walk through one model; ``check`` is called with what was found so far, after each operator."""

    def __init__(self, model: Any, assumed: Mapping[str, int], check: Callable[[Walked], None]) -> None:
        self.versions = _versions(model.opset_import)
        self.functions = {(function.domain, function.name): function for function in model.functions}
        self._model, self.assumed, self.check, self.found = model, assumed, check, Walked()
        self.deadline = time.monotonic() + MOST_SECONDS
        self.declared: dict[str, Any] = {}
        self._computed: dict[str, int] = {}
        self._inferred: dict[Any, list[Value]] = {}
        self._opsets: dict[tuple[tuple[str, int], ...], list[Any]] = {}

    def model(self) -> list[Value]:
        """The outputs of the whole model."""
        return self.graph(self._model.graph, ChainMap(), 0)[0]

    def graph(
        self, graph: Any, scope: Scope, live: int, fed: Mapping[str, Value] | None = None
    ) -> tuple[list[Value], int]:
        """The outputs of a graph, and the most bytes that are alive in it at once, those around it (``live``) included.

        ``scope`` holds the values around it; ``fed`` the inputs of a graph within another.
        """
        scope = scope.new_child()
        for value in graph.value_info:
            self.declared.setdefault(value.name, value.type)
        for value in graph.output:
            self.declared.setdefault(value.name, value.type)
        for value in graph.input:
            scope[value.name] = self.typed(value.type)
            if fed is None:
                scope[value.name] = Value(scope[value.name].kind, input_shape(value, self.assumed))
                live += scope[value.name].bytes or 0
        scope.update(fed or {})
        for tensor in graph.initializer:
            if tensor.name in scope and fed is None:
                live -= scope[tensor.name].bytes or 0  # a default of an input
            scope[tensor.name] = constant(tensor)
            self.found.weight_bytes += scope[tensor.name].bytes or 0
        for sparse in graph.sparse_initializer:
            scope[sparse.values.name] = Value(sparse.values.data_type, tuple(sparse.dims), None, True)
            self.found.weight_bytes += scope[sparse.values.name].bytes or 0
        self.found.peak_bytes = max(self.found.peak_bytes, live)
        self.check(self.found)
        peak = self.nodes(graph.node, scope, live, {value.name for value in graph.output})
        return [scope.get(value.name, Value()) for value in graph.output], peak

    def nodes(self, nodes: Any, scope: Scope, live: int, kept: set[str]) -> int:
        """Add what the nodes make to ``scope``; returns the most bytes alive at once."""
        last = {name: at for at, node in enumerate(nodes) for name in _taken(node)}
        ending: dict[int, list[str]] = {}
        for name, at in last.items():
            if name not in kept:
                ending.setdefault(at, []).append(name)
        mine: dict[str, int] = {}
        peak = live
        for at, node in enumerate(nodes):
            within, outputs = self.node(node, scope, live)
            peak = max(peak, within)
            for name, value in zip(node.output, outputs, strict=False):
                if not name:
                    continue
                scope[name] = value
                if not value.constant:
                    mine[name] = 0 if _is_fused(node, scope) else value.bytes or 0
                    live += mine[name]
                    if name not in last and name not in kept:
                        ending.setdefault(at, []).append(name)
            peak = max(peak, live)
            for name in ending.get(at, ()):
                live -= mine.pop(name, 0)
            self.found.peak_bytes = max(self.found.peak_bytes, peak)
            self.check(self.found)
            if time.monotonic() > self.deadline:
                raise refusal("model-slow")
        return peak

    def node(self, node: Any, scope: Scope, live: int) -> tuple[int, list[Value]]:
        """(the most bytes alive within it, its outputs)."""
        domain = "" if node.domain in STANDARD else node.domain
        inputs = [scope.get(name) if name else None for name in node.input]
        if function := self.functions.get((node.domain, node.op_type)):
            return self.called(function, node, inputs, live)
        self.found.operators[domain, node.op_type, self.versions.get(domain, 0)] += 1
        attributes = {attribute.name: plain(attribute) for attribute in node.attribute if not attribute.HasField("g")}
        if domain == "" and node.op_type == "Constant":
            return live, [self.counted_constant(attributes)]
        if domain == "" and node.op_type in ("If", "Loop", "Scan"):
            peak, outputs = flow(self, node, attributes, inputs, scope, live)
        else:
            peak, outputs = live, self.inferred(node, domain, attributes, inputs)
        fixed = (
            all(value is None or value.constant for value in inputs)
            and node.op_type not in NOT_FOLDED
            and not any(graphs_of(node))
        )
        if not fixed:
            self.found.kept_bytes += sum(self._computed.pop(name, 0) for name in node.input)
        outputs = [self.settled(name, node, value, fixed) for name, value in zip(node.output, outputs, strict=False)]
        work = macs_of(
            node.op_type, attributes, [None if v is None else v.shape for v in inputs], [v.shape for v in outputs]
        )
        if work is None:
            self.found.uncounted[node.op_type] += 1
        self.found.macs += work or 0
        return peak, outputs

    def settled(self, name: str, node: Any, value: Value, fixed: bool) -> Value:
        """An output with what the file declares of it where nothing could be inferred; told where it stays unknown."""
        if value.shape is None and name in self.declared:
            declared = self.typed(self.declared[name])
            value = Value(value.kind or declared.kind, declared.shape, value.data)
        if name and value.shape is None:
            if len(self.found.unknown) < 20:
                self.found.unknown.append(name)
            if fixed:
                self.found.unknown_constants.append(node.op_type)
        if fixed and value.data is None:
            self.found.folded_bytes += value.bytes or 0
            self._computed[name] = value.bytes or 0
        return Value(value.kind, value.shape, value.data, fixed)

    def inferred(
        self, node: Any, domain: str, attributes: Mapping[str, Any], inputs: list[Value | None]
    ) -> list[Value]:
        """The outputs of an operator, with their contents where those are small and follow.

        Networks repeat their layers: the same operator on the same sizes is inferred once.
        """
        if domain == "" and node.op_type in ("Shape", "Size") and inputs and inputs[0] and inputs[0].shape is not None:
            return [_measured(node.op_type, attributes, inputs[0].shape)]
        call = (domain, node.op_type, self.versions.get(domain, 0), *map(bool, node.output))
        key = (call, *(value and value.key for value in inputs), *((k, key_of(v)) for k, v in attributes.items()))
        if key not in self._inferred:
            self._inferred[key] = self._infer(node, domain, attributes, inputs)
        return self._inferred[key]

    def _infer(self, node: Any, domain: str, attributes: Mapping[str, Any], inputs: list[Value | None]) -> list[Value]:
        types = self.types(node, domain, inputs)
        if types is None:
            shape, kind = contrib.shape_of(node.op_type, attributes, [(v.shape, v.kind) if v else None for v in inputs])
            first = Value(kind, shape)
            return [first, *(Value() for _ in node.output[1:])]
        outputs = [self.typed(types[name]) if name in types else Value() for name in node.output]
        arrays = [value.data if value else None for value in inputs]
        if domain == "" and outputs and arrays and arrays[0] is not None:
            data = folded(node.op_type, attributes, arrays, numpy_dtype(outputs[0].kind))
            if data is not None and (outputs[0].shape is None or outputs[0].shape == data.shape):
                outputs[0] = Value(outputs[0].kind, data.shape, data)
        return outputs

    def types(self, node: Any, domain: str, inputs: list[Value | None]) -> Mapping[str, Any] | None:
        """onnx's inference of one operator; None where it does not know the operator, {} where it does not say."""
        from onnx import defs, shape_inference

        check_axes(node.op_type, [None if value is None else value.shape for value in inputs])
        version = self.versions.get(domain, 0)
        try:
            schema = defs.get_schema(node.op_type, version, domain)
        except Exception:  # onnx has an error class of its own in C++
            return None
        given = {name: type_of(value or Value()) for name, value in zip(node.input, inputs, strict=False) if name}
        data = {
            name: tensor_of(value)
            for name, value in zip(node.input, inputs, strict=False)
            if value is not None and value.data is not None
        }
        try:
            return dict(shape_inference.infer_node_outputs(schema, node, given, data, None, self._opset_list()))
        except Exception:  # likewise: what can not be inferred is not known
            return {}

    def _opset_list(self) -> list[Any]:
        key = tuple(self.versions.items())
        if key not in self._opsets:
            self._opsets[key] = opsets_of(self.versions)
        return self._opsets[key]

    def called(self, function: Any, node: Any, inputs: list[Value | None], live: int) -> tuple[int, list[Value]]:
        """A function of the file: its nodes with the call's attributes in their places."""
        given = {attribute.name: attribute for attribute in (*function.attribute_proto, *node.attribute)}
        scope: Scope = ChainMap()
        scope.update((name, value) for name, value in zip(function.input, inputs, strict=False) if value is not None)
        outer, declared = self.versions, self.declared
        self.versions = {**outer, **_versions(function.opset_import)}
        self.declared = {value.name: value.type for value in function.value_info}
        try:
            peak = self.nodes([_with(item, given) for item in function.node], scope, live, set(function.output))
        finally:
            self.versions, self.declared = outer, declared
        return peak, [scope.get(name, Value()) for name in function.output]

    def counted_constant(self, attributes: Mapping[str, Any]) -> Value:
        value = constant_of(attributes)
        self.found.weight_bytes += value.bytes or 0
        return value

    def typed(self, kind: Any) -> Value:
        """A value of a TypeProto, free dimensions as assumed; sequences, maps and unknown ranks have no shape."""
        if not kind.HasField("tensor_type"):
            return Value()
        return Value(kind.tensor_type.elem_type, resolved(kind.tensor_type, self.assumed))


def _is_fused(node: Any, scope: Scope) -> bool:
    """Whether a node only writes a quantised weight as floats, which the engine's operators do without."""
    return node.op_type == "DequantizeLinear" and bool(node.input) and scope.get(node.input[0], Value()).constant


def _versions(opsets: Any) -> dict[str, int]:
    """The version of each domain's operators."""
    return {"" if item.domain in STANDARD else item.domain: item.version for item in opsets}


def _measured(op: str, attributes: Mapping[str, Any], shape: tuple[int, ...]) -> Value:
    if op == "Size":
        return Value(7, (), np.asarray(prod(shape), np.int64) if prod(shape) < 2**63 else None)
    sizes = shape[attributes.get("start", 0) : attributes.get("end", len(shape))]
    return Value(7, (len(sizes),), np.asarray(sizes, np.int64))


def _taken(node: Any) -> Iterator[str]:
    """The names that a node takes, those that graphs within it take from around them included."""
    yield from node.input
    for graph in graphs_of(node):
        for inner in graph.node:
            yield from _taken(inner)
        yield from (value.name for value in graph.output)


def _with(node: Any, given: Mapping[str, Any]) -> Any:
    """A node of a function, its references to the function's attributes replaced by the call's."""
    if not any(attribute.ref_attr_name for attribute in node.attribute):
        return node
    import onnx

    copy = onnx.NodeProto()
    copy.CopyFrom(node)
    del copy.attribute[:]
    for attribute in node.attribute:
        if not attribute.ref_attr_name:
            copy.attribute.append(attribute)
        elif attribute.ref_attr_name in given:
            made = copy.attribute.add()
            made.CopyFrom(given[attribute.ref_attr_name])
            made.name = attribute.name
    return copy
