"""A browser that rounds its clock to 17 or 100 ms: what is told is true, and one side's time spoils no other figure."""

from __future__ import annotations

import math

import pytest
from replay import RUN, Replay, ask_once
from test_balance import energies, powered

from hundredfold.energy.estimate import timed
from hundredfold.energy.quantities import EnergyError

STEPS = [1 / 60, 0.1]
TYPED = {"active_w": 7.0, "idle_w": 5.0}


class Rounded:
    """Seconds that pass only when somebody says so, told in whole steps."""

    def __init__(self, step):
        self.step, self.now = step, 100.0

    def __call__(self):
        return math.floor(self.now / self.step) * self.step


@pytest.fixture
def coarse(monkeypatch):
    """An engine that tells the step of its clock, as the one in a browser does."""

    def tell(step):
        runtime = {"provider": "replay", "threads": 1, "isolated": None, "clock_step_ms": step * 1e3}
        monkeypatch.setattr(Replay, "runtime", runtime)
        return Rounded(step)

    return tell


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("true_s", [0.0005, 0.002, 0.012, 0.05])
def test_the_true_time_lies_in_the_range(step, true_s):
    clock = Rounded(step)
    seconds = []
    for _ in range(30):
        start = clock()
        clock.now += true_s
        seconds.append(clock() - start)
        clock.now += 0.0137
    for told in (timed(seconds, "time", step), timed(seconds[:1], "time", step), timed([0.0] * 6, "time", step)):
        assert told.range.low <= told.range.mid <= told.range.high
        assert told.range.mid > 0
    assert timed(seconds, "time", step).range.low <= true_s <= timed(seconds, "time", step).range.high


@pytest.mark.parametrize("step", STEPS)
def test_a_step_less_than_a_step_is_nothing(step):
    """Not 7e-18 s, which a page would tell as so many billionths of a picojoule."""
    readings = [(number + 1) * step - number * step for number in range(1, 500)]
    assert {timed([reading], "time", step).range.low for reading in readings} == {0.0}
    doubled = [(number + 2) * step - number * step for number in range(1, 500)]
    lows = [timed([reading], "time", step).range.low for reading in doubled]
    assert all(low == 0 or low > step / 3 for low in lows)


def test_no_time_at_all_by_a_fine_clock_is_refused():
    with pytest.raises(EnergyError):
        timed([0.0, 0.1], "time")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("repeats", [1, 20])
def test_a_run_has_its_energy_by_a_coarse_clock_too(coarse, step, repeats):
    joules = ask_once({**RUN, "device": TYPED, "repeats": repeats}, clock=coarse(step))["energy"]["joules"]
    assert 0 <= joules["low"] <= 0.002 * TYPED["active_w"] <= joules["high"]
    assert joules["mid"] > 1e-4, "no noise of a subtraction is told as an energy"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("seconds", [[0.0] * 12, [1e-17] * 12, [0.0] * 4 + [0.016] * 8])
def test_one_sides_bad_time_spoils_no_other_figure(step, seconds):
    here = {"variant": "student-int8", "seconds": seconds, "busy": 1, "resolution_s": step}
    there = {
        "variant": "baseline-fp32",
        "energies": energies(runs=3),
        "round_trip_s": [0.0, 0.0, step],
        "resolution_s": step,
        "moved_bytes": 2000,
    }
    told = ask_once(
        {
            "do": "energy",
            "exhibit": "digits",
            "device": TYPED,
            "threads": 2,
            "here": here,
            "there": there,
            "server": powered(),
        }
    )
    for sheet in told["boundaries"].values():
        assert sheet["there"]["total"]["mid"] > 0
        assert sheet["here"]["total"]["low"] == 0, "all that is known is what it is less than"
        assert sheet["here"]["total"]["mid"] > 1e-4
        assert (sheet["ratio"], sheet["advice"]) == (None, True)
        assert "everyday" not in sheet, "no figure is made up of a time that is not known"
