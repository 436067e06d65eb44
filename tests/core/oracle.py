"""What plans are checked with: a search that tries everything, the proof of a plan by taking its steps, and an estimate
of the way left that A* must gain by."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from math import inf

from hundredfold.planning import Estimate, Fact, Operator, Search, State, Task
from hundredfold.planning.search import LIMIT, _trace
from hundredfold.planning.tasks import Packed


class PlanError(ValueError):
    """A plan that can not be carried out."""


def show(fact: Fact) -> str:
    """``on(b0, b1)``; a fact without arguments is its bare predicate."""
    return f"{fact[0]}({', '.join(fact[1:])})" if len(fact) > 1 else fact[0]


def breadth_first(task: Task, limit: int = LIMIT) -> Search:
    """A shortest plan by trying everything, nearest first, on plain sets: the oracle of other searches."""
    came: dict[State, tuple[State, Operator] | None] = {task.initial: None}
    waiting = deque(came)
    expanded = 0
    while waiting and expanded < limit:
        state = waiting.popleft()
        if task.goal <= state:
            return Search(_trace(came, state), expanded, len(came))
        expanded += 1
        for operator in task.operators:
            if operator.applicable(state) and (after := operator.apply(state)) not in came:
                came[after] = state, operator
                waiting.append(after)
    return Search(None, expanded, len(came), exhausted=not waiting)


def replay(task: Task, plan: Iterable[Operator]) -> State:
    """The state after the plan; raises PlanError, which names the first step that can not be taken and why."""
    state = task.initial
    for number, operator in enumerate(plan, start=1):
        if not operator.applicable(state):
            missing = ", ".join(map(show, sorted(operator.preconditions - state)))
            raise PlanError(f"step {number}, {operator}, can not be taken: {missing} does not hold")
        state = operator.apply(state)
    return state


def solves(task: Task, plan: Iterable[Operator]) -> bool:
    """Whether every step of the plan can be taken and the goal holds at its end."""
    try:
        return task.goal <= replay(task, plan)
    except PlanError:
        return False


ENTRIES = 200
"""States in a view's table at most: more of them tell more and take longer to make."""


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
