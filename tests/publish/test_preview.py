"""A link to the site that is shared shows a title, a sentence and a picture, where the site knows its own address."""

from __future__ import annotations

import html
import re
import struct
from pathlib import Path

import pytest

from hundredfold import cli
from hundredfold.service import offline
from hundredfold.service.app import create_app
from hundredfold.service.settings import Settings, SettingsError

URL = "https://demo.example/some/path/"
TAG = re.compile(r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)" />')
SHAPE = (1200, 630)
MOST_BYTES = 300_000
"""More than that some readers of links do not fetch."""


def tags(text: str) -> dict[str, str]:
    """What a page says outside its comments, by name."""
    return dict(TAG.findall(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)))


def pages(root: Path) -> list[str]:
    return [name for name, _ in offline.page_files(root / "web/dist") if name.endswith(".html")]


@pytest.fixture(scope="module")
def site(root, prepared):
    """The real page, of a server that knows its address."""
    app = create_app(url=URL, rate="100000/minute", models=root / "models", static=root / "web/dist")
    yield app.test_client()
    app.extensions["hundredfold.pool"].close()


def test_every_page_has_a_title_and_a_sentence_and_without_an_address_no_more(root, prepared):
    found = pages(root)
    assert {"index.html", "index.es.html", "method.html", "docs/operating.html"} <= set(found)
    for name in found:
        text = (root / "web/dist" / name).read_text()
        told = tags(text)
        assert told.keys() == {"og:type", "og:site_name", "og:title", "og:description", "twitter:card"}, name
        assert all(told.values()), name
        if not name.startswith("embed/"):
            assert told["og:title"] == re.search(r"<title>\s*(.*?)\s*</title>", text, re.DOTALL)[1]
            assert f'<meta name="description" content="{told["og:description"]}"' in text


def test_each_language_and_each_exhibit_speaks_for_itself(root, prepared):
    by_page = {name: tags((root / "web/dist" / name).read_text()) for name in pages(root) if "XA" not in name}
    own = [name for name in by_page if re.fullmatch(r"(embed/\w+/)?index(\.es)?\.html", name)]
    assert len(own) >= 10
    assert len({by_page[name]["og:title"] for name in own}) == len(own)
    # The page itself begins with the first exhibit, and says its sentence.
    assert len({by_page[name]["og:description"] for name in own}) == len(own) - 2


def test_a_server_that_knows_its_address_tells_it_in_every_page(root, site):
    for name in pages(root):
        address = "" if name == "index.html" else name.removesuffix("index.html")
        told = tags(site.get(f"/{address}").text)
        assert told["og:url"].startswith(URL), name
        assert told["og:image:alt"]
        assert (int(told["og:image:width"]), int(told["og:image:height"])) == SHAPE
        picture = site.get(told["og:image"].removeprefix(URL.removesuffix("/")))
        assert (picture.status_code, picture.content_type) == (200, "image/png")
        assert picture.data[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">II", picture.data[16:24]) == SHAPE
        assert len(picture.data) <= MOST_BYTES
        shown = site.get(html.unescape(told["og:url"]).removeprefix(URL.removesuffix("/")),
                         headers={"Sec-Fetch-Mode": "navigate"})  # fmt: skip
        assert tags(shown.text) == told, "the address of another page"


def test_what_a_device_keeps_is_what_is_served(site):
    listed = re.match(r"self\.site = (.*);\n", site.get("/sw.js").text)
    assert listed
    for url, sha256 in re.findall(r'"url": "((?:|[^"]*/|[^"]*\.html))", "sha256": "(\w+)"', listed[1]):
        assert offline.hashlib.sha256(site.get(f"/{url}").data).hexdigest() == sha256, url
    assert "preview/" not in listed[1], "visitors would fetch a picture that they never see"


def test_an_export_tells_its_address_and_brings_the_pictures(tmp_path, prepared, capsys):
    assert cli.main(["export", str(tmp_path / "site"), "--url", URL]) == 0
    told = tags((tmp_path / "site/index.es.html").read_text())
    assert (told["og:url"], told["og:image"]) == (f"{URL}?lang=es", f"{URL}preview/es.png")
    assert (tmp_path / "site/preview/es.png").is_file()
    assert 'href="/some/path/"' in (tmp_path / "site/404.html").read_text(), "the path is that of the address"
    capsys.readouterr()


@pytest.mark.parametrize(
    "wrong", ["demo.example", "ftp://x/", "https://x", 'https://x/"/', "https://x/../", "https:///"]
)
def test_an_address_that_is_none_is_refused_with_one_that_is(wrong):
    with pytest.raises(SettingsError, match=r"HUNDREDFOLD_URL must be as https://demo\.example/demo/ is"):
        Settings.read(url=wrong)
