"""Plans by search: which known operators lead from a state to a goal, and the proof that they do.

Nothing in here knows any domain. The same task gives the same plan everywhere: what is iterated over is sorted first,
so that the order of a set decides nothing.
"""

from .pddl import PddlError, from_pddl, to_pddl
from .search import Search, a_star, breadth_first
from .tasks import Fact, Operator, PlanError, Schema, State, Task, ground, rename, replay, solves, task
from .views import Estimate, Heuristic, blind, projection

__all__ = [
    "Estimate",
    "Fact",
    "Heuristic",
    "Operator",
    "PddlError",
    "PlanError",
    "Schema",
    "Search",
    "State",
    "Task",
    "a_star",
    "blind",
    "breadth_first",
    "from_pddl",
    "ground",
    "projection",
    "rename",
    "replay",
    "solves",
    "task",
    "to_pddl",
]
