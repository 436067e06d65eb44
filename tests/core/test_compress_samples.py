"""Samples: made up, read from files of strangers, held against what a model wants; and timing a model with them."""

import asyncio
import contextlib
import io
import json
import struct
import zipfile

import numpy as np
import pytest
from hostile_graphs import made, node, value
from hostile_models import HOSTILE
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from onnx import TensorProto

from hundredfold.adapters.native import NativeSession
from hundredfold.compress import Cancelled, step
from hundredfold.compress.inspect import inspect
from hundredfold.compress.perf import perf
from hundredfold.compress.samples import FEW, HINTS, Samples, check, doubts, from_npy, from_npz, made_up
from hundredfold.errors import InputError, ModelFileError, SessionError

INT64, STRING, BOOL, HALF = TensorProto.INT64, TensorProto.STRING, TensorProto.BOOL, TensorProto.FLOAT16


def takes(*inputs, outputs=None):
    """The inspection of a model that takes such inputs and gives the first one back."""
    return inspect(content_of(*inputs, outputs=outputs), "model.onnx")


def content_of(*inputs, outputs=None):
    given_back = value("y", ("batch", 10), inputs[0].type.tensor_type.elem_type)
    return made([node("Identity", inputs[0].name)], [], list(inputs), outputs or [given_back]).SerializeToString()


def npz(**arrays):
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def npy(array, **options):
    stream = io.BytesIO()
    np.save(stream, array, **options)
    return stream.getvalue()


def refused(make, code):
    with pytest.raises(InputError) as raised:
        make()
    assert raised.value.code == code, str(raised.value)
    return str(raised.value)


PICTURE = value("image", ("batch", 3, 8, 6))


def test_made_up_samples_are_the_same_each_time_and_fit():
    inspection = takes(PICTURE, value("ids", ("batch", "length"), INT64), value("attention_mask", ("batch", 4), INT64))
    samples = made_up(inspection, 5)
    again, other = made_up(inspection, 5), made_up(inspection, 5, seed=2)
    assert samples.made_up
    assert samples.n == 5
    assert samples.inputs["image"].shape == (5, 3, 8, 6)
    assert samples.inputs["ids"].shape == (5, 128)
    assert set(np.unique(samples.inputs["ids"])) == {0, 1}
    assert samples.inputs["attention_mask"].min() == 1
    assert all(np.array_equal(again.inputs[name], array) for name, array in samples.inputs.items())
    assert not np.array_equal(other.inputs["image"], samples.inputs["image"])
    assert check(samples, inspection).inputs.keys() == samples.inputs.keys()
    assert made_up(inspection, 2, sizes={"length": 7}).inputs["ids"].shape == (2, 7)


@pytest.mark.parametrize("kind", [INT64, BOOL, HALF, TensorProto.UINT8, TensorProto.DOUBLE, TensorProto.INT32])
def test_made_up_samples_have_the_declared_dtype(kind):
    inspection = takes(value("x", ("batch", 10), kind))
    assert made_up(inspection, 3).inputs["x"].dtype.name == inspection["inputs"][0]["dtype"]


def test_what_can_not_be_made_up_is_refused():
    assert "text" in refused(lambda: made_up(takes(value("x", ("n",), STRING)), 1), "samples-not-made-up")
    refused(lambda: made_up(takes(value("x", ("n", 10), TensorProto.BFLOAT16)), 1), "samples-not-made-up")
    refused(lambda: made_up(takes(value("x", (1, 3, 1000, 1000))), 10_000), "samples-too-many")


def test_what_is_fed_has_an_axis_of_samples_where_the_model_has_one():
    inspection = takes(
        value("x", ("batch", 10)),
        value("state", (2, "batch", 3)),
        value("rate", (), INT64),
        value("sound", (1, "samples")),
    )
    samples = check(
        Samples(
            {
                "x": np.zeros((4, 10), np.float32),
                "state": np.zeros((4, 2, 1, 3), np.float32),
                "rate": np.arange(4),
                "sound": np.zeros((4, 100), np.float32),
            }
        ),
        inspection,
    )
    feeds = samples.one(3)
    assert {name: array.shape for name, array in feeds.items()} == {
        "x": (1, 10),
        "state": (2, 1, 3),
        "rate": (),
        "sound": (1, 100),
    }
    assert feeds["rate"] == 3
    assert isinstance(feeds["rate"], np.ndarray)
    assert len(list(samples.batches(3))) == 4
    assert made_up(inspection, 2).whole == samples.whole == {"state", "rate"}


