"""Every constant that energy is computed with: its range, its unit, its source."""

from __future__ import annotations

import math

from .quantities import Figure, constant

IDLE_SHARE = constant(
    0.05, 0.12, 0.2, "of TDP", "Drawn by an idle processor", "Boavizta's load curve after Teads (2021), from servers"
)
LOADED_SHARE = constant(
    0.75,
    1.02,
    1.3,
    "of TDP",
    "Drawn by a fully loaded processor",
    "Boavizta's load curve after Teads (2021); laptops may exceed their TDP for a while",
)
ONE_THREAD_SHARE = constant(
    0.25,
    0.45,
    0.75,
    "of the power above idle",
    "One busy thread",
    "one thread clocks highest: Boavizta's curve has 0.2 of TDP above idle at a tenth of the load, 0.63 at half",
)
SERVER_CORE_W = constant(
    4.4,
    12,
    24,
    "W",
    "One busy core of an unknown server",
    "Green Algorithms v3: 12 W for an unknown core, 4.4 W for an EPYC 7763; twice the middle above",
)
CORE_SHARE = constant(
    1,
    math.sqrt(2),
    2,
    "times",
    "A busy core's share of its chip",
    "an even one when all cores are busy; twice that when few are, since they clock higher and share the rest "
    "of the chip among them: Boavizta's load curve has 0.2 of TDP above idle at a tenth of the load; the middle is "
    "the geometric mean",
)
PUE = constant(
    1.09,
    1.54,
    1.8,
    "times",
    "Power of the data centre over that of its computers",
    "Uptime Institute survey 2025: 1.54 on average; Google 2024: 1.09; small rooms: 1.8 and more",
)
OWN_MACHINE_PUE = constant(1, 1, 1, "times", "A computer at home or in a school", "it has no data centre around it")
NETWORK_J_PER_BYTE = constant(
    0.03 / 125_000,
    math.sqrt(0.03 / 125_000 * 0.059 * 3.6e6 / 1e9),
    0.059 * 3.6e6 / 1e9,
    "J/byte",
    "Moving a byte through networks",
    "contested: from 0.03 W per Mbit/s, what more traffic adds, to 0.059 kWh/GB, an average of everything there is "
    "(Sustainable Web Design v4, in co2.js); the middle is their geometric mean; Mytton et al. 2024: bytes mislead",
)
LAMP_W = constant(7, 8.5, 10, "W", "An LED lamp as bright as a 60 W bulb", "EU energy labels of lamps of 806 lumen")
PHONE_BATTERY_J = constant(
    11 * 3600,
    15 * 3600,
    20 * 3600,
    "J",
    "A full phone battery",
    "3,000 to 5,200 mAh at 3.85 V, as makers state for current phones",
)
TEA_J = constant(
    75_000,
    100_000,
    140_000,
    "J",
    "A cup of tea: a quarter of a litre from 15 to 100 °C",
    "4,186 J per kg and degree, in a kettle that loses 10 to 35 %",
)
CONSTANTS: dict[str, Figure] = {name: value for name, value in dict(globals()).items() if isinstance(value, Figure)}
"""All of them by name, for the page that explains the method."""
