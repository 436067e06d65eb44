"""How often one address may ask, counted in memory."""

from __future__ import annotations

import math
import time

from flask import Flask, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address


def register(app: Flask, rate: str) -> None:
    """Hold every address to ``rate`` over all of the API together; static files are not counted."""
    # Two counters for an address, not the time of each of its requests.
    strategy = "sliding-window-counter"
    limiter = Limiter(get_remote_address, application_limits=[rate], storage_uri="memory://", strategy=strategy)
    limiter.init_app(app)
    app.extensions["hundredfold.limiter"] = limiter


def retry_after_s() -> int:
    """Seconds until the limit that this request broke lets the next one through."""
    limit = current_app.extensions["hundredfold.limiter"].current_limit
    return max(1, math.ceil(limit.window.reset_time - time.time())) if limit else 1
