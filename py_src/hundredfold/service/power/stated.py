"""What the operator states, or else the literature: the data centre's overhead, the network, the grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...energy.constants import NETWORK_J_PER_BYTE, OWN_MACHINE_PUE, PUE
from ...energy.quantities import Figure, constant
from ..settings import Settings, variable


def document(settings: Settings, report: Mapping[str, Any] | None, learnt: Mapping[str, Any]) -> dict[str, Any]:
    """What GET /api/v1/power tells; ``report`` is that of `choose.choose`, None while no worker is warm.

    ``learnt`` is that of `learner.Learner`.
    """
    stated = grid(settings)
    return {
        "meter": report,
        "pue": pue(settings).as_dict(),
        "network_j_per_byte": network_j_per_byte(settings).as_dict(),
        "grid": stated.as_dict() if stated else None,
        **learnt,
    }


def pue(settings: Settings) -> Figure:
    """Times the computers' power; exactly 1 stays so: a machine without a data centre around it."""
    if settings.pue is None:
        return PUE
    if settings.pue == 1:
        return OWN_MACHINE_PUE
    return _stated("pue", settings.pue, PUE, least=1.0)


def network_j_per_byte(settings: Settings) -> Figure:
    if settings.network_j_per_byte is None:
        return NETWORK_J_PER_BYTE
    return _stated("network_j_per_byte", settings.network_j_per_byte, NETWORK_J_PER_BYTE)


def grid(settings: Settings) -> Figure | None:
    """In g CO2e per kWh; None: the operator states none, and the world's average is taken."""
    value = settings.grid_g_per_kwh
    if value is None:
        return None
    return constant(
        0.9 * value,
        value,
        1.1 * value,
        "g CO2e/kWh",
        "With the electricity that its operator states",
        _by("grid_g_per_kwh"),
    )


def _stated(name: str, value: float, like: Figure, least: float = 0.0) -> Figure:
    return constant(max(least, 0.9 * value), value, 1.1 * value, like.unit, like.label, _by(name))


def _by(name: str) -> str:
    return f"stated by the server's operator as {variable(name)}, taken to be right within 10 %"
