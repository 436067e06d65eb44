"""What a month of answers comes to: electricity, money and CO2 equivalent of each way to them, each with its range.

Three boundaries, told apart: here and there are what one answer took, times how often; their money is the electricity
alone. A hosted language model is as published, by its provider's boundary, and its money is what a customer pays.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from ..errors import brief
from . import sheet
from .grid import COUNTRIES, WORLD
from .quantities import EnergyError, Figure, Range, combined, constant

CURRENCIES = ("USD", "EUR")
"""The assumed prices are the same in both: what is not known about them is far more than what parts the two."""
MOST_TIMES = 1e12
MOST_PRICE = 1e6
MOST_TOKENS = 1e9
KWH_J = 3.6e6
ASSUMED = "an assumption of November 2026, looked up nowhere: change it"
TYPED = "as you typed it"

KWH_PRICE = constant(0.1, 0.25, 0.5, "", "Price of a kWh", ASSUMED)
TOKENS_PRICE = constant(0.1, 1, 10, "", "Price of a million tokens", ASSUMED)
TOKENS = constant(200, 500, 2000, "tokens", "Tokens of one request, with its answer", ASSUMED)

PUBLISHED = {
    "gemini": constant(
        0.24, 0.24, 0.24, "Wh", "Gemini: its median text prompt", "Google, for May 2025; by Google's own boundary"
    ),
    "epoch": constant(0.3, 0.3, 0.3, "Wh", "ChatGPT: a typical request", "Epoch AI, 2025: an estimate from outside"),
    "chatgpt": constant(0.34, 0.34, 0.34, "Wh", "ChatGPT: its average request", "OpenAI, June 2025; no method given"),
}
"""What one request to a hosted language model takes, from the lowest that is published to the highest."""


class Prices(NamedTuple):
    """In one currency; an assumption is a range, what was typed is exact."""

    kwh: Figure
    million_tokens: Figure
    tokens: Figure
    """Of one request."""


def answer(request: Mapping[str, Any], variants: Collection[str]) -> dict[str, Any]:
    """The answer to ``{"do": "bill"}``, see app.py; raises EnergyError for what can not be used."""
    often = _number(request, "per_month", MOST_TIMES)
    times = constant(often, often, often, "times", "Times in a month", "chosen by you")
    prices, own, country = _prices(request), *_own_grid(request.get("country"))
    server = request.get("server")
    stated = server.get("grid") if isinstance(server, Mapping) else None
    its = Figure.parse(stated) if stated else sheet.UNKNOWN_GRID
    boundary = request.get("boundary", "marginal")
    if boundary not in sheet.BOUNDARIES:
        raise EnergyError("boundary", f"boundary is one of {', '.join(sheet.BOUNDARIES)}, not {brief(boundary)}")
    asked = request.get("ways", [])
    if not isinstance(asked, list):
        raise EnergyError("ways", "ways is a list of {where, variant, answer, once}")
    ways = [_way(f"ways.{index}", each, variants, times, prices, own, its) for index, each in enumerate(asked)]
    return {
        "exhibit": request.get("exhibit"),
        "per_month": times.range.mid,
        "currency": prices.kwh.unit,
        "boundary": boundary,
        "country": country,
        "stated": bool(stated),
        "times": times.as_dict(),
        "prices": {name: figure.as_dict() for name, figure in prices._asdict().items()},
        "grids": {"here": own.as_dict(), "there": its.as_dict(), "hosted": sheet.UNKNOWN_GRID.as_dict()},
        "ways": [*ways, _hosted(times, prices)],
    }


def electricity(one: Figure, times: Figure) -> Figure:
    """kWh of so many answers; one takes joules or Wh."""
    per_kwh = 1e3 if one.unit == "Wh" else KWH_J
    return combined(one.range * times.range / per_kwh, "kWh", "Electricity in a month", one=one, times=times)


def _way(
    field: str, told: Any, variants: Collection[str], times: Figure, prices: Prices, own: Figure, its: Figure
) -> dict[str, Any]:
    """``{where, variant, answer, energy, money, co2e, once}``; None for what is not known."""
    where = told.get("where") if isinstance(told, Mapping) else None
    if where not in ("here", "there"):
        raise EnergyError(f"{field}.where", f"where is 'here' or 'there', not {brief(where)}")
    variant = told.get("variant")
    if variant is not None and (not isinstance(variant, str) or variant not in variants):
        raise EnergyError(f"{field}.variant", f"there is no variant {brief(variant)}")
    one, once = (_joules(f"{field}.{name}", told.get(name)) for name in ("answer", "once"))
    way = {"where": where, "variant": variant, "answer": None, "energy": None, "money": None, "co2e": None}
    if one:
        energy = electricity(one, times)
        paid = combined(energy.range * prices.kwh.range, prices.kwh.unit, "Its electricity in a month", energy=energy)
        way |= {
            "answer": one.as_dict(),
            "energy": energy.as_dict(),
            "money": _with(paid, price=prices.kwh).as_dict(),
            "co2e": _grams(one, own if where == "here" else its, own, times).as_dict(),
        }
    begun = combined(once.range / KWH_J, "kWh", once.label, once=once) if once else None
    return {**way, "once": begun.as_dict() if begun else None}


def _hosted(times: Figure, prices: Prices) -> dict[str, Any]:
    ends = [figure.range.mid for figure in PUBLISHED.values()]
    middle = sorted(ends)[len(ends) // 2]
    one = combined(Range(min(ends), middle, max(ends)), "Wh", "One request, as published", **PUBLISHED)
    energy, grid = electricity(one, times), sheet.UNKNOWN_GRID
    paid = times.range * prices.tokens.range * prices.million_tokens.range / 1e6
    money = combined(paid, prices.kwh.unit, "Its tokens in a month", times=times)
    co2e = combined(energy.range * grid.range, "g CO2e", "CO2 equivalent in a month", energy=energy, grid=grid)
    return {
        "where": "hosted",
        "variant": None,
        "answer": one.as_dict(),
        "energy": energy.as_dict(),
        "money": _with(money, tokens=prices.tokens, price=prices.million_tokens).as_dict(),
        "co2e": co2e.as_dict(),
        "once": None,
    }


def _grams(one: Figure, grid: Figure, own: Figure, times: Figure) -> Figure:
    """Of so many answers; a device that waits for the server does so on the visitor's own electricity."""
    terms = one.inputs if {"compute", "waiting"} <= set(one.inputs) else {}
    each = sheet.co2e(sheet.Path(terms, one, one), grid, own)
    return combined(each.range * times.range, "g CO2e", "CO2 equivalent in a month", one=each, times=times)


