"""The balance of both sides: sums, break-even and CO2, worked out by hand; and every figure on it is whole."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from replay import ask_once
from test_app import RUN

from hundredfold.energy import Power, live
from hundredfold.energy.constants import CONSTANTS
from hundredfold.energy.quantities import constant, measured
from hundredfold.energy.words import two_digits

TYPED = {"active_w": 7.0, "idle_w": 5.0}


def fixed(value, unit="W"):
    return constant(value, value, value, unit, "fixed", "a test that fixes it")


def energies(seconds=0.01, runs=5):
    """What the server tells of so many answers, as it is sent."""
    return [live.of_answer(measured(seconds, "s", "CPU time", "a test"), Power(fixed(20.0), None), 5)] * runs


def powered(active=20.0, idle=10.0):
    """What a CPU second draws there, for all variants."""
    return {"cpu_second": live.power_facts(Power(fixed(active), fixed(idle) if idle else None))}


def ask(here=True, there=True, server=None, **changes):
    sides = {
        "here": {
            "variant": "student-int8",
            "seconds": [0.001] * 6,
            "busy": 1,
            "downloaded_bytes": 1e7,
            "started_s": 2.0,
        },
        "there": {
            "variant": "baseline-fp32",
            "energies": energies(),
            "round_trip_s": [0.02] * 5,
            "moved_bytes": 10_000,
        },
    }
    told = {"pue": fixed(1.5, "times").as_dict(), "network_j_per_byte": fixed(1e-5, "J/byte").as_dict(), **powered()}
    request = {"do": "energy", "exhibit": "digits", "device": TYPED, "threads": 4, "country": "DEU"}
    request["server"] = {**told, **(server or {})}
    chosen = {"here": sides["here"] if here is True else here, "there": sides["there"] if there is True else there}
    return ask_once({**request, **chosen, **changes})


def test_every_figure_is_whole(whole):
    told = whole([ask(), ask(there=False), ask_once({**RUN, "device": TYPED})])
    assert len(told) > 100
    stores = {value.label for value in CONSTANTS.values()}
    for figure in told:
        if figure["unit"] in ("J", "g CO2e"):
            assert figure["inputs"] or figure["label"] in stores, "joules are computed: their inputs are told"
    assert len(whole([value.as_dict() for value in CONSTANTS.values()])) == len(CONSTANTS)


def test_by_hand():
    # Here: 1 ms at 7 W: 7 mJ. There: 10 ms at 20 W: 0.2 J; its data centre half of that again; 10 kB at 10 µJ: 0.1 J.
    sheet = ask()["boundaries"]["marginal"]
    terms = sheet["there"]["total"]["inputs"]
    assert {name: round(term["mid"], 9) for name, term in terms.items()} == {
        "compute": 0.2,
        "overhead": 0.1,
        "network": 0.1,
    }
    assert sheet["there"]["total"]["mid"] == pytest.approx(0.4)
    assert sheet["here"]["total"]["mid"] == pytest.approx(0.007)
    assert sheet["ratio"]["mid"] == pytest.approx(0.4 / 0.007)
    assert sheet["there"]["per_correct"]["mid"] == pytest.approx(0.4 / 0.9967)
    # Once: 10 MB at 10 µJ is 100 J, and 1.5 s of 2 at 7 W 10.5 J: 110.5 J over a saving of 0.393 J.
    assert sheet["break_even"]["once"]["mid"] == pytest.approx(110.5)
    assert sheet["break_even"]["uses"]["mid"] == pytest.approx(110.5 / 0.393)
    # Germany, 381 g/kWh: 7 mJ. There, of which nothing is known, 480 g/kWh: 0.4 J is 53 µg.
    assert sheet["co2e"]["here"]["mid"] == pytest.approx(0.007 / 3.6e6 * 381)
    assert sheet["co2e"]["there"]["mid"] == pytest.approx(0.4 / 3.6e6 * 480)
    # Idle included: here 12 W for 1 ms; there 30 W for 10 ms, half again, the network, and 5 W here for 20 ms.
    whole = ask()["boundaries"]["idle-inclusive"]
    assert whole["here"]["total"]["mid"] == pytest.approx(0.012)
    assert whole["there"]["total"]["mid"] == pytest.approx(0.3 + 0.15 + 0.1 + 0.1)
    # Started for 2 s, of which between half and all was work: 1.5 s at 7 W, or 12 W with what it draws anyway.
    assert whole["break_even"]["once"]["mid"] == pytest.approx(100 + 18)
    assert whole["break_even"]["uses"]["mid"] == pytest.approx(118 / (0.65 - 0.012))
    # This device's waiting, 0.1 J, is on the visitor's own grid.
    assert whole["co2e"]["there"]["mid"] == pytest.approx((0.55 * 480 + 0.1 * 381) / 3.6e6)


def test_co2_says_whose_electricity_each_side_draws():
    def says(**server):
        told = ask(server=server)["boundaries"]["marginal"]["co2e"]
        labels = [told[side]["inputs"]["grid"]["label"] for side in ("here", "there")]
        return [told["answers"], told["country"], told["stated"], *labels]

    its = "With the electricity of the world on average, since its operator does not state its own"
    assert says() == [10**6, "Germany", False, "With the electricity of Germany", its]
    its = "With the electricity that its operator states"
    grid = constant(27, 30, 33, "g CO2e/kWh", its, "the operator")
    assert says(grid=grid.as_dict()) == [10**6, "Germany", True, "With the electricity of Germany", its]
    for nowhere in (None, "", "XXX"):
        assert ask(country=nowhere)["boundaries"]["marginal"]["co2e"]["country"] is None


def test_the_middle_of_every_constant_lies_between_its_ends():
    for name, figure in CONSTANTS.items():
        ends = figure.range
        assert ends.low < ends.mid < ends.high or ends.low == ends.high, name


@given(st.floats(1e-5, 1), st.floats(0.1, 100), st.floats(0.1, 100), st.integers(0, 10**6))
@settings(max_examples=30)
def test_a_total_is_the_sum_of_its_terms(seconds, active, idle, moved):
    there = {"variant": "baseline-fp32", "energies": energies(seconds), "round_trip_s": [seconds * 2]}
    told = ask(there={**there, "moved_bytes": moved}, server=powered(active, idle))
    for sheet in told["boundaries"].values():
        for side in ("here", "there"):
            total = sheet[side]["total"]
            for end in ("low", "mid", "high"):
                assert total[end] == pytest.approx(sum(term[end] for term in total["inputs"].values()))


def test_overlapping_ranges_are_not_told_apart():
    there = {"variant": "baseline-fp32", "energies": energies(0.00033), "round_trip_s": [0.02], "moved_bytes": 10}
    sheet = ask(there=there, server={"pue": fixed(1.0, "times").as_dict()})["boundaries"]["marginal"]
    assert (sheet["ratio"], sheet["advice"]) == (None, True)
    assert [each["which"] for each in sheet["everyday"]] == ["lamp", "phone", "tea"]


def test_what_was_recorded_moved_nothing_and_nobody_waited():
    sheets = ask(there={"variant": "baseline-fp32", "energies": energies(runs=1)})["boundaries"]
    for boundary, joules in (("marginal", 0.3), ("idle-inclusive", 0.45)):
        total = sheets[boundary]["there"]["total"]
        assert set(total["inputs"]) == {"compute", "overhead"}
        assert total["mid"] == pytest.approx(joules)
        assert sheets[boundary]["ratio"]


def test_where_the_cloud_wins_the_ratio_says_so():
    there = {"variant": "baseline-fp32", "energies": energies(1e-5), "round_trip_s": [0.02], "moved_bytes": 0}
    sheet = ask(there=there, server=powered(1.0))["boundaries"]["marginal"]
    assert sheet["ratio"]["high"] < 1
    assert sheet["break_even"]["uses"]["mid"] is None
    assert sheet["advice"] is False


def test_one_side_alone_and_idle_power_that_nobody_knows():
    alone = ask(there=False)["boundaries"]["marginal"]
    assert alone["here"]["total"]["mid"] == pytest.approx(0.007)
    assert (alone["there"], alone["ratio"], alone["advice"]) == (None, None, False)
    silent = {"variant": "baseline-fp32", "energies": [None], "round_trip_s": [0.02], "moved_bytes": 10}
    assert ask(there=silent)["boundaries"]["marginal"]["there"] is None
    assert ask(device={"active_w": 7})["boundaries"]["idle-inclusive"] is None
    assert ask(server=powered(idle=None))["boundaries"]["idle-inclusive"] is None
    assert ask(server={"cpu_second": None})["boundaries"]["marginal"]["there"] is None, "no worker was warm yet"


def test_what_was_learnt_of_a_variant_goes_before_what_any_cpu_second_draws():
    own = powered(active=2.0)["cpu_second"]
    for exhibit, variant, watts in (("digits", "baseline-fp32", 2), ("digits", "other", 20), ("tower", "x", 20)):
        sheet = ask(server={"learnt": {exhibit: {variant: own}}})["boundaries"]["marginal"]
        assert sheet["there"]["total"]["inputs"]["compute"]["mid"] == pytest.approx(watts * 0.01)


def test_a_single_answer_there_tells_less_than_the_mean_of_many():
    def total(energy):
        return ask(there={"variant": "baseline-fp32", "energies": [energy]})["boundaries"]["marginal"]["there"]["total"]

    (energy,) = energies(runs=1)
    many, one = total(energy), total({**energy, "inputs": {**energy["inputs"], "answers": 1}})
    assert (many["low"], many["high"]) == (many["mid"], many["mid"])
    assert (one["low"], one["mid"], one["high"]) == pytest.approx((many["mid"] / 2, many["mid"], many["mid"] * 2))
    time = one["inputs"]["compute"]["inputs"]["time"]
    assert time["source"].startswith("one answer, by the CPU clock")


def test_a_device_that_slows_down_is_told():
    slowing = {"variant": "student-int8", "seconds": [0.001, 0.001, 0.0012, 0.0013, 0.0015, 0.0016]}
    assert ask(here=slowing)["drift"] == {"change": "slower", "by": 0.55}
    assert ask(here={**slowing, "seconds": slowing["seconds"][::-1]})["drift"] == {"change": "quicker", "by": 0.35}
    assert ask()["drift"] is None


def test_a_run_has_energy_when_the_device_is_known():
    energy = ask_once({**RUN, "device": TYPED, "repeats": 10}, run_ms=(2.0,))["energy"]
    assert energy["joules"]["mid"] == pytest.approx(0.014)  # 2 ms at 7 W
    assert energy["boundary"] == "marginal"
    assert energy["with_idle"]["joules"]["mid"] == pytest.approx(0.024)
    single = ask_once({**RUN, "device": TYPED}, run_ms=(2.0,))["energy"]
    assert single["joules"]["low"] < energy["joules"]["low"]


def test_a_window_repeats_whole_answers():
    opened = {}
    window = ask_once({**RUN, "do": "window", "least_ms": 99}, opened=opened)
    assert window == {"variant": "student-int8", "n": 50, "elapsed_ms": pytest.approx(100), "busy": 1}
    assert len(opened["student-int8"].fed) == 51, "one more warms up"


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({**RUN, "device": {"profile": "abacus"}}, "device.profile"),
        ({**RUN, "device": 7}, "device"),
        ({**RUN, "do": "window", "least_ms": 0}, "least_ms"),
        ({"do": "energy", "exhibit": "digits", "device": {"tdp_w": -1}}, "tdp_w"),
        ({"do": "calibrate", "method": "guess", "date": "2026-01-01"}, "method"),
        ({"do": "energy", "exhibit": "digits", "device": TYPED, "here": {"variant": "x", "seconds": [1]}}, "variant"),
        ({"do": "energy", "exhibit": "digits", "device": TYPED, "here": {"variant": "x", "seconds": "1"}}, "seconds"),
    ],
)
def test_what_can_not_be_used_is_refused_with_its_field(request_, field):
    problem = ask_once(request_)
    assert problem["status"] == 422
    assert problem["field"] == field
    assert problem["detail"]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from(["here", "there", "server", "device", "country", "threads", "facts", "method", "calibration"])


@given(st.sampled_from(["energy", "devices", "calibrate"]), st.dictionaries(names, json_values))
@settings(max_examples=200)
def test_no_request_about_energy_breaks_the_door(what, fields):
    answer = ask_once({"do": what, "exhibit": "digits", **fields})
    assert "status" not in answer or answer["status"] == 422
    json.dumps(answer, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "says"),
    [(0, "0"), (12345, "12,000"), (0.04567, "0.046"), (3.66e6, "3.7 million"), (89.6, "90"), (1.04, "1"), (9.96, "10")],
)
def test_two_digits(value, says):
    assert two_digits(value) == says


@given(st.floats(1e-9, 1e12))
def test_two_digits_stay_true(value):
    text = two_digits(value)
    for size, name in ((1e9, " billion"), (1e6, " million")):
        if text.endswith(name):
            read = float(text.removesuffix(name).replace(",", "")) * size
            break
    else:
        read = float(text.replace(",", ""))
    assert read == pytest.approx(value, rel=0.06)
    assert len(text) <= 14
