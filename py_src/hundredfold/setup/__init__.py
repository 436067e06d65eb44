"""Makes the page from a fresh clone, step by step: Node, its packages, numpy and onnx for the browser, the built page.

Each step says what it does and skips what is done, so that a second run fetches and builds nothing.
"""

from __future__ import annotations

from pathlib import Path

from ..environment import cache
from .node import ensure_node
from .onnx_wheel import ensure_onnx_wheels, quantiser
from .page import build_page, ensure_packages
from .steps import alone
from .wheel import ensure_numpy_wheel

__all__ = [
    "build_page",
    "ensure_node",
    "ensure_numpy_wheel",
    "ensure_onnx_wheels",
    "ensure_packages",
    "prepare",
    "prepare_packages",
]

ROOT = Path(__file__).resolve().parents[3]


def prepare_packages(root: Path = ROOT) -> str:
    """Node and its packages only: what checking the page's sources needs."""
    with alone(cache(root) / "prepare.lock"):
        return ensure_packages(root / "web", ensure_node())


def prepare(root: Path = ROOT) -> dict[str, str]:
    """Do every step; returns what each came to. Raises SetupError, whose message says what to do."""
    with alone(cache(root) / "prepare.lock"):
        node = ensure_node()
        packages = ensure_packages(root / "web", node)
        wheel = ensure_numpy_wheel(root / "web/node_modules/pyodide", cache(root) / "runtime")
        own = [*ensure_onnx_wheels(cache(root) / "runtime"), quantiser()]
        page = build_page(root, node, wheel, own)
    names = [path.name for path in own[:-1]]
    return {"node": node.version, "packages": packages, "numpy": wheel.name, "onnx": ", ".join(names), "page": page}
