"""A recorded answer is found by its input, whichever language names it; an episode is recorded as the page plays it."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from hundredfold.publish.record import canonical, record_key

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NAMES = st.text(st.characters(max_codepoint=0xD7FF), max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
LAWS = settings(max_examples=150, deadline=None)


@LAWS
@given(value=JSON)
def test_python_and_javascript_name_an_input_alike(js, value):
    assert js("lib/digest.js", "canonical", value) == canonical(value)
    assert js("lib/digest.js", "recordKey", value, "a-variant") == record_key(value, "a-variant")


@LAWS
@given(value=st.dictionaries(NAMES, JSON, min_size=1, max_size=4))
def test_order_does_not_count_and_content_does(value):
    shuffled = dict(reversed(value.items()))
    assert canonical(shuffled) == canonical(value)
    assert canonical(json.loads(json.dumps(value))) == canonical(value)
    first = next(iter(value))
    assert canonical({**value, first: [value[first]]}) != canonical(value)


def test_a_number_is_the_same_however_it_is_written():
    assert canonical(json.loads("[1, 1e-7, 0]")) == canonical(json.loads("[1.0, 0.0000001, -0.0]"))
