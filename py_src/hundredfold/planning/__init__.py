"""Plans by search: which known operators lead from a state to a goal.

Nothing in here knows any domain. The same task gives the same plan everywhere: what is iterated over is sorted first,
so that the order of a set decides nothing.
"""

from .pddl import PddlError, from_pddl, to_pddl
from .search import Estimate, Heuristic, Search, a_star, blind
from .tasks import Fact, Operator, Schema, State, Task, ground, rename, task

__all__ = [
    "Estimate",
    "Fact",
    "Heuristic",
    "Operator",
    "PddlError",
    "Schema",
    "Search",
    "State",
    "Task",
    "a_star",
    "blind",
    "from_pddl",
    "ground",
    "rename",
    "task",
    "to_pddl",
]