def _with(figure: Figure, **inputs: Figure) -> Figure:
    return combined(figure.range, figure.unit, figure.label, **figure.inputs, **inputs)


def _prices(request: Mapping[str, Any]) -> Prices:
    currency = request.get("currency") or CURRENCIES[0]
    if currency not in CURRENCIES:
        raise EnergyError("currency", f"currency is one of {', '.join(CURRENCIES)}, not {brief(currency)}")
    kwh = _chosen(request, "price_per_kwh", MOST_PRICE, KWH_PRICE, currency)
    million = _chosen(request, "price_per_million_tokens", MOST_PRICE, TOKENS_PRICE, currency)
    return Prices(kwh, million, _chosen(request, "tokens_per_request", MOST_TOKENS, TOKENS, TOKENS.unit))


def _chosen(request: Mapping[str, Any], field: str, most: float, default: Figure, unit: str) -> Figure:
    if request.get(field) is None:
        ends, source = default.range, default.source
    else:
        ends, source = Range.exactly(_number(request, field, most)), TYPED
    return constant(ends.low, ends.mid, ends.high, unit, default.label, source)


def _own_grid(code: Any) -> tuple[Figure, str | None]:
    if code is None or code == "":
        return sheet.grid_figure(*WORLD), None
    if not isinstance(code, str) or code not in COUNTRIES:
        raise EnergyError("country", f"country is a code such as FRA, or null for the world, not {brief(code)}")
    return sheet.grid_figure(*COUNTRIES[code]), COUNTRIES[code][0]


def _joules(field: str, value: Any) -> Figure | None:
    if value is None:
        return None
    figure = Figure.parse(value)
    if figure.unit != "J":
        raise EnergyError(field, f"{field} is a figure in J, not in {brief(figure.unit)}")
    return figure


def _number(request: Mapping[str, Any], field: str, most: float) -> float:
    value = request.get(field)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise EnergyError(field, f"{field} must be a number from 0 to {most:,.0f}, not {brief(value)}")
    return float(value)
