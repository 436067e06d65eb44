"""The exported site on a plain file server, in a folder: isolated after one reload, answered there from the record."""

import base64
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from plain import Answer, plain_host
from playwright.sync_api import Page, Request, expect
from test_tower import come, side, state
from visit import SEVEN, Console, Server, answer, cell, draw, fact, frames, sample, settled, until, violations, visit

pytestmark = pytest.mark.warm
DIGIT = re.compile(r"^\d$")
RECORDED = re.compile(r"Recorded on \d{1,2} \w+ \d{4}, on .+\.")
NO_SERVER = "This copy of the site has no server"


class Host:
    """`python -m http.server`: no headers, no types but by names, nothing that answers."""

    def __init__(self, folder: Path, log: Path) -> None:
        self._log = log
        command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log.open("w"), text=True)
        assert self._process.stdout
        port = re.search(r"port (\d+)", self._process.stdout.readline())
        assert port
        self.url = f"http://127.0.0.1:{port[1]}/some/path/"

    def asked(self) -> list[tuple[str, str]]:
        """(path, status) of every request so far."""
        return re.findall(r'"GET (\S+) HTTP/1.1" (\d+)', self._log.read_text())

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@pytest.fixture(scope="module")
def file_server(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    host = Host(exported.parents[1], tmp_path_factory.mktemp("host") / "asked")
    yield host
    host.stop()
    assert host.asked()


@pytest.fixture
def host(file_server: Host) -> Iterator[Host]:
    """A file server of the export; in the end nothing was asked of it that it does not have."""
    before = len(file_server.asked())
    yield file_server
    for path, status in file_server.asked()[before:]:
        assert status in ("200", "304"), f"{path} was answered {status}"
        assert path.startswith("/some/path/"), f"{path} is outside the site's folder"
        assert "/api/" not in path


def navigations(page: Page) -> list[str]:
    """The addresses of this page's documents, as they are loaded from now on."""
    seen: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request() and request.frame == page.main_frame:
            seen.append(request.url)

    page.on("request", note)
    return seen


def arrive(page: Page, url: str) -> None:
    """Open the page and wait until it is isolated and this device can answer."""
    page.goto(url)
    page.wait_for_function("() => crossOriginIsolated && window.hundredfold")
    page.evaluate("() => hundredfold.ready")


def note(page: Page, where: str) -> Any:
    return page.locator(f".note-{where}")


@pytest.mark.warm(False)
def test_one_reload_isolates_it_and_the_next_visit_takes_none(page: Page, host: Host) -> None:
    seen = navigations(page)
    arrive(page, host.url)
    assert seen == [host.url] * 2
    assert page.evaluate("() => hundredfold.device()")["isolated"]
    page.evaluate("() => hundredfold.offline.ready")
    assert seen == [host.url] * 2
    page.reload()
    page.evaluate("() => hundredfold.ready")
    assert seen == [host.url] * 3
    assert page.evaluate("crossOriginIsolated")


@pytest.mark.warm(False)
def test_it_starts_on_a_host_that_knows_few_types_and_then_without_it(
    page: Page, exported: Path, console: Console
) -> None:
    console.allow("ERR_CONNECTION_REFUSED.*build.json")
    with plain_host(exported.parents[1]) as host:
        arrive(page, f"{host.url}some/path/")
        page.evaluate("() => hundredfold.offline.ready")
        expect(page.locator("status-bar")).to_contain_text("Ready to work offline")
    page.reload()
    page.evaluate("() => hundredfold.ready")
    sample(page, 5).click()
    expect(answer(page, "here")).to_have_text("5")


@pytest.mark.warm(False)
@pytest.mark.parametrize("what", ["", "pyodide.asm.wasm"])
def test_a_file_that_is_changed_on_its_way_is_named_and_so_is_what_may_have_done_it(
    page: Page, exported: Path, console: Console, what: str
) -> None:
    (path,) = exported.rglob(what) if what else [exported / "index.html"]
    name = path.relative_to(exported).as_posix().removesuffix("index.html")
    changed = path.read_bytes() + b"<script>/* from a proxy */</script>"
    kinds = {"": "text/html", "pyodide.asm.wasm": "application/wasm"}

    def meddle(asked: str) -> Answer | None:
        return (200, {"Content-Type": kinds[what]}, changed) if asked.partition("?")[0] == f"/{name}" else None

    with plain_host(exported) as host:
        host.answer = meddle
        page.goto(host.url)
        told = page.locator(".note-here" if what else "status-bar")
        expect(told).to_contain_text("Something between this device and the server changes files", timeout=60_000)
        expect(told).not_to_contain_text("eload")
        if what:
            expect(told).to_contain_text(name)
        else:
            with pytest.raises(Exception, match="other than the server has it"):
                page.evaluate("() => hundredfold.offline.ready")


@pytest.mark.warm(False)
def test_the_address_of_the_file_leads_to_that_of_the_folder(page: Page, host: Host) -> None:
    arrive(page, f"{host.url}index.html#tower")
    assert page.url == f"{host.url}#tower"


@pytest.mark.browser_context_args(service_workers="block")
def test_it_speaks_another_language_on_a_host_that_knows_none(page: Page, host: Host) -> None:
    visit(page, f"{host.url}?lang=es")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("h1")).to_contain_text("¿Cómo de pequeña")
    expect(page.locator(".lead").first).to_contain_text("un servidor, cuyas respuestas se grabaron")
    expect(page.locator(".side-there")).to_contain_text("como se grabó")


