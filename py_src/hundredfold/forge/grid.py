"""Generates the table of grids in energy/grid.py from CodeCarbon's, so that a browser needs no package for it."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

OLDEST = 2020
"""A country whose newest figure is older than this is left out, as is one without a figure."""


def countries() -> str:
    """Lines of Python: country code -> (name, g CO2e/kWh, year), by name. Raises RuntimeError without codecarbon."""
    spec = find_spec("codecarbon")
    if not spec or not spec.origin:
        raise RuntimeError("codecarbon is not installed: run `.venv/bin/pip install -e '.[dev]'`")
    table = json.loads(Path(spec.origin).with_name("data").joinpath("private_infra/global_energy_mix.json").read_text())
    kept = [row for row in table.values() if row["carbon_intensity"] and row["year"] >= OLDEST]
    return "\n".join(
        f'    "{row["iso_code"]}": ("{row["country_name"]}", {row["carbon_intensity"]:.0f}, {row["year"]}),'
        for row in sorted(kept, key=lambda row: row["country_name"])
    )
