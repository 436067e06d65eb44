"""In place of typing_extensions: what onnx takes from it is in the standard library by now."""

from typing import *  # noqa: F403
from warnings import deprecated as deprecated
