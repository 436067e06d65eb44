"""Operators learned by watching: what changes between two observed states, lifted from the objects it happened to.

Nothing in here knows what a block or a gripper is: the words of the facts come from whoever observed them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations

from ...planning import Fact, Schema, State, rename

VARIABLES = ("?x", "?y", "?z", "?u", "?v", "?w")
Effects = tuple[State, State]
"""What a lifted operator adds and deletes."""
Naming = Callable[[State, State], str]
"""A name from what a lifted operator adds and deletes."""


@dataclass(frozen=True)
class Induced:
    """A learned operator and the number of transitions that it was learned from."""

    schema: Schema
    support: int


def achieves(add: State, delete: State) -> str:
    """``achieve-clear-holding``: by what it brings about, or else ``undo-...`` by what it ends."""
    words = sorted({fact[0] for fact in add or delete})
    return "-".join(["achieve" if add else "undo", *words])


def induce(transitions: Iterable[tuple[State, State]], names: Naming = achieves) -> tuple[Induced, ...]:
    """The operators that explain the transitions (before, after), by name.

    Transitions with the same effects, whatever the objects' names, show the same operator. Its preconditions are the
    facts about its arguments that held before every one of them. Transitions that change nothing count for nothing.
    """
    support: dict[Effects, int] = {}
    contexts: dict[Effects, set[State]] = {}
    for before, after in transitions:
        if before == after:
            continue
        effects, bindings = lift(after - before, before - after)
        seen = {_about(before, binding) for binding in bindings}
        support[effects] = support.get(effects, 0) + 1
        contexts[effects] = _common(contexts[effects], seen) if effects in contexts else seen
    learned: list[Induced] = []
    taken: dict[str, int] = {}
    for effects in sorted(support, key=_order):
        add, delete = effects
        needs = min(contexts[effects], key=lambda facts: (-len(facts), sorted(facts)))
        name = names(add, delete)
        taken[name] = taken.get(name, 0) + 1
        name += f"-{taken[name]}" if taken[name] > 1 else ""
        objects = {word for fact in add | delete for word in fact[1:]}
        learned.append(Induced(Schema(name, VARIABLES[: len(objects)], needs, add, delete), support[effects]))
    return tuple(sorted(learned, key=lambda each: each.schema.name))


def lift(add: State, delete: State) -> tuple[Effects, list[dict[str, str]]]:
    """The effects over variables, and every way of naming the objects that gives just these.

    Of all ways to name the objects the one counts whose effects come first in order, so that the objects' own names
    do not matter. More than one gives them where the effects are symmetrical.
    """
    objects = sorted({word for fact in add | delete for word in fact[1:]})
    if len(objects) > len(VARIABLES):
        raise ValueError(
            f"{len(objects)} objects changed at once ({', '.join(objects)}), more than one operator may: "
            "observe more often, so that no two actions fall between two states"
        )
    bindings = [dict(zip(order, VARIABLES, strict=False)) for order in permutations(objects)]
    ways = [((rename(add, binding), rename(delete, binding)), binding) for binding in bindings]
    first = min((effects for effects, _ in ways), key=_order)
    return first, [binding for effects, binding in ways if effects == first]


def notes(learned: Iterable[Induced]) -> Mapping[str, str]:
    """By the operator's name what it was learned from: comments for ``to_pddl``."""
    return {
        each.schema.name: f"learned from {each.support} observation{'s' if each.support > 1 else ''}"
        for each in learned
    }


def _order(effects: Effects) -> list[tuple[int, Fact, bool]]:
    """Sorts effects; facts with many arguments first, since these say most about who is who."""
    add, delete = effects
    return sorted([(-len(fact), fact, True) for fact in add] + [(-len(fact), fact, False) for fact in delete])


def _about(state: State, binding: Mapping[str, str]) -> State:
    """The facts about no other objects than these, by their variables."""
    return rename((fact for fact in state if all(word in binding for word in fact[1:])), binding)


def _common(known: set[State], seen: set[State]) -> set[State]:
    """What two sets of contexts share, each pair in turn; of these only the ones that are in no other.

    With symmetrical effects one can not tell which object played which part: the reading in which most facts agree is
    the operator, whatever the order of the observations.
    """
    shared = {one & other for one in known for other in seen}
    return {facts for facts in shared if not any(facts < more for more in shared)}
