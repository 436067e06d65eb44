"""Figures with no more digits than they deserve: two. The page writes its own: web/src/energy/energy-format.js."""

from __future__ import annotations


def two_digits(value: float) -> str:
    """12345 -> '12,000', 0.04567 -> '0.046'."""
    if value == 0:
        return "0"
    rounded = float(f"{value:.1e}")
    if rounded >= 1e6:
        for size, name in ((1e9, "billion"), (1e6, "million")):
            if rounded >= size:
                return f"{rounded / size:,.2g} {name}" if rounded < 100 * size else f"{rounded / size:,.0f} {name}"
    if rounded >= 10:
        return f"{rounded:,.0f}"
    if rounded >= 1:
        return f"{rounded:.2g}"
    return f"{rounded:.10f}".rstrip("0") if rounded >= 1e-5 else f"{rounded:.1e}".replace("e-0", "e-")
