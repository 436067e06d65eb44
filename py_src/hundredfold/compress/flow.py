"""If, Loop and Scan in a walk through a graph: the graphs within, each walked once, and how often they run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from .refusals import quoted, refusal
from .values import Scope, Value, Walked

MOST_TURNS = 1_000_000
"""Turns of a loop that does not end by a condition of its own."""


class Walker(Protocol):
    """What walks through a graph."""

    found: Walked

    def graph(
        self, graph: Any, scope: Scope, live: int, fed: Mapping[str, Value] | None = None
    ) -> tuple[list[Value], int]:
        """The outputs of a graph fed with ``fed``, and the most bytes alive in it."""
        ...


def flow(
    walk: Walker, node: Any, attributes: Mapping[str, Any], inputs: list[Value | None], scope: Scope, live: int
) -> tuple[int, list[Value]]:
    """If, Loop and Scan: the graphs within, each walked once."""
    graphs = {item.name: item.g for item in node.attribute if item.HasField("g")}
    if node.op_type == "If":
        return _branches(walk, graphs, inputs, scope, live)
    if node.op_type == "Loop":
        return _loop(walk, node, graphs["body"], inputs, scope, live) if "body" in graphs else (live, [])
    return _scan(walk, attributes, graphs["body"], inputs, scope, live) if "body" in graphs else (live, [])


def _branches(
    walk: Walker, graphs: Mapping[str, Any], inputs: list[Value | None], scope: Scope, live: int
) -> tuple[int, list[Value]]:
    """The branch that is taken, where that is known; else what both agree on, with the work of the larger one."""
    condition = inputs[0].data if inputs and inputs[0] else None
    names: tuple[str, ...] = ("then_branch", "else_branch")
    if condition is not None and condition.size == 1:
        names = (names[0],) if condition.reshape(-1)[0] else (names[1],)
    start, ends, works, peaks = walk.found.macs, [], [], [live]
    for name in names:
        if name in graphs:
            walk.found.macs = start
            outputs, peak = walk.graph(graphs[name], scope, live, {})
            ends.append(outputs)
            works.append(walk.found.macs)
            peaks.append(peak)
    walk.found.macs = max(works, default=start)
    if not ends:
        return live, []
    joined = [a if all(a == b for b in others) else Value(a.kind) for a, *others in zip(*ends, strict=False)]
    return max(peaks), [Value(value.kind, value.shape) for value in joined]


def _loop(
    walk: Walker, node: Any, body: Any, inputs: list[Value | None], scope: Scope, live: int
) -> tuple[int, list[Value]]:
    turns = inputs[0].data if inputs and inputs[0] else None
    count = int(turns.reshape(-1)[0]) if turns is not None and turns.size else None
    bounded = bool(node.input and node.input[0]) if count is None else count <= MOST_TURNS
    if not bounded and _never_ends(node, body, inputs):
        raise refusal("model-endless", loop=quoted(node.name or node.op_type))
    states = [value or Value() for value in inputs[2:]]
    values = [Value(7, (), None), Value(9, (), None), *(Value(value.kind, value.shape) for value in states)]
    fed = {item.name: value for item, value in zip(body.input, values, strict=False)}
    start = walk.found.macs
    outputs, peak = walk.graph(body, scope, live, fed)
    work = walk.found.macs - start
    if count is None:
        walk.found.loops.append(node.name or node.op_type)
    else:
        walk.found.macs = start + work * max(0, count)
    carried = outputs[1 : 1 + len(states)]
    ends = [
        after if after.shape == state.shape else Value(after.kind)
        for state, after in zip(states, carried, strict=False)
    ]
    stacked = outputs[1 + len(states) :]
    return peak, [
        *(Value(value.kind, value.shape) for value in ends),
        *(Value(v.kind, None if v.shape is None or count is None else (max(0, count), *v.shape)) for v in stacked),
    ]


def _scan(
    walk: Walker, attributes: Mapping[str, Any], body: Any, inputs: list[Value | None], scope: Scope, live: int
) -> tuple[int, list[Value]]:
    scanned = int(attributes.get("num_scan_inputs", 1))
    states = [value or Value() for value in inputs[: max(0, len(inputs) - scanned)]]
    sequences = [value or Value() for value in inputs[len(states) :]]
    axes = list(attributes.get("scan_input_axes") or [0] * len(sequences))
    turns, parts = None, []
    for value, axis in zip(sequences, axes, strict=False):
        shape = value.shape
        if shape is None or not -len(shape) <= axis < len(shape):
            parts.append(Value(value.kind))
            continue
        turns, axis = shape[axis], axis % len(shape)
        parts.append(Value(value.kind, shape[:axis] + shape[axis + 1 :]))
    fed = {item.name: value for item, value in zip(body.input, [*states, *parts], strict=False)}
    start = walk.found.macs
    outputs, peak = walk.graph(body, scope, live, fed)
    walk.found.macs = start + (walk.found.macs - start) * (turns or 0)
    if turns is None:
        walk.found.loops.append("Scan")
    plain = not any(attributes.get("scan_output_axes") or ())
    stacked = [
        Value(v.kind, (turns, *v.shape) if turns is not None and v.shape is not None and plain else None)
        for v in outputs[len(states) :]
    ]
    return peak, [*(Value(value.kind, value.shape) for value in outputs[: len(states)]), *stacked]


def _never_ends(node: Any, body: Any, inputs: list[Value | None]) -> bool:
    """Whether a loop's condition is passed on as it came, and came as true or not at all."""
    given = inputs[1].data if len(inputs) > 1 and inputs[1] else None
    if len(node.input) > 1 and node.input[1] and (given is None or not given.reshape(-1)[:1].all()):
        return False
    if len(body.output) == 0 or len(body.input) < 2:
        return True
    makers = {name: item for item in body.node for name in item.output}
    constants = {tensor.name for tensor in body.initializer}
    name = body.output[0].name
    for _ in range(len(body.node) + 1):
        if name == body.input[1].name or name in constants:
            return True
        maker = makers.get(name)
        if maker is None or maker.op_type == "Constant":
            return True
        if maker.op_type not in ("Identity", "Cast"):
            return False
        name = maker.input[0]
    return True
