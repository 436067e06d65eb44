"""One answer of one network: an observation for those that see, features for a skill; JSON in and out."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from ...errors import InputError, brief
from ...session import Session
from .acting import Observation
from .camera import COLUMNS, ROWS
from .perception import read
from .policy import encode_gripper, encode_instruction
from .skill import ACTION
from .world import AREAS, MOST, SPAN, TASKS, Instruction

Asked = tuple[Observation, Instruction] | np.ndarray
"""What ``parse`` makes of an input: an observation with what was told, or a skill's features."""
FAR = 10.0
"""No coordinate is larger, in metres; nor a feature, in its unit."""


def parse(value: Any) -> Asked:
    """``{image, gripper, instruction}`` for the networks that see, or ``{features: [3]}``; raises InputError."""
    if isinstance(value, Mapping) and "features" in value:
        features = value["features"]
        if not isinstance(features, list) or len(features) != 3:
            raise InputError("features", "features must be a list of three numbers")
        return np.array([_number(each, "features") for each in features], np.float32)
    if not isinstance(value, Mapping) or not isinstance(value.get("image"), Mapping):
        raise InputError("image", "send {image: {width, height, pixels}, gripper, instruction}, or {features}")
    image = _image(value["image"])
    return Observation(lambda: image, _gripper(value.get("gripper"))), instruction(value.get("instruction"))


def observation(seen: Observation, instructed: Instruction) -> dict[str, Any]:
    """The inverse of ``parse`` for an observation."""
    x, z, opening = seen.gripper
    gripper = {"x": x, "z": z, "opening": opening}
    return {"image": picture(seen.look()), "gripper": gripper, "instruction": told(instructed)}


def told(instructed: Instruction) -> dict[str, Any]:
    """The inverse of ``instruction``."""
    goal = None if instructed.goal is None else AREAS[instructed.goal]
    return {"task": instructed.task, "goal": goal, "block": instructed.block, "onto": instructed.onto}


def picture(image: np.ndarray) -> dict[str, Any]:
    """uint8 [64, 96, 3] -> ``{width, height, pixels}``, pixels as base64 of red, green, blue, row by row."""
    return {"width": COLUMNS, "height": ROWS, "pixels": base64.b64encode(image.tobytes()).decode()}


def _image(value: Mapping[str, Any]) -> np.ndarray:
    for name, size in (("width", COLUMNS), ("height", ROWS)):
        if value.get(name) != size or isinstance(value[name], bool):
            raise InputError(
                f"image.{name}", f"{name} must be {size}, as the camera has it, not {brief(value.get(name))}"
            )
    pixels = value.get("pixels")
    if not isinstance(pixels, str):
        raise InputError("image.pixels", "pixels must be base64 of three bytes per pixel, row by row")
    try:
        raw = base64.b64decode(pixels, validate=True)
    except (binascii.Error, ValueError):
        raise InputError("image.pixels", "pixels is not valid base64") from None
    if len(raw) != ROWS * COLUMNS * 3:
        raise InputError("image.pixels", f"pixels must hold {ROWS * COLUMNS * 3} bytes; it holds {len(raw)}")
    return np.frombuffer(raw, np.uint8).reshape(ROWS, COLUMNS, 3)


def _gripper(value: Any) -> tuple[float, float, float]:
    if not isinstance(value, Mapping):
        raise InputError("gripper", "gripper must be {x, z, opening}, in metres")
    x, z, opening = (_number(value.get(name), f"gripper.{name}") for name in ("x", "z", "opening"))
    if not 0 <= opening <= SPAN:
        raise InputError("gripper.opening", f"opening must be from 0 to {SPAN} metres, not {brief(opening)}")
    return x, z, opening