@pytest.mark.browser_context_args(service_workers="block")
def test_where_no_service_worker_is_allowed_it_goes_on_with_one_thread(page: Page, host: Host) -> None:
    seen = navigations(page)
    page.goto(host.url)
    page.wait_for_function("() => window.hundredfold")
    page.evaluate("() => hundredfold.ready")
    device = page.evaluate("() => hundredfold.device()")
    assert (device["threads"], device["isolated"]) == (1, False)
    sample(page, 3).click()
    settled(page)
    for where in ("here", "there"):
        expect(answer(page, where)).to_have_text("3")
    page.get_by_text("Your device and the server").click()
    expect(page.locator(".device")).to_contain_text("no: this browser then allows one thread only")
    assert seen == [host.url], "it did not reload"


@pytest.mark.warm(False)
def test_it_reloads_once_only_even_if_that_does_not_help(page: Page, host: Host) -> None:
    # As where something strips the headers: what the service worker does is done, and the page is not isolated.
    page.add_init_script("Object.defineProperty(self, 'crossOriginIsolated', { value: false })")
    seen = navigations(page)
    page.goto(host.url)
    until(page, lambda: len(seen) > 1)
    page.wait_for_function("() => window.hundredfold")
    page.evaluate("() => hundredfold.ready")
    page.evaluate("() => hundredfold.offline.ready")
    frames(page, 60)
    assert seen == [host.url] * 2
    page.reload()
    page.evaluate("() => hundredfold.ready")
    assert seen == [host.url] * 3


@pytest.mark.warm(False)
def test_where_nothing_can_be_kept_it_never_reloads(page: Page, host: Host) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('refused'); } })"
    )
    seen = navigations(page)
    page.goto(host.url)
    page.wait_for_function("() => window.hundredfold")
    page.evaluate("() => hundredfold.ready")
    page.evaluate("() => hundredfold.offline.ready")
    frames(page, 60)
    assert seen == [host.url]
    assert page.evaluate("() => hundredfold.device()")["threads"] == 1


def test_every_sample_is_answered_on_both_sides_and_marked(page: Page, host: Host) -> None:
    arrive(page, host.url)
    for digit in range(10):
        sample(page, digit).click()
        settled(page)
        for where in ("here", "there"):
            expect(answer(page, where)).to_have_text(str(digit))
        expect(note(page, "there")).to_contain_text(RECORDED)
    expect(page.locator(".side-there h3")).to_contain_text("as recorded")
    result = page.evaluate(
        "() => hundredfold.run('digits', document.querySelector('exhibit-view').sides.there.input, { where: 'there' })"
    )
    assert result["recorded"]
    assert result["bytes_sent"] is None
    assert result["timing"]["network_ms"] is None
    page.get_by_text("All figures", exact=True).click()
    assert fact(page, "of that, the way to the server and back", "there") == "–"
    assert fact(page, "Sent for an answer", "there") == "–"
    last = page.evaluate("() => document.querySelector('exhibit-view').sides.there.times.recent.at(-1)")
    assert last["tookMs"] == last["result"]["timing"]["total_ms"], "as then, and not how quickly a record is read"
    expect(page.locator(".verdict")).to_contain_text("There was no way to a server")


def test_one_record_is_timed_once(page: Page, host: Host) -> None:
    arrive(page, host.url)
    page.get_by_text("All figures", exact=True).click()
    for _ in range(3):
        sample(page, 3).click()
        settled(page)
    assert fact(page, "Answers timed", "there") == "1"
    page.get_by_role("button", name="Measure 50 times").click()
    expect(page.locator(".measure")).to_contain_text("Measured 50 times.", timeout=60_000)
    assert (fact(page, "Answers timed", "there"), fact(page, "Answers timed", "here")) == ("1", "50")


