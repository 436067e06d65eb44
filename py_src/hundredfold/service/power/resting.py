"""What a machine draws while nothing runs: nobody can know that nothing did, so it is the lowest that was ever seen."""

from __future__ import annotations

from dataclasses import replace

from ...energy.quantities import Figure, Range, combined, measured


class Resting:
    """Is told the power of every window, at rest or not, in watts as some counters saw them."""

    def __init__(self, covers: str) -> None:
        self.covers = covers
        self._lowest: Range | None = None

    def saw(self, drawn: Range) -> None:
        if self._lowest is None or drawn.mid < self._lowest.mid:
            self._lowest = drawn

    @property
    def idle(self) -> Figure | None:
        """None before the first window."""
        if self._lowest is None:
            return None
        return measured(self._lowest, "W", "Idle", f"{self.covers}: the lowest window ever seen")

    def above(self, drawn: Figure) -> Figure | None:
        """What was drawn above idle; None where the difference is within the blur of the counters.

        Then something else ran while nothing seemed to, or what ran draws too little for them: they can not tell.
        """
        idle = self.idle
        if idle is None or drawn.range.low <= idle.range.high:
            return None
        above = combined(drawn.range.less(idle.range), "W", "Above idle", drawn=drawn, idle=idle)
        return replace(above, source=drawn.source)
