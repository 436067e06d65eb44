"""The page in other languages: chosen by the browser, the address or the visitor; and two that nobody speaks, which
show what is in no catalogue, what has no room, and what lies over something else when it runs from right to left."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from visit import DESKTOP, PHONE, Console, Server, open_all, visit

HEADINGS = {"en": "How small can it be", "es": "¿Cómo de pequeña"}
NAMES = re.compile(
    r"Mozilla.*|Hundredfold|Chrome|Chromium|Firefox|Edge|Safari|JavaScript|WebAssembly|WebGPU|ONNX|Python|Pyodide|MNIST|LED|CO2e?"
    r"|onnxruntime\S*|Duggan|Lorang|Lutz?|Scheutz|[a-z-]+\.html|https?://\S+|\S*[_/=<>{}]\S*|kB|MB|GB|mAh|Wh|kg|SIMD|TDP"
    r"|(an? )?(Intel|AMD|Qualcomm|Snapdragon|Celeron|Pentium|MacBook|iPad|iPhone|Raspberry|Elite)[\w ,()-]*"
    r"|@ [\d.]+GHz"
    r"|numpy \S+|wasm|cpu|\w+-(fp32|int8|large|medium|small)"
)
"""What is the same in every language."""
# Choices are the names of countries, by Intl, of devices and of models.
UNTOUCHED = """() => {
  const choices = "option[value]:not([value=''])";
  const passed = `script, style, noscript, [translate=no], [lang]:not(html), textarea, pre, code, ${choices}`;
  const found = [];
  const note = (text, element) => {
    if (/[A-Za-z]{3}/.test(text)) found.push(`${element.localName}.${element.className}: ${text.trim()}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (!node.parentElement.closest(passed)) note(node.data, node.parentElement);
  for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (element.hasAttribute(name) && !element.closest("[translate=no]")) note(element.getAttribute(name), element);
  return found;
}"""
CUT_OFF = """() => {
  const scrolls = (element) =>
    element && (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const found = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} wide`);
  for (const element of document.querySelectorAll("body *")) {
    const { overflowX, position } = getComputedStyle(element);
    if (scrolls(element.parentElement)) continue;
    if (element.closest(".visually-hidden, svg, canvas, .wide") || position === "fixed") continue;
    const { left, right, width, height } = element.getBoundingClientRect();
    if (!width || !height) continue;
    const name = `${element.localName}.${element.className}`;
    if (right > innerWidth + 1 || left < -1) found.push(`${name} sticks out: ${left} to ${right}`);
    if (["hidden", "clip"].includes(overflowX) && element.scrollWidth > element.clientWidth + 1)
      found.push(`${name} is cut off: ${element.textContent.trim().slice(0, 60)}`);
  }
  return found;
}"""
OVERLAPPING = """() => {
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const passed = ".visually-hidden, script, style, option, svg, .energy-axis, status-bar";
    if (!node.data.trim() || element.closest(passed)) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    // The box of a line reaches beyond its letters, the more the larger they are.
    for (const { left, top, right, bottom, height } of range.getClientRects())
      if (right - left > 2)
        boxes.push({ left, top: top + height / 5, right, bottom: bottom - height / 5, text: node.data, element });
  }
  const found = [];
  boxes.forEach((one, index) => {
    for (const other of boxes.slice(index + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (wide > 2 && high > 4) found.push(`"${one.text}" lies over "${other.text}"`);
    }
  });
  return found;
}"""


@pytest.fixture
def speaking(browser: Browser, live_server: Server) -> Iterator[Callable[..., Page]]:
    """A function that gives a page of a browser with such settings."""
    contexts: list[BrowserContext] = []

    def start(**settings: object) -> Page:
        contexts.append(browser.new_context(base_url=live_server.url, reduced_motion="reduce", **settings))  # type: ignore[arg-type]
        return contexts[-1].new_page()

    yield start
    for context in contexts:
        context.close()


def in_language(page: Page, language: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_contain_text(HEADINGS[language])


def test_the_browser_s_language_is_written_into_the_page(speaking: Callable[..., Page]) -> None:
    page = speaking(locale="es-MX", java_script_enabled=False)
    page.goto("/")
    in_language(page, "es")
    expect(page.get_by_role("heading", name="De dónde viene la idea")).to_be_visible()
    page.goto("/?lang=en")
    in_language(page, "en")


@pytest.mark.warm
def test_what_is_chosen_is_kept_and_goes_on_without_the_server(
    page: Page, live_server: Server, console: Console
) -> None:
    console.allow(r"Failed to load resource|net::ERR_")
    visit(page, live_server.url)
    in_language(page, "en")
    page.get_by_role("link", name="Español").click()
    page.wait_for_url("**/?lang=es*")
    page.wait_for_function("() => window.hundredfold")
    page.evaluate("() => hundredfold.ready")
    in_language(page, "es")
    expect(page.locator(".side-here")).to_contain_text("en tu dispositivo")
    visit(page, live_server.url)
    in_language(page, "es")
    page.evaluate("() => hundredfold.offline.ready")
    page.evaluate("() => hundredfold.offline.off()")
    visit(page, live_server.url)
    in_language(page, "es")
    page.locator("sample-row button").nth(3).click()
    expect(page.locator(".side-here .answer-label")).to_have_text("3")
    page.evaluate("() => hundredfold.offline.on()")


@pytest.mark.warm
def test_an_embedded_exhibit_takes_its_language_from_its_address(page: Page, live_server: Server) -> None:
    visit(page, f"{live_server.url}/embed/digits/?lang=es")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("footer")).to_contain_text("en tu dispositivo")
    visit(page, live_server.url)
    in_language(page, "en")


def test_numbers_are_written_as_the_language_writes_them(speaking: Callable[..., Page]) -> None:
    page = speaking(locale="es-ES")
    visit(page, "/")
    page.locator("sample-row button").nth(3).click()
    expect(page.locator(".figures")).to_contain_text(re.compile(r"\d,\d"))
    expect(page.locator(".figures")).not_to_contain_text(re.compile(r"\d\.\d(?!\d\d)"))


@pytest.fixture
def shown(page: Page, live_server: Server) -> Callable[[str, str, dict[str, int]], Page]:
    """shown(language, exhibit, size): its page with an answer and all that can be opened open."""

    def show(language: str, exhibit: str, size: dict[str, int]) -> Page:
        page.set_viewport_size(size)
        visit(page, f"{live_server.url}/?lang={language}#{exhibit}")
        if exhibit == "digits":
            page.locator("sample-row button").nth(3).click()
            settled_in_any(page)
        open_all(page)
        return page

    return show


def settled_in_any(page: Page) -> None:
    page.wait_for_function(
        "() => document.querySelector('.verdict [role=status]').textContent && "
        "document.querySelector('.energy-side.there strong').textContent !== '–'"
    )


@pytest.mark.warm
@pytest.mark.parametrize("exhibit", ["digits", "tower"])
def test_every_sentence_comes_from_a_catalogue(shown: Callable[..., Page], exhibit: str) -> None:
    page = shown("en-XA", exhibit, DESKTOP)
    found = [
        each for each in page.evaluate(UNTOUCHED) if re.search("[A-Za-z]{3}", NAMES.sub("", each.split(": ", 1)[1]))
    ]
    assert not found, "\n".join(found)


@pytest.mark.warm
@pytest.mark.parametrize("exhibit", ["digits", "tower"])
def test_nothing_is_cut_off_where_text_is_longer(shown: Callable[..., Page], exhibit: str) -> None:
    page = shown("en-XA", exhibit, PHONE)
    assert not page.evaluate(CUT_OFF)


@pytest.mark.warm
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1280"])
@pytest.mark.parametrize("exhibit", ["digits", "tower"])
def test_from_right_to_left_nothing_lies_over_anything(
    shown: Callable[..., Page], exhibit: str, size: dict[str, int]
) -> None:
    page = shown("ar-XB", exhibit, size)
    assert page.evaluate("() => document.documentElement.dir") == "rtl"
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(OVERLAPPING) == []
