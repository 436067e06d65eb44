"""How sure a share is that was counted on a sample."""

from __future__ import annotations

from math import sqrt


def wilson(count: int, n: int, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson score interval of ``count / n`` (Wilson, JASA 22, 1927), 95 % by default; (0, 1) where n is 0."""
    if n == 0:
        return 0.0, 1.0
    share, z2 = count / n, z * z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, min(centre - half, share)), min(1.0, max(centre + half, share))
