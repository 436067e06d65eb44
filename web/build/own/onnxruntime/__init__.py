"""In place of onnxruntime, so that its quantiser, which is Python, can be imported: no engine is in here.

Models are run by onnxruntime-web beside Python, not by what has these names.
"""


class _NoEngine:
    def __init__(self, *_args, **_options):
        raise RuntimeError("onnxruntime's engine is not in the browser's Python: run models by a session of the page")


class InferenceSession(_NoEngine):
    """Refuses."""


class SessionOptions(_NoEngine):
    """Refuses."""


class GraphOptimizationLevel(_NoEngine):
    """Refuses."""
