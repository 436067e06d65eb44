"""The card of a folder's models: what they are, how big, how often right, how quick, and under which licence."""

from __future__ import annotations

from collections.abc import Mapping

from ..manifest import Ladder, Variant
from ..manifest_added import Added

HEAD = ("model", "right on the samples (95 % interval)", "bytes", "numbers", "multiply-accumulates", "ms natively")


def card(ladder: Ladder, added: Added, agreement: float, times_ms: Mapping[str, float]) -> str:
    """Markdown; ``times_ms`` are medians of the model alone on this machine."""
    rows = [_row(variant, times_ms[variant.id]) for variant in ladder.variants]
    lines = [HEAD, tuple("---" for _ in HEAD), *rows]
    parts = (
        f"# {_plain(added.title)}: the models",
        _plain(added.question),
        f"Measured on {ladder.test_set['n']:,} samples of this folder, natively, each prepared as a visitor's is. "
        f"On {agreement:.1%} of them both models say the same. The times are of the machine that measured them.",
        "\n".join("| " + " | ".join(line) + " |" for line in lines),
        f"Licence: {_plain(added.licence)}. Made by `hundredfold add`, which writes it anew each time.",
    )
    return "\n\n".join(parts) + "\n"


def _row(variant: Variant, ms: float) -> tuple[str, ...]:
    right = variant.accuracy
    share = f"{right.value:.1%} ({right.low:.1%} to {right.high:.1%}) of {right.n}" if right else "not known"
    macs = f"{variant.macs:,}" if variant.macs else "not known"
    return f"`{variant.id}`", share, f"{variant.bytes:,}", f"{variant.params:,}", macs, f"{ms:.3g}"


def _plain(text: str) -> str:
    """Text of a folder as Markdown that is nothing but text."""
    return "".join(f"\\{each}" if each in r"\`*_{}[]<>()#+-!|&" else each for each in text)
