"""Operators as text that people and planners read: PDDL's ``(:action ...)`` blocks, written and read back exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .tasks import Fact, Schema, State

WORD = re.compile(r"[^\s();]+")
Tree = str | list["Tree"]


class PddlError(ValueError):
    """Text that is not what ``to_pddl`` writes."""


def to_pddl(schemas: Iterable[Schema], notes: Mapping[str, str] | None = None) -> str:
    """One block per schema, by name; a note, by the schema's name, becomes a comment line above its block."""
    blocks = []
    for schema in sorted(schemas, key=lambda each: each.name):
        effects = [*map(_fact, sorted(schema.add)), *(f"(not {_fact(fact)})" for fact in sorted(schema.delete))]
        for word in {schema.name, *schema.parameters, *(word for fact in _facts(schema) for word in fact)}:
            if not WORD.fullmatch(word):
                raise PddlError(f"{schema.name}: {word!r} is not a word: leave out blanks, brackets and semicolons")
        note = [f"; {' '.join(notes[schema.name].split())}"] if notes and schema.name in notes else []
        blocks.append(
            "\n".join(
                [
                    *note,
                    f"(:action {schema.name}",
                    f"  :parameters ({' '.join(schema.parameters)})",
                    f"  :precondition {_all(map(_fact, sorted(schema.preconditions)))}",
                    f"  :effect {_all(effects)})",
                ]
            )
        )
    return "\n\n".join(blocks) + "\n" if blocks else ""


def from_pddl(text: str) -> tuple[Schema, ...]:
    """The schemas of the text, in its order; raises PddlError, which says what is wrong and in which action."""
    return tuple(_schema(tree) for tree in _trees(text))


def _facts(schema: Schema) -> State:
    return schema.preconditions | schema.add | schema.delete


def _fact(fact: Fact) -> str:
    return f"({' '.join(fact)})"


def _all(parts: Iterable[str]) -> str:
    return f"({' '.join(['and', *parts])})"


def _trees(text: str) -> list[Tree]:
    """The text's nested lists."""
    open_lists: list[list[Tree]] = [[]]
    for number, line in enumerate(text.splitlines(), start=1):
        for token in re.findall(r"[()]|[^\s()]+", line.split(";")[0]):
            if token == "(":
                open_lists.append([])
            elif token == ")":
                if len(open_lists) == 1:
                    raise PddlError(f"line {number}: a ) without its (")
                closed = open_lists.pop()
                open_lists[-1].append(closed)
            else:
                open_lists[-1].append(token)
    if len(open_lists) > 1:
        raise PddlError(f"the text ends before {len(open_lists) - 1} ( are closed: add as many )")
    return open_lists[0]


def _schema(tree: Tree) -> Schema:
    if not isinstance(tree, list) or len(tree) < 2 or tree[0] != ":action" or not isinstance(tree[1], str):
        raise PddlError(f"expected (:action name ...), not {_text(tree)}")
    name, rest = tree[1], tree[2:]
    keys = (":parameters", ":precondition", ":effect")
    parts = {key: value for key, value in zip(rest[::2], rest[1::2], strict=False) if isinstance(key, str)}
    if len(rest) != 2 * len(keys) or set(parts) != set(keys):
        raise PddlError(f"{name}: an action has {', '.join(keys)}, each once and each followed by its list")
    parameters = _words(name, parts[":parameters"])
    if len(set(parameters)) < len(parameters) or not all(word.startswith("?") for word in parameters):
        raise PddlError(f"{name}: parameters are different words that begin with ?, not {_text(parts[':parameters'])}")
    add, delete = [], []
    for each in _conjuncts(name, parts[":effect"]):
        if isinstance(each, list) and each[:1] == ["not"]:
            if len(each) != 2:
                raise PddlError(f"{name}: expected (not (fact)), not {_text(each)}")
            delete.append(_words(name, each[1]))
        else:
            add.append(_words(name, each))
    needs = [_words(name, each) for each in _conjuncts(name, parts[":precondition"])]
    schema = Schema(name, parameters, frozenset(needs), frozenset(add), frozenset(delete))
    for fact in sorted(_facts(schema)):
        if fact[:1] in ((), ("not",), ("and",)):
            raise PddlError(f"{name}: {_fact(fact)} is not a fact; only an effect may be negative")
        if unknown := [word for word in fact[1:] if word.startswith("?") and word not in parameters]:
            raise PddlError(f"{name}: {_fact(fact)} has {unknown[0]}, which is not among the parameters")
    return schema


def _conjuncts(name: str, tree: Tree) -> list[Tree]:
    """The parts of ``(and ...)``; anything else is its own only part."""
    if not isinstance(tree, list):
        raise PddlError(f"{name}: expected a list in brackets, not {tree}")
    return tree[1:] if tree[:1] == ["and"] else [tree]


def _words(name: str, tree: Tree) -> tuple[str, ...]:
    if not isinstance(tree, list):
        raise PddlError(f"{name}: expected words in brackets, not {tree}")
    words = tuple(word for word in tree if isinstance(word, str))
    if len(words) < len(tree):
        raise PddlError(f"{name}: expected words in brackets, not {_text(tree)}")
    return words


def _text(tree: Tree) -> str:
    return tree if isinstance(tree, str) else f"({' '.join(map(_text, tree))})"
