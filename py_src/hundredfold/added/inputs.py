"""What an added exhibit is asked, from JSON to what its models take: pictures, texts and rows of numbers."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from ..errors import InputError, SessionError, brief
from ..manifest_added import LARGEST_SIDE, Added
from ..session import Session
from .code import at, function
from .pictures import prepared

MOST_LETTERS = 20_000


def schema(added: Added) -> dict[str, Any]:
    """JSON Schema of the input."""
    made = {"image": _image_schema, "text": _text_schema, "numbers": _numbers_schema}[added.kind](added)
    return {"type": "object", "required": list(made), "properties": made}


def parse(added: Added, value: Any) -> Any:
    """The JSON input as the models take it: one array, or several by their inputs' names; raises InputError."""
    if not isinstance(value, Mapping):
        raise InputError("input", f"the input must be an object, not {brief(value)}")
    given = {"image": _image, "text": _text, "numbers": _numbers}[added.kind](added, value)
    own = function(added, "pre.py")
    if own is None:
        return _plain(added, given)
    try:
        return own(given)
    except ValueError as error:  # it says no to this input
        raise InputError("input", f"pre.py{at(error, 'pre.py')}: {error}") from error
    except Exception as error:
        raise SessionError("pre.py", f"{type(error).__name__}{at(error, 'pre.py')}: {error}") from error


def feeds(session: Session, given: Any) -> dict[str, np.ndarray]:
    """What was prepared, under the names and with the element types that a session has; raises SessionError."""
    infos = list(session.inputs)
    if not isinstance(given, Mapping):
        if len(infos) != 1:
            names = ", ".join(info.name for info in infos)
            raise SessionError(session.model_id, f"it takes {names}: have pre.py return an array for each, by its name")
        given = {infos[0].name: given}
    made = {}
    for info in infos:
        if info.name not in given:
            raise SessionError(session.model_id, f"pre.py made {', '.join(map(str, given))} for it", info.name)
        array = np.asarray(given[info.name])
        made[info.name] = array.astype(object if info.dtype == "str" else info.dtype)
    return made


def _plain(added: Added, given: Any) -> np.ndarray:
    """As models take it that need no pre.py, with a batch axis of one."""
    if added.kind == "image":
        return prepared(given, added.form)
    if added.kind == "text":
        return np.array([given], object)
    row: np.ndarray = given.astype(np.float32)[None]
    return row


def _image(added: Added, value: Mapping[str, Any]) -> np.ndarray:
    """uint8 [height, width, 3], red, green and blue."""
    image = value.get("image")
    if not isinstance(image, Mapping):
        raise InputError("image", f"send {{image: {{width, height, pixels}}}}, not {brief(image)}")
    sides = []
    for name in ("height", "width"):
        side = image.get(name)
        if type(side) is not int or not 1 <= side <= LARGEST_SIDE:
            raise InputError(
                f"image.{name}", f"image.{name} must be a whole number from 1 to {LARGEST_SIDE}, not {brief(side)}"
            )
        sides.append(side)
    pixels, wanted = image.get("pixels"), 3 * sides[0] * sides[1]
    try:
        if not isinstance(pixels, str):
            raise ValueError("it is no text")
        content = base64.b64decode(pixels, validate=True)
        if len(content) != wanted:
            raise ValueError(f"it has {len(content)} bytes")
    except (ValueError, binascii.Error) as error:
        detail = f"image.pixels must be base64 of {wanted} bytes, width x height x 3, row by row: {error}"
        raise InputError("image.pixels", detail) from None
    return np.frombuffer(content, np.uint8).reshape(*sides, 3)


def _text(added: Added, value: Mapping[str, Any]) -> str:
    text = value.get("text")
    if not isinstance(text, str):
        raise InputError("text", f"send {{text: ...}} with a text, not {brief(text)}")
    if len(text) > MOST_LETTERS:
        detail = f"text has {len(text):,} letters: send at most {MOST_LETTERS:,}, such as its first ones"
        raise InputError("text", detail, "text-too-long", {"letters": len(text), "most": MOST_LETTERS})
    # Halves of characters and NUL do not cross to every engine.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", " ")


def _numbers(added: Added, value: Mapping[str, Any]) -> np.ndarray:
    """float64 [inputs], in their order."""
    asked, numbers = added.form["inputs"], value.get("numbers")
    if not isinstance(numbers, list | tuple) or len(numbers) != len(asked):
        names = ", ".join(each["name"] for each in asked)
        raise InputError("numbers", f"send {{numbers: [...]}} with {len(asked)} of them: {names}")
    for index, (number, each) in enumerate(zip(numbers, asked, strict=True)):
        real = isinstance(number, int | float) and not isinstance(number, bool) and math.isfinite(number)
        if not real or not each["low"] <= number <= each["high"]:
            bounds = f"from {each['low']:g} to {each['high']:g}"
            raise InputError(
                f"numbers.{index}", f"{each['name']} must be a number {bounds} {each['unit']}, not {brief(number)}"
            )
    return np.array(numbers, np.float64)


def _image_schema(added: Added) -> dict[str, Any]:
    side = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIDE}
    told = "width x height x 3 bytes, row by row: red, green, blue"
    pixels = {"type": "string", "contentEncoding": "base64", "description": told}
    properties = {"width": side, "height": side, "pixels": pixels}
    return {"image": {"type": "object", "required": list(properties), "properties": properties}}


def _text_schema(added: Added) -> dict[str, Any]:
    return {"text": {"type": "string", "maxLength": MOST_LETTERS}}


def _numbers_schema(added: Added) -> dict[str, Any]:
    asked = added.form["inputs"]
    items = {"type": "number", "minimum": min(e["low"] for e in asked), "maximum": max(e["high"] for e in asked)}
    told = ", ".join(f"{e['name']} ({e['low']:g} to {e['high']:g} {e['unit']})".replace(" )", ")") for e in asked)
    count = {"minItems": len(asked), "maxItems": len(asked)}
    return {"numbers": {"type": "array", **count, "items": items, "description": told}}
