"""How a language model is asked about a mail: every prompt that competes, on validation mails."""

from __future__ import annotations

from ...adapters.llm import Prompt

LETTERS = 500
"""Of a mail, its subject first: what a small model answers about within some seconds on two cores."""
_ROLE = (
    "You are an experienced mail filter. Spam is bulk mail that nobody asked for: advertising, offers, schemes, fraud. "
    "Ham is every other mail: private and work mail, discussions on mailing lists, bug reports, newsletters, receipts."
)
_END = "\n\n---\nIs this mail spam or ham? Answer with one word: spam or ham."

PROMPTS = [
    (Prompt("plain", "", "{text}\n\nIs this e-mail spam or ham?", ("ham", "spam"), LETTERS), 0),
    (Prompt("defined", _ROLE, "Mail:\n\n{text}" + _END, ("ham", "spam"), LETTERS), 0),
    (
        Prompt(
            "wanted",
            "You sort mail for a person who reads mailing lists and writes with friends and colleagues.",
            "Mail:\n\n{text}\n\n---\nIs this an unwanted advertisement or a fraud? Answer with one word: yes or no.",
            ("no", "yes"),
            LETTERS,
        ),
        0,
    ),
    (
        Prompt(
            "kind",
            "You tell what kind of mail somebody got.",
            "Mail:\n\n{text}\n\n---\nKinds: personal (discussion, work, news that were asked for) or commercial (an "
            "advertisement or a fraud sent to many strangers). Answer with one word: personal or commercial.",
            ("personal", "commercial"),
            LETTERS,
        ),
        0,
    ),
    (Prompt("defined-4", _ROLE, "Mail:\n\n{text}" + _END, ("ham", "spam"), LETTERS), 4),
    (Prompt("defined-8", _ROLE, "Mail:\n\n{text}" + _END, ("ham", "spam"), LETTERS), 8),
]
"""Each with how many examples of the training part stand before the text, as many of one label as of the other."""
EXAMPLE_LETTERS = 300
"""The longest of them: so short that none is cut in its middle."""
SCREEN, CHOOSE, TEST = 30, 80, 500
"""Validation mails that every prompt is asked about, and the best ones, half of each label; and mails of the test part
that the chosen one is asked about, drawn once, by a seed."""
