"""The page's part of the soak, in small: its counters rise, and a page that gets stuck or errs is told."""

import random
import time
from typing import Any

import pytest
from playwright.sync_api import Page
from visit import Console, Server, visit

from hundredfold.bench.site import example, ladders
from hundredfold.bench.soak.page import KEEP_WORKERS, Visit


def soaked(url: str, **given: Any) -> Visit:
    asks = [("digits", example(ladders()["digits"]))]
    wanted: dict[str, Any] = {"runs": 22, "restarts": 1, "switches": 1, "seed": 1, **given}
    return Visit(url, asks, deadline=time.monotonic() + 600, over=lambda: False, say=lambda text: None, **wanted)


def test_a_page_is_put_through_all_of_it_and_weighed_twice(live_server: Server) -> None:
    visit_ = soaked(live_server.url)
    visit_.start()
    visit_.wait()
    told = visit_.report()
    assert told == {"runs": 22, "restarts": 1, "switches": 1, "stuck": 0, "errors": 0, "findings": []}
    for seen in visit_.memory.values():
        assert len(seen) == 2
        assert min(seen) > 10


@pytest.mark.warm
def test_a_page_that_gets_stuck_or_errs_is_told(page: Page, live_server: Server, console: Console) -> None:
    page.add_init_script(KEEP_WORKERS)
    visit(page, live_server.url)
    page.evaluate("() => hundredfold.offline.ready")
    seen, chance = soaked(live_server.url, longest_ms=1500), random.Random(1)
    page.evaluate("() => { hundredfold.run = () => new Promise(() => {}); }")
    seen._run(page, chance, 1)
    assert (seen.stuck, len(seen.findings)) == (1, 1)
    page.evaluate("() => { hundredfold.run = async () => { throw new Error('lost for good'); }; }")
    seen._run(page, chance, 1)
    assert (seen.stuck, len(seen.findings)) == (1, 2)
    assert "lost for good" in seen.findings[1]
    page.evaluate("() => { hundredfold.offline.off = async () => {}; }")
    seen._switch(page, chance)
    assert "network off and on" in seen.findings[2]
