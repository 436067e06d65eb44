"""What the core answers has the shape that documents and types are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Literal, get_args, get_origin

import pytest
from replay import RUN, ask_once

from hundredfold.result import Exhibits, Result, described

DEVICE = {"active_w": 7.0, "idle_w": 5.0}


def fits(value: Any, hint: Any) -> bool:
    """Whether a JSON value is of a type, all the way down; fields that have a default may be missing."""
    if hint is Any:
        return True
    if is_dataclass(hint):
        return isinstance(value, dict) and has_shape(value, hint)  # type: ignore[arg-type]
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if get_origin(hint) is tuple:
        return isinstance(value, list) and all(fits(each, get_args(hint)[0]) for each in value)
    if get_origin(hint) is Mapping:
        return isinstance(value, dict) and all(fits(each, get_args(hint)[1]) for each in value.values())
    if get_args(hint):
        return any(fits(value, each) for each in get_args(hint))
    return isinstance(value, int if hint is int else (int, float) if hint is float else hint)


def has_shape(value: dict[str, Any], shape: type) -> bool:
    every = described(shape, page=True)
    needed = {each.name for each in fields(shape) if each.default is MISSING} & described(shape).keys()
    return needed <= value.keys() <= every.keys() and all(fits(value[name], every[name][0]) for name in value)


@pytest.mark.parametrize("device", [None, DEVICE])
def test_a_result_has_its_shape(device):
    result = ask_once({**RUN, "device": device, "repeats": 12})
    assert has_shape(result, Result)
    assert (result["energy"] is None) == (device is None)


@pytest.mark.parametrize("change", [{"where": "nowhere"}, {"bytes_sent": "0"}, {"more": 1}, {"timing": {}}])
def test_another_shape_is_seen(change):
    assert not has_shape({**ask_once(RUN), **change}, Result)


def test_what_is_listed_has_its_shape():
    assert has_shape(ask_once({"do": "exhibits"}), Exhibits)
