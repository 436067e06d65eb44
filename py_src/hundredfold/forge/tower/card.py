"""What the card of the tower's models says: how both agents do, beside the paper's two."""

from __future__ import annotations

from ...energy.words import two_digits
from ...manifest import Ladder
from ..card import ROOT, results, table
from . import report


def words(ladder: Ladder) -> tuple[str, ...]:
    """The card's text about both agents."""
    return (
        "The end-to-end agent is `policy-large` alone. The neuro-symbolic agent is `perception`, the four skills "
        "`reach`, `grasp`, `carry` and `release`, and a planner over two operators induced from 50 demonstrations.",
        agents_table(),
        ratio_words(),
        "A variant's accuracy in the manifest is the share of 200 towers of three blocks that its agent rebuilt:",
        results(ladder.exhibit),
        "Training curves are in `training.json`, everything measured in `results.json`. Check a line with "
        "`hundredfold evaluate tower --agent here --blocks 4 --episodes 200`.",
    )


def agents_table() -> str:
    """Both agents on every task, beside the paper's two."""
    head = ("", "end-to-end", "neuro-symbolic", "the paper's end-to-end", "the paper's neuro-symbolic")
    return table(head, report.table(report.load(ROOT / "models")))


def ratio_words() -> str:
    """The two ratios, with what they are and are not."""
    told = report.ratios(report.load(ROOT / "models"))
    success = told["success"]
    runs = (
        f"and **{two_digits(success['mid'])}** times ({two_digits(success['low'])} to {two_digits(success['high'])}, "
        "by the intervals of both successes) the energy for a tower of three that succeeds"
        if success
        else "and no tower of three succeeded there"
    )
    return (
        f"There over here, by one meter on one machine: **{two_digits(told['train']['mid'])}** times the energy to "
        f"train, {runs} (the paper: 81 and 27). Energy is CPU seconds times a core's watts, of which the range is wide "
        "and the same on both sides, so that it all but cancels. Intervals of success are 95 % Wilson intervals. What "
        "differs from the paper: nearly everything but the idea. Its robot is a simulated arm with physics, its "
        "end-to-end model a pretrained one of billions of parameters, tuned for 40 hours on a graphics card; here a "
        "gripper moves in a plane, and the end-to-end model has three million parameters and learned from nothing for "
        "little over an hour on two cores."
    )
