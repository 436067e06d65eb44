"""Energy's laws, and examples worked out by hand."""

import math
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hundredfold.energy import Device, EnergyError, Measurement, Power, Range, compare, estimate, timed
from hundredfold.energy.devices import from_tdp, from_watts
from hundredfold.energy.estimate import COARSE_STEPS
from hundredfold.energy.quantities import Figure, combined, constant, measured

numbers = st.floats(1e-6, 1e6)
ranges = st.tuples(numbers, numbers, numbers).map(lambda three: Range(*sorted(three)))
factors = st.floats(1e-3, 1e3)


def watts(range_):
    return Figure(range_, "W", "estimated", "watts", "a test")


def seconds(range_):
    return measured(range_, "s", "time", "a test")


def a_power(active, idle):
    return Power(watts(active), watts(idle))


def wider(range_, by):
    return Range(range_.low / by, range_.mid, range_.high * by)


def inside(inner, outer):
    return outer.low <= inner.low * (1 + 1e-9) and inner.high <= outer.high * (1 + 1e-9)


def close(one, other):
    return all(
        math.isclose(a, b, rel_tol=1e-9)
        for a, b in zip((one.low, one.mid, one.high), (other.low, other.mid, other.high), strict=True)
    )


def test_by_hand():
    # 2 ms at 5 to 8 W, 6 W in the middle: 10 to 16 mJ, 12 mJ. With 4 W of idle: 18 to 24 mJ, 20 mJ.
    power = a_power(Range(5, 6, 8), Range.exactly(4))
    measurement = Measurement(seconds(Range.exactly(0.002)))
    marginal, whole = estimate(measurement, power), estimate(measurement, power, "idle-inclusive")
    assert close(marginal.joules, Range(0.010, 0.012, 0.016))
    assert close(whole.joules, Range(0.018, 0.020, 0.024))
    assert marginal.origin == "estimated"
    assert set(marginal.inputs) == {"time", "active_w"}
    assert set(whole.inputs) == {"time", "active_w", "idle_w"}


def test_a_device_between_one_thread_and_all_by_hand():
    # 4 threads: 3 W for one, 9 W for four. Two of them: a third of the way, 5 W. Half a thread counts as one.
    device = Device("d", "d", 4, watts(Range.exactly(3)), watts(Range.exactly(9)), None)
    assert device.power(2).active_w.range.mid == pytest.approx(5)
    assert device.power(0.5).active_w.range.mid == 3
    assert device.power(9).active_w.range.mid == 9
    with pytest.raises(EnergyError, match="idle power"):
        estimate(Measurement(seconds(Range.exactly(1))), device, "idle-inclusive")


@given(ranges, ranges, ranges, factors)
def test_energy_scales_with_time_and_with_power(time, active, idle, factor):
    for boundary in ("marginal", "idle-inclusive"):
        plain = estimate(Measurement(seconds(time)), a_power(active, idle), boundary).joules
        longer = estimate(Measurement(seconds(time * factor)), a_power(active, idle), boundary).joules
        stronger = estimate(Measurement(seconds(time)), a_power(active * factor, idle * factor), boundary).joules
        assert plain.low <= plain.mid <= plain.high
        assert close(longer, plain * factor)
        assert close(stronger, plain * factor)


@given(ranges, ranges, ranges, st.floats(1, 100))
def test_wider_inputs_never_give_a_narrower_result(time, active, other, by):
    narrow = estimate(Measurement(seconds(time)), a_power(active, other)).joules
    for one, two in ((wider(time, by), active), (time, wider(active, by))):
        assert inside(narrow, estimate(Measurement(seconds(one)), a_power(two, other)).joules)
    told, wide = compare(narrow, other).ratio, compare(wider(narrow, by), wider(other, by)).ratio
    assert wide is None or (told is not None and inside(told, wide))


@given(ranges, ranges)
def test_a_ratio_contains_the_ratio_of_the_mids_and_none_is_told_where_ranges_overlap(one, other):
    ratio = compare(one, other).ratio
    assert (ratio is None) == one.overlaps(other)
    if ratio:
        assert ratio.low <= one.mid / other.mid * (1 + 1e-9)
        assert one.mid / other.mid <= ratio.high * (1 + 1e-9)
        assert ratio.low > 1 or ratio.high < 1
        back = compare(other, one).ratio
        assert back
        assert close(Range(1 / ratio.high, 1 / ratio.mid, 1 / ratio.low), back)


