"""Works offline: the site is kept on the device, checked whenever it is used, and goes on without any network."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from visit import PHONE, Console, Server, answer, sample, settled, snapshot_kept, until, visit

from hundredfold.bench import slow
from hundredfold.bench.site import example, ladders

DIGIT = re.compile(r"^\d$")
NETWORK = r"Failed to load resource|net::ERR_|503|504"
STRIP = "status-bar"
THERE = "(given) => hundredfold.run('digits', given, {where: 'there'})"
DRAWING = example(ladders()["digits"])


def kept(page: Page, url: str) -> None:
    """Open the page and wait until all of it is on this device."""
    visit(page, url)
    page.evaluate("() => hundredfold.offline.ready")


def switch(page: Page) -> Any:
    return page.get_by_role("switch")


def counters(page: Page) -> dict[str, Any]:
    return dict(page.evaluate("() => hundredfold.offline.counters()"))


def damage(page: Page, ending: str) -> None:
    """Flip a bit of a kept file, as a bad disk would; the browser's own cache has no good one to put in its place."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.evaluate(
        """async (ending) => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              if (!new URL(request.url).pathname.match(ending)) continue;
              const kept = await cache.match(request);
              const bytes = new Uint8Array(await kept.arrayBuffer());
              bytes[bytes.length >> 1] ^= 1;
              await cache.put(request, new Response(bytes, {headers: kept.headers}));
              return;
            }
          }
          throw new Error(`nothing kept ends in ${ending}`);
        }""",
        ending,
    )


def test_with_the_network_off_nothing_is_sent_and_the_exhibits_go_on(
    page: Page, live_server: Server, console: Console
) -> None:
    console.allow(NETWORK)
    with slow.line(live_server.url) as line:
        kept(page, line.url)
        expect(page.locator(STRIP)).to_contain_text("Ready to work offline")
        opened = counters(page)
        assert opened["received_bytes"] > 1e6, "all that is kept came over this line"
        assert opened["received_bytes"] <= line.received_bytes * 1.05
        with page.expect_response("**/run") as answered:
            sent = page.evaluate(THERE, DRAWING)["bytes_sent"]
        assert not answered.value.from_service_worker, "it passes untouched"
        asked = counters(page)
        assert asked["requests"] >= opened["requests"] + 1
        assert asked["sent_bytes"] >= opened["sent_bytes"] + sent
        assert asked["received_bytes"] > opened["received_bytes"]
        assert (asked["off"], asked["refused"]) == (False, 0)
        switch(page).click()
        expect(page.locator(STRIP)).to_contain_text("0 bytes sent, 0 bytes received")
        before = (line.sent_bytes, line.received_bytes, line.connections)
        sample(page, 3).click()
        expect(answer(page, "here")).to_have_text("3")
        expect(answer(page, "there")).to_have_text("no answer")
        expect(page.locator(".note-there")).to_contain_text("The network is switched off")
        page.reload()
        page.evaluate("() => hundredfold.ready")
        expect(switch(page)).to_have_attribute("aria-checked", "false")
        sample(page, 7).click()
        expect(answer(page, "here")).to_have_text("7")
        page.goto(f"{line.url}/#tower")
        page.evaluate("() => hundredfold.tower.start({seed: 7})")
        page.evaluate("() => hundredfold.tower.here.step()")
        assert page.evaluate("() => hundredfold.tower.here.now.step") >= 1
        page.goto(f"{line.url}/method.html")
        expect(page.get_by_role("heading", name="How we measure")).to_be_visible()
        page.goto(line.url)
        page.evaluate("() => hundredfold.ready")
        assert (line.sent_bytes, line.received_bytes, line.connections) == before, "the line itself was still"
        told = counters(page)
        assert (told["requests"], told["sent_bytes"], told["received_bytes"], told["off"]) == (0, 0, 0, True)
        assert told["refused"] > 0, "the page did ask for the server"
        switch(page).click()
        expect(page.locator(STRIP)).to_contain_text("Ready to work offline")
        sample(page, 1).click()
        expect(answer(page, "there")).to_have_text("1")
        assert line.sent_bytes > before[0]
        assert counters(page)["sent_bytes"] > 0


LEAKING = """
const listen = self.addEventListener.bind(self);
self.addEventListener = (what, hear) => listen(what, what !== "fetch" ? hear : (event) => {
  if (event.request.url.includes("/api/")) return; // past the switch
  event.waitUntil(fetch("favicon.svg", {cache: "reload"})); // and behind its back
  hear(event);
});
"""
"""In front of the service worker: the switch is not obeyed any more."""


