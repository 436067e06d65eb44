"""Attributes and sizes that make onnx's own shape inference divide by zero, index outside of its vectors or loop.

Found by calling its inference of every operator with random attributes and sizes, in a process that may die.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .refusals import quoted, refusal
from .tensors import MOST_AXES

LARGEST = 2**31 - 1
AT_LEAST_ONE = (
    "strides",
    "dilations",
    "kernel_shape",
    "group",
    "blocksize",
    "num_outputs",
    "num_groups",
    "hidden_size",
    "size",
    "num_heads",
    "q_num_heads",
    "kv_num_heads",
)
"""What operators divide by, or what there must be one of."""
AXES = ("axis", "axes", "batch_axis", "time_axis", "perm", "scan_input_axes", "scan_output_axes")
"""Which axes are meant: there are not more than so many, from either end."""
LISTS_OF_SIZES = ("shape", "axes", "perm")
LONGEST_EQUATION = 1000
LEAST_INPUTS = {("com.microsoft", "QLinearLeakyRelu"): 5, ("com.microsoft", "QLinearSigmoid"): 5}
"""Where onnxruntime itself ends the process, instead of refusing the model, if there are fewer inputs."""
SHAPES = {"Expand": 1, "ConstantOfShape": 0, "Reshape": 1, "Unsqueeze": 1, "RandomNormal": 0, "Tile": 1, "Resize": 3}
"""Which input of an operator has one number for each axis of what it makes."""


def check_attributes(node: Any) -> None:
    """Raise ModelFileError for attributes, and for too few inputs, that no exporter writes."""
    least = LEAST_INPUTS.get((node.domain, node.op_type), 0)
    if len(node.input) < least:
        raise refusal("model-inputs-few", op=quoted(node.op_type), found=len(node.input), least=least)
    for attribute in node.attribute:
        name = attribute.name
        numbers = [*attribute.ints, *([attribute.i] if attribute.HasField("i") else [])]
        low, high = _range(name)
        wrong = next((number for number in numbers if not low <= number <= high), None)
        if wrong is None and name in LISTS_OF_SIZES and len(numbers) > MOST_AXES:
            wrong = len(numbers)
        if wrong is None and name == "equation" and len(attribute.s) > LONGEST_EQUATION:
            wrong = len(attribute.s)
        if wrong is None and name == "num_outputs" and numbers != [len(node.output)]:
            wrong = numbers[0] if numbers else 0
        if wrong is None and len(attribute.type_protos):
            wrong = len(attribute.type_protos)
        if wrong is not None:
            raise refusal("model-attribute", op=quoted(node.op_type), attribute=quoted(name), found=float(wrong))


def check_axes(op: str, shapes: Sequence[tuple[int, ...] | None]) -> None:
    """Raise ModelFileError where an operator would make a value of more axes than any engine has."""
    place = SHAPES.get(op)
    shape = shapes[place] if place is not None and place < len(shapes) else None
    if shape and len(shape) == 1 and shape[0] > MOST_AXES:
        raise refusal("model-axes", op=quoted(op), axes=shape[0], most=MOST_AXES)
    if any(shape is not None and len(shape) > MOST_AXES for shape in shapes):
        raise refusal("model-axes", op=quoted(op), axes=MOST_AXES + 1, most=MOST_AXES)


def _range(name: str) -> tuple[int, int]:
    """The least and the largest that an attribute of whole numbers may be."""
    if name in AT_LEAST_ONE:
        return 1, LARGEST
    if name in AXES:
        return -MOST_AXES, MOST_AXES
    return (0, MOST_AXES) if name == "batch_dims" else (-(2**63), 2**63 - 1)
