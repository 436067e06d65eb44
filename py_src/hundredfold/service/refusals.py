"""How refusals are told: in bursts, and without waiting for what a refused request still sends."""

from __future__ import annotations

import asyncio
from typing import Any

from .gate import Refusal

STALLED_S = 30.0
"""The longest that a body may stand still, and that a small one may take."""
SMALL_BYTES = 1 << 16
"""A body of this length, when it is told, is read at once."""
BURST_S = 0.02
"""Between two bursts: a page that is told to come back in a second does not feel it."""
LOOK_S = 0.2
"""Between two looks at which bodies have not come."""


class Refusals:
    """Those of one server; all methods are for the thread of its loop.

    What is told in bursts costs less, and who asks again at once can not ask thousands of times a second. What a
    request sends on must be read, or the connection would end and lose what comes next on it: the HTTP server does so
    by itself. To wait for that here would cost as much as the whole refusal does.
    """

    def __init__(self) -> None:
        self._burst: asyncio.Event | None = None
        self._unread: list[tuple[float, Any]] = []

    async def tell(self, refused: Refusal, proto: Any, length: str | None) -> bool:
        """Whether that is all; False: there may be a large body, which is to be read. ``length``: as it was told."""
        loop = asyncio.get_running_loop()
        if self._burst is None:
            self._burst = asyncio.Event()
            loop.call_later(BURST_S, self._tell_all)
        await self._burst.wait()
        proto.response_bytes(refused.status, refused.all_headers, refused.body)
        if length is None or not length.isdecimal() or int(length) > SMALL_BYTES:
            return False
        if not self._unread:
            loop.call_later(LOOK_S, self._look, loop)
        self._unread.append((loop.time(), proto()))
        return True

    def _tell_all(self) -> None:
        burst, self._burst = self._burst, None
        if burst is not None:
            burst.set()

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        self._unread = [(since_s, body) for since_s, body in self._unread if not body.done()]
        for since_s, body in self._unread:
            if loop.time() - since_s > STALLED_S:
                body.cancel()  # and with it the connection ends
        if self._unread:
            loop.call_later(LOOK_S, self._look, loop)
