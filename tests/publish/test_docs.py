"""What is written for people: short in front, and every link leads to something, in the sources and on the site."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted((ROOT / "docs").glob("*.md"))
TEXTS = [ROOT / "README.md", *DOCS, *sorted(ROOT.glob("models/*/README.md"))]


class Links(HTMLParser):
    """Addresses that a page leads to or takes, and the places in it that can be led to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.places: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]
        self.places |= {value for name, value in attrs if name == "id" and value}


def elsewhere(address: str) -> bool:
    return bool(urlsplit(address).scheme) or urlsplit(address).path.startswith("api/")


def test_the_front_page_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 120


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_text_leads_to_something(path):
    for address in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
        target = path.parent / urlsplit(address).path
        assert elsewhere(address) or target.exists() or (ROOT / "web" / target.name).exists(), address


def test_every_text_is_a_page_of_the_site_and_every_link_there_leads_to_something(prepared):
    site = ROOT / "web/dist"
    pages = {page: Links(page.read_text()) for page in sorted(site.rglob("*.html"))}
    assert {f"{path.stem}.html" for path in DOCS} == {page.name for page in pages if page.parent.name == "docs"}
    for page, links in pages.items():
        for address in links.found:
            if elsewhere(address.lstrip("./")):
                continue
            to = (page.parent / unquote(urlsplit(address).path)).resolve() if urlsplit(address).path else page
            to = to / "index.html" if to.is_dir() else to
            assert to.exists(), f"{page.relative_to(site)} leads to {address}"
            fragment = urlsplit(address).fragment
            if fragment and not to.name.startswith("index."):  # there it names an exhibit
                assert fragment in pages[to].places, f"{page.relative_to(site)} leads to {address}"
    led_to = {(page.parent / urlsplit(each).path).resolve() for page, links in pages.items() for each in links.found}
    assert {site / "docs" / f"{path.stem}.html" for path in DOCS} <= led_to
