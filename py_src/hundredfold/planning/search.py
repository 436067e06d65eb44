"""A*: a shortest plan, and what it took to find it. It holds no clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import TypeVar

from .tasks import Operator, State, Task

Estimate = Callable[[int], float]
"""The least number of steps from a packed state to the goal, or fewer; ``inf``: the goal is out of reach."""
Heuristic = Callable[[Task], Estimate]
Node = TypeVar("Node", int, State)

LIMIT = 200_000
"""States that a search expands before it gives up."""


@dataclass(frozen=True)
class Search:
    """What a search found and what it took. No plan: none exists if ``exhausted``, else the limit was reached."""

    plan: tuple[Operator, ...] | None
    expanded: int
    generated: int
    exhausted: bool = False


def blind(_: Task) -> Estimate:
    """Nothing is known of the way: for tasks of so few states that trying them costs less than an estimate."""
    return lambda state: 0


def a_star(task: Task, heuristic: Heuristic = blind, limit: int = LIMIT) -> Search:
    """A shortest plan, if the heuristic never says too much.

    Of the states that look equally good the latest goes first.
    """
    packed, estimate = task.packed, heuristic(task)
    came: dict[int, tuple[int, Operator] | None] = {packed.initial: None}
    cost = {packed.initial: 0}
    level = estimate(packed.initial)
    waiting = {level: [(0, packed.initial)]} if level < inf else {}
    expanded = 0
    while waiting and expanded < limit:
        level = min(waiting)
        steps, state = waiting[level].pop()
        if not waiting[level]:
            del waiting[level]
        if steps > cost[state]:
            continue  # since then a shorter way there was found
        if state & packed.goal == packed.goal:
            return Search(_trace(came, state), expanded, len(came))
        expanded += 1
        steps += 1
        for needs, adds, deletes, operator in packed.moves:
            if state & needs == needs:
                after = state & ~deletes | adds
                if steps < cost.get(after, inf):
                    came[after], cost[after] = (state, operator), steps
                    level = steps + estimate(after)
                    if level < inf:
                        waiting.setdefault(level, []).append((steps, after))
    return Search(None, expanded, len(came), exhausted=not waiting)


def _trace(came: dict[Node, tuple[Node, Operator] | None], state: Node) -> tuple[Operator, ...]:
    plan = []
    while (step := came[state]) is not None:
        state, operator = step
        plan.append(operator)
    return tuple(reversed(plan))
