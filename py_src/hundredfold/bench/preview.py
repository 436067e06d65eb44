"""Takes the pictures that a shared link shows: the real page, in each language, in the shape that such links have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .site import ROOT, visit

WIDTH, HEIGHT = 1200, 630
SAMPLE = 7
"""Which of the ready-made inputs is asked about."""
ALONE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.masthead nav, .masthead .lead, .network, status-bar, .samples, .paper-tools,
    .verdict p + p, .figures tbody tr:not(:nth-child(2)), .loss { display: none !important; }
    #exhibits { zoom: 0.8; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  scrollTo(0, 0);
}"""
"""Without what is for whoever is there, and the times, which are of the machine that takes the picture."""
ANSWERED = """() => ["here", "there"].every((side) => {
  const { input, answered, follower } = document.querySelector("exhibit-view").sides[side];
  return input !== null && answered === input && !follower.busy;
})"""


def take(target: Path) -> dict[str, Any]:
    """Write ``<language>.png`` for each; returns their bytes. Needs the built page, and a browser."""
    target.mkdir(parents=True, exist_ok=True)
    told = {}
    with visit() as (page, url):
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        for language in sorted(path.name for path in (ROOT / "web/locales").iterdir()):
            page.goto(f"{url}/?lang={language}")
            page.evaluate("() => window.hundredfold.ready")
            page.locator(".samples button").nth(SAMPLE).click()
            page.wait_for_function(ANSWERED)
            page.evaluate(ALONE)
            path = target / f"{language}.png"
            page.screenshot(path=path, animations="disabled", caret="hide")
            told[language] = path.stat().st_size
    return {"pictures": told}
