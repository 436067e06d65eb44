"""What goes wrong on purpose: every error that this package raises, and the form in which an answer tells one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

QUOTED = 60
"""An error quotes a value with so many characters."""


class HundredfoldError(Exception):
    """The base of every error that this package raises on purpose."""


class InputError(HundredfoldError):
    """The visitor's input can not be used; ``field`` says which part, as a dotted path, and the message what to do.

    What a visitor reads has a ``code``: the page's message that says the same in each language, with ``values`` in it.
    """

    def __init__(
        self, field: str, message: str, code: str | None = None, values: Mapping[str, str | float] | None = None
    ) -> None:
        super().__init__(message)
        self.field = field
        self.code = code
        self.values = dict(values or {})

    def extra(self) -> dict[str, Any]:
        """What a problem tells beside its detail."""
        said = {"code": self.code, "values": self.values} if self.code else {}
        return {"field": self.field, **said}


class SessionError(HundredfoldError):
    """The engine refused a model or a run."""

    def __init__(self, model_id: str, message: str, tensor: str | None = None) -> None:
        about = f"input '{tensor}' of {model_id}" if tensor else model_id
        super().__init__(f"{about}: {message}")
        self.model_id = model_id
        self.tensor = tensor


class ModelFileError(HundredfoldError):
    """A model file can not be used; the message says what to do.

    ``code`` is stable and names the page's message that says the same in each language, with ``values`` in it.
    """

    def __init__(self, code: str, message: str, values: Mapping[str, str | float] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.values = dict(values or {})

    def extra(self) -> dict[str, Any]:
        """What a problem tells beside its detail."""
        return {"code": self.code, "values": self.values}


@dataclass(frozen=True)
class Problem:
    """An error as RFC 9457 problem details: what went wrong, and in ``detail`` what to do about it."""

    status: int
    title: str
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail, **self.extra}


def brief(value: Any) -> str:
    """A value as an error quotes it: cut short, whatever it is."""
    try:
        text = repr(value)
    except ValueError:  # Python writes out no integer of thousands of digits
        return "a number with thousands of digits"
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}..."
