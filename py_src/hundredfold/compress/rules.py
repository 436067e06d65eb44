"""What a graph must be before anything of onnx's own looks at it: named, in order, without circles and bombs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from .attributes import check_attributes
from .refusals import quoted, refusal
from .tensors import check_sparse, check_tensor, graphs_of

MOST_GRAPH_DEPTH = 8
MOST_NODES = 30_000
"""Operators, functions written out."""
MOST_INPUTS = 1000
LONGEST_NAME = 4096
MOST_DENSE_BYTES = 64 * 2**20
"""The dense form of a sparse weight takes at most so many bytes."""
STANDARD = ("", "ai.onnx")
TRAINING = ("ai.onnx.training", "ai.onnx.preview.training")
OPTIMIZERS = ("Adagrad", "Adam", "Momentum", "Gradient", "GraphCall")
Scopes = tuple[set[str], ...]
"""The names that the graphs around a graph know, the nearest first."""


def check_model(model: Any) -> None:
    """Raise ModelFileError for what no exporter writes."""
    if not model.HasField("graph") or not len(model.graph.output):
        raise refusal("model-no-graph")
    if len(model.training_info):
        raise refusal("model-training", op="training_info")
    for name in (model.producer_name, model.producer_version, *(item.domain for item in model.opset_import)):
        _check_name(name)
    sizes = _check_functions(model.functions)
    _check_graph(model.graph, (), 1)
    total = sum(sizes.get((node.domain, node.op_type), 1) for node in _all_nodes(model.graph.node))
    if total > MOST_NODES:
        raise refusal("model-too-many-parts", most=MOST_NODES)


def _check_graph(graph: Any, outer: Scopes, depth: int) -> None:
    if depth > MOST_GRAPH_DEPTH:
        raise refusal("model-too-nested", depth=depth, most=MOST_GRAPH_DEPTH)
    if len(graph.input) + len(graph.output) > MOST_INPUTS:
        raise refusal("model-too-many-parts", most=MOST_INPUTS)
    for sparse in graph.sparse_initializer:
        check_sparse(sparse, MOST_DENSE_BYTES)
    for name, tensor in ((tensor.name, tensor) for tensor in graph.initializer):
        _check_name(name)
        check_tensor(name, tensor)
    for sparse in graph.sparse_initializer:
        check_tensor(sparse.values.name, sparse.values)
        check_tensor(sparse.values.name, sparse.indices)
    inputs = [value.name for value in graph.input]
    for value in (*graph.input, *graph.output, *graph.value_info):
        _check_name(value.name)
        for dimension in value.type.tensor_type.shape.dim:
            _check_name(dimension.dim_param)
    weights = [*(item.name for item in graph.initializer), *(item.values.name for item in graph.sparse_initializer)]
    for names in (inputs, weights, [value.name for value in graph.output]):
        _check_twice(names)
    known = _check_nodes(graph.node, outer, {*inputs, *weights}, depth)
    for value in graph.output:
        if value.name not in known and not _has(outer, value.name):
            raise refusal("model-value-missing", op="output", value=quoted(value.name))


def _check_nodes(nodes: Any, outer: Scopes, given: set[str], depth: int) -> set[str]:
    """The names that are known after the nodes, which must come in an order in which they can run."""
    made = Counter(name for node in nodes for name in node.output if name)
    for name, count in made.items():
        _check_name(name)
        if count > 1 or name in given:
            raise refusal("model-names-twice", value=quoted(name))
    known = set(given)
    for node in nodes:
        _check_name(node.name)
        _check_node(node)
        for name in node.input:
            _check_name(name)
            if name and name not in known and not _has(outer, name):
                raise _out_of_order(nodes, node.op_type, name, made)
        for inner in graphs_of(node):
            _check_graph(inner, (known, *outer), depth + 1)
        known.update(name for name in node.output if name)
    return known


def _out_of_order(nodes: Any, op: str, name: str, made: Mapping[str, int]) -> Exception:
    _check_name(name)
    if name not in made:
        return refusal("model-value-missing", op=quoted(op), value=quoted(name))
    makers = {output: node for node in nodes for output in node.output}
    seen: set[str] = set()
    waiting = list(makers[name].input)
    while waiting:
        value = waiting.pop()
        if value == name:
            return refusal("model-cycle", value=quoted(name))
        if value in makers and value not in seen:
            seen.add(value)
            waiting.extend(makers[value].input)
    return refusal("model-unsorted", op=quoted(op), value=quoted(name))


def _check_node(node: Any) -> None:
    if node.domain in TRAINING or (node.domain in STANDARD and node.op_type in OPTIMIZERS):
        raise refusal("model-training", op=quoted(node.op_type))
    _check_name(node.op_type)
    _check_name(node.domain)
    if len(node.input) + len(node.output) > MOST_INPUTS * 10:
        raise refusal("model-too-many-parts", most=MOST_INPUTS * 10)
    for attribute in node.attribute:
        _check_name(attribute.name)
        if attribute.HasField("t"):
            check_tensor(attribute.t.name or attribute.name, attribute.t)
        for tensor in attribute.tensors:
            check_tensor(tensor.name or attribute.name, tensor)
        for sparse in _sparse_of(attribute):
            check_sparse(sparse, MOST_DENSE_BYTES)
            check_tensor(attribute.name, sparse.values)
            check_tensor(attribute.name, sparse.indices)
    check_attributes(node)


def _sparse_of(attribute: Any) -> Iterator[Any]:
    if attribute.HasField("sparse_tensor"):
        yield attribute.sparse_tensor
    yield from attribute.sparse_tensors


def _check_functions(functions: Any) -> dict[tuple[str, str], int]:
    """How many operators each function is when written out; they may call each other, but none itself."""
    own = {(function.domain, function.name): function for function in functions}
    if len(own) < len(functions):
        raise refusal("model-names-twice", value="a function")
    sizes: dict[tuple[str, str], int] = {}

    def size(key: tuple[str, str], callers: tuple[tuple[str, str], ...]) -> int:
        if key in callers:
            raise refusal("model-recursion", function=quoted(key[1]))
        if len(callers) > MOST_GRAPH_DEPTH:
            raise refusal("model-too-nested", depth=len(callers), most=MOST_GRAPH_DEPTH)
        if key not in sizes:
            total = 0
            for node in _all_nodes(own[key].node):
                called = (node.domain, node.op_type)
                total += size(called, (*callers, key)) if called in own else 1
            sizes[key] = total
            if total > MOST_NODES:
                raise refusal("model-too-many-parts", most=MOST_NODES)
        return sizes[key]

    for key, function in own.items():
        _check_name(function.name)
        _check_name(function.domain)
        size(key, ())
        _check_twice([*function.input])
        known = _check_nodes(function.node, (), set(function.input), 1)
        for name in function.output:
            if name not in known:
                raise refusal("model-value-missing", op=quoted(function.name), value=quoted(name))
    return sizes


def _all_nodes(nodes: Any, depth: int = 0) -> Iterator[Any]:
    if depth > MOST_GRAPH_DEPTH:
        raise refusal("model-too-nested", depth=depth, most=MOST_GRAPH_DEPTH)
    for node in nodes:
        yield node
        for graph in graphs_of(node):
            yield from _all_nodes(graph.node, depth + 1)


def _has(scopes: Scopes, name: str) -> bool:
    return any(name in scope for scope in scopes)


def _check_name(name: str | bytes) -> None:
    """A name that protobuf could not decode comes as bytes, or is an error when it is asked for."""
    if isinstance(name, bytes):
        raise refusal("model-not-utf8")
    if len(name) > LONGEST_NAME:
        raise refusal("model-name-long", letters=len(name), most=LONGEST_NAME)


def _check_twice(names: list[str]) -> None:
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    if twice is not None:
        raise refusal("model-names-twice", value=quoted(twice))
