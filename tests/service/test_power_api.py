"""What the API tells about power: the meter and the operator's figures, and the energy of every run."""

from __future__ import annotations

import json
import re

import pytest
from powercap import LAPTOP, write_tree
from tiny import RUN, VARIANTS, drawing, warm

from hundredfold.energy import live
from hundredfold.energy.constants import NETWORK_J_PER_BYTE, PUE
from hundredfold.energy.quantities import Figure
from hundredfold.service import schemas
from hundredfold.service.settings import Settings, SettingsError, variable

POWER = "/api/v1/power"


def test_before_a_worker_is_warm_the_meter_is_not_known(make_app, tmp_path):
    told = make_app(models=tmp_path).test_client().get(POWER)
    assert told.status_code == 200
    assert told.json == {
        "meter": None,
        "pue": PUE.as_dict(),
        "network_j_per_byte": NETWORK_J_PER_BYTE.as_dict(),
        "grid": None,
        "learning": False,
        "idle": None,
        "cpu_second": None,
        "learnt": {},
    }


def test_a_warm_worker_reports_its_meter(app, client):
    warm(app)
    told = client.get(POWER).json
    schemas.PowerFacts.model_validate(told, strict=True)
    assert told["meter"]["machine"]
    assert all(other["why_not"] for other in told["meter"]["better"])


def test_counters_that_stand_still_are_not_chosen(make_app, tmp_path):
    app = make_app(powercap=write_tree(tmp_path, LAPTOP))
    warm(app)
    meter = app.test_client().get(POWER).json["meter"]
    assert meter["meter"] != "rapl"
    assert "stood still" in meter["better"][0]["why_not"]


def test_the_operator_states_figures(make_app):
    app = make_app(pue=1.2, grid_g_per_kwh=30, network_j_per_byte=1e-5)
    told = app.test_client().get(POWER).json
    for name, value, unit in (
        ("pue", 1.2, "times"),
        ("grid", 30, "g CO2e/kWh"),
        ("network_j_per_byte", 1e-5, "J/byte"),
    ):
        figure = Figure.parse(told[name])
        assert figure.range.mid == value
        assert figure.range.low == pytest.approx(max(0.9 * value, 1.0 if name == "pue" else 0))
        assert figure.range.high == pytest.approx(1.1 * value)
        assert figure.unit == unit
        assert "HUNDREDFOLD_" in figure.source


def test_a_machine_of_ones_own_has_a_pue_of_exactly_1(make_app):
    told = make_app(pue=1).test_client().get(POWER).json["pue"]
    assert (told["low"], told["mid"], told["high"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pue", "0.9"),
        ("pue", "nan"),
        ("pue", "inf"),
        ("pue", "much"),
        ("grid_g_per_kwh", "-1"),
        ("network_j_per_byte", "2"),
    ],
)
def test_a_figure_that_can_not_be_is_refused(name, value):
    with pytest.raises(SettingsError, match=f"{variable(name)} must be a number"):
        Settings.read({variable(name): value})


def test_figures_are_read_from_the_environment(tmp_path):
    settings = Settings.read({"HUNDREDFOLD_PUE": "1.1", "HUNDREDFOLD_POWERCAP": str(tmp_path)})
    assert (settings.pue, settings.grid_g_per_kwh, settings.powercap) == (1.1, None, tmp_path)


@pytest.mark.parametrize("repeats", [1, 20])
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_run_tells_its_energy_in_a_few_numbers(client, whole, variant, repeats):
    """A whole answer is small on the wire, and with what the server tells of its power it is the whole tree."""
    answer = client.post(RUN, json={"input": drawing(), "variant": variant, "repeats": repeats})
    energy = answer.json["energy"]
    assert len(json.dumps(energy)) <= 400
    assert len(answer.data) <= 1200
    schemas.RunEnergy.model_validate(energy, strict=True)
    assert energy["boundary"] == "marginal"
    assert energy["origin"] == "estimated", "no counter was read for it"
    assert energy["inputs"]["answers"] == repeats
    told = client.get(energy["inputs"]["power"]).json
    power = live.power_of(told, "digits", variant)
    joules = power.active_w.range * live.cpu_time([energy] * 5).range
    for end, value in energy["joules"].items():
        assert value == pytest.approx(getattr(joules, end), rel=0.01)
    assert 0 < energy["joules"]["low"] <= energy["joules"]["mid"] <= energy["joules"]["high"]
    assert len(whole(told["cpu_second"])) > 3
    assert "cpu_ms" not in answer.json["timing"]


def test_where_the_power_is_told_is_below_where_the_application_is_mounted(client):
    answer = client.post(RUN, json={"input": drawing()}, environ_overrides={"SCRIPT_NAME": "/some/path"})
    assert answer.json["energy"]["inputs"]["power"] == f"/some/path{POWER}"


def test_the_document_knows_the_shapes(client):
    document = client.get("/api/v1/openapi.json").json
    shapes = document["components"]["schemas"]
    assert set(re.findall(r"#/components/schemas/([\w.]+)", json.dumps(document))) <= set(shapes)
    energy = shapes["DigitsResult"]["properties"]["energy"]["anyOf"]
    assert energy == [{"$ref": "#/components/schemas/DigitsResult.RunEnergy"}, {"type": "null"}]
    figure = shapes["PowerFacts.FigureFacts"]
    assert set(figure["properties"]) == set(figure["required"]) == set(PUE.as_dict())
    inside = figure["properties"]["inputs"]["additionalProperties"]
    assert inside == {"$ref": "#/components/schemas/PowerFacts.FigureFacts"}, "figures hold figures"
