"""A whole file of texts: answered here, listed, sorted, filtered, taken home; and nothing is sent."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from visit import PHONE, Server, violations, visit

pytestmark = pytest.mark.warm
SPAM = "You have won a FREE prize!!! Click here now to claim your money, no risk, 100% guaranteed."
HAM = "Hi Tom, the patch is in the repository now. I ran the tests and they pass. Cheers, Ann"


def mailbox(count: int) -> bytes:
    """An mbox of so many mails; every third one is spam."""
    mails = (
        f"From a@example.org Tue Jan  1 00:00:00 2030\nSubject: number {n}\nFrom: a@example.org\n\n"
        f"{SPAM if n % 3 == 0 else HAM}\n\n"
        for n in range(count)
    )
    return "".join(mails).encode()


def open_box(page: Page, server: Server, exhibit: str = "mail") -> Locator:
    visit(page, f"{server.url}/#{exhibit}")
    view = page.locator("exhibit-view:visible")
    view.get_by_text(re.compile("^A whole (mailbox|file of reviews) at once$")).click()
    box = view.locator("whole-mailbox")
    expect(box.locator("input[type=file]")).to_be_attached()
    return box


def give(box: Locator, name: str, content: bytes) -> None:
    given = {"name": name, "mimeType": "", "buffer": content}
    box.locator("input[type=file]").first.set_input_files(given)  # type: ignore[arg-type]


def test_a_mailbox_is_answered_here_listed_and_taken_home(
    page: Page, live_server: Server, axe: str, tmp_path: Path
) -> None:
    box = open_box(page, live_server)
    give(box, "archive.mbox", mailbox(900))
    expect(box).to_contain_text("Done: 900 texts.", timeout=60_000)
    expect(box.locator(".mailbox-energy dd").first).to_have_text(re.compile(r"[\d.,]+\s(m|µ)?J$"))
    expect(box.locator(".mailbox-moved")).to_contain_text("made 0 requests over the network and sent 0")
    expect(box.locator("select option")).to_have_text(["all (900)", "Not spam (600)", "Spam (300)", "none (0)"])
    assert box.locator("[role=row]").count() < 100, "only what can be seen is there"
    expect(box.get_by_role("table")).to_have_attribute("aria-rowcount", "901")
    box.locator("select").select_option(label="Spam (300)")
    expect(box).to_contain_text("300 texts are listed.")
    box.locator("input[type=search]").fill("number 27")
    expect(box).to_contain_text("7 texts are listed.")  # 27, 270, 273, 276, 279, 327, 627
    assert violations(page, axe) == []
    box.locator("input[type=search]").fill("")
    box.locator("select").select_option(label="all (900)")
    expect(box).to_contain_text("900 texts are listed.")
    with page.expect_download() as download:
        box.get_by_role("button", name="Download as CSV").click()
    download.value.save_as(tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["label"] for row in rows[:4]] == ["spam", "ham", "ham", "spam"]
    assert {row["file"] for row in rows} == {"archive.mbox"}
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_is_sent_meanwhile_is_counted(page: Page, live_server: Server) -> None:
    box = open_box(page, live_server)
    give(box, "archive.mbox", mailbox(30))
    expect(box).to_contain_text("Done: 30 texts.")
    page.locator("exhibit-view:visible textarea").first.fill(HAM)
    expect(page.locator("exhibit-view:visible .side-there .answer-label")).to_have_text("Not spam")
    page.evaluate("() => document.querySelector('whole-mailbox').requestUpdate()")
    expect(box.locator(".mailbox-moved")).not_to_contain_text("made 0 requests")
    expect(box.locator(".mailbox-moved")).not_to_contain_text("sent 0")


def test_it_can_be_paused_and_ended_and_keeps_what_it_has(page: Page, live_server: Server) -> None:
    box = open_box(page, live_server)
    give(box, "archive.mbox", mailbox(40_000))
    box.get_by_role("button", name="Pause").click()
    expect(box).to_contain_text("Paused.")
    box.get_by_role("button", name="Go on").click()
    box.get_by_role("button", name="End it").click()
    expect(box).to_contain_text(re.compile(r"Ended: [\d,]+ texts? w(as|ere) answered\."))
    box.get_by_role("button", name="Choose other files").click()
    expect(box.locator("input[type=file]")).to_be_attached()


def test_the_column_of_a_table_is_chosen_and_bad_files_say_what_to_do(page: Page, live_server: Server) -> None:
    box = open_box(page, live_server, "reviews")
    table = 'film,said\nA,"A wonderful, moving film, beautifully made."\nB,"A dull, tedious mess, ""long""."\n'
    give(box, "said.csv", table.encode())
    box.get_by_label("Column with the texts").select_option(index=1)
    box.get_by_label("The first row has").check()
    box.get_by_label("Column with the texts").select_option(index=1)
    box.get_by_role("button", name="Start").click()
    expect(box).to_contain_text("Done: 2 texts.")
    box.get_by_role("button", name="Choose other files").click()
    give(box, "picture.mbox", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    expect(box.locator(".mailbox-problem").first).to_contain_text("picture.mbox")
    box.get_by_role("button", name="Choose other files").click()
    give(box, "empty.txt", b"")
    expect(box).to_contain_text(re.compile("There was no text in it|empty"))


def test_a_script_gets_the_same_answers_and_can_end_it(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    told = page.evaluate(
        """async ([spam, ham]) => {
          const inputs = Array.from({ length: 60 }, (_, n) => ({ text: n % 2 ? ham : spam }));
          const seen = [];
          const all = await hundredfold.runAll("mail", inputs, { onProgress: ({ done }) => seen.push(done) });
          const one = await hundredfold.run("mail", inputs[0]);
          const stop = new AbortController();
          const ended = hundredfold.runAll("mail", inputs, { signal: stop.signal }).catch((why) => why.name);
          stop.abort();
          return { all, seen, one: one.output, ended: await ended };
        }""",
        [SPAM, HAM],
    )
    outputs = told["all"]["outputs"]
    assert [output["label"] for output in outputs[:3]] == ["spam", "ham", "spam"]
    assert outputs[0]["scores"] == told["one"]["scores"]
    assert told["seen"][-1] == len(outputs) == 60
    assert told["all"]["elapsed_ms"] > 0
    assert told["all"]["energy"]["joules"]["low"] < told["all"]["energy"]["joules"]["high"]
    assert told["ended"] == "AbortError"
