"""Rounding and quantiles are one in both languages: the vectors hold JavaScript's too (tests/js/figures.test.mjs)."""

import json
from pathlib import Path

from hundredfold.energy.words import two_digits
from hundredfold.measure import quantile

VECTORS = json.loads((Path(__file__).resolve().parents[1] / "vectors/figures.json").read_text())


def test_two_digits():
    assert [[value, two_digits(value)] for value, _ in VECTORS["two_digits"]] == VECTORS["two_digits"]


def test_quantiles():
    for each in VECTORS["quantiles"]:
        ordered = sorted(each["values"])
        assert {share: quantile(ordered, float(share)) for share in each["quantiles"]} == each["quantiles"]
