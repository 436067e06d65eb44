"""The Python that a folder brings: what it may import, and how it is called, the same on both sides.

It is no sandbox: natively this runs because the operator installed the folder. What keeps it to numpy is that nothing
else reaches the browser.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from ..errors import brief
from ..manifest import ManifestError
from ..manifest_added import Added

MODULES = (
    *("base64", "bisect", "collections", "dataclasses", "enum", "functools", "itertools", "json", "math", "operator"),
    *("re", "string", "struct", "typing", "unicodedata"),
)
"""Of the standard library, what reaches the browser for it (web/build/rehearsal.py packs them)."""
FREE = {"numpy", "__future__", *MODULES}
WITHOUT = ("fft", "polynomial", "f2py", "testing", "distutils")
"""Parts of numpy that do not."""
CALLED = {"pre.py": "pre", "post.py": "post"}
"""The function that each file defines."""


class CodeError(ManifestError):
    """A file of Python can not be used; the message names its line and says what to write."""


def check(name: str, source: str) -> None:
    """Raise CodeError unless pre.py or post.py can run in a browser; runs nothing of it."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        why = getattr(error, "msg", None) or error
        raise CodeError(f"{name}, line {line}: it is no Python ({why}): mend it there") from None
    for node in ast.walk(tree):
        for module in _imported(node):
            top, _, rest = module.partition(".")
            if top not in FREE or (top == "numpy" and rest.partition(".")[0] in WITHOUT):
                raise CodeError(
                    f"{name}, line {node.lineno}: {brief(module)} does not reach the browser: use numpy, "  # type: ignore[attr-defined]
                    f"or of the standard library {', '.join(MODULES)}"
                )
    wanted = CALLED[name]
    if not any(isinstance(node, ast.FunctionDef) and node.name == wanted for node in tree.body):
        argument = "given" if wanted == "pre" else "outputs"
        raise CodeError(f"{name}: it defines no function {wanted}: write `def {wanted}({argument}):`")


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        if node.level:
            return ["." * node.level + (node.module or "")]
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def function(added: Added, name: str) -> Callable[[Any], Any] | None:
    """What pre.py or post.py defines; None where the folder has no such file. Raises ManifestError, CodeError."""
    if name not in added.files:
        return None
    if name not in added.source:
        raise ManifestError(f"{name} is not here yet: reload the page")
    return _defined(name, added.source[name])


_DEFINED: dict[tuple[str, str], Callable[[Any], Any]] = {}


def _defined(name: str, source: str) -> Callable[[Any], Any]:
    """The function of a file, which is run once for it."""
    if (name, source) not in _DEFINED:
        check(name, source)
        _DEFINED[name, source] = run(name, source)[CALLED[name]]
    return _DEFINED[name, source]


def run(name: str, source: str) -> dict[str, Any]:
    """What a file defines, by name; raises CodeError where it fails."""
    room: dict[str, Any] = {"__name__": name.removesuffix(".py")}
    try:
        exec(compile(source, name, "exec", dont_inherit=True), room)
    except Exception as error:
        raise CodeError(f"{name} could not be run{at(error, name)}: {type(error).__name__}: {error}") from error
    return room


def at(error: BaseException, name: str) -> str:
    """Where in a folder's file an exception came from, in words."""
    line, trace = None, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f", line {line}" if line else ""
