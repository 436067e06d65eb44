"""The bridge between numpy and onnxruntime-web, alone and in a real Chromium: every dtype and shape, and its errors."""

import base64
import http.server
import json
import math
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper
from playwright.sync_api import Browser

NUMBERS = [
    "bool",
    *(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)),
    *(f"float{bits}" for bits in (16, 32, 64)),
]
DTYPES = [*NUMBERS, "str"]
LAYOUTS = ["plain", "fortran", "strided", "reversed", "swapped", "unaligned", "readonly"]
RANKS = range(6)

Ask = Callable[..., dict[str, Any]]


class Handler(http.server.SimpleHTTPRequestHandler):
    """The laboratory, beside the built runtime and the bridge's source as it is in the repository."""

    def __init__(self, *args: Any, root: Path, **kwargs: Any) -> None:
        self.root = root
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        name = path.split("?")[0].lstrip("/") or "index.html"
        if name.startswith("src/"):
            return str(self.root / "web" / name)
        built = self.root / "web/dist" / name
        own = Path(__file__).parent / "bridge" / name
        return str(own if own.is_file() else built)

    def end_headers(self) -> None:
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def ask(browser: Browser, root: Path, prepared: dict[str, str]) -> Iterator[Ask]:
    """Ask the laboratory in the browser's worker."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, root=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")

        def ask(do: str, **request: Any) -> Any:
            answer = json.loads(page.evaluate("(text) => ask(text)", json.dumps({"do": do, **request})))
            assert "crash" not in answer, answer["crash"]
            return answer

        yield ask
        page.close()
        server.shutdown()


@pytest.fixture(scope="module")
def identities(ask: Ask) -> Callable[[str, int], str]:
    """The name of a loaded graph that gives back its input `x` of a dtype and rank."""
    loaded = set()

    def name(dtype: str, rank: int) -> str:
        name = f"identity/{dtype}-{rank}"
        if name not in loaded:
            loaded.add(name)
            described = ask("load", name=name, model=identity(dtype, [f"d{axis}" for axis in range(rank)]))
            assert described["inputs"] == [["x", [f"d{axis}" for axis in range(rank)], dtype]]
        return name

    return name


def identity(dtype: str, shape: list[Any]) -> str:
    """An ONNX graph of one Identity node, as base64."""
    kind = TensorProto.STRING if dtype == "str" else helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    x, y = (helper.make_tensor_value_info(name, kind, shape) for name in "xy")
    graph = helper.make_graph([helper.make_node("Identity", ["x"], ["y"])], "identity", [x], [y])
    return encoded(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8))


def encoded(model: onnx.ModelProto) -> str:
    return base64.b64encode(model.SerializeToString()).decode()


def numbers(array: np.ndarray) -> list[Any]:
    """An array as the laboratory reads it."""
    return [str(array.dtype), list(array.shape), base64.b64encode(array.tobytes()).decode()]


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[int], Any, str]:
    dtype, rank = draw(st.sampled_from(DTYPES)), draw(st.sampled_from(RANKS))
    shape = [draw(st.integers(0, 3)) for _ in range(rank)]
    size = math.prod(shape)
    if dtype == "str":
        texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)
        return dtype, shape, draw(st.lists(texts, min_size=size, max_size=size)), draw(st.sampled_from(LAYOUTS[:4]))
    count = size * np.dtype(dtype).itemsize
    content = draw(st.binary(min_size=count, max_size=count))
    if dtype == "bool":
        content = bytes(byte % 2 for byte in content)
    return dtype, shape, base64.b64encode(content).decode(), draw(st.sampled_from(LAYOUTS))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(case=cases())
def test_every_array_comes_back_bit_equal(
    ask: Ask, identities: Callable[[str, int], str], case: tuple[str, list[int], Any, str]
) -> None:
    dtype, shape, content, layout = case
    name = identities(dtype, len(shape))
    answer = ask("echo", name=name, dtype=dtype, shape=shape, content=content, layout=layout)
    assert answer == {"dtype": dtype, "shape": shape, "content": content}


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [[], [0], [3], [2, 0, 2], [1, 2, 3, 2, 1]], ids=str)
def test_each_dtype_in_each_kind_of_shape(
    ask: Ask, identities: Callable[[str, int], str], dtype: str, shape: list[int]
) -> None:
    size = math.prod(shape)
    if dtype == "str":
        content: Any = [f"ärger {number} \U0001f600" for number in range(size)]
    else:
        content = numbers(np.arange(size).astype(dtype))[2]
    for layout in LAYOUTS[:4] if dtype == "str" else LAYOUTS:
        answer = ask(
            "echo", name=identities(dtype, len(shape)), dtype=dtype, shape=shape, content=content, layout=layout
        )
        assert answer == {"dtype": dtype, "shape": shape, "content": content}, layout


def test_arrays_so_large_that_pythons_memory_grows(ask: Ask, identities: Callable[[str, int], str]) -> None:
    answer = ask("grow", name=identities("uint32", 1), count=12_000_000)
    assert answer == {"equal": [True, True, True]}


@pytest.fixture(scope="module")
def pair(ask: Ask) -> str:
    """A model of two inputs and two outputs: sum = a + b with a [n, 2], and twice = b + b with b [2]."""
    info = partial(helper.make_tensor_value_info, elem_type=TensorProto.FLOAT)
    graph = helper.make_graph(
        [helper.make_node("Add", ["a", "b"], ["sum"]), helper.make_node("Add", ["b", "b"], ["twice"])],
        "pair",
        [info("a", shape=["n", 2]), info("b", shape=[2])],
        [info("sum", shape=["n", 2]), info("twice", shape=[2])],
    )
    model = encoded(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8))
    described = ask("load", name="lab/pair", model=model)
    assert described["outputs"] == [["sum", ["n", 2], "float32"], ["twice", [2], "float32"]]
    assert described["load_ms"] > 0
    assert described["runtime"].pop("clock_step_ms") > 0
    assert described["runtime"] == {"provider": "onnxruntime-web 1.30.0 wasm", "threads": 1, "isolated": True}
    return "lab/pair"


A = np.array([[1, 2], [3, 4], [5, 6]], np.float32)
B = np.array([10, 20], np.float32)


@pytest.mark.parametrize("names", [None, ["twice"], ["twice", "sum"], ["sum", "twice"]])
def test_the_named_outputs_come_in_the_named_order(ask: Ask, pair: str, names: list[str] | None) -> None:
    # The feeds are in another order than the model's inputs.
    answer = ask("run", name=pair, feeds={"b": numbers(B), "a": numbers(A)}, names=names)
    expected = {"sum": A + B, "twice": B + B}
    assert [item["content"] for item in answer["results"]] == [
        numbers(expected[name])[2] for name in names or ["sum", "twice"]
    ]


@pytest.mark.parametrize(
    ("feeds", "names", "tensor", "says"),
    [
        ({"a": A}, None, "b", "missing"),
        ({"a": A, "b": B, "c": B}, None, "c", "it needs: a, b"),
        ({"a": A, "b": B.astype(np.float64)}, None, "b", "its dtype is float64; it must be float32"),
        ({"a": A, "b": B[None]}, None, "b", r"its shape is [1, 2]; it must be [2]"),
        ({"a": A[:, :1], "b": B}, None, "a", r"its shape is [3, 1]; it must be [n, 2]"),
        ({"a": A, "b": B}, ["product"], None, "no output 'product'; it has: sum, twice"),
    ],
)
def test_a_wrong_run_names_the_model_the_input_and_what_was_expected(
    ask: Ask, pair: str, feeds: dict[str, np.ndarray], names: list[str] | None, tensor: str | None, says: str
) -> None:
    answer = ask("run", name=pair, feeds={name: numbers(array) for name, array in feeds.items()}, names=names)
    assert answer["tensor"] == tensor
    assert pair in answer["error"]
    assert says in answer["error"]
    assert "results" in ask("run", name=pair, feeds={"a": numbers(A), "b": numbers(B)}), "the session goes on"


def test_what_the_engine_refuses_is_an_error_with_the_models_id(ask: Ask) -> None:
    answer = ask("load", name="lab/broken", model=base64.b64encode(b"not a model").decode())
    assert "lab/broken" in answer["error"]
    info = partial(helper.make_tensor_value_info, elem_type=TensorProto.FLOAT)
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["x", "x"], ["y"])], "square", [info("x", shape=["n", "m"])], [info("y", shape=[])]
    )
    graph.output[0].type.tensor_type.ClearField("shape")
    model = encoded(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8))
    assert "error" not in ask("load", name="lab/square", model=model)
    answer = ask("run", name="lab/square", feeds={"x": numbers(A)})
    assert "lab/square" in answer["error"]
    assert "results" in ask("run", name="lab/square", feeds={"x": numbers(A[:2])}), "the session goes on"


def test_text_that_can_not_cross_is_refused(ask: Ask, identities: Callable[[str, int], str]) -> None:
    answer = ask(
        "echo", name=identities("str", 1), dtype="str", shape=[2], content=["fine", "cut\0off"], layout="plain"
    )
    assert answer["tensor"] == "x"


def test_nothing_leaks_over_two_thousand_runs(ask: Ask, identities: Callable[[str, int], str]) -> None:
    answer = ask("leak", name=identities("float32", 2), dtype="float32", shape=[3, 4], runs=2000)
    assert answer["references"] == 0
    assert answer["blocks"] < 200, "less than one block in ten runs"


def test_runs_from_asyncio_queue(ask: Ask, identities: Callable[[str, int], str]) -> None:
    assert ask("in_asyncio", name=identities("float32", 2)) == {"equal": True}


def test_a_closed_session_can_be_loaded_again(ask: Ask) -> None:
    model = identity("float32", [2])
    for _ in range(3):
        assert "error" not in ask("load", name="lab/again", model=model)
        assert ask("run", name="lab/again", feeds={"x": numbers(B)})["results"][0]["content"] == numbers(B)[2]
        ask("close", name="lab/again")
