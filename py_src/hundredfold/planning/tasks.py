"""What a plan is made of: facts, operators and tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations

Fact = tuple[str, ...]
"""A predicate and its arguments: ``("on", "b0", "b1")``, ``("handempty",)``."""
State = frozenset[Fact]


@dataclass(frozen=True)
class Operator:
    """One thing that can be done, with its arguments."""

    name: str
    arguments: tuple[str, ...]
    preconditions: State
    add: State
    delete: State

    def applicable(self, state: State) -> bool:
        return self.preconditions <= state

    def apply(self, state: State) -> State:
        return (state - self.delete) | self.add

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})"


@dataclass(frozen=True)
class Schema:
    """A lifted operator: its facts are over parameters such as ``?x``; other words in them stand for themselves."""

    name: str
    parameters: tuple[str, ...]
    preconditions: State
    add: State
    delete: State

    def ground(self, arguments: Sequence[str]) -> Operator:
        if len(arguments) != len(self.parameters):
            raise ValueError(f"{self.name} takes {len(self.parameters)} arguments, not {len(arguments)}")
        to = dict(zip(self.parameters, arguments, strict=True))
        parts = (rename(part, to) for part in (self.preconditions, self.add, self.delete))
        return Operator(self.name, tuple(arguments), *parts)


def rename(facts: Iterable[Fact], to: Mapping[str, str]) -> State:
    """The facts with other arguments; those not in ``to`` stay."""
    get = to.get
    return frozenset([(fact[0], *[get(word, word) for word in fact[1:]]) for fact in facts])


@dataclass(frozen=True)
class Task:
    """From where to what, by which operators."""

    initial: State
    goal: State
    operators: tuple[Operator, ...]

    @cached_property
    def packed(self) -> Packed:
        return Packed(self)


class Packed:
    """A task in whole numbers, which a search handles fast: bit i of a state is the i-th fact."""

    def __init__(self, task: Task) -> None:
        parts = (part for each in task.operators for part in (each.preconditions, each.add, each.delete))
        self.facts = sorted(task.goal.union(*parts))
        self._bit = {fact: 1 << i for i, fact in enumerate(self.facts)}
        self.initial, self.goal = self.pack(task.initial), self.pack(task.goal)
        self.moves = [
            (self.pack(each.preconditions), self.pack(each.add), self.pack(each.delete - each.add), each)
            for each in task.operators
        ]

    def pack(self, state: State) -> int:
        """The state's number; facts that no operator and no goal mentions do not count."""
        return sum(self._bit.get(fact, 0) for fact in state)


def ground(schemas: Iterable[Schema], objects: Iterable[str], statics: State) -> tuple[Operator, ...]:
    """All operators over distinct objects whose static preconditions are among ``statics``; these are then left out.

    A fact is static if no schema adds or deletes its predicate.
    """
    schemas, objects = sorted(schemas, key=lambda each: each.name), sorted(set(objects))
    changing = _changing(schemas)
    found = []
    for schema in schemas:
        fixed = frozenset(fact for fact in schema.preconditions if fact[0] not in changing)
        loose = replace(schema, preconditions=schema.preconditions - fixed)
        for arguments in permutations(objects, len(schema.parameters)):  # most are ruled out by what never changes
            to = dict(zip(schema.parameters, arguments, strict=True))
            if rename(fixed, to) <= statics:
                found.append(loose.ground(arguments))
    return tuple(found)


def _changing(schemas: Iterable[Schema]) -> set[str]:
    """The predicates that some schema adds or deletes."""
    return {fact[0] for schema in schemas for fact in schema.add | schema.delete}


def task(schemas: Iterable[Schema], objects: Iterable[str], initial: State, goal: State) -> Task:
    """The task without its static facts; one that the goal asks for and that does not hold stays in the goal."""
    schemas = tuple(schemas)
    changing = _changing(schemas)
    statics = frozenset(fact for fact in initial if fact[0] not in changing)
    return Task(initial - statics, goal - statics, ground(schemas, objects, statics))