def test_every_variant_can_be_chosen_there(page: Page, host: Host) -> None:
    arrive(page, host.url)
    sample(page, 7).click()
    settled(page)
    page.get_by_text("Choose other models").click()
    choice = page.get_by_label("There", exact=True)
    for variant in choice.locator("option").evaluate_all("options => options.map((option) => option.value)"):
        choice.select_option(variant)
        expect(cell(page, "Model", "there")).to_have_text(variant)


def test_a_drawing_of_ones_own_is_answered_here_and_there_says_why_not(page: Page, host: Host) -> None:
    arrive(page, host.url)
    draw(page, SEVEN)
    expect(answer(page, "here")).to_have_text(DIGIT)
    expect(answer(page, "there")).to_have_text("no answer")
    expect(note(page, "there")).to_contain_text(NO_SERVER)
    expect(note(page, "there").get_by_role("button")).to_have_count(0)
    sample(page, 2).click()
    settled(page)
    expect(note(page, "there")).to_contain_text(RECORDED)


def test_a_sample_that_draws_itself_does_not_flicker(page: Page, host: Host) -> None:
    page.emulate_media(reduced_motion="no-preference")
    arrive(page, host.url)
    page.evaluate(
        """() => {
          window.said = [];
          const look = () => said.push(document.querySelector(".note-there").textContent.trim());
          new MutationObserver(look).observe(document.querySelector(".note-there"), {
            subtree: true, childList: true, characterData: true });
        }"""
    )
    for digit in (3, 8):
        sample(page, digit).click()
        settled(page)
    said = page.evaluate("said")
    assert said
    assert not any(NO_SERVER in text for text in said)


def test_the_balance_counts_what_it_can_and_says_what_not(page: Page, host: Host) -> None:
    arrive(page, host.url)
    sample(page, 3).click()
    settled(page)
    told = page.evaluate(
        "() => hundredfold.measure('digits', document.querySelector('exhibit-view').sides.there.input)"
    )
    for boundary in ("marginal", "idle-inclusive"):
        there = told["boundaries"][boundary]["there"]["total"]
        assert set(there["inputs"]) == {"compute", "overhead"}
        assert there["low"] > 0
    energy = page.locator(".energy")
    expect(energy).to_contain_text("There is as it was recorded.")
    expect(energy).to_contain_text("can not be told: nothing was sent")
    expect(energy).not_to_contain_text("this very computer")
    expect(energy.locator(".energy-side.there")).to_contain_text("as recorded")


def test_both_tables_play_and_another_one_is_one_that_was_recorded(page: Page, host: Host) -> None:
    page.emulate_media(reduced_motion="no-preference")
    arrive(page, host.url)
    come(page, host.url.rstrip("/"))
    page.evaluate("() => Promise.all([hundredfold.tower.here.finished(), hundredfold.tower.there.finished()])")
    assert state(page, "here")["now"]["success"]
    there = state(page, "there")
    assert there["now"]["success"] or there["now"]["failure"]
    assert there["counts"]["calls"] > 3
    assert there["counts"]["joules"]["mid"] > 0
    expect(side(page, "there")).to_contain_text(RECORDED)
    expect(side(page, "there")).to_contain_text("nothing: it was recorded")
    shown = set()
    for _ in range(3):
        page.get_by_role("button", name="Another one").click()
        page.wait_for_function("() => hundredfold.tower.there.now?.step > 10")
        shown.add(page.evaluate("() => hundredfold.tower.scene.seed"))
    assert len(shown) == 3
    page.get_by_label("Blocks").select_option("4")
    page.wait_for_function("() => hundredfold.tower.scene.blocks === 4 && hundredfold.tower.there.now?.step > 10")
    assert state(page, "there")["phase"] != "lost", "a scene with as many blocks was recorded"


def test_what_is_under_way_for_one_episode_does_not_act_in_the_next(page: Page, host: Host) -> None:
    arrive(page, host.url)
    come(page, host.url.rstrip("/"))
    scene = {"seed": 2, "blocks": 3, "task": "hanoi", "start": "middle", "goal": "left"}
    page.evaluate(
        """async (scene) => {
          const { tower } = hundredfold;
          void tower.here.step();
          void tower.there.step();
          await tower.start(scene);
          tower.speed = 8;
          tower.play();
        }""",
        scene,
    )
    page.wait_for_function("() => ['over', 'lost'].includes(hundredfold.tower.there.phase)", timeout=60_000)
    assert state(page, "there")["phase"] == "over", "each picture was the recorded one"
    page.evaluate("() => hundredfold.tower.here.finished()")
    assert state(page, "here")["counts"]["calls"] > 100


