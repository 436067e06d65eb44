"""A browser that translates the page puts elements of its own in the place of text: what is shown stays what is so."""

import time

import pytest
from playwright.sync_api import Page, expect
from visit import Server, answer, sample, settled, visit

pytestmark = pytest.mark.warm
TRANSLATOR = """
  (how) => {
    const spared = "[translate=no], script, style, textarea, noscript, font";
    const replace = (text) => {
      const within = text.parentElement?.closest("[translate]");
      if (!text.data.trim() || text.parentElement?.closest(spared.replace("[translate=no], ", ""))) return;
      if (within?.translate === false) return;
      if (how === "replaced") {
        text.replaceWith(document.createTextNode(text.data));
        return;
      }
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = text.data;
      outer.append(inner);
      text.replaceWith(outer);
    };
    const translate = (root) => {
      if (root.nodeType === Node.TEXT_NODE) return replace(root);
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) found.push(walker.currentNode);
      found.forEach(replace);
    };
    const watch = new MutationObserver((changes) => {
      for (const { addedNodes, target, type } of changes)
        for (const node of type === "characterData" ? [target] : addedNodes) if (node.isConnected) translate(node);
      watch.takeRecords();
    });
    const watched = { childList: true, characterData: true, subtree: true };
    translate(document.body);
    watch.observe(document.body, watched);
  }
"""
"""Wraps or replaces every text node that may be translated, now and whenever the page changes."""

STALE = """
  async () => {
    const inert = document.implementation.createHTMLDocument();
    const words = (element) => {
      const own = inert.importNode(element, true);
      for (const each of own.querySelectorAll("*")) if (each.localName.includes("-")) each.remove();
      return own.textContent.replace(/\\s+/g, " ").trim();
    };
    // These hold what only they know, or fetch: their own text is compared where the test says so.
    const skipped = new Set(
      ["exhibit-view", "tower-view", "tower-results", "drawing-pad", "calibrate-plug", "own-room"]);
    const attic = document.body.appendChild(document.createElement("div"));
    attic.hidden = true;
    attic.translate = false;
    const wrong = [];
    for (const element of document.querySelectorAll("main *, status-bar")) {
      const { elementProperties } = element.constructor;
      if (!elementProperties || skipped.has(element.localName) || !element.isConnected) continue;
      if (element.parentElement.closest("[data-twin]")) continue;
      await element.updateComplete;
      const twin = document.createElement(element.localName);
      twin.dataset.twin = "";
      for (const name of elementProperties.keys()) twin[name] = element[name];
      attic.append(twin);
      for (const each of [twin, ...twin.querySelectorAll("*")]) await each.updateComplete;
      for (const each of twin.querySelectorAll("*")) await each.updateComplete;
      if (words(twin) !== words(element))
        wrong.push(`${element.localName} shows: ${words(element)}; and should: ${words(twin)}`);
      twin.remove();
    }
    attic.remove();
    return wrong;
  }
"""
"""Elements that show another text than one made anew from the same facts does."""


def none_stale(page: Page) -> None:
    """Wait until every element shows what it would if it were made now: what is stale stays so."""
    ends = time.monotonic() + 60
    while stale := page.evaluate(STALE):
        assert time.monotonic() < ends, "\n".join(stale)


@pytest.mark.parametrize("how", ["wrapped", "replaced"])
def test_a_translated_page_shows_the_latest_answers(page: Page, live_server: Server, how: str) -> None:
    visit(page, live_server.url)
    page.evaluate("() => document.querySelectorAll('details').forEach((drawer) => (drawer.open = true))")
    page.evaluate(TRANSLATOR, how)
    for digit in (3, 7):
        sample(page, digit).click()
        settled(page)
        for side in ("here", "there"):
            expect(answer(page, side)).to_have_text(f"{digit}")
        expect(page.locator(".verdict [role=status]")).to_have_text(f"Same answer: {digit}.")
        expect(page.locator(".energy-number strong").first).to_contain_text("J")
        none_stale(page)
    page.get_by_role("button", name="Clear").click()
    expect(answer(page, "here")).to_have_text("nothing drawn yet")
    expect(page.locator(".verdict [role=status]")).to_have_text("")
    sample(page, 1).click()
    expect(answer(page, "there")).to_have_text("1")
    page.evaluate("() => hundredfold.terminate()")
    expect(page.locator(".note-here")).to_contain_text("started again", timeout=40_000)
    sample(page, 2).click()
    expect(page.locator(".note-here")).to_have_text("")
    none_stale(page)


def test_a_translated_tower_tells_how_it_stands(page: Page, live_server: Server) -> None:
    page.emulate_media(reduced_motion="reduce")  # it moves only when it is told to
    visit(page, f"{live_server.url}/#tower")
    tower = page.locator("tower-view")
    expect(tower.locator(".tower-status").first).to_have_text("Reaching for a block.", timeout=30_000)
    page.evaluate(TRANSLATOR, "wrapped")
    tower.get_by_role("button", name="One step").click()
    expect(tower.locator(".tower-says").first).not_to_have_text("It has not looked yet.")
    none_stale(page)
    tower.get_by_label("Task").select_option("single")
    expect(tower.locator(".tower-task")).to_contain_text("Put b")
    tower.get_by_label("Blocks").select_option("5")
    expect(tower.get_by_label("move")).to_contain_text("b4")
    tower.get_by_role("button", name="Push", exact=True).click()
    expect(tower.locator(".tower-pushed")).not_to_have_text("")
    tower.get_by_role("button", name="Play").click()
    expect(tower.get_by_role("button", name="Pause")).to_be_visible()
    tower.get_by_role("button", name="Pause").click()
    none_stale(page)
