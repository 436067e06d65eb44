"""Finds out what "your own model" needs of onnx, onnxruntime's quantiser and Python beyond the page's other packs.

Runs in Pyodide under Node, where everything is put in its place, and then used as a visitor's page will use it.
"""

import json
import shutil
import sys
import zipfile
from importlib import import_module, invalidate_caches
from pathlib import Path

STDLIB, SITE = "/lib/python313.zip/", "/lib/python3.13/site-packages/"
TAKEN = ("onnx/", "google/protobuf/", "onnxslim/", "packaging/")
"""What of the wheels is looked at: not onnx's test data, half of the wheel."""
LEFT_OUT = (
    "onnx/backend/",
    "onnx/test/",
    "onnx/reference/",
    # These need a package of algebra, several times as large as all the rest, and are not called without it.
    "onnxslim/core/shape_inference/",
    "onnxslim/third_party/_sympy/",
)
MODULES = (
    "onnx.checker",
    "onnx.compose",
    "onnx.helper",
    "onnx.inliner",
    "onnx.numpy_helper",
    "onnx.shape_inference",
    "onnx.version_converter",
    "onnxruntime.quantization.onnx_quantizer",
    "onnxruntime.quantization.qdq_quantizer",
    "onnxruntime.transformers.float16",
    "onnxslim",
)
"""What `compress/` may ask for."""
OURS = ("onnx-", "protobuf-", "onnxslim-", "packaging-", "onnxruntime/")


def install(wheels: str, quantiser: str, stand_ins: str) -> None:
    """Put packages where Pyodide keeps them: wheels (a JSON list of files), a folder of Python, and what stands in."""
    for wheel in json.loads(wheels):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                wanted = name.startswith(TAKEN) and name.endswith((".py", ".so")) and not name.startswith(LEFT_OUT)
                if wanted or _is_about(name):
                    archive.extract(name, SITE)
    shutil.copytree(quantiser, f"{SITE}onnxruntime/quantization", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("LICENSE", "transformers/float16.py"):
        target = Path(SITE, "onnxruntime", name)
        target.parent.mkdir(exist_ok=True)
        shutil.copy(Path(quantiser).parent / name, target)
    shutil.copytree(stand_ins, SITE, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    invalidate_caches()


def survey(core: str) -> str:
    """JSON: {stdlib: [path...], numpy: [...], site: [...], about: [...], core: [...]}: all that is imported by then.

    ``core`` is this project's package, a folder; ``about`` are licences and what tells a package's version.
    """
    sys.path.insert(0, str(Path(core).parent))
    for name in MODULES:
        import_module(name)
    for path in sorted(Path(core, "compress").rglob("*.py")):
        import_module(".".join(["hundredfold", *path.relative_to(core).with_suffix("").parts]))
    import_module("hundredfold.adapters.own")
    _use()
    found: dict[str, set[str]] = {"stdlib": set(), "numpy": set(), "site": set(), "core": set()}
    roots = {STDLIB: "stdlib", f"{SITE}numpy/": "numpy", SITE: "site", f"{core}/": "core"}
    for module in list(sys.modules.values()):
        origin = getattr(module, "__file__", None) or ""
        root = next((root for root in roots if origin.startswith(root)), None)
        if root:
            into = "numpy/" if roots[root] == "numpy" else ""
            found[roots[root]].add(into + origin.removeprefix(root))
    about = {
        path.relative_to(SITE).as_posix()
        for path in Path(SITE).rglob("*")
        if path.is_file() and _is_about(path.relative_to(SITE).as_posix())
    }
    return json.dumps({kind: sorted(files) for kind, files in {**found, "about": about}.items()})


def _use() -> None:
    """Shrink a model by every method: some of what that takes is imported only then."""
    from hundredfold.compress.quantize import METHODS
    from hundredfold.compress.requests import handle

    model = _model()
    inputs = {"x": {"dtype": "float32", "dims": [64, 8], "file": "x"}}
    for method in METHODS:
        request = {"do": "quantize", "method": method, "samples": {"inputs": inputs, "labels": [0] * 64}}
        files = {"model": model, "x": bytes(64 * 8 * 4)}
        answer = _driven(handle(request, files, _open))
        assert "small" in files, answer


def _driven(answer) -> object:
    """What a coroutine that waits for nothing comes to."""
    try:
        answer.send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("it waits")


def _model() -> bytes:
    import numpy as np
    import onnx
    from onnx import helper, numpy_helper

    random = np.random.default_rng(1)
    weights = [numpy_helper.from_array(random.random((8, 8), np.float32), name) for name in ("one", "two")]
    nodes = [
        helper.make_node("MatMul", ["x", "one"], ["hidden"], "first"),
        helper.make_node("Relu", ["hidden"], ["positive"], "relu"),
        helper.make_node("MatMul", ["positive", "two"], ["y"], "second"),
    ]
    ends = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", 8]) for name in ("x", "y")]
    graph = helper.make_graph(nodes, "rehearsal", ends[:1], ends[1:], weights)
    opsets = [helper.make_opsetid("", 17)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


async def _open(content: bytes, name: str) -> "_Session":
    return _Session(content, name)


class _Session:
    """Answers with numbers in the shape that an output has, as no engine is here."""

    load_ms, runtime = 0.0, {"threads": 1}

    def __init__(self, content: bytes, name: str) -> None:
        import onnx

        from hundredfold.session import TensorInfo

        graph = onnx.load_model_from_string(content).graph
        self.model_id = name
        self.inputs, self.outputs = (
            [
                TensorInfo(
                    each.name, tuple(size.dim_value or None for size in each.type.tensor_type.shape.dim), "float32"
                )
                for each in ends
            ]
            for ends in (graph.input, graph.output)
        )

    async def run(self, names, feeds):
        import numpy as np

        n = len(next(iter(feeds.values())))
        asked = [each for each in self.outputs if not names or each.name in names]
        return [np.ones([size or n for size in each.shape], np.float32) for each in asked]

    def close(self) -> None:
        pass


def _is_about(name: str) -> bool:
    """A package's licence or notice, or what tells its version."""
    last = name.rpartition("/")[2]
    return name.startswith(OURS) and (last.startswith(("LICENSE", "NOTICE")) or name.endswith(".dist-info/METADATA"))
