"""Hundredfold: one input, run by a small model on your device and by a big one on the server, measured side by side.

This package's core is pure Python and numpy: it runs unchanged under CPython and in the browser under Pyodide.
"""

from .app import handle
from .errors import InputError, Problem
from .exhibit import Exhibit
from .exhibits import EXHIBITS
from .manifest import Manifest, ManifestError, Variant
from .measure import Timed
from .session import Session, TensorInfo

__all__ = [
    "EXHIBITS",
    "Exhibit",
    "InputError",
    "Manifest",
    "ManifestError",
    "Problem",
    "Session",
    "TensorInfo",
    "Timed",
    "Variant",
    "handle",
]

__version__ = "0.1.0"
