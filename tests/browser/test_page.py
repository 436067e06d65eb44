"""The page as a visitor uses it: drawing, answers on both sides, figures, choices, and the surface for scripts."""

import base64
import re
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Page, Route, expect
from visit import (
    ONE,
    PHONE,
    SEVEN,
    Console,
    Server,
    answer,
    answered,
    api_label,
    asked,
    cell,
    draw,
    fact,
    sample,
    settled,
    touch,
    visit,
)

NONE = "nothing drawn yet"
pytestmark = pytest.mark.warm


def test_a_drawing_is_answered_on_both_sides_as_the_api_does(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    expect(answer(page, "here")).to_have_text(NONE)
    expect(answer(page, "there")).to_have_text(NONE)
    draw(page, SEVEN)
    settled(page)
    drawn = asked(page)
    expect(answer(page, "there")).to_have_text(str(api_label(live_server.url, drawn)))
    expect(answer(page, "here")).to_have_text(str(api_label(live_server.url, drawn, "student-int8")))
    scores = page.locator(".side-here .scores li").all_inner_texts()
    shares = [float(re.findall(r"([\d.]+) %", text)[0]) for text in scores]
    assert len(shares) == 10
    assert sum(shares) == pytest.approx(100, abs=0.6)


def test_the_answer_follows_the_pen_before_it_is_lifted(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    box = page.locator("drawing-pad canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8, steps=10)
    expect(answer(page, "here")).to_have_text(re.compile(r"^\d$"))
    expect(answer(page, "there")).to_have_text(re.compile(r"^\d$"))
    page.mouse.up()


@pytest.mark.browser_context_args(has_touch=True, is_mobile=True, viewport=PHONE)
def test_a_finger_draws_and_does_not_scroll(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    page.locator("drawing-pad canvas").scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    touch(page, ONE)
    settled(page)
    expect(answer(page, "here")).to_have_text(re.compile(r"^\d$"))
    assert page.evaluate("window.scrollY") == before


def test_ink_is_255_on_0_whatever_the_colours(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    schemes: list[Any] = ["light", "dark"]
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        draw(page, ONE)
        settled(page)
        image = asked(page)["image"]
        pixels = base64.b64decode(image["pixels"])
        middle = image["height"] // 2 * image["width"] + image["width"] // 2
        assert pixels[0] == 0
        assert pixels[middle] == 255
        assert pixels.count(0) > len(pixels) / 2
        page.get_by_role("button", name="Clear", exact=True).click()


def test_undo_and_clear(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    undo, clear = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Clear"))
    expect(undo).to_be_disabled()
    expect(clear).to_be_disabled()
    draw(page, ONE)
    draw(page, [(0.2, 0.2), (0.8, 0.8)])
    assert page.evaluate("document.querySelector('drawing-pad').strokes.length") == 2
    page.keyboard.press("Control+z")
    assert page.evaluate("document.querySelector('drawing-pad').strokes.length") == 1
    clear.click()
    for side in ("here", "there"):
        expect(answer(page, side)).to_have_text(NONE)
    undo.click()
    settled(page)
    expect(answer(page, "here")).to_have_text(re.compile(r"^\d$"))
    undo.click()
    expect(answer(page, "here")).to_have_text(NONE)
    expect(undo).to_be_disabled()


def test_a_speck_is_nothing_drawn(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    page.evaluate(
        """() => {
          const pad = document.querySelector("drawing-pad");
          pad.play([[{ x: 0.5, y: 0.5, w: 0.2 }]]);
        }"""
    )
    answered(page)
    for side in ("here", "there"):
        expect(answer(page, side)).to_have_text(NONE)


def test_samples_are_drawn_and_answered(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    for digit in range(10):
        sample(page, digit).click()
        settled(page)
        expect(answer(page, "there")).to_have_text(str(api_label(live_server.url, asked(page))))


def test_different_answers_are_said_plainly(page: Page, live_server: Server) -> None:
    def contradict(route: Route) -> None:
        response = route.fetch()
        result = response.json()
        result["output"]["label"] = (result["output"]["label"] + 1) % 10
        route.fulfill(response=response, json=result)

    page.route("**/digits/run", contradict)
    visit(page, live_server.url)
    page.get_by_text("Choose other models").click()
    page.get_by_label("There", exact=True).select_option("student-int8")
    sample(page, 1).click()
    settled(page)
    here, there = (answer(page, side).inner_text() for side in ("here", "there"))
    assert here != there
    verdict = page.locator(".verdict [role=status]")
    expect(verdict).to_have_text(f"Different answers: {here} here, {there} there. You know which is right.")


def test_every_variant_can_be_chosen_on_either_side(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    ladder = page.evaluate("() => hundredfold.exhibits()")["digits"]["variants"]
    sample(page, 7).click()
    settled(page)
    page.get_by_text("Choose other models").click()
    for side in ("here", "there"):
        choice = page.get_by_label(side.capitalize(), exact=True)
        able = [variant["id"] for variant in ladder if side in variant["runs"]]
        assert choice.locator("option").evaluate_all("options => options.map((option) => option.value)") == able
        for variant in able:
            choice.select_option(variant)
            expect(cell(page, "Model", side)).to_have_text(variant)
    expect(page.locator(".loss")).to_have_text("Both sides run the same model.")


def test_measuring_gives_medians_of_fifty_turns_and_can_be_cancelled(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    page.get_by_text("All figures", exact=True).click()
    measure = page.get_by_role("button", name="Measure 50 times")
    expect(measure).to_be_disabled()
    sample(page, 2).click()
    settled(page)
    measure.click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".measure")).to_contain_text("Stopped after")
    assert int(fact(page, "Answers timed", "here")) < 50
    measure.click()
    expect(page.locator(".measure")).to_contain_text("Measured 50 times.", timeout=60_000)
    for side in ("here", "there"):
        assert fact(page, "Answers timed", side) == "50"
        assert re.search(r"[\d.]+\sm?s, 95 % within [\d.]+\sm?s", fact(page, "of that, the model", side))
    assert fact(page, "Sent for an answer", "here") == "0\u00a0bytes"
    assert fact(page, "Sent for an answer", "there").endswith("kB")


def test_the_figures_are_those_of_the_manifest(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    exhibit = page.evaluate("() => hundredfold.exhibits()")["digits"]
    variants = {variant["id"]: variant for variant in exhibit["variants"]}
    here, there = (variants[exhibit["default"][side]] for side in ("here", "there"))
    ratio = there["macs"] / here["macs"]
    figures = page.locator(".figures")
    expect(figures).to_contain_text(f"1/{ratio:.0f} of the arithmetic")
    for variant in (here, there):
        expect(figures).to_contain_text(f"{variant['accuracy']['value'] * 100:.1f}")
    missed = round((there["accuracy"]["value"] - here["accuracy"]["value"]) * here["accuracy"]["n"])
    loses = "exactly as many" if missed == 0 else f"{abs(missed):,} {'more' if missed > 0 else 'fewer'}"
    expect(page.locator(".loss")).to_contain_text(f"the model here gets {loses}")


def test_device_facts_are_one_click_away(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    facts = page.locator(".device")
    expect(facts).to_be_hidden()
    page.get_by_text("Your device and the server").click()
    for words in ("Threads in use here", "Isolated from other sites", "onnxruntime-web", "Python here"):
        expect(facts).to_contain_text(words)
    sample(page, 1).click()
    settled(page)
    expect(facts).to_contain_text("The server runs")


def test_the_surface_for_scripts(page: Page, live_server: Server, console: Console) -> None:
    console.allow("status of 422")
    visit(page, live_server.url)
    image = {"width": 28, "height": 28, "pixels": base64.b64encode(_bar(28)).decode()}
    run = "([image, options]) => hundredfold.run('digits', { image }, options)"
    here = page.evaluate(run, [image, {"repeats": 5}])
    assert (here["where"], here["variant"], here["timing"]["model_ms"]["n"]) == ("here", "student-int8", 5)
    assert here["bytes_sent"] == 0
    there = page.evaluate(run, [image, {"where": "there", "variant": "student-fp32"}])
    assert (there["where"], there["variant"]) == ("there", "student-fp32")
    assert there["timing"]["network_ms"] >= 0
    assert there["bytes_sent"] > 0
    failed = """([image, options]) => hundredfold.run('digits', { image }, options).then(
      () => null, ({ name, status, field }) => [name, status, field])"""
    for where in ("here", "there"):
        refused = page.evaluate(failed, [{**image, "width": 29}, {"where": where}])
        assert refused == ["ProblemError", 422, "image.pixels"]


@pytest.mark.warm(False)
def test_loading_is_told_in_words_and_megabytes_from_the_start(page: Page, live_server: Server) -> None:
    held: list[Route] = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    page.goto(live_server.url)
    expect(page.locator(".side-here")).to_contain_text(re.compile(r"\d\.\d\s*of \d+\.\d\sMB\s*Fetching Python"))
    sample(page, 4).click()
    expect(answer(page, "there")).to_have_text(re.compile(r"^\d$"))
    held[0].continue_()
    settled(page)


@pytest.mark.warm(False)
def test_nothing_is_asked_of_another_website(page: Page, live_server: Server) -> None:
    urls: list[str] = []
    page.context.on("request", lambda request: urls.append(request.url))
    visit(page, live_server.url)
    draw(page, SEVEN)
    for drawer in page.locator("exhibit-view .disclosures > details > summary").all():
        drawer.click()
    settled(page)
    foreign = [
        url for url in urls if urlparse(url).scheme not in ("data", "blob") and not url.startswith(live_server.url)
    ]
    assert len(urls) > 10
    assert not foreign


def test_nothing_scrolls_sideways(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    sample(page, 8).click()
    for drawer in page.locator("exhibit-view .disclosures > details > summary").all():
        drawer.click()
    settled(page)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("watts", [0.5, 60, 1500], ids=["here takes less", "nobody can tell", "there takes less"])
def test_answers_move_nothing(page: Page, live_server: Server, watts: float) -> None:
    visit(page, live_server.url)
    page.evaluate("async () => hundredfold.energy.ready")
    page.evaluate("([active_w]) => hundredfold.energy.choose({active_w, idle_w: 5})", [watts])
    expect(page.locator(".loss")).to_contain_text("test digits")
    watched = [".stage", ".side-here .scores", ".side-there .scores", ".figures", ".disclosures", ".story"]

    def places() -> list[list[float]]:
        found = []
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate("scrollTo(0, 0)")
            tops = f"{watched}.map((name) => document.querySelector(name).getBoundingClientRect().y)"
            found.append(page.evaluate(tops))
        return found

    before = places()
    sample(page, 6).click()
    settled(page)
    expect(page.locator(".energy-words")).to_contain_text(re.compile("takes about|Nobody can tell"))
    assert places() == before


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_page_reads_without_javascript(page: Page, live_server: Server) -> None:
    page.goto(live_server.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("noscript p").first).to_be_visible()
    expect(page.get_by_text("in a moment")).to_be_hidden()
    link = page.get_by_role("link", name="Duggan, Lorang, Lu and Scheutz")
    assert link.get_attribute("href") == "https://arxiv.org/abs/2602.19260"
    for heading in ("What is this?", "Where the small model loses", "How to read the figures"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()


def _bar(side: int) -> bytes:
    """An upright bar in the middle."""
    row = bytes(255 if side // 2 - 2 <= x < side // 2 + 2 else 0 for x in range(side))
    return b"".join(row if 4 <= y < side - 4 else bytes(side) for y in range(side))


@pytest.mark.warm(False)
def test_the_model_is_loaded_before_anything_is_drawn(page: Page, live_server: Server) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    visit(page, live_server.url)
    models = [url for url in fetched if ".onnx" in url]
    assert len(models) == 1, "a first answer's time must hold no loading"
    sample(page, 3).click()
    settled(page)
    assert [url for url in fetched if ".onnx" in url] == models