def test_the_counters_tell_of_a_service_worker_that_leaks(page: Page, release: Any, site: Path) -> None:
    server, _ = release
    script = site / "service-worker.js"
    script.write_text(LEAKING + script.read_text())
    server.stop()
    server.start()
    kept(page, server.url)
    page.reload()
    page.evaluate("() => hundredfold.offline.ready")
    page.evaluate("() => hundredfold.offline.off()")
    until(page, "async () => (await hundredfold.offline.counters()).off")
    told = counters(page)
    assert told["sent_bytes"] == 0
    sent = page.evaluate(THERE, DRAWING)["bytes_sent"]
    told = counters(page)
    assert told["requests"] >= 1
    assert told["sent_bytes"] >= sent
    assert told["received_bytes"] > 0
    before = told["requests"]
    page.evaluate("() => fetch('models/manifest.json')")
    until(page, f"async () => (await hundredfold.offline.counters()).requests > {before}")
    expect(page.locator(".network strong")).not_to_contain_text("0\u00a0bytes sent")


@pytest.mark.warm
def test_it_offers_to_be_installed_when_the_browser_does(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    button = page.locator(STRIP).get_by_role("button", name="Install as an app")
    expect(button).to_have_count(0)
    page.evaluate(
        """() => {
          const offer = new Event("beforeinstallprompt", { cancelable: true });
          offer.prompt = async () => { window.asked = true; };
          dispatchEvent(offer);
          window.held = offer.defaultPrevented;
        }"""
    )
    button.click()
    assert page.evaluate("() => [window.held, window.asked]") == [True, True]
    expect(button).to_have_count(0)


@pytest.mark.warm
def test_two_tabs_have_one_switch(page: Page, context: BrowserContext, live_server: Server, console: Console) -> None:
    console.allow(NETWORK)
    kept(page, live_server.url)
    other = context.new_page()
    visit(other, live_server.url)
    page.evaluate("() => hundredfold.offline.off()")
    expect(switch(other)).to_have_attribute("aria-checked", "false")
    sample(other, 5).click()
    expect(other.locator(".note-there")).to_contain_text("The network is switched off")
    other.evaluate("() => hundredfold.offline.on()")
    expect(switch(page)).to_have_attribute("aria-checked", "true")


@pytest.fixture
def profile(browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path) -> Iterator[Any]:
    """profile() -> a page of a browser that was just started, always with the same visitor's data."""
    opened: list[BrowserContext] = []

    def start() -> Page:
        for context in opened:
            context.close()
        opened[:] = [browser_type.launch_persistent_context(tmp_path / "profile", **browser_type_launch_args)]
        return opened[0].new_page()

    yield start
    for context in opened:
        context.close()


def test_it_works_after_the_server_was_killed_and_the_browser_restarted(
    profile: Callable[[], Page], serve: Callable[..., Server]
) -> None:
    server = serve()
    kept(profile(), server.url)
    server.stop()
    page = profile()
    visit(page, server.url)
    expect(page.locator(STRIP)).to_contain_text("Ready to work offline")
    sample(page, 4).click()
    expect(answer(page, "here")).to_have_text("4")
    expect(page.locator(".note-there")).to_contain_text("can not be reached")


ANEW, GOES_ON = "Python starts", "Python goes on from the snapshot"


def phases(page: Page) -> list[str]:
    """What was done of this start."""
    page.evaluate("() => hundredfold.ready")
    return list(page.evaluate("() => hundredfold.phases.map(({what}) => what)"))


def output(page: Page) -> Any:
    """What comes out here for one and the same drawing, to the last bit."""
    page.evaluate("() => hundredfold.ready")
    return page.evaluate("async (input) => (await hundredfold.run('digits', input)).output", DRAWING)


@pytest.mark.warm
def test_a_second_start_goes_on_from_the_snapshot_and_answers_the_same(page: Page, live_server: Server) -> None:
    kept(page, live_server.url)
    assert GOES_ON in phases(page)
    first = output(page)
    # What was not there when it was made: modules and libraries that are loaded on top of it.
    step = """async () => {
      await hundredfold.tower.start({seed: 7});
      await hundredfold.tower.here.step();
      return hundredfold.tower.here.now;
    }"""
    after = page.evaluate(step)
    page.evaluate("() => caches.delete('hundredfold-snapshot@/')")
    page.reload()
    assert ANEW in phases(page)
    assert output(page) == first
    assert page.evaluate(step) == after
    snapshot_kept(page)


REPLACE = """async (change) => {
  const cache = await caches.open('hundredfold-snapshot@/');
  const [{url}] = await cache.keys();
  const kept = await cache.match(url);
  const bytes = new Uint8Array(await kept.arrayBuffer());
  let sha256 = kept.headers.get('X-Hundredfold-Sha256');
  if (change === 'one bit') bytes[1e7] ^= 1;
  else {
    const [from, to] = {everything: [0, 25e6], 'numpy': [8.82e6, 9.2e6], 'objects': [1e7, 2e7]}[change];
    bytes.fill(0, from, to);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  await cache.put(url, new Response(bytes, {headers: {'X-Hundredfold-Sha256': sha256}}));
}"""


@pytest.mark.warm
def test_a_snapshot_that_is_damaged_or_of_no_use_is_made_anew(
    page: Page, live_server: Server, console: Console
) -> None:
    console.allow(r"fatal error|RuntimeError")  # Pyodide says what became of a Python whose memory is not its own
    kept(page, live_server.url)
    first = output(page)
    for change in ("one bit", "everything", "numpy", "objects"):
        snapshot_kept(page)
        page.evaluate(REPLACE, change)
        page.reload()
        assert output(page) == first, change
        assert ANEW in phases(page), change
        snapshot_kept(page)
        page.reload()
        assert GOES_ON in phases(page), change
        assert output(page) == first, change


@pytest.mark.warm
def test_a_damaged_file_is_fetched_again_or_named(page: Page, live_server: Server, console: Console) -> None:
    console.allow(NETWORK)
    kept(page, live_server.url)
    # Without the first of them the page can not run, so that nobody could name it.
    for file, name in (
        (r"/main-[\w-]+\.js$", ""),
        (r"pyodide\.asm\.wasm$", "pyodide.asm.wasm"),
        (r"digits/student-int8\.onnx$", "student-int8.onnx"),
    ):
        damage(page, file)
        page.reload()
        page.evaluate("() => hundredfold.ready")
        sample(page, 3).click()
        settled(page)
        expect(answer(page, "here")).to_have_text("3")
        page.evaluate("() => hundredfold.offline.ready")
        if not name:
            continue
        damage(page, file)
        page.evaluate("() => hundredfold.offline.off()")
        page.reload()
        sample(page, 3).click()
        note = page.locator(".note-here")
        expect(note).to_contain_text(name)
        expect(note).to_contain_text("switched off")
        page.evaluate("() => hundredfold.offline.on()")
        note.get_by_role("button", name="Try again").click()
        expect(answer(page, "here")).to_have_text("3")
    kept(page, live_server.url)  # the visitor of the next test has all files


def test_where_there_is_no_room_the_page_works_and_says_so(page: Page, live_server: Server, console: Console) -> None:
    console.allow("QuotaExceeded|quota")
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url, "quotaSize": 3_000_000})
    visit(page, live_server.url)
    expect(page.locator(STRIP)).to_contain_text("no more room")
    expect(switch(page)).to_be_disabled()
    with pytest.raises(Exception, match="no more room"):
        page.evaluate("() => hundredfold.offline.ready")
    sample(page, 3).click()
    settled(page)
    expect(answer(page, "here")).to_have_text("3")


