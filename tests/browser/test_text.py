"""A text as a visitor gives it: typed, chosen, dropped, raw; what moved the answer; and what stays on this device."""

import re
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from visit import PHONE, Console, Server, violations, visit

pytestmark = pytest.mark.warm
SPAM = "You have won a FREE prize!!! Click here now to claim your money, no risk, 100% guaranteed."
HAM = "Hi Tom, the patch is in the repository now. I ran the tests and they pass. Cheers, Ann"


def view(page: Page) -> Locator:
    return page.locator("exhibit-view:visible")


def field(page: Page) -> Locator:
    return view(page).locator("textarea").first


def come(page: Page, server: Server, exhibit: str = "mail", query: str = "") -> None:
    visit(page, f"{server.url}/{query}#{exhibit}")
    expect(field(page)).to_be_visible()


def side(page: Page, where: str) -> Locator:
    return view(page).locator(f".side-{where}")


def answers(page: Page, text: str) -> list[dict[str, Any]]:
    """What both sides said of this text."""
    page.wait_for_function(
        """(text) => {
          const { sides } = document.querySelector("exhibit-view:not([hidden])");
          return [sides.here, sides.there].every(({ answered }) => answered?.text === text);
        }""",
        arg=text,
    )
    told: list[dict[str, Any]] = page.evaluate(
        """() => {
          const { sides } = document.querySelector("exhibit-view:not([hidden])");
          return [sides.here.result.output, sides.there.result.output];
        }"""
    )
    return told


@pytest.mark.parametrize(
    ("exhibit", "texts", "labels"),
    [
        ("mail", (SPAM, HAM), ("Spam", "Not spam")),
        ("reviews", ("A wonderful, moving film, beautifully made.", "A dull, tedious mess."), ("Positive", "Negative")),
    ],
)
def test_both_sides_answer_as_one_types_and_the_words_that_moved_it_are_shaded(
    page: Page, live_server: Server, exhibit: str, texts: tuple[str, str], labels: tuple[str, str]
) -> None:
    come(page, live_server, exhibit)
    for text, label in zip(texts, labels, strict=True):
        field(page).fill(text)
        here, there = answers(page, text)
        for where in ("here", "there"):
            expect(side(page, where).locator(".answer-label")).to_have_text(label)
        assert here["words"]
        assert there["words"] == [], "an encoder is not asked for more than its answer"
        shaded = side(page, "here").locator(".text-letters .text-word").all_inner_texts()
        told = [text[word["start"] : word["end"]] for word in here["words"]]
        assert set(shaded) <= set(told)
        assert len(shaded) >= 3
    side(page, "there").get_by_role("button", name="Show them").click()
    expect(side(page, "there").locator(".text-letters .text-word").first).to_be_visible()
    expect(side(page, "there")).to_contain_text("an approximation")
    expect(side(page, "here")).to_contain_text("exact")
    field(page).fill(texts[0])
    expect(side(page, "there").get_by_role("button", name="Show them")).to_be_visible()


def test_a_file_is_read_and_clearing_can_be_undone(page: Page, live_server: Server) -> None:
    come(page, live_server)
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "The patch", "ann@example.org", "tom@example.org"
    mail.set_content(f"{HAM}\n")
    mail.add_alternative(f"<p>{HAM}</p>", subtype="html")
    picked = {"name": "a.eml", "mimeType": "message/rfc822", "buffer": mail.as_bytes()}
    view(page).locator("input[type=file]").set_input_files(picked)  # type: ignore[arg-type]
    expect(view(page).locator(".text-told")).to_have_text("a.eml is in the field now.")
    expect(side(page, "here").locator(".answer-label")).to_have_text("Not spam")
    expect(side(page, "here")).to_contain_text("its subject and its text were read, nothing else")
    expect(side(page, "here").locator(".text-letters")).to_contain_text("The patch")
    expect(side(page, "here").locator(".text-letters")).not_to_contain_text("example.org")
    view(page).get_by_role("button", name="Clear").click()
    expect(side(page, "here").locator(".answer-none")).to_be_visible()
    view(page).get_by_role("button", name="Undo").click()
    expect(side(page, "here").locator(".answer-label")).to_have_text("Not spam")
    binary = {"name": "a.zip", "mimeType": "application/zip", "buffer": b"PK\0\1\2" * 100}
    view(page).locator("input[type=file]").set_input_files(binary)  # type: ignore[arg-type]
    expect(view(page).locator(".text-told")).to_contain_text("something else than text")
    expect(side(page, "here").locator(".answer-label")).to_have_text("Not spam")


def test_without_a_network_it_goes_on_here_and_nothing_is_sent(
    page: Page, live_server: Server, console: Console
) -> None:
    console.allow(r"Failed to load resource|net::ERR_")
    come(page, live_server)
    page.evaluate("() => hundredfold.offline.ready")
    page.evaluate("() => hundredfold.offline.off()")
    field(page).fill(SPAM)
    expect(side(page, "here").locator(".answer-label")).to_have_text("Spam")
    counted = page.evaluate("() => hundredfold.offline.counters()")
    assert (counted["off"], counted["requests"], counted["sent_bytes"]) == (True, 0, 0)
    page.evaluate("() => hundredfold.offline.on()")


def test_what_was_typed_is_there_in_another_language(page: Page, live_server: Server) -> None:
    come(page, live_server)
    field(page).fill(HAM)
    answers(page, HAM)
    page.locator(".languages").get_by_role("link", name="Español").click()
    page.wait_for_function("() => window.hundredfold && document.documentElement.lang === 'es'")
    expect(field(page)).to_have_value(HAM)
    expect(side(page, "here").locator(".answer-label")).to_have_text("No es spam")
    expect(page.locator("drawing-pad")).to_have_count(0)  # what nobody came to is not there


def test_it_fits_a_phone_and_keeps_nobody_out(page: Page, live_server: Server, axe: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    come(page, live_server)
    view(page).locator(".text-samples button").first.click()
    expect(side(page, "here").locator(".text-letters")).to_be_visible()
    expect(side(page, "there").get_by_role("button", name="Show them")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
    assert violations(page, axe) == []


def test_a_long_text_is_cut_and_says_so_and_the_page_stays_quick(page: Page, live_server: Server) -> None:
    come(page, live_server)
    text = "the meeting is at ten and lunch is at one. " * 4000
    field(page).fill(text)
    here, there = answers(page, text)
    assert here["truncated"]
    assert there["truncated"]
    expect(side(page, "here")).to_contain_text("only its beginning was read")
    assert len(side(page, "here").locator(".text-letters").inner_text()) < 5000
    expect(view(page).locator(".text-tools")).to_contain_text(re.compile("172,000 letters"))
