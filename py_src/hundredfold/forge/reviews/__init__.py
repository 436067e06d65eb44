"""How the models of the reviews are made: ``recipe`` reads from top to bottom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ...energy.meter import Meter
from ...manifest import Manifest


def forge(models: Path, cache: Path, quick: bool, meter: Callable[[], Meter]) -> Manifest:
    """Run the recipe; it is loaded here, so that evaluating needs no PyTorch. What training draws is not metered."""
    from . import recipe

    return recipe.forge(models, cache, quick)