@pytest.mark.browser_context_args(service_workers="block")
def test_without_a_service_worker_the_page_works_and_says_so(page: Page, live_server: Server) -> None:
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    visit(page, live_server.url)
    expect(page.locator(STRIP)).to_contain_text("private windows")
    expect(switch(page)).to_be_disabled()
    sample(page, 3).click()
    settled(page)
    expect(answer(page, "here")).to_have_text("3")
    page.set_viewport_size(PHONE)
    box = page.locator(".network").bounding_box()
    assert box
    assert box["height"] < PHONE["height"] / 8, "it lies above the answers"


@pytest.fixture
def site(root: Path, tmp_path: Path, prepared: dict[str, str]) -> Path:
    """A copy of the built page, to be changed."""
    shutil.copytree(root / "web/dist", tmp_path / "dist")
    return tmp_path / "dist"


@pytest.fixture
def release(root: Path, site: Path, serve: Callable[..., Server]) -> Any:
    """(server, publish): a server of a site of its own, and a function that publishes a new version there."""
    server = serve(HUNDREDFOLD_STATIC=str(site))

    def publish() -> None:
        for path in site.glob("index.html*"):
            path.unlink()
        text = (root / "web/dist/index.html").read_text()
        (site / "index.html").write_text(text.replace("<title>", "<title>New: "))
        server.stop()
        server.start()

    return server, publish


