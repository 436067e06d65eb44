"""What "your own model" needs for the browser's Python: fetched once, checked, repaired, explained, packed safely."""

import hashlib
import json
import re
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from hundredfold.setup import onnx_wheel
from hundredfold.setup.onnx_wheel import PINNED, Pinned, by_pip, ensure_onnx_wheels, quantiser
from hundredfold.setup.steps import SetupError

ROOT = Path(__file__).resolve().parents[2]
CONTENT = bytes(range(256)) * 100
WANTED = Pinned("thing", "1.0", "thing-1.0-py3-none-any.whl", hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))


class Giving:
    """Puts this content where it is asked to."""

    def __init__(self, content: bytes) -> None:
        self.content, self.asked = content, 0

    def __call__(self, wanted: Pinned, folder: Path) -> None:
        self.asked += 1
        (folder / wanted.file).write_bytes(self.content)


def offline(wanted: Pinned, folder: Path) -> None:
    raise OSError("Name or service not known")


def test_it_is_fetched_once(tmp_path: Path) -> None:
    fetch = Giving(CONTENT)
    for _ in range(2):
        assert [path.read_bytes() for path in ensure_onnx_wheels(tmp_path, fetch, (WANTED,))] == [CONTENT]
    assert fetch.asked == 1, "a second run fetches nothing"
    assert [path.name for path in tmp_path.iterdir()] == [WANTED.file]


@pytest.mark.parametrize("found", [CONTENT[:-1], b"", CONTENT[:-1] + b"?"], ids=["truncated", "empty", "altered"])
def test_a_damaged_file_is_found_and_fetched_again(tmp_path: Path, found: bytes) -> None:
    (tmp_path / WANTED.file).write_bytes(found)
    fetch = Giving(CONTENT)
    assert ensure_onnx_wheels(tmp_path, fetch, (WANTED,))[0].read_bytes() == CONTENT
    assert fetch.asked == 1


@pytest.mark.parametrize("fetch", [offline, Giving(CONTENT[:-1])], ids=["offline", "another file"])
def test_what_is_missing_and_how_to_get_it_is_said_and_no_part_stays(tmp_path: Path, fetch: onnx_wheel.Fetch) -> None:
    with pytest.raises(SetupError) as raised:
        ensure_onnx_wheels(tmp_path, fetch, (WANTED,))
    for part in (WANTED.file, WANTED.sha256, str(tmp_path)):
        assert part in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_put_there_by_hand_is_taken(tmp_path: Path) -> None:
    (tmp_path / WANTED.file).write_bytes(CONTENT)
    assert ensure_onnx_wheels(tmp_path, offline, (WANTED,)) == [tmp_path / WANTED.file]


def test_pip_is_asked_for_just_the_file_that_is_pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\necho "ERROR: no such thing" >&2\nexit 1\n')
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(OSError, match="no such thing"):
        by_pip(PINNED[0], tmp_path)
    asked = (tmp_path / "asked").read_text()
    for part in ("pip download", "--no-deps", "--platform pyemscripten_2025_0_wasm32", f"onnx=={PINNED[0].version}"):
        assert part in asked


def test_the_files_fit_the_python_of_the_page_and_the_same_versions_run_natively() -> None:
    lock = json.loads((ROOT / "web/node_modules/pyodide/pyodide-lock.json").read_text())
    assert lock["info"]["python"].startswith("3.13")
    assert lock["info"]["abi_version"] in PINNED[0].platform
    for each in PINNED:
        assert each.file.startswith(f"{each.package}-{each.version}-")
        assert re.fullmatch(r"[0-9a-f]{64}", each.sha256)


def test_without_onnxruntime_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (quantiser() / "qdq_quantizer.py").is_file()
    monkeypatch.setattr(onnx_wheel, "find_spec", lambda name: None)
    with pytest.raises(SetupError, match="pip install"):
        quantiser()


@pytest.fixture(scope="module")
def pack(prepared: dict[str, str]) -> Path:
    index = json.loads((ROOT / "web/dist/runtime.json").read_text())
    return ROOT / "web/dist" / index["own"]["url"]


def test_the_pack_holds_what_is_needed_with_its_licences_and_nothing_that_another_has(pack: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
    for module in (
        "hundredfold/compress/requests",
        "hundredfold/adapters/own",
        "onnx/shape_inference",
        "onnxruntime/quantization/qdq_quantizer",
        "onnxruntime/quantization/operators/conv",
        "onnxruntime/transformers/float16",
        "onnxslim/__init__",
        "google/protobuf/internal/python_message",
        "ml_dtypes",
    ):
        assert f"{module}.pyc" in names
    for licence in (
        "onnx-1.22.0.dist-info/licenses/LICENSE",
        "onnx-1.22.0.dist-info/licenses/NOTICE",
        "protobuf-7.36.2.dist-info/LICENSE",
        "onnxslim-0.1.98.dist-info/licenses/LICENSE",
        "packaging-26.4.dist-info/licenses/LICENSE.BSD",
        "onnxruntime/LICENSE",
    ):
        assert licence in names
    unwanted = re.compile(r"(^|/)(tests?|backend|sympy|matmul_nbits_quantizer\.pyc|capi)(/|$)")
    assert not [name for name in names if unwanted.search(name)]
    index = json.loads((ROOT / "web/dist/runtime.json").read_text())
    others = [index["python"]["stdlib"], *index["packages"], index["later"]["url"]]
    for url in others:
        with zipfile.ZipFile(ROOT / "web/dist" / url) as archive:
            assert not names & set(archive.namelist()), url


def test_the_pack_is_small_and_in_no_first_answer(pack: Path) -> None:
    index = json.loads((ROOT / "web/dist/runtime.json").read_text())
    assert index["own"]["sentBytes"] < 2_000_000
    assert index["own"]["url"] not in [each["url"] for each in index["files"]]
    assert index["own"]["url"].startswith("assets/optional/"), "what the service worker does not fetch by itself"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.syspath_prepend(str(ROOT / "web/build/own"))
    monkeypatch.delitem(sys.modules, "ml_dtypes", raising=False)
    import ml_dtypes

    assert Path(ml_dtypes.__file__) == ROOT / "web/build/own/ml_dtypes.py"
    return ml_dtypes


FORMATS = ["int4", "uint4", "int2", "uint2", "bfloat16", "float8_e4m3fn", "float8_e5m2", "float4_e2m1fn"]


@pytest.mark.parametrize("name", FORMATS)
def test_formats_that_no_browser_computes_in_refuse_bytes_and_equal_no_other(stand_in: object, name: str) -> None:
    dtype = np.dtype(getattr(stand_in, name))
    others = [np.dtype(getattr(stand_in, other)) for other in FORMATS if other != name]
    for other in [*others, *(np.dtype(kind) for kind in ("i1", "u1", "i2", "u2", "f2", "f4"))]:
        assert dtype != other
        assert len({dtype: 1, other: 2}) == 2
    with pytest.raises((TypeError, ValueError)):
        np.arange(4, dtype=np.uint8).view(dtype)
    with pytest.raises((TypeError, ValueError)):
        np.frombuffer(b"1234", dtype)
    with pytest.raises((TypeError, ValueError)):
        np.arange(4.0).astype(dtype).view(np.uint8)
    for limits in ("iinfo", "finfo"):
        with pytest.raises(TypeError, match=f"{name} can not be computed with"):
            getattr(stand_in, limits)(dtype)
