"""A name for an input, by which a recorded answer is found; web/src/recorded/digest.js makes the same."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping
from typing import Any


def record_key(value: Any, variant: str) -> str:
    """``<sha256 of the input>|<variant>``."""
    return f"{hashlib.sha256(canonical(value).encode()).hexdigest()}|{variant}"


def canonical(value: Any) -> str:
    """JSON with sorted keys and each number as its float64's hex: Python and JavaScript write numbers differently."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return struct.pack(">d", float(value) + 0.0).hex()  # -0 is 0
    return json.dumps(value, ensure_ascii=False)
