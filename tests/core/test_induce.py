"""Induction: watched transitions give back exactly the operators that made them, whatever the objects are called."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import solves

from hundredfold.exhibits.tower.induce import induce, lift, notes
from hundredfold.planning import Schema, a_star, from_pddl, rename, task, to_pddl

AREAS = ("left", "middle", "right")
PICK = Schema(
    "pick",
    ("?x", "?y"),
    frozenset({("handempty",), ("clear", "?x"), ("on", "?x", "?y"), ("smaller", "?x", "?y")}),
    frozenset({("holding", "?x"), ("clear", "?y")}),
    frozenset({("handempty",), ("clear", "?x"), ("on", "?x", "?y")}),
)
PLACE = Schema(
    "place",
    ("?x", "?y"),
    frozenset({("holding", "?x"), ("clear", "?y"), ("smaller", "?x", "?y")}),
    frozenset({("on", "?x", "?y"), ("clear", "?x"), ("handempty",)}),
    frozenset({("holding", "?x"), ("clear", "?y")}),
)


def named(add, delete):
    return {"holding": "pick", "on": "place"}[next(fact[0] for fact in sorted(add) if fact[0] in ("holding", "on"))]


def facts(towers, held, blocks):
    found = {("smaller", f"b{a}", f"b{b}") for a in range(blocks) for b in range(a + 1, blocks)}
    found |= {("smaller", f"b{a}", area) for a in range(blocks) for area in AREAS}
    found.add(("handempty",) if held is None else ("holding", f"b{held}"))
    for area, tower in zip(AREAS, towers, strict=True):
        stack = [area, *(f"b{rank}" for rank in tower)]
        found |= {("on", upper, lower) for lower, upper in pairwise(stack)}
        found.add(("clear", stack[-1]))
    return frozenset(found)


def watch(seed, steps, blocks=6, legal=True):
    """A random walk by pick and place."""
    chance = random.Random(seed)
    towers, held, seen = [[], [], []], None, []
    for rank in reversed(range(blocks)):
        chance.choice(towers).append(rank)
    for _ in range(steps):
        before = facts(towers, held, blocks)
        if held is None:
            held = chance.choice([tower for tower in towers if tower]).pop()
        else:
            chance.choice([tower for tower in towers if not legal or not tower or tower[-1] > held]).append(held)
            held = None
        seen.append((before, facts(towers, held, blocks)))
    return seen


def test_two_operators_are_learned_and_nothing_else():
    learned = induce(watch(seed=1, steps=50), named)
    assert [each.schema for each in learned] == [PICK, PLACE]
    assert [each.support for each in learned] == [25, 25]


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_names_order_and_repetition_do_not_matter(seed, chance):
    seen = watch(seed, steps=60)
    objects = sorted({word for before, _ in seen for fact in before for word in fact[1:]})
    others = [f"thing{i}" for i in range(len(objects))]
    chance.shuffle(others)
    to = dict(zip(objects, others, strict=True))
    seen = [(rename(before, to), rename(after, to)) for before, after in seen]
    seen += chance.choices(seen, k=20) + [(before, before) for before, _ in seen[:5]]
    chance.shuffle(seen)
    learned = induce(seen, named)
    assert [each.schema for each in learned] == [PICK, PLACE]
    assert sum(each.support for each in learned) == 80


def test_what_was_learned_solves_a_tower_that_was_never_seen():
    learned = [each.schema for each in induce(watch(seed=3, steps=40, blocks=3), named)]
    start, goal = facts([[4, 3, 2, 1, 0], [], []], None, 5), facts([[], [], [4, 3, 2, 1, 0]], None, 5)
    each = task(learned, [*(f"b{i}" for i in range(5)), *AREAS], start, goal)
    plan = a_star(each).plan
    assert len(plan) == 62
    assert solves(each, plan)


def test_a_rule_that_demonstrations_break_is_not_learned():
    pick, place = (each.schema for each in induce(watch(seed=4, steps=80, legal=False), named))
    assert place.preconditions == PLACE.preconditions - {("smaller", "?x", "?y")}
    assert (place.add, place.delete) == (PLACE.add, PLACE.delete)
    assert ("smaller", "?x", "?y") not in pick.preconditions


def test_a_single_observation_is_enough_for_the_effects():
    (learned,) = induce(watch(seed=5, steps=1), named)
    assert learned.schema.add == PICK.add
    assert learned.schema.preconditions >= PICK.preconditions
    assert induce([]) == ()


def state(*facts):
    return frozenset(tuple(fact.split()) for fact in facts)


def test_symmetrical_effects_are_read_so_that_most_facts_agree():
    """Who of two that change alike is who: no single observation tells, all of them together do."""
    seen = [
        (state("alone a", "alone b", "red a", "big b"), state("pair a b", "pair b a", "red a", "big b")),
        (
            state("alone c", "alone d", "red d", "big c", "old c"),
            state("pair c d", "pair d c", "red d", "big c", "old c"),
        ),
        (
            state("alone f", "alone e", "red e", "big e", "big f"),
            state("pair e f", "pair f e", "red e", "big e", "big f"),
        ),
    ]
    for order in (seen, seen[::-1], [seen[1], seen[0], seen[2]]):
        (learned,) = induce(order)
        assert learned.schema.preconditions == state("alone ?x", "alone ?y", "big ?x", "red ?y")
        assert learned.support == 3
    _, bindings = lift(state("pair a b", "pair b a"), state("alone a", "alone b"))
    assert len(bindings) == 2


def test_names_without_any_knowledge_of_the_domain():
    names = [each.schema.name for each in induce(watch(seed=6, steps=50))]
    assert names == ["achieve-clear-handempty-on", "achieve-clear-holding"]
    seen = [(state("lit a"), state()), (state("wet a", "dry b"), state("dry a")), (state("wet a"), state("dry a"))]
    assert [each.schema.name for each in induce(seen)] == ["achieve-dry", "achieve-dry-2", "undo-lit"]


def test_too_much_at_once_says_what_to_do():
    with pytest.raises(ValueError, match=r"7 objects changed at once .* observe more often"):
        induce([(state(), frozenset(("on", f"s{i}") for i in range(7)))])


def test_the_text_says_what_it_was_learned_from():
    learned = induce(watch(seed=7, steps=51), named)
    text = to_pddl([each.schema for each in learned], notes(learned))
    assert "; learned from 26 observations\n(:action pick\n  :parameters (?x ?y)\n" in text
    assert from_pddl(text) == (PICK, PLACE)