def test_samples_go_together_where_every_input_and_output_counts_them():
    assert [len(part["image"]) for part in made_up(takes(PICTURE), 7).batches(3)] == [3, 3, 1]
    one_by_one = takes(PICTURE, outputs=[value("y", (10,))])
    assert [len(part["image"]) for part in made_up(one_by_one, 3).batches(3)] == [1, 1, 1]
    fixed = takes(value("image", (1, 3, 8, 6)))
    assert [len(part["image"]) for part in made_up(fixed, 3).batches(3)] == [1, 1, 1]


def test_npz_and_npy_come_back_as_they_were_saved():
    image, labels = np.random.default_rng(1).random((4, 3, 8, 6)), np.asarray([0, 1, 2, 1])
    samples = from_npz(npz(image=image, labels=labels))
    assert np.array_equal(samples.inputs["image"], image)
    assert samples.labels.dtype == np.int64
    assert samples.labels.tolist() == [0, 1, 2, 1]
    assert not samples.made_up
    fitted = check(samples, takes(PICTURE))
    assert fitted.inputs["image"].dtype == np.float32
    assert np.array_equal(from_npy(npy(np.asfortranarray(image)), "image").inputs["image"], image)
    swapped = np.arange(6, dtype=">i4").reshape(2, 3)
    assert from_npy(npy(swapped), "x").inputs["x"].tolist() == swapped.tolist()
    assert from_npy(npy(swapped), "x").inputs["x"].dtype.isnative
    assert from_npy(npy(np.asarray(["a", "bc"])), "x").inputs["x"].tolist() == ["a", "bc"]
    assert from_npz(npz(x=np.zeros((3, 2)), labels=np.asarray([[0], [1], [0]]))).labels.tolist() == [0, 1, 0]


@settings(max_examples=100)
@given(
    st_numpy.arrays(
        st.sampled_from([np.float32, np.float64, np.int64, np.uint8, np.bool_, np.dtype(">f4")]),
        st_numpy.array_shapes(min_dims=1, max_dims=5, max_side=4),
    )
)
def test_any_array_comes_back_as_it_was_saved(array):
    samples = from_npz(npz(x=array))
    assert np.array_equal(samples.inputs["x"], array, equal_nan=array.dtype.kind == "f")
    assert samples.inputs["x"].shape == array.shape


def header(text, version=1):
    body = text.encode("latin1")
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(body)) + body


def zipped(*entries, **options):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return stream.getvalue()


def sizes(text):
    return header("{'descr': '<f4', 'fortran_order': False, 'shape': " + text + "}")


HOSTILE_ARRAYS = {
    "empty": (b"", "samples-unreadable"),
    "no-zip": (b"PK\x03\x04 but not really", "samples-unreadable"),
    "objects": (npz(x=np.asarray([{}, []], object)), "samples-objects"),
    "records": (npz(x=np.zeros(3, [("a", "f4")])), "samples-objects"),
    "complex": (npz(x=np.zeros(3, complex)), "samples-objects"),
    "no-arrays": (zipped(("readme.txt", "hello")), "samples-unreadable"),
    "no-inputs": (npz(labels=np.zeros(3, int)), "samples-empty"),
    "many-arrays": (zipped(*((f"a{at}.npy", npy(np.zeros(1))) for at in range(100))), "samples-arrays"),
    "too-big": (zipped(("x.npy", sizes("(200000000,)") + bytes(600_000_000))), "samples-too-big"),
    "size-lies": (zipped(("x.npy", sizes("(1000000000, 1000)") + bytes(8))), "samples-size-lies"),
    "size-negative": (zipped(("x.npy", sizes("(-1, -2)") + bytes(8))), "samples-size-lies"),
    "size-overflows": (zipped(("x.npy", sizes("(2**62, 4)") + bytes(8))), "samples-unreadable"),
    "size-of-text": (zipped(("x.npy", sizes("'abc'") + bytes(8))), "samples-size-lies"),
    "many-axes": (zipped(("x.npy", sizes("(" + "1, " * 60 + ")") + bytes(4))), "samples-size-lies"),
    "header-runs": (zipped(("x.npy", header("__import__('os').abort()"))), "samples-unreadable"),
    "header-nests": (zipped(("x.npy", header("(" * 5000))), "samples-unreadable"),
    "header-long": (zipped(("x.npy", header("{" + " " * 50_000, 2))), "samples-unreadable"),
    "cut-off": (npz(x=np.zeros(100))[:200], "samples-unreadable"),
    "lengths-differ": (npz(x=np.zeros((3, 2)), y=np.zeros((4, 2))), "samples-lengths"),
    "labels-differ": (npz(x=np.zeros((3, 2)), labels=np.zeros(4, int)), "samples-lengths"),
    "no-samples": (npz(x=np.zeros((0, 2))), "samples-lengths"),
    "single-value": (npz(x=np.float32(1)), "samples-lengths"),
    "labels-as-floats": (npz(x=np.zeros((3, 2)), labels=np.zeros(3)), "samples-labels"),
    "labels-below-zero": (npz(x=np.zeros((3, 2)), labels=np.asarray([0, -1, 2])), "samples-labels"),
    "labels-one-hot": (npz(x=np.zeros((3, 2)), labels=np.eye(3, dtype=int)), "samples-labels"),
}


