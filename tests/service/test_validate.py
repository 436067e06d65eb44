"""Estimates held against a meter: replayed counters, typed readings, the arithmetic of errors, what the page says."""

from __future__ import annotations

import json

import pytest
from powercap import LAPTOP, LARGEST_UJ, SERVER, forbidden, replay, write_tree

from hundredfold.bench import validate as validating
from hundredfold.bench.validate import Driven, Run, Typed, refused, save, validate
from hundredfold.energy import Measurement, Power, estimate, timed
from hundredfold.energy.quantities import constant, measured
from hundredfold.environment import UsageError
from hundredfold.forge import method
from hundredfold.service.power import rapl
from hundredfold.service.power.choose import choose
from hundredfold.service.power.counters import CounterMeter

IDLE = measured(8.0, "W", "Idle", "replayed")


class Spare:
    """The CPU meter's place; the counters never need it here."""

    least_s = 0.0

    def start(self, model_id):
        return self

    def stop(self):
        return Power(constant(1e6, 1e6, 1e6, "W", "not the counters", "a test that would see it"), None)


def meter_over(tree, seconds, **recorded):
    """A meter of recorded counters; its clock shows the start and the end of each window."""
    shown = [now for each in seconds for now in (0.0, each)]
    meter = CounterMeter(rapl.find(tree, replay(tree, **recorded)), Spare(), lambda: shown.pop(0))
    meter.resting.saw(IDLE.range)
    return meter


def run(variant, seconds_each, answers, elapsed_s, watts, where="there"):
    """A run that was recorded: so many answers in so long, estimated with so many watts, 20 % either way."""
    guess = Power(constant(watts * 0.8, watts, watts * 1.2, "W", "Guess", "a test that guesses"), None)
    made = estimate(Measurement(timed([seconds_each] * 6, "Time")), guess)
    return Run("digits", variant, where, lambda seconds: Driven([seconds_each] * 6, answers, elapsed_s, made))


@pytest.mark.parametrize("wraps", [False, True])
@pytest.mark.parametrize(("zones", "packages"), [(LAPTOP, 1), (SERVER, 2)])
def test_by_hand(tmp_path, whole, zones, packages, wraps):
    # Two runs of 10 s: 280 J and 180 J are 28 and 18 W, above 8 W of idle 20 and 10 W. 1000 answers in 10 s: 0.2 J and
    # 0.1 J each. Guessed: 10 ms at 22 W is 0.22 J, 10 % too much and within 20 %; at 5 W it is half.
    start = LARGEST_UJ - 100_000_000 if wraps else 1_000_000
    joules = [0, 280, 280, 460]
    counted = [(start + int(each * 1e6 / packages)) % (LARGEST_UJ + 1) for each in joules]
    recorded = {f"package_{number}": [start, *counted] for number in range(packages)}
    meter = meter_over(write_tree(tmp_path, zones), [10.0, 10.0], **recorded)
    report = validate(
        [run("baseline-fp32", 0.01, 1000, 10.0, 22), run("student-int8", 0.01, 1000, 10.0, 5, "here")],
        meter,
        "RAPL",
        10,
    )
    first, second = report["runs"]
    assert first["truth"]["joules"]["mid"] == pytest.approx(0.2, rel=1e-3)
    assert first["error"] == pytest.approx(0.1, abs=2e-3)
    assert first["covered"]
    assert second["error"] == pytest.approx(-0.5, abs=2e-3)
    assert not second["covered"]
    assert report["validated"]
    assert len(whole(report)) > 4
    assert report["covered"] == 1
    assert report["mean_error"] == pytest.approx(-0.2, abs=2e-3)
    assert report["worst_error"] == second["error"]
    assert json.loads(json.dumps(report)) == report


def test_the_page_shows_what_was_found(tmp_path, monkeypatch):
    meter = meter_over(write_tree(tmp_path, LAPTOP), [10.0], package_0=[0, 0, 280_000_000])
    report = validate([run("baseline-fp32", 0.01, 1000, 10.0, 22)], meter, "the counters of 1 package", 10)
    save(report, tmp_path / "docs/validation.json")
    monkeypatch.setattr(method, "VALIDATION", tmp_path / "docs/validation.json")
    page = method.method()
    for text in ("digits / baseline-fp32, there", "the counters of 1 package", "+10%", "1 of 1 runs"):
        assert text in page


def test_a_machine_without_a_meter_is_told_as_that(tmp_path, monkeypatch, capsys):
    assert choose(write_tree(tmp_path / "tree", LAPTOP), forbidden)[1]["meter"] == "cpu"
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("HUNDREDFOLD_POWERCAP", str(tmp_path / "empty"))
    monkeypatch.setattr(validating, "REPORT", tmp_path / "docs/validation.json")
    told = validating.validate_energy(1.0, typed=False)
    assert not told["validated"]
    assert "no meter" in told["reason"]
    assert "--typed" in capsys.readouterr().err
    monkeypatch.setattr(method, "VALIDATION", tmp_path / "docs/validation.json")
    assert "no validation was done" in method.method()
    monkeypatch.setattr(method, "VALIDATION", tmp_path / "missing.json")
    assert "no validation was done" in method.method()


def test_readings_can_be_typed(capsys):
    answers = iter(["8", "twenty", "28"])
    report = validate([run("baseline-fp32", 0.01, 1000, 10.0, 20)], Typed(lambda question: next(answers)), "plug", 10)
    assert "twenty" in capsys.readouterr().err
    (only,) = report["runs"]
    # 28 W less 8 W over 10 s and 1000 answers: 0.2 J, each reading right within 2 %.
    assert only["truth"]["joules"]["mid"] == pytest.approx(0.2)
    assert only["truth"]["joules"]["low"] == pytest.approx((28 * 0.98 - 8 * 1.02) / 100)
    assert only["error"] == pytest.approx(0.0)


def test_a_meter_that_saw_nothing_validates_nothing():
    answers = iter(["8", "8"])
    report = validate([run("student-int8", 0.01, 1000, 10.0, 20)], Typed(lambda question: next(answers)), "plug", 10)
    assert not report["validated"]
    assert refused("x")["validated"] is False


def test_a_typed_reading_is_a_number_of_watts(capsys):
    answers = iter(["nan", "inf", "-5", "", "much", "1e300", "9" * 5000, "12.5"])
    assert Typed(lambda question: next(answers)).idle.range.mid == 12.5
    refusals = capsys.readouterr().err.splitlines()
    assert len(refusals) == 7
    assert all("is not a number of watts" in line and len(line) < 200 for line in refusals)


def test_no_one_who_types_is_said():
    def closed(question):
        raise EOFError

    with pytest.raises(UsageError, match="--typed needs"):
        Typed(closed)
