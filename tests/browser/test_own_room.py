"""The room "Your own model": a model is looked at, timed, made smaller and compared; it survives what goes wrong."""

import json
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from visit import PHONE, Console, Server, until, violations, visit

pytestmark = pytest.mark.warm
LONG_MS = 120_000
HOSTILE = "<img src=x onerror=alert(1)>.onnx"
CLASSES = ("bar", "ring")
PER_CLASS = 33
DROP = """async ([target, name, path]) => {
  const content = path ? await (await fetch(path)).blob() : "";
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([content], name));
  const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
  document.querySelector(target).dispatchEvent(event);
  return event.defaultPrevented;
}"""
KEPT = """async () => {
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) if (url.includes("optional/own")) return true;
  return false;
}"""


def png(side: int, pixels: bytes) -> bytes:
    """A picture of grey pixels, row by row."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = b"".join(b"\0" + pixels[side * y : side * (y + 1)] for y in range(side))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def pictures(folder: Path) -> Path:
    """Bars and rings in a folder each, none like another."""
    for name in CLASSES:
        (folder / name).mkdir(parents=True)
        for number in range(PER_CLASS):
            (folder / name / f"{number}.png").write_bytes(png(56, drawn(name, number)))
    return folder


def drawn(name: str, number: int) -> bytes:
    x0, y0, size = 20 + number % 11, 28 + number // 11 * 2, 10 + number % 7

    def ink(x: int, y: int) -> bool:
        far = ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
        return abs(far - size) < 3 if name == "ring" else abs(x - x0) < 3 and abs(y - y0) < size + 5

    return bytes(255 * ink(x, y) for y in range(56) for x in range(56))


def open_room(page: Page, server: Server) -> Locator:
    visit(page, f"{server.url}/#own")
    room = page.locator("own-room")
    expect(room.locator("input[type=file]").first).to_be_attached()
    return room


def give(room: Locator, name: str, content: bytes) -> None:
    given = {"name": name, "mimeType": "", "buffer": content}
    room.locator("input[type=file]").first.set_input_files(given)  # type: ignore[arg-type]


def student(root: Path) -> bytes:
    return (root / "models/digits/student-fp32.onnx").read_bytes()


def opened(page: Page, server: Server, root: Path) -> Locator:
    room = open_room(page, server)
    give(room, "student.onnx", student(root))
    expect(room.locator(".own-name").first).to_have_text("student.onnx", timeout=LONG_MS)
    return room


def press(room: Locator, name: str) -> None:
    room.get_by_role("button", name=name).click()


def is_idle(page: Page) -> None:
    page.wait_for_function("() => !document.querySelector('own-room').work.busy", timeout=LONG_MS)


def test_it_is_fetched_when_it_is_opened_and_not_before(page: Page, live_server: Server) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, f"{live_server.url}/")
    page.wait_for_timeout(500)  # whatever else is fetched late
    assert not [url for url in asked if "own-room" in url or "optional/own" in url]
    section = page.locator("#own")
    expect(section).to_contain_text("Nothing is uploaded:")
    section.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(section.locator("own-room input[type=file]").first).to_be_attached()
    assert [url for url in asked if "own-room" in url]
    until(page, lambda: [url for url in asked if "optional/own" in url])
    expect(section.locator(".own-coming")).to_have_count(0)


def test_the_link_to_it_leaves_the_exhibit_that_is_shown(page: Page, live_server: Server) -> None:
    visit(page, f"{live_server.url}/#mail")
    page.get_by_role("link", name="Your own model").click()
    expect(page.locator("own-room")).to_be_visible()
    expect(page.locator("#own")).to_be_in_viewport()
    assert page.url.endswith("#own")
    expect(page.locator("#mail-title")).to_be_attached()
    assert page.evaluate("() => document.activeElement.localName") == "summary"
    page.go_back()
    expect(page.locator(".tabs a[aria-current]")).to_have_attribute("href", "#mail")


def test_it_can_be_read_without_scripts(browser: Browser, live_server: Server) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(live_server.url)
    expect(page.locator("#own")).to_contain_text("Nothing is uploaded:")
    page.locator("#own summary").click()
    expect(page.locator("#own noscript p")).to_be_visible()
    page.close()


def test_the_model_of_this_page_is_made_smaller_and_taken_home(
    page: Page, live_server: Server, axe: str, tmp_path: Path
) -> None:
    room = open_room(page, live_server)
    press(room, "Try it with a model of this page")
    expect(room.locator("own-samples sample-picture")).to_have_count(8, timeout=LONG_MS)
    expect(room).to_contain_text("35,114")
    press(room, "Run it 30 times")
    expect(room).to_contain_text("of 30 runs", timeout=LONG_MS)
    press(room, "Make it smaller")
    outcome = room.locator(".own-outcome")
    expect(outcome).to_contain_text("of the size, and the same answer for", timeout=LONG_MS)
    expect(outcome.locator("h3")).to_be_focused()
    expect(outcome.locator(".figures")).to_contain_text("142")
    expect(room.locator(".own-moved")).to_contain_text("made 0 requests over the network and sent 0")
    for drawer in room.locator("details").all():
        drawer.evaluate("(each) => { each.open = true; }")
    assert violations(page, axe) == []
    with page.expect_download() as download:
        room.get_by_role("button", name=re.compile("^Download the smaller model")).click()
    download.value.save_as(tmp_path / "small.onnx")
    assert len((tmp_path / "small.onnx").read_bytes()) < 60_000
    assert re.fullmatch(r"digits-student-fp32\.[a-z0-9-]+\.onnx", download.value.suggested_filename)
    with page.expect_download() as download:
        press(room, "Download the report (JSON)")
    download.value.save_as(tmp_path / "report.json")
    report: dict[str, Any] = json.loads((tmp_path / "report.json").read_text())
    assert report["schema_version"] == 1
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


def test_folders_of_pictures_are_labels_and_how_they_are_read_can_be_changed(
    page: Page, live_server: Server, root: Path, tmp_path: Path
) -> None:
    room = opened(page, live_server, root)
    room.locator("own-samples input[type=file]").last.set_input_files(pictures(tmp_path / "shapes"))
    expect(room).to_contain_text(f"{2 * PER_CLASS} samples, from shapes.", timeout=LONG_MS)
    expect(room).to_contain_text("2 labels: bar and ring.")
    first = "() => document.querySelector('own-room').work.samples.inputs"
    ends = (
        f"() => {{ const [{{ data }}] = Object.values(({first})()); return [Math.min(...data), Math.max(...data)]; }}"
    )
    assert page.evaluate(ends) == [0, 1]
    room.get_by_text("How they are read").click()
    room.get_by_label("Dark to light is").select_option("signed")
    page.wait_for_function(f"() => ({ends})()[0] === -1")
    room.get_by_label(re.compile("^What the model’s outputs are called")).fill("zero\nring\ntwo\nbar")
    room.get_by_label(re.compile("^What the model’s outputs are called")).blur()
    expect(room.locator("own-samples .own-label").first).to_have_text("bar")
    assert page.evaluate("() => document.querySelector('own-room').work.samples.labels[0]") == 3
    room.get_by_label("How", exact=True).select_option("static-int8")
    press(room, "Make it smaller")
    outcome = room.locator(".own-outcome")
    expect(outcome).to_contain_text("How often right", timeout=LONG_MS)
    expect(outcome).to_contain_text(f"of {2 * PER_CLASS} samples of yours")
    press(room, "Other samples, or none")
    expect(room).to_contain_text("inputs are made up")
    expect(outcome).to_contain_text("How often right")  # what was found stays


def test_what_can_not_be_used_is_said_and_nothing_is_lost(page: Page, live_server: Server, root: Path) -> None:
    room = opened(page, live_server, root)
    for name, content, said in [
        ("cat.tflite", b"\x1c\0\0\0TFL3" + bytes(100), "tf2onnx.convert --tflite"),
        ("cat.onnx", b"", "The file is empty"),
        (HOSTILE, b"PK\x03\x04" + bytes(100), "unpack it"),
        ("cut.onnx", student(root)[:50_000], "cut off or damaged"),
    ]:
        give(room, name, content)
        expect(room.locator(".own-problem").first).to_contain_text(said, timeout=LONG_MS)
        expect(room.locator(".own-name").first).to_have_text("student.onnx")
    samples = room.locator("own-samples input[type=file]").first
    given = {"name": "x.npy", "mimeType": "", "buffer": b"no array"}
    samples.set_input_files(given)  # type: ignore[arg-type]
    expect(room).to_contain_text("x.npy is no array of numpy")
    press(room, "Run it 30 times")
    expect(room).to_contain_text("of 30 runs", timeout=LONG_MS)


def test_names_are_shown_as_they_are_and_never_as_markup(page: Page, live_server: Server, root: Path) -> None:
    room = open_room(page, live_server)
    content = student(root)
    give(room, HOSTILE, content.replace(b"node_linear", b"<b>linear</"))
    expect(room.locator(".own-name").first).to_have_text(HOSTILE, timeout=LONG_MS)
    room.locator("summary", has_text="Weights of").click()
    expect(room).to_contain_text("<b>linear</")
    assert page.evaluate("() => document.querySelectorAll('own-room img, own-room b').length") == 0


def test_it_can_be_ended_and_a_dead_worker_does_no_harm(page: Page, live_server: Server, root: Path) -> None:
    room = opened(page, live_server, root)
    press(room, "Make it smaller")
    room.get_by_role("button", name="End it").click()
    expect(room).to_contain_text("Ended: nothing was changed.", timeout=LONG_MS)
    expect(room.get_by_role("button", name="Make it smaller")).to_be_focused()
    expect(room.locator(".own-outcome")).to_have_count(0)
    # A large one, so that it is still at work then.
    page.evaluate(DROP, [".own", "baseline.onnx", "models/digits/baseline-fp32.onnx"])
    expect(room.locator(".own-name").first).to_have_text("baseline.onnx", timeout=LONG_MS)
    is_idle(page)
    press(room, "Make it smaller")
    expect(room.get_by_role("button", name="End it")).to_be_visible()
    page.evaluate("() => document.querySelector('own-room').work.model.own.client.terminate()")
    expect(room).to_contain_text("your model is still here: try again")
    press(room, "Run it 30 times")
    expect(room).to_contain_text("of 30 runs", timeout=LONG_MS)


def test_a_second_model_takes_the_place_of_one_at_work(page: Page, live_server: Server, root: Path) -> None:
    room = opened(page, live_server, root)
    press(room, "Make it smaller")
    page.evaluate(DROP, [".own", "baseline.onnx", "models/digits/baseline-int8.onnx"])
    expect(room.locator(".own-name").first).to_have_text("baseline.onnx", timeout=LONG_MS)
    is_idle(page)
    expect(room.locator(".own-outcome")).to_have_count(0)
    expect(room).to_contain_text("It has whole numbers for weights already.")


def test_a_file_that_misses_the_room_does_not_take_the_page_away(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    assert not page.evaluate(DROP, [".story", "cat.onnx", ""])
    page.locator("#own summary").first.click()
    expect(page.locator("own-room")).to_be_visible()
    assert page.evaluate(DROP, [".story", "cat.onnx", ""])
    page.evaluate(DROP, [".own", "cat.png", ""])
    expect(page.locator("own-room")).to_contain_text("give a model, and they are read with it")


def test_once_opened_it_does_without_the_network(page: Page, live_server: Server, root: Path, console: Console) -> None:
    console.allow("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    room = open_room(page, live_server)
    until(page, KEPT)
    page.context.set_offline(True)
    give(room, "student.onnx", student(root))
    expect(room.locator(".own-name").first).to_have_text("student.onnx", timeout=LONG_MS)
    press(room, "Make it smaller")
    expect(room.locator(".own-outcome")).to_contain_text("of the size.", timeout=LONG_MS)
    expect(room).to_contain_text("The inputs were made up")
    expect(room.locator(".own-outcome")).not_to_contain_text("How often")
    page.context.set_offline(False)


def test_it_is_printed_alone(page: Page, live_server: Server, root: Path) -> None:
    room = opened(page, live_server, root)
    press(room, "Make it smaller")
    expect(room.locator(".own-outcome")).to_be_visible(timeout=LONG_MS)
    page.evaluate("() => { window.print = () => {}; }")
    press(room, "Print this")
    page.emulate_media(media="print")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".story")).to_be_hidden()
    expect(room.locator(".own-part").first).to_be_hidden()
    expect(room.locator(".own-outcome .own-name")).to_have_text("student.onnx")
    expect(room.locator(".own-outcome .own-name")).to_be_visible()
    expect(room.locator(".own-outcome .figures")).to_be_visible()
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".masthead")).to_be_visible()
