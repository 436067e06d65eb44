"""The generated parts of the documents: an exhibit's result table and its model card, from the manifest alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..exhibits import EXHIBITS
from ..manifest import Ladder, Manifest, Variant

ROOT = Path(__file__).resolve().parents[3]
HEAD = (
    "variant",
    "right on the test set (95 % interval)",
    "file",
    "parameters",
    "multiply-accumulates",
    "of baseline's",
)


def _size(count: float, unit: str = "") -> str:
    """Three significant digits with k or M: 47449 -> '47.4 k'."""
    for factor, prefix in ((1e6, "M"), (1e3, "k")):
        if count >= factor:
            return f"{count / factor:.3g} {prefix}{unit}"
    return f"{count:g} {unit}".strip()


def _row(variant: Variant, baseline: Variant) -> tuple[str, ...]:
    right = variant.accuracy
    ratio = baseline.macs / variant.macs
    return (
        f"`{variant.id}`",
        f"{right.value:.2%} ({right.low:.2%} to {right.high:.2%})",
        _size(variant.bytes, "B"),
        _size(variant.params),
        _size(variant.macs),
        "all" if ratio == 1 else f"1/{ratio:.0f}",
    )


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _ladder(exhibit: str) -> Ladder:
    return Manifest.load(ROOT / "models/manifest.json").ladders[exhibit]


def results(exhibit: str) -> str:
    """The ladder as a Markdown table, baseline first."""
    ladder = _ladder(exhibit)
    baseline = ladder.default("there")
    return _table(HEAD, [_row(variant, baseline) for variant in ladder.variants])


def card(exhibit: str) -> str:
    """The model card: what the models do, how each was made, how often each is right, and its file's sha256."""
    ladder = _ladder(exhibit)
    baseline, student = ladder.default("there"), ladder.default("here")
    loss = 100 * (baseline.accuracy.value - student.accuracy.value)
    verdict = (
        f"On this test set the student is right {abs(loss):.2f} points {'less' if loss > 0 else 'more'} often than the "
        f"baseline, with {baseline.macs / student.macs:.0f} times less arithmetic and a file "
        f"{baseline.bytes / student.bytes:.0f} times smaller."
    )
    made = [
        (f"`{v.id}`", f"`{v.parent}`" if v.parent else "", v.recipe, str(v.opset), f"`{v.sha256}`")
        for v in ladder.variants
    ]
    return "\n\n".join(
        (
            f"# {EXHIBITS[exhibit].title}: the models",
            f"Measured on {ladder.test_set['name']}, {ladder.test_set['n']:,} images, natively, each image prepared as "
            f"a visitor's drawing is. Check a line with `hundredfold evaluate {exhibit} --variant ID`.",
            results(exhibit),
            verdict,
            "## How each was made",
            _table(("variant", "parent", "recipe", "opset", "sha256"), made),
        )
    )
