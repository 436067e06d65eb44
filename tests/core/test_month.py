"""The bill of a month: worked out by hand once, and its laws; each figure on it is whole and has words on the page."""

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from replay import ask_once
from test_balance import ask
from test_labels import WEB, catalogue, every, parsed, slug

from hundredfold.energy import bill
from hundredfold.energy.bill import PUBLISHED, electricity
from hundredfold.energy.grid import COUNTRIES
from hundredfold.energy.quantities import Figure, Range, constant

ENDS = ("low", "mid", "high")


def joules(low=1.0, mid=2.0, high=4.0, **inputs):
    return Figure(Range(low, mid, high), "J", "estimated", "For one answer", "" if inputs else "a test", inputs)


def way(where="here", answer=None, **more):
    return {"where": where, "variant": None, "answer": (answer or joules()).as_dict(), **more}


def monthly(**changes):
    request = {"do": "bill", "exhibit": "digits", "per_month": 1000, "ways": [way(), way("there")]}
    return ask_once({**request, **changes})


def ends(figure):
    return [figure[end] for end in ENDS]


def test_a_month_is_what_one_answer_takes_times_how_often():
    told = monthly(
        per_month=3.6e6, country="FRA", price_per_kwh=0.2, price_per_million_tokens=2, tokens_per_request=500
    )
    here, there, hosted = told["ways"]
    assert ends(here["energy"]) == [1, 2, 4]
    assert ends(here["money"]) == pytest.approx([0.2, 0.4, 0.8])
    assert ends(here["co2e"]) == pytest.approx([1 * 56 / 1.5, 2 * 56, 4 * 56 * 1.5])
    assert ends(there["co2e"]) == pytest.approx([1 * 480 / 1.5, 2 * 480, 4 * 480 * 1.5])
    assert ends(hosted["energy"]) == pytest.approx([3600 * wh for wh in (0.24, 0.3, 0.34)])
    assert ends(hosted["money"]) == pytest.approx([3.6e6 * 500 * 2 / 1e6] * 3)
    assert (told["currency"], told["country"], told["stated"]) == ("USD", "France", False)


def test_what_is_not_known_is_absent_and_never_0():
    told = monthly(ways=[{"where": "here"}, {"where": "there", "variant": "baseline-fp32", "answer": None}])
    for each in told["ways"][:2]:
        assert [each[name] for name in ("answer", "energy", "money", "co2e", "once")] == [None] * 5
    assert told["ways"][-1]["where"] == "hosted"
    assert told["ways"][-1]["energy"]["mid"] == pytest.approx(0.3)


def test_a_waiting_device_draws_the_visitor_s_own_electricity():
    terms = {"compute": joules(3, 3, 3, one=joules()), "waiting": joules(1, 1, 1, one=joules())}
    stated = constant(100, 100, 100, "g CO2e/kWh", "stated", "a test").as_dict()
    told = monthly(
        ways=[way("there", joules(4, 4, 4, **terms))], per_month=3.6e6, country="FRA", server={"grid": stated}
    )
    assert told["stated"] is True
    assert told["ways"][0]["co2e"]["mid"] == pytest.approx(3 * 100 + 1 * 56)


def test_what_the_panel_tells_is_what_the_bill_counts():
    sheet = ask()["boundaries"]["marginal"]
    once = sheet["break_even"]["once"]
    here = {"where": "here", "variant": "student-int8", "answer": sheet["here"]["total"], "once": once}
    there = {"where": "there", "variant": "baseline-fp32", "answer": sheet["there"]["total"]}
    told = monthly(ways=[here, there], per_month=1)
    assert ends(told["ways"][0]["energy"]) == pytest.approx([each / 3.6e6 for each in ends(sheet["here"]["total"])])
    assert ends(told["ways"][0]["once"]) == pytest.approx([each / 3.6e6 for each in ends(once)])
    assert ends(told["ways"][1]["energy"]) == pytest.approx([each / 3.6e6 for each in ends(sheet["there"]["total"])])


AMOUNTS = st.floats(0, 1e9)
RANGES = st.lists(AMOUNTS, min_size=3, max_size=3).map(lambda three: joules(*sorted(three)))


def totals(told):
    return [each[name] for each in told["ways"] for name in ("energy", "money", "co2e")]


def plain(**changes):
    """The arithmetic alone, without the way through the door."""
    request = {"do": "bill", "exhibit": "digits", "per_month": 1000, "ways": [way(), way("there")], **changes}
    return bill.answer(request, ["any"])


@given(RANGES, AMOUNTS)
def test_every_total_is_a_range_from_low_to_high(one, often):
    for figure in totals(plain(ways=[way(answer=one), way("there", one)], per_month=often)):
        assert 0 <= figure["low"] <= figure["mid"] <= figure["high"]


