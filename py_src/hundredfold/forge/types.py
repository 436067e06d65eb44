"""The page's types of an answer, from the core's shapes: what web/src/shared/result.d.ts is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from .. import manifest, manifest_added, result

NAMES = {result.FigureFacts: "Figure", result.EnergyFacts: "Energy", result.ExhibitFacts: "Ladder"}
"""What the page calls a shape otherwise."""
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null", Any: "any"}
SHAPES = (
    manifest.Accuracy,
    manifest.Variant,
    manifest_added.Added,
    result.Defaults,
    result.Recorded,
    result.LanguageModel,
    result.ExhibitFacts,
    result.Exhibits,
    result.RunRequest,
    result.Summary,
    result.Ends,
    result.FigureFacts,
    result.EnergyFacts,
    result.Timing,
    result.Runtime,
    result.Result,
)


def declarations() -> str:
    """All shapes as TypeScript interfaces."""
    return "\n\n".join(map(_interface, SHAPES))


def _interface(shape: type) -> str:
    given = {each.name for each in fields(shape) if each.default is not MISSING}
    lines = [f"/** {shape.__doc__} */", f"export interface {_name(shape)} {{"]
    for name, (hint, said) in result.described(shape, page=True).items():
        if said.description:
            lines.append(f"  /** {said.description}. */")
        lines.append(f"  {name}{'?' if name in given else ''}: {_type(hint)};")
    return "\n".join([*lines, "}"])


def _name(shape: type) -> str:
    return NAMES.get(shape, shape.__name__)


def _type(hint: Any) -> str:
    if hint in PLAIN:
        return PLAIN[hint]
    if is_dataclass(hint):
        return _name(hint)  # type: ignore[arg-type]
    if get_origin(hint) is Literal:
        return " | ".join(f'"{value}"' for value in get_args(hint))
    if get_origin(hint) is Mapping:
        return f"Record<string, {_type(get_args(hint)[1])}>"
    if get_origin(hint) is tuple:
        return f"{_type(get_args(hint)[0])}[]"
    return " | ".join(map(_type, get_args(hint)))
