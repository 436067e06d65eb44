"""Calibrations: what is typed or read becomes watts by arithmetic that one can do by hand."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hundredfold.energy import EnergyError, Measurement, estimate
from hundredfold.energy.calibrate import calibrate, device_of
from hundredfold.energy.quantities import measured

PLUG = {"method": "plug", "date": "2026-03-01", "threads": 4, "idle_w": 6.0, "load_w": 13.0, "step_w": 0.1}
SOAK = {
    "method": "battery",
    "date": "2026-03-01",
    "threads": 4,
    "capacity_wh": 50,
    "idle": {"seconds": 600, "from": 0.90, "to": 0.88},
    "load": {"seconds": 600, "from": 0.88, "to": 0.84},
}


def test_a_plug_meter_by_hand():
    # Idle 6.0 W, known to 2 % and a step of 0.1 W: 5.78 to 6.22. Load 13.0 W: 12.64 to 13.36. Above idle: 7 W, from
    # 12.64 - 6.22 = 6.42 to 13.36 - 5.78 = 7.58.
    device = device_of(calibrate(PLUG))
    active = device.power(2).active_w
    assert (active.range.low, active.range.mid, active.range.high) == pytest.approx((6.42, 7.0, 7.58))
    assert active.origin == "measured"
    assert device.idle_w
    assert device.idle_w.range.mid == 6.0
    assert "plug-in meter, 2026-03-01" in device.name


def test_a_battery_by_hand():
    # 50 Wh, worn to 40 at least: 45 in the middle. Idle: 2 % in 600 s = 0.9 Wh = 5.4 W, from 1 % of 40 Wh (2.4 W) to
    # 3 % of 50 Wh (9 W). Load: 4 % = 10.8 W, from 3 % of 40 Wh (7.2 W) to 5 % of 50 Wh (15 W). Above idle: 5.4 W, from
    # 0 to 12.6 W.
    device = device_of(calibrate(SOAK))
    active, idle = device.one_w.range, device.idle_w.range
    assert (idle.low, idle.mid, idle.high) == pytest.approx((2.4, 5.4, 9.0))
    assert (active.low, active.mid, active.high) == pytest.approx((0.0, 5.4, 12.6))


@given(st.floats(0, 100), st.floats(0.1, 100), st.floats(1e-4, 1))
def test_a_calibration_changes_the_joules_exactly_as_the_arithmetic_says(idle_w, above_w, time_s):
    device = device_of(calibrate({**PLUG, "idle_w": idle_w, "load_w": idle_w + above_w}))
    took = Measurement(measured(time_s, "s", "time", "clock"), busy=4)
    energy = estimate(took, device)
    assert energy.joules.mid == pytest.approx((idle_w + above_w - idle_w) * time_s)
    assert energy.origin == "measured"
    assert estimate(took, device, "idle-inclusive").joules.mid == pytest.approx((idle_w + above_w) * time_s)


@given(st.floats(0.1, 20))
def test_a_longer_soak_is_known_better(power_w):
    def soak(seconds):
        lost = (power_w * seconds / 3600 / 1000, 3 * power_w * seconds / 3600 / 1000)
        phases = {"idle": {"seconds": seconds, "from": 1, "to": 1 - lost[0]}}
        phases["load"] = {"seconds": seconds, "from": 1, "to": 1 - lost[1]}
        return device_of(calibrate({**SOAK, "capacity_wh": 1000, **phases})).idle_w.range

    short, long = soak(300), soak(1200)
    assert (long.high - long.low) / long.mid < (short.high - short.low) / short.mid


def test_it_survives_export_and_import():
    made = calibrate(PLUG)
    again = calibrate({"method": "import", "calibration": json.loads(json.dumps(made))})
    assert again == made
    assert device_of(again) == device_of(made)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"idle_w": -1}, "idle_w"),
        ({"load_w": "13"}, "load_w"),
        ({"load_w": 6.0}, "load_w"),
        ({"load_w": 5000}, "load_w"),
        ({"step_w": 0}, "step_w"),
        ({"date": "yesterday"}, "date"),
        ({"threads": 0}, "threads"),
        ({"method": "guess"}, "method"),
    ],
)
def test_readings_that_can_not_be_are_refused_with_the_field(change, field):
    with pytest.raises(EnergyError) as refused:
        calibrate({**PLUG, **change})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"capacity_wh": 0}, "capacity"),
        ({"idle": None}, "idle is"),
        ({"load": {"seconds": 600, "from": 0.8, "to": 0.9}}, "charged"),
        ({"load": {"seconds": 600, "from": 0.88, "to": 0.87}}, "soak longer"),
        ({"load": {"seconds": 5, "from": 0.88, "to": 0.8}}, "seconds"),
    ],
)
def test_a_soak_that_tells_nothing_is_refused_and_says_why(change, says):
    with pytest.raises(EnergyError, match=says):
        calibrate({**SOAK, **change})


def device_with(**figures):
    made = calibrate(PLUG)
    return {**made, "device": {**made["device"], **figures}}


def refusals():
    """Every refusal that a visitor can read, and its message's values."""
    huge = {**calibrate(PLUG)["device"]["one_w"], "low": 1, "mid": 1, "high": 9000}
    imported = [{"kind": "other"}, {**calibrate(PLUG), "schema": 2}, device_with(threads=0), device_with(one_w=huge)]
    drained = {"seconds": 600, "from": 0.8, "to": 0.9}
    return [
        *({"method": "import", "calibration": file} for file in imported),
        *({**PLUG, field: "7"} for field in ("idle_w", "load_w", "step_w")),
        {**SOAK, "capacity_wh": 5000},
        {**SOAK, "load": drained},
        {**SOAK, "load": {**drained, "to": 0.8}},
        {**PLUG, "load_w": 6.0},
    ]


@pytest.mark.parametrize("request_", refusals())
def test_what_a_visitor_reads_has_a_message_with_its_values(request_):
    with pytest.raises(EnergyError) as refused:
        calibrate(request_)
    catalogue = Path(__file__).parents[2] / "web/locales/en/calibrate.ftl"
    lines = re.findall(rf"^{refused.value.code} = (.*(?:\n[ }}].*)*)", catalogue.read_text(), re.MULTILINE)
    assert len(lines) == 1
    assert set(re.findall(r"\$(\w+)", lines[0])) == set(refused.value.values)
    assert refused.value.extra() == {
        "field": refused.value.field,
        "code": refused.value.code,
        "values": refused.value.values,
    }


def test_what_no_visitor_reads_has_none():
    with pytest.raises(EnergyError) as refused:
        calibrate({**PLUG, "date": "yesterday"})
    assert refused.value.extra() == {"field": "date"}


@pytest.mark.parametrize("file", [None, {}, [], {"kind": "other"}, {**calibrate(PLUG), "schema": 2}])
def test_what_is_no_calibration_is_refused(file):
    with pytest.raises(EnergyError, match=r"calibration|calibrate"):
        calibrate({"method": "import", "calibration": file})


@given(st.recursive(st.none() | st.floats() | st.text() | st.booleans(), lambda x: st.dictionaries(st.text(), x)))
def test_any_damaged_device_is_refused_and_nothing_else_happens(damage):
    with pytest.raises(EnergyError):
        calibrate({"method": "import", "calibration": {**calibrate(PLUG), "device": damage}})
