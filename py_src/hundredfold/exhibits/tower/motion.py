"""How long a skill's answer holds: far from where it is going, a hand goes on as it does and need not think again."""

from __future__ import annotations

from .world import SPEED

FAR = SPEED
"""Farther away than it gets in a step, a skill goes at full speed."""
ALIGNED = 0.01
"""It goes straight down when it is no farther off than this, across, in metres."""
AT_REST = 0.25 * SPEED
"""An axis that is slower than this stands still while the other one goes on."""
AHEAD = 7
"""A skill is not asked again for at most so many steps: the end-to-end policy, too, is asked every eighth step."""

Offsets = tuple[float, float, float]


def goes_on(away: Offsets, dx: float, dz: float) -> tuple[int, float, float]:
    """(steps, dx, dz): for how many steps after this one, and how, it goes on without asking the skill again.

    ``away`` is as geometry.offsets has it. It goes on along an axis while it stays farther than FAR from where it would
    slow down; if the other axis is neither far off nor nearly at rest, not at all.
    """
    across, down, travel = away
    wide = _steps(across, dx)
    tall = _steps(travel, dz) if dz > 0 else _steps(down, dz) if abs(across) <= ALIGNED else 0
    if (not wide and abs(dx) > AT_REST) or (not tall and abs(dz) > AT_REST):
        return 0, 0.0, 0.0
    return min(wide or AHEAD, tall or AHEAD) if wide or tall else 0, dx if wide else 0.0, dz if tall else 0.0


def _steps(offset: float, speed: float) -> int:
    """Steps that an axis can go on, AHEAD at most; 0 if it does not go where it should or is near."""
    if offset * speed <= 0 or abs(offset) <= FAR:
        return 0
    return int(min((abs(offset) - FAR) / abs(speed), AHEAD))
