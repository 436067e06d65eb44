"""How far it is to a goal at least: distances in a coarser view of the task, which its own operators give."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from math import inf

from .tasks import Packed, Task

Estimate = Callable[[int], float]
"""The least number of steps from a packed state to the goal, or fewer; ``inf``: the goal is out of reach."""
Heuristic = Callable[[Task], Estimate]

ENTRIES = 200
"""States in a view's table at most: more of them tell more and take longer to make."""


def blind(_: Task) -> Estimate:
    """Nothing is known of the way: for tasks of so few states that trying them costs less than a view's table."""
    return lambda state: 0


def projection(task: Task) -> Estimate:
    """Exact distances in a coarser view of the task.

    The view keeps the facts of some variables (sets of facts of which never two hold together) and forgets all others;
    an operator is impossible in it only where a kept fact excludes one of its preconditions. So every plan is also one
    in the view, where a shortest one is no longer: the estimate is admissible, and consistent.
    """
    packed = task.packed
    beside = _beside(packed)
    if any(beside[fact] & packed.goal != packed.goal for fact in _bits(packed.goal)):
        return lambda state: inf
    view, table = 0, {0: 0.0}
    for variable in _variables(packed, beside):
        finer = _distances(packed, beside, view | variable) if 2 * len(table) <= ENTRIES else None
        if finer is None:
            break
        view, table = view | variable, finer
    return lambda state: table.get(state & view, 0)


def _bits(number: int) -> Iterator[int]:
    while number:
        yield (number & -number).bit_length() - 1
        number &= number - 1


def _beside(packed: Packed) -> list[int]:
    """Of each fact those that may hold beside it; all others it excludes, as pairs of facts show."""
    beside = [packed.initial * (packed.initial >> fact & 1) for fact in range(len(packed.facts))]
    grows = True
    while grows:
        grows = False
        for needs, adds, deletes, _ in packed.moves:
            common = _common(beside, needs)
            after = common & ~deletes | adds
            for fact in _bits(adds if common & needs == needs else 0):
                new = after & ~beside[fact]
                beside[fact] |= new
                grows = grows or new > 0
                for other in _bits(new):
                    beside[other] |= 1 << fact
    return beside


def _common(beside: Sequence[int], facts: int) -> int:
    """What may hold beside all these facts."""
    common = (1 << len(beside)) - 1
    for fact in _bits(facts):
        common &= beside[fact]
    return common


def _variables(packed: Packed, beside: Sequence[int]) -> list[int]:
    """Sets of facts that exclude one another, so that each fact of the goal is in one of them; the smallest first."""
    free, found = (1 << len(packed.facts)) - 1, []
    while packed.goal & free:
        largest = max((_exclusive(fact, free, beside) for fact in _bits(packed.goal & free)), key=int.bit_count)
        found.append(largest)
        free &= ~largest
    return sorted(found, key=lambda variable: (variable.bit_count(), variable))


def _exclusive(fact: int, free: int, beside: Sequence[int]) -> int:
    """A large set of free facts around this one of which never two hold together."""
    chosen, left = 1 << fact, free & ~beside[fact]
    while left:
        best = max(_bits(left), key=lambda each: (left & ~beside[each]).bit_count())
        chosen |= 1 << best
        left &= ~beside[best] & ~(1 << best)
    return chosen


def _distances(packed: Packed, beside: Sequence[int], view: int) -> dict[int, float] | None:
    """The distance to the goal from each state of a view; None if there are too many."""
    moves: dict[tuple[int, int, int, int], None] = {}
    for needs, adds, deletes, _ in packed.moves:
        common = _common(beside, needs)
        if (adds | deletes) & view and common & needs == needs:
            moves[needs & view, view & ~common, adds & view, deletes & view] = None
    reached = [packed.initial & view]
    before: dict[int, list[int]] = {reached[0]: []}
    for state in reached:  # which grows meanwhile
        for needs, excluded, adds, deletes in moves:
            if state & needs == needs and not state & excluded:
                after = state & ~deletes | adds
                if after not in before:
                    before[after] = []
                    reached.append(after)
                before[after].append(state)
        if len(reached) > ENTRIES:
            return None
    goal = packed.goal & view
    near = dict.fromkeys((state for state in reached if state & goal == goal), 0)
    waiting = deque(near)
    while waiting:
        state = waiting.popleft()
        for earlier in before[state]:
            if earlier not in near:
                near[earlier] = near[state] + 1
                waiting.append(earlier)
    return {state: near.get(state, inf) for state in reached}