@given(RANGES, st.floats(1e-6, 1e9), st.floats(0, 1000))
def test_it_is_linear_in_how_often(one, often, factor):
    ways = [way(answer=one), way("there", one)]
    before, after = (totals(plain(ways=ways, per_month=many)) for many in (often, often * factor))
    for figure, other in zip(before, after, strict=True):
        assert ends(other) == pytest.approx([each * factor for each in ends(figure)], rel=1e-9)


@given(RANGES)
def test_none_a_month_is_nothing(one):
    for figure in totals(plain(ways=[way(answer=one), way("there", one)], per_month=0)):
        assert ends(figure) == [0, 0, 0]


@given(st.floats(0, 1e5), st.floats(0, 1e5), st.sampled_from(["price_per_kwh", "price_per_million_tokens"]))
def test_a_higher_price_never_costs_less_and_changes_money_alone(one, other, field):
    cheap, dear = (plain(**{field: price}) for price in sorted((one, other)))
    for less, more in zip(cheap["ways"], dear["ways"], strict=True):
        assert all(a <= b for a, b in zip(ends(less["money"]), ends(more["money"]), strict=True))
        assert (less["energy"], less["co2e"]) == (more["energy"], more["co2e"])


@given(st.sampled_from(sorted(COUNTRIES)), st.sampled_from(sorted(COUNTRIES)))
def test_a_country_changes_co2e_here_alone(one, other):
    first, second = (plain(country=code)["ways"] for code in (one, other))
    assert (first[0]["co2e"] == second[0]["co2e"]) == (COUNTRIES[one] == COUNTRIES[other])
    assert first[1:] == second[1:]
    assert first[0]["money"] == second[0]["money"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        *[("per_month", value) for value in (None, "1000", -1, 1e13, True, float("nan"), 10**50)],
        *[("price_per_kwh", value) for value in ("0.2", -0.1, 1e7, False)],
        ("price_per_million_tokens", []),
        ("tokens_per_request", 1e10),
        *[("country", value) for value in ("fra", 3, ["FRA"])],
        ("currency", "GBP"),
        ("boundary", "all"),
        ("ways", {}),
        ("ways.0.where", [{"where": "hosted"}]),
        ("ways.0.where", [3]),
        ("ways.1.variant", [{"where": "here"}, {"where": "there", "variant": "none"}]),
        ("ways.0.answer", [way(answer=constant(1, 1, 1, "W", "Power", "a test"))]),
        ("figure", [{"where": "here", "answer": {"low": 1}}]),
        ("range", [way(answer=joules(1, 2, 1e308))]),
    ],
)
def test_what_is_wrong_is_refused_with_its_field(field, wrong):
    name = "ways" if "." in field or field in ("figure", "range") else field
    problem = monthly(**{name: wrong, **({"per_month": 1e12} if field == "range" else {})})
    assert (problem["status"], problem["field"]) == (422, field)
    assert len(problem["detail"]) > 20


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)
FIELDS = st.sampled_from(["per_month", "ways", "boundary", "country", "currency", "server", "price_per_kwh"])


@settings(max_examples=200)
@given(st.dictionaries(FIELDS, JSON, min_size=1))
def test_whatever_is_asked_is_answered_or_refused(changes):
    told = monthly(**changes)
    assert told.get("status", 422) == 422 or told["status"] == 422, told


def test_every_figure_is_whole(whole):
    assert len(whole([monthly(), monthly(price_per_kwh=0.3, country="FRA")])) > 40


def test_published_figures_are_within_their_range():
    one = plain()["ways"][-1]["answer"]
    assert all(one["low"] <= figure.range.mid <= one["high"] for figure in PUBLISHED.values())
    assert {electricity(figure, figure).unit for figure in PUBLISHED.values()} == {"kWh"}


def test_every_label_of_it_has_its_words():
    told = [each for figure in parsed([monthly(), monthly(price_per_kwh=1)]) for each in every(figure)]
    texts = {figure.label for figure in told} | {figure.source for figure in told}
    known = {figure.source for figure in PUBLISHED.values()} | {"", "a test"}
    for language in ("en", "es"):
        said = catalogue(language, "figures") | catalogue(language, "bill")
        unsaid = {text for text in texts - known if "figures-" + slug(text) not in said}
        assert {text for text in unsaid if not re.match("With the electricity of|Our World in Data", text)} == set()
    english = catalogue("en", "bill")
    left = {code for code in english if code.startswith("figures-")} - {"figures-" + slug(text) for text in texts}
    pages = "".join(path.read_text(encoding="utf-8") for path in (WEB / "src/exhibits").rglob("*.js"))
    assert [code for code in left if f'"{english[code]}"' not in pages] == []
    assert all(english["figures-" + slug(text)] == text for text in texts if "figures-" + slug(text) in english)


def test_it_is_not_imported_by_a_first_answer():
    program = (
        "import sys, hundredfold.app; print([name for name in sys.modules if name.startswith('hundredfold.energy')])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout
    assert "hundredfold.energy.bill" not in found
