"""Drawings become the same bytes everywhere, by laws that any drawing obeys; the samples are read right."""

import asyncio
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hundredfold.adapters.native import opener
from hundredfold.app import handle
from hundredfold.exhibits.digits import parse
from hundredfold.manifest import Manifest

SIDE = 64
STEPS = 1024
"""Coordinates are whole parts of this many, so that moving by whole pixels is exact."""
PLACE = st.integers(STEPS // 4, STEPS * 3 // 4).map(lambda part: part / STEPS)
POINT = st.fixed_dictionaries({"x": PLACE, "y": PLACE, "w": st.floats(0.1, 1.5)})
STROKES = st.lists(st.lists(POINT, min_size=1, max_size=6), min_size=1, max_size=3)
LAWS = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def pixels(js):
    """pixels(strokes) -> int [64, 64]."""
    return lambda strokes: parse({"image": js("ui/strokes.js", "toImage", strokes, SIDE)}).astype(int)


def changed(strokes, **change):
    return [[{name: change.get(name, float)(value) for name, value in point.items()} for point in s] for s in strokes]


def test_no_stroke_is_paper(pixels):
    assert not pixels([]).any()


@LAWS
@given(strokes=STROKES, right=st.integers(-12, 12), down=st.integers(-12, 12))
def test_a_drawing_that_is_moved_is_the_same_elsewhere(pixels, strokes, right, down):
    moved = changed(strokes, x=lambda x: x + right / SIDE, y=lambda y: y + down / SIDE)
    here = np.roll(pixels(strokes), (down, right), (0, 1))  # the margin is paper, so that nothing comes around
    assert np.abs(pixels(moved) - here).max() <= 1, "but for the last bit, which is rounded"


@LAWS
@given(strokes=STROKES, more=STROKES, wider=st.floats(1, 2))
def test_more_ink_never_makes_a_pixel_paler(pixels, strokes, more, wider):
    before = pixels(strokes)
    assert (pixels(strokes + more) >= before).all()
    assert (pixels(changed(strokes, w=lambda w: w * wider)) >= before).all()


@LAWS
@given(strokes=STROKES)
def test_ink_lies_where_the_pen_was(pixels, strokes):
    image, points = pixels(strokes), [point for stroke in strokes for point in stroke]
    for stroke in strokes:
        x, y = (int(stroke[0][axis] * SIDE) for axis in "xy")
        assert image[y - 1 : y + 2, x - 1 : x + 2].any(), "a stroke begins where the pen came down"
    reach = 0.07 * max(point["w"] for point in points) * SIDE / 2 + 1
    rows, columns = np.nonzero(image)
    for found, axis in ((rows, "y"), (columns, "x")):
        values = [point[axis] * SIDE for point in points]
        assert min(values) - reach <= found.min() + 0.5
        assert found.max() + 0.5 <= max(values) + reach


@pytest.mark.parametrize("width", [0.5, 1.0, 2.0, 5.88])
def test_a_line_has_as_much_ink_as_it_is_wide(js, width):
    """Per pixel of its length, in a picture in which its ends do not count."""
    at = {"x": 20.3 / SIDE}, {"x": 50.1 / SIDE}
    line = [{**place, "y": y / SIDE, "w": width / SIDE / 0.07} for place, y in zip(at, (20.2, 31.7), strict=True)]
    image = parse({"image": js("ui/strokes.js", "toImage", [line], SIDE)}) / 255
    slope = np.hypot(29.8, 11.5) / 29.8
    assert image[:, 27:43].sum() / 16 == pytest.approx(width * slope, rel=0.04)


def test_the_samples_are_read_right_and_written_down_by_the_build(root, prepared, js):
    inputs = json.loads((root / "web/dist/samples.json").read_text())["digits"]
    assert inputs == js("exhibits/digits/samples.js", "inputs")
    manifest, session = Manifest.load(root / "models/manifest.json"), opener(root / "models", 1)
    for variant in manifest.ladders["digits"].variants:
        ask = {"do": "run", "exhibit": "digits", "variant": variant.id}
        read = [asyncio.run(handle({**ask, "input": each}, session, manifest))["output"]["label"] for each in inputs]
        assert read == list(range(10)), f"{variant.id} reads {read}"