def instruction(value: Any) -> Instruction:
    """``{task, goal, block, onto}`` -> Instruction; raises InputError."""
    if not isinstance(value, Mapping) or value.get("task") not in TASKS:
        raise InputError("instruction.task", f"instruction must be {{task, ...}}; task is one of {', '.join(TASKS)}")
    if value["task"] == "hanoi":
        if value.get("goal") not in AREAS:
            raise InputError("instruction.goal", f"goal must be one of {', '.join(AREAS)}")
        return Instruction("hanoi", goal=AREAS.index(value["goal"]))
    block, onto = value.get("block"), value.get("onto")
    if isinstance(block, bool) or not isinstance(block, int) or not 0 <= block < MOST:
        raise InputError("instruction.block", f"block must be a whole number from 0 to {MOST - 1}")
    places = [*AREAS, *(f"b{rank}" for rank in range(MOST))]
    if onto not in places or onto == f"b{block}":
        raise InputError("instruction.onto", f"onto must be another block or an area: {', '.join(places)}")
    return Instruction("single", block=block, onto=onto)


def _number(value: Any, field: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= FAR:
        raise InputError(field, f"{field} must be a number from {-FAR:g} to {FAR:g}, not {brief(value)}")
    return float(value)


async def run(session: Session, value: Asked) -> dict[str, Any]:
    """What a network answers, by what it takes: the end-to-end policy ``{actions: [16 x [dx, dz, closed]]}``, speeds

    in units of SPEED and the logit of a closed gripper; perception ``{blocks: [[rank, x, z, sure]]}``, in metres; a
    skill ``{action: [dx, dz, closed, done]}``, as a policy's, with the logit of being done.
    """
    names = {info.name for info in session.inputs}
    if isinstance(value, np.ndarray):
        if names != {"features"}:
            raise InputError("features", f"{session.model_id} takes an image, a gripper and an instruction")
        (answer,) = await session.run([ACTION], {"features": value[None]})
        return {"action": answer[0].tolist()}
    seen, instructed = value
    if names == {"features"}:
        raise InputError("image", f"{session.model_id} takes three features, and no image")
    feeds = {"image": seen.look()[None]}
    if "gripper" not in names:
        sight = read((await session.run(None, feeds))[0][0])
        return {"blocks": [[rank, *sight.poses[rank], sight.sure[rank]] for rank in sorted(sight.poses)]}
    feeds |= {"gripper": encode_gripper(*seen.gripper)[None], "instruction": encode_instruction(instructed)[None]}
    (chunk,) = await session.run(None, feeds)
    return {"actions": chunk[0].tolist()}


def deviation(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """The largest difference of a number, in metres, shares or units of speed; infinite when the shapes differ."""
    if one.keys() != other.keys():
        return math.inf
    worst = 0.0
    for name in one:
        first, second = np.asarray(one[name], float), np.asarray(other[name], float)
        if first.shape != second.shape:
            return math.inf
        worst = max(worst, float(np.abs(first - second).max(initial=0.0)))
    return worst


_COORDINATE = {"type": "number", "minimum": -FAR, "maximum": FAR}
_SEEN = {
    "type": "object",
    "required": ["image", "gripper", "instruction"],
    "properties": {
        "image": {
            "type": "object",
            "required": ["width", "height", "pixels"],
            "properties": {
                "width": {"const": COLUMNS},
                "height": {"const": ROWS},
                "pixels": {
                    "type": "string",
                    "contentEncoding": "base64",
                    "description": "width x height x 3 bytes: red, green, blue, row by row",
                },
            },
        },
        "gripper": {
            "type": "object",
            "required": ["x", "z", "opening"],
            "properties": {
                "x": _COORDINATE,
                "z": _COORDINATE,
                "opening": {"type": "number", "minimum": 0, "maximum": SPAN},
            },
        },
        "instruction": {
            "type": "object",
            "required": ["task"],
            "properties": {
                "task": {"enum": list(TASKS)},
                "goal": {"enum": [*AREAS, None], "description": "hanoi: where the tower is to be"},
                "block": {
                    "type": ["integer", "null"],
                    "minimum": 0,
                    "maximum": MOST - 1,
                    "description": "single: which",
                },
                "onto": {"type": ["string", "null"], "description": "single: b and a block's number, or an area"},
            },
        },
    },
}
INPUT_SCHEMA = _SEEN
"""What the networks take that run there; a skill's ``{features}`` is for those that run here."""
OUTPUT_SCHEMA = {
    "type": "object",
    "properties": {
        "actions": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "number"}, "minItems": 3, "maxItems": 3},
            "description": "One per step: speed across and up, as shares of the fastest, and the logit of closing",
        }
    },
}
