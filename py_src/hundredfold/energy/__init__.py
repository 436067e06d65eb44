"""Energy as it can honestly be told: estimates with a range, an origin and their inputs, the same here and there."""

from ..result import Boundary
from .devices import Device, Power
from .estimate import Comparison, EnergyEstimate, Measurement, compare, estimate, timed
from .quantities import EnergyError, Figure, Range

__all__ = [
    "Boundary",
    "Comparison",
    "Device",
    "EnergyError",
    "EnergyEstimate",
    "Figure",
    "Measurement",
    "Power",
    "Range",
    "compare",
    "estimate",
    "timed",
]