def test_a_push_stops_the_recorded_table_and_it_says_so(page: Page, host: Host) -> None:
    arrive(page, host.url)
    come(page, host.url.rstrip("/"), speed=1)
    page.get_by_label("to the area").select_option("1")
    page.get_by_role("button", name="Push").click()
    expect(page.locator(".tower-pushed")).to_contain_text("You moved")
    page.evaluate("() => { hundredfold.tower.speed = 8; hundredfold.tower.play(); }")
    expect(side(page, "there").locator(".tower-status")).to_contain_text(f"Stopped. {NO_SERVER}")
    expect(side(page, "there").get_by_role("button")).to_have_count(0)
    page.evaluate("() => hundredfold.tower.here.finished()")
    assert state(page, "here")["now"]["success"]
    page.get_by_role("button", name="Another one").click()
    page.evaluate("() => { hundredfold.tower.play(); }")
    page.wait_for_function("() => hundredfold.tower.there.now?.step > 10")


def test_with_the_network_switched_off_both_sides_go_on(page: Page, host: Host, console: Console) -> None:
    console.allow("build.json")  # whether there is a new version is asked for, and refused
    arrive(page, host.url)
    page.evaluate("() => hundredfold.offline.ready")
    page.get_by_role("switch").click()
    expect(page.locator(".network")).to_contain_text("0\u00a0bytes sent, 0\u00a0bytes received")
    before = len(host.asked())
    page.reload()
    page.evaluate("() => hundredfold.ready")
    sample(page, 5).click()
    settled(page)
    for where in ("here", "there"):
        expect(answer(page, where)).to_have_text("5")
    counters = page.evaluate("() => hundredfold.offline.counters()")
    assert (counters["sent_bytes"], counters["received_bytes"]) == (0, 0)
    # The browser itself looks whether that script is still the same, as this host says nothing of keeping it.
    assert all("/sw.js?build=" in path for path, _ in host.asked()[before:])
    page.evaluate("() => hundredfold.offline.on()")


def test_one_exhibit_alone_has_its_record_too(page: Page, host: Host) -> None:
    arrive(page, f"{host.url}embed/digits/")
    run = "() => hundredfold.run('digits', document.querySelector('exhibit-view').panel.example())"
    assert page.evaluate(run)["energy"]["joules"]["mid"] > 0, "the first one already"
    sample(page, 4).click()
    settled(page)
    expect(answer(page, "there")).to_have_text("4")
    expect(note(page, "there")).to_contain_text(RECORDED)


def test_what_is_asked_about_looks_like_what_is_on_the_paper(page: Page, host: Host) -> None:
    arrive(page, host.url)
    for digit in (2, 8):
        sample(page, digit).click()
        settled(page)
        paper, asked = page.evaluate(
            """() => {
              const pad = document.querySelector("drawing-pad");
              const small = new OffscreenCanvas(84, 84).getContext("2d");
              small.imageSmoothingQuality = "high";
              small.drawImage(pad.querySelector("canvas"), 0, 0, 84, 84);
              const { data } = small.getImageData(0, 0, 84, 84);
              return [[...data].filter((_, at) => at % 4 === 3), pad.image(84).pixels];
            }"""
        )
        ink = base64.b64decode(asked)
        assert sum(abs(a - b) for a, b in zip(paper, ink, strict=True)) / len(ink) < 3
        assert sum(ink) == pytest.approx(sum(paper), rel=0.03)


def test_axe_finds_nothing_in_what_is_recorded(page: Page, host: Host, axe: str) -> None:
    arrive(page, host.url)
    sample(page, 3).click()
    settled(page)

    def all_is_well() -> None:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert violations(page, axe) == [], f"{width} px"
            assert page.evaluate("() => document.documentElement.scrollWidth") <= width

    all_is_well()
    come(page, host.url.rstrip("/"))
    all_is_well()


def test_a_server_says_nothing_of_records(page: Page, live_server: Server) -> None:
    seen = navigations(page)
    page.goto(live_server.url)
    page.evaluate("() => hundredfold.ready")
    assert page.evaluate("crossOriginIsolated")
    sample(page, 3).click()
    settled(page)
    expect(page.locator(".side-there h3")).to_contain_text("on the server")
    assert "ecorded" not in page.locator("body").inner_text()
    assert seen == [f"{live_server.url}/"]
    with urllib.request.urlopen(live_server.url) as response:
        assert b'content="recorded"' not in response.read()