def test_a_new_version_is_offered_and_never_mixed_with_the_old(
    page: Page, context: BrowserContext, release: Any, console: Console
) -> None:
    console.allow(NETWORK)
    server, publish = release
    kept(page, server.url)
    old = page.evaluate("() => caches.keys()")
    publish()
    page.reload()
    assert not page.title().startswith("New"), "the old version, whole, until the visitor says otherwise"
    page.evaluate("() => hundredfold.offline.ready")
    use = page.get_by_role("button", name="Use it")
    expect(use).to_be_visible()
    other = context.new_page()
    visit(other, server.url)
    assert not other.title().startswith("New")
    sample(page, 8).click()
    settled(page)
    # A run that is under way ends first, and is answered.
    page.evaluate(
        """() => {
          const {input} = document.querySelector("exhibit-view").sides.here;
          window.run = hundredfold.run("digits", input, {repeats: 3000});
          window.run.then(() => sessionStorage.setItem("answered", "yes"));
        }"""
    )
    use.click()
    page.wait_for_function("() => document.title.startsWith('New')", timeout=180_000)  # however slow the run is
    assert page.evaluate("() => sessionStorage.getItem('answered')") == "yes"
    other.wait_for_function("() => document.title.startsWith('New')")
    page.wait_for_function("() => window.hundredfold")
    page.evaluate("() => hundredfold.ready")
    settled(page)
    expect(answer(page, "here")).to_have_text("8")
    page.evaluate("() => hundredfold.offline.ready")
    now = page.evaluate("() => caches.keys()")
    builds = [set(filter(re.compile(r"hundredfold-[0-9a-f]{16}@/$").match, names)) for names in (old, now)]
    assert len(builds[0]) == len(builds[1]) == 1
    assert builds[0] != builds[1], "the old version's files are gone"


def test_a_server_that_dies_while_the_page_loads(page: Page, serve: Callable[..., Server], console: Console) -> None:
    console.allow("^error: |^uncaught: ")
    server = serve()
    with slow.line(server.url, bits_per_s=4e6) as line:
        page.goto(line.url)
        expect(page.locator(".side-here")).to_contain_text("MB")
        server.stop()
        expect(page.locator(".note-here")).to_contain_text("could not be loaded")
        server.start()
        page.locator(".note-here").get_by_role("button", name="Try again").click()
        page.evaluate("() => hundredfold.ready")
        sample(page, 3).click()
        expect(answer(page, "here")).to_have_text("3")


def test_a_service_worker_that_is_ended_while_it_fetches_is_asked_again(
    page: Page, live_server: Server, console: Console
) -> None:
    session = page.context.new_cdp_session(page)
    with slow.line(live_server.url, bits_per_s=40e6) as line:
        visit(page, line.url)
        expect(page.locator(STRIP)).to_contain_text(
            re.compile(r"Getting ready to work offline: [\d.]+"), timeout=30_000
        )
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        page.evaluate("() => hundredfold.offline.ready")
    expect(page.locator(STRIP)).to_contain_text("Ready to work offline")


def test_a_clock_that_is_set_back_changes_nothing(page: Page, live_server: Server) -> None:
    kept(page, live_server.url)
    page.clock.set_fixed_time("2001-01-01")
    page.reload()
    page.evaluate("() => hundredfold.ready")
    page.evaluate("() => hundredfold.offline.ready")
    sample(page, 2).click()
    settled(page)
    expect(answer(page, "here")).to_have_text("2")


def test_the_list_of_the_service_worker_is_what_the_server_has(live_server: Server, page: Page) -> None:
    script = page.request.get(f"{live_server.url}/sw.js").text()
    site = json.loads(script.splitlines()[0].removeprefix("self.site = ").removesuffix(";"))
    told = page.request.get(f"{live_server.url}/build.json").json()
    assert told["build"] == site["build"]
    assert told["bytes"] == sum(each["bytes"] for each in site["files"])
    for each in site["files"]:
        response = page.request.get(f"{live_server.url}/{each['url']}")
        assert response.ok, each["url"]
        assert len(response.body()) == each["bytes"]
