"""How a language model is asked about a sentence of a review: every prompt that competes, on validation sentences."""

from __future__ import annotations

from ...adapters.llm import Prompt

LETTERS = 1200
_ROLE = "You weigh sentences that critics wrote about films."
_END = "\n\nIs the critic's verdict on the film positive or negative? Answer with one word: positive or negative."

PROMPTS = [
    (Prompt("plain", "", "{text}\n\nPositive or negative?", ("negative", "positive"), LETTERS), 0),
    (Prompt("verdict", _ROLE, "Sentence: {text}" + _END, ("negative", "positive"), LETTERS), 0),
    (
        Prompt(
            "tomato",
            "You are the editor of a site that sorts critics' verdicts on films into fresh and rotten.",
            'A critic wrote: "{text}"\n\nIs the film fresh or rotten by this critic? Answer with one word: fresh or '
            "rotten.",
            ("rotten", "fresh"),
            LETTERS,
        ),
        0,
    ),
    (
        Prompt(
            "liked",
            _ROLE,
            'A critic wrote: "{text}"\n\nDid the critic like the film? Answer with one word: yes or no.',
            ("no", "yes"),
            LETTERS,
        ),
        0,
    ),
    (Prompt("verdict-4", _ROLE, "Sentence: {text}" + _END, ("negative", "positive"), LETTERS), 4),
    (Prompt("verdict-16", _ROLE, "Sentence: {text}" + _END, ("negative", "positive"), LETTERS), 16),
]
"""Each with how many examples of the training part stand before the text, as many of one label as of the other."""
EXAMPLE_LETTERS = 400
"""The longest of them."""
SCREEN, CHOOSE, TEST = 80, 240, 500
"""Validation sentences that every prompt is asked about, and the best ones, half of each label; and sentences of the
test part that the chosen one is asked about, drawn once, by a seed."""