def test_what_one_machine_does_not_know_about_itself_cancels():
    # 6 ms against 0.5 ms on one machine of 3 to 20 W: its ranges overlap, and yet it is 12 times.
    power = a_power(Range(3, 8, 20), Range.exactly(1))
    big, small = (estimate(Measurement(seconds(Range(t * 0.9, t, t * 1.1))), power) for t in (0.006, 0.0005))
    assert compare(big, small).ratio is not None
    wide = a_power(Range(1, 8, 60), Range.exactly(1))
    big, small = (estimate(Measurement(m), wide) for m in (big.inputs["time"], small.inputs["time"]))
    assert compare(big, small).ratio is None
    ratio = compare(big, small, same=("active_w",)).ratio
    assert ratio
    assert close(ratio, Range(12 * 0.9 / 1.1, 12, 12 * 1.1 / 0.9))
    other = estimate(Measurement(small.inputs["time"]), power)
    with pytest.raises(EnergyError, match="must be the same"):
        compare(big, other, same=("active_w",))


def test_two_boundaries_are_never_mixed():
    power = a_power(Range.exactly(5), Range.exactly(4))
    measurement = Measurement(seconds(Range.exactly(1)))
    with pytest.raises(EnergyError, match="can not be compared"):
        compare(estimate(measurement, power), estimate(measurement, power, "idle-inclusive"))


@given(st.lists(st.floats(1e-6, 100), min_size=1, max_size=30), st.floats(0, 0.1))
@example([0.0625, 0.5], 0.0625)
@example([1.0, 0.0625], 0.0625)
def test_a_time_lies_within_its_range_and_one_run_is_known_less_well(values, step):
    figure = timed(values, "time", step)
    inner = sorted(values)[len(values) // 10 : len(values) - len(values) // 10]
    coarse, coarser = (max(inner) < COARSE_STEPS * each for each in (step, 2 * step))
    middle = [sum(inner) / len(inner)]
    assert figure.range.low <= min(middle if coarse else inner)
    assert figure.range.high >= max(middle if coarse else inner)
    if coarse == coarser:
        assert timed(values, "time", 2 * step).range.high >= figure.range.high
    alone, often = timed(values[:1], "time").range, timed(values[:1] * 5, "time").range
    assert alone.low < often.low
    assert often.high < alone.high
    assert figure.origin == "measured"


@pytest.mark.parametrize("values", [[], [0.0], [-1.0], [float("nan")], [1.0, float("inf")]])
def test_a_time_that_is_none_is_refused(values):
    with pytest.raises(EnergyError, match="above 0"):
        timed(values, "time")


@pytest.mark.parametrize("ends", [(2, 1, 3), (-1, 0, 1), (0, 0, math.inf), (math.nan, 1, 2)])
def test_a_range_in_disorder_is_refused(ends):
    with pytest.raises(EnergyError, match="low <= mid <= high"):
        Range(*ends)


def test_measured_only_when_all_of_it_was():
    clock, meter = measured(1.0, "s", "time", "clock"), measured(5.0, "W", "power", "meter")
    guess = constant(1, 2, 3, "W", "power", "a table")
    assert combined(Range.exactly(5), "J", "energy", time=clock, power=meter).origin == "measured"
    assert combined(Range.exactly(5), "J", "energy", time=clock, power=guess).origin == "estimated"


@given(ranges, st.sampled_from(["measured", "estimated"]), st.text(max_size=9))
def test_a_figure_survives_json(range_, origin, words):
    leaf = Figure(range_, "W", origin, words, words)
    tree = Figure(range_, "J", origin, words, "", {"leaf": leaf})
    assert Figure.parse(tree.as_dict()) == tree


@pytest.mark.parametrize("value", [None, {}, {"low": 1}, {**watts(Range.exactly(1)).as_dict(), "origin": "felt"}])
def test_what_is_no_figure_is_refused(value):
    with pytest.raises(EnergyError, match="figure"):
        Figure.parse(value)


@given(st.floats(1, 500), st.integers(1, 64))
def test_a_tdp_gives_more_power_to_more_threads(tdp_w, threads):
    device = from_tdp(tdp_w, threads)
    assert device.one_w.range.mid <= device.all_w.range.mid
    assert device.idle_w
    assert device.all_w.range.mid == pytest.approx(tdp_w * 0.9)  # 1.02 loaded less 0.12 idle
    assert Device.parse(device.as_dict()) == device


@pytest.mark.parametrize("value", [0, -5, 1e9, "7", True, None])
def test_watts_that_can_not_be_are_refused_with_the_field(value):
    with pytest.raises(EnergyError) as refused:
        from_watts(value, None, 4)
    assert refused.value.field == "active_w"
    with pytest.raises(EnergyError) as refused:
        from_tdp(value, 4)
    assert refused.value.field == "tdp_w"


def test_typed_watts_are_the_middle():
    device = from_watts(7, 5, 4)
    assert device.power(3).active_w.range.mid == pytest.approx(7)
    assert replace(device, idle_w=None).power(1).idle_w is None
