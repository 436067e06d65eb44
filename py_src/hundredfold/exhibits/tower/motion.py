"""What a skill foresees: its steps to come, as long as nothing is in its way and there is nothing to see.

Far from where it is going a hand goes on as it does, and the skill need not be asked again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .world import SPEED, Action

FAR = SPEED
"""Farther away than it gets in a step, a skill goes at full speed."""
ALIGNED = 0.01
"""It goes straight down when it is no farther off than this, across, and before that to the height at which it travels;
in metres."""
AT_REST = 0.25 * SPEED
"""An axis that is slower than this stands still while the other one goes on."""
AHEAD = 16
"""A skill is not asked again for at most so many steps: as many as the end-to-end policy answers at once."""

Offsets = tuple[float, float, float]


def foresee(
    act: Callable[[Offsets], Sequence[float]],
    offsets: Callable[[float, float], Offsets],
    at: tuple[float, float],
    stop_within: float,
    most: int,
) -> tuple[list[Action], bool, int]:
    """(actions, done, calls): the next steps, one at least, whether the skill is done then, and how often it was asked.

    ``act`` is the skill, and ``offsets`` tells how far a place is from where it goes, as geometry.Way does. They end
    where the skill is done, after ``most`` steps, and once the way across is shorter than ``stop_within``.
    """
    (x, z), calls = at, 0
    actions: list[Action] = []
    while True:
        away = offsets(x, z)
        if actions and (len(actions) >= most or abs(away[0]) < stop_within):
            return actions, False, calls
        across_speed, up_speed, closed, done = act(away)
        calls += 1
        dx, dz = SPEED * min(max(across_speed, -1.0), 1.0), SPEED * min(max(up_speed, -1.0), 1.0)
        actions.append(Action(dx, dz, closed > 0))
        if done > 0:
            return actions, True, calls
        steps, dx_on, dz_on = goes_on(away, dx, dz)
        across = away[0] - dx
        x, z = x + dx, z + dz
        again = Action(dx_on, dz_on, closed > 0)
        while steps and len(actions) < most and abs(across) >= stop_within:
            actions.append(again)
            across, x, z, steps = across - dx_on, x + dx_on, z + dz_on, steps - 1


def goes_on(away: Offsets, dx: float, dz: float) -> tuple[int, float, float]:
    """(steps, dx, dz): for how many steps after this one, and how, it goes on without asking the skill again.

    ``away`` is as geometry.offsets has it. It goes on along an axis while it stays farther than FAR from where it would
    slow down; if the other axis is neither far off nor nearly at rest, not at all.
    """
    across, down, travel = away
    wide = _steps(across, dx)
    tall = _steps(down if dz <= 0 and abs(across) <= ALIGNED else travel, dz)
    if (not wide and abs(dx) > AT_REST) or (not tall and abs(dz) > AT_REST):
        return 0, 0.0, 0.0
    return min(wide or AHEAD, tall or AHEAD) if wide or tall else 0, dx if wide else 0.0, dz if tall else 0.0


def _steps(offset: float, speed: float) -> int:
    """Steps that an axis can go on, AHEAD at most; 0 if it does not go where it should or is near."""
    if offset * speed <= 0 or abs(offset) <= FAR:
        return 0
    return int(min((abs(offset) - FAR) / abs(speed), AHEAD))