@pytest.mark.parametrize("key", HOSTILE_ARRAYS)
def test_hostile_arrays_are_refused(key):
    content, code = HOSTILE_ARRAYS[key]
    text = refused(lambda: from_npz(content), code)
    assert len(text) < 300


@settings(max_examples=200)
@given(st.data())
def test_any_bytes_changed_are_answered(data):
    content = bytearray(npz(x=np.arange(6, dtype=np.float32), labels=np.arange(6)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(InputError):
        assert from_npz(bytes(content)).n > 0


FLOATS = np.zeros((5, 3, 8, 6), np.float32)
MISFITS = {
    "missing": ({"picture": FLOATS}, "samples-input-missing", "'image'"),
    "unknown": ({"image": FLOATS, "more": FLOATS}, "samples-input-unknown", "'more'"),
    "nhwc": ({"image": FLOATS.transpose(0, 2, 3, 1)}, "samples-shape", r"wants NCHW; transpose them by \(0, 3, 1, 2\)"),
    "no-axis-of-samples": ({"image": FLOATS[0]}, "samples-shape", r"x\[None\]"),
    "other-size": ({"image": np.zeros((5, 3, 9, 9), np.float32)}, "samples-shape", "resize or crop"),
    "other-rank": ({"image": np.zeros((5, 144), np.float32)}, "samples-shape", "the first axis counts"),
    "bytes": ({"image": FLOATS.astype(np.uint8)}, "samples-dtype", "scale the bytes"),
    "whole-numbers": ({"image": FLOATS.astype(np.int64)}, "samples-dtype", "convert them"),
    "text": ({"image": np.full((5, 3, 8, 6), "a", object)}, "samples-dtype", "samples are str"),
}


@pytest.mark.parametrize("key", MISFITS)
def test_samples_that_do_not_fit_are_told_what_is_wanted(key):
    inputs, code, hint = MISFITS[key]
    with pytest.raises(InputError, match=hint) as raised:
        check(Samples(inputs), takes(PICTURE))
    assert raised.value.code == code
    assert raised.value.values.get("hint", "axes") in HINTS


def test_other_hints():
    flat = np.zeros((5, 8, 6), np.float32)
    with pytest.raises(InputError, match=r"channels is missing; add it with x\[:, None\]"):
        check(Samples({"image": flat}), takes(value("image", ("n", 1, 8, 6))))
    with pytest.raises(InputError, match=r"channels is missing; add it with x\[..., None\]"):
        check(Samples({"image": flat}), takes(value("image", ("n", 8, 6, 1))))
    with pytest.raises(InputError, match="transpose them by"):
        check(Samples({"image": FLOATS}), takes(value("image", ("n", 8, 6, 3))))
    with pytest.raises(InputError, match="takes several at a time"):
        check(Samples({"image": FLOATS}), takes(value("image", (4, 3, 8, 6))))
    with pytest.raises(InputError, match="from 0 to 255"):
        check(Samples({"image": FLOATS}), takes(value("image", ("n", 3, 8, 6), TensorProto.UINT8)))
    with pytest.raises(InputError, match="do not fit into that"):
        check(Samples({"i": np.full((2, 10), 2**40)}), takes(value("i", ("n", 10), TensorProto.INT32)))
    with pytest.raises(InputError, match="labels go up to 10, and the model tells 10 classes"):
        check(Samples({"image": FLOATS}, np.asarray([0, 1, 2, 3, 10])), takes(PICTURE))
    assert check(Samples({"i": np.full((2, 10), 7)}), takes(value("i", ("n", 10), TensorProto.INT32))).n == 2


def test_doubts_are_told():
    assert [note["code"] for note in doubts(made_up(takes(PICTURE), 3))] == ["samples-made-up"]
    assert [note["values"]["n"] for note in doubts(Samples({"image": FLOATS}))] == [5]
    assert doubts(Samples({"x": np.zeros((FEW, 2))})) == []


class Clock:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1.0
        return self.now


class Opened:
    """An open_model that remembers its sessions and what they were fed."""

    def __init__(self):
        self.closed, self.fed = 0, []

    async def __call__(self, content, name):
        session = NativeSession(content, name, threads=1)
        run, close = session.run, session.close

        async def counted(names, feeds):
            self.fed.append(feeds)
            return await run(names, feeds)

        def closing():
            self.closed += 1
            close()

        session.run, session.close = counted, closing
        return session


CONTENT = content_of(value("x", ("batch", 10)))


def test_perf_runs_samples_in_turn_after_warm_ups():
    opened, samples = Opened(), made_up(inspect(CONTENT, "m.onnx"), 3)
    phases = []

    async def on_progress(phase, done):
        phases.append((phase, round(done, 2)))

    told = asyncio.run(perf(CONTENT, "m.onnx", samples, opened, 4, 2, Clock(), on_progress))
    assert len(opened.fed) == 6
    assert np.array_equal(opened.fed[4]["x"], samples.one(1)["x"])
    assert told["model_ms"] == {"n": 4, "median": 1000, "p95": 1000, "min": 1000, "spread": 0, "drift": None}
    assert (told["repeats"], told["warmups"], told["name"]) == (4, 2, "m.onnx")
    assert told["runtime"]["threads"] == 1
    assert told["load_ms"] > 0
    assert told["memory_bytes"] == 2 * 10 * 4
    assert phases == [("open", 0), ("warm-up", 0), ("warm-up", 0.5), *(("run", k / 4) for k in range(5))]
    assert opened.closed == 1
    assert json.dumps(told)


def test_perf_stops_between_runs_and_closes_the_session():
    opened, samples = Opened(), made_up(inspect(CONTENT, "m.onnx"), 3)
    with pytest.raises(Cancelled):
        asyncio.run(perf(CONTENT, "m.onnx", samples, opened, 50, 0, cancelled=lambda: len(opened.fed) >= 3))
    assert len(opened.fed) == 3
    assert opened.closed == 1
    with pytest.raises(SessionError):
        asyncio.run(perf(CONTENT, "m.onnx", Samples({"z": np.zeros((1, 10))}), opened))
    assert opened.closed == 2


def test_perf_refuses_what_makes_no_sense():
    opened, samples = Opened(), made_up(inspect(CONTENT, "m.onnx"), 3)
    for repeats, warmups in ((0, 1), (-1, 1), (1, -1), (10**9, 1)):
        refused(
            lambda r=repeats, w=warmups: asyncio.run(perf(CONTENT, "m", samples, opened, r, w)), "repeats-out-of-range"
        )
    refused(lambda: asyncio.run(perf(CONTENT, "m", Samples({}), opened)), "samples-empty")
    with pytest.raises(ModelFileError):
        asyncio.run(perf(b"no model", "m", samples, opened))
    assert opened.fed == []


@pytest.mark.parametrize("key", [key for key, (_, _, code) in HOSTILE.items() if code is None])
def test_hostile_files_that_are_opened_run_or_are_refused_by_the_engine(key):
    content = HOSTILE[key][0]()
    inspection = inspect(content, key)
    with contextlib.suppress(SessionError, InputError):
        samples = check(made_up(inspection, 1), inspection)
        assert asyncio.run(perf(content, key, samples, Opened(), 1, 0))["model_ms"]["n"] == 1


def test_a_step_tells_and_stops():
    seen = []

    async def on_progress(phase, done):
        seen.append((phase, done))

    asyncio.run(step("look", 0.5, on_progress, lambda: False))
    with pytest.raises(Cancelled, match="stopped"):
        asyncio.run(step("look", 0.6, on_progress, lambda: True))
    assert seen == [("look", 0.5), ("look", 0.6)]
