"""What goes wrong is said in words, the other side goes on, and the page recovers by itself where it can."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from visit import Console, Server, answer, answered, sample, settled, visit

DIGIT = re.compile(r"^\d$")
NETWORK = r"Failed to load resource|net::ERR_"


def note(page: Page, side: str) -> Locator:
    return page.locator(f".note-{side}")


@pytest.mark.warm
def test_a_lost_server_is_told_looked_for_and_used_again(page: Page, stopped_server: Server, console: Console) -> None:
    console.allow(NETWORK)
    server = stopped_server
    visit(page, server.url)
    sample(page, 3).click()
    settled(page)
    server.stop()
    sample(page, 7).click()
    expect(note(page, "there")).to_contain_text("can not be reached")
    expect(answer(page, "there")).to_have_text("no answer")
    answered(page, "here")
    expect(answer(page, "here")).to_have_text(DIGIT)
    seven = answer(page, "here").inner_text()
    sample(page, 1).click()
    expect(answer(page, "here")).not_to_have_text(seven)
    server.start()
    expect(answer(page, "there")).to_have_text(DIGIT, timeout=40_000)
    expect(note(page, "there")).to_have_text("")
    settled(page)


@pytest.mark.browser_context_args(service_workers="block")  # which would fetch the right one
def test_an_altered_model_is_refused_and_others_go_on(page: Page, live_server: Server, console: Console) -> None:
    def alter(route: Route) -> None:
        response = route.fetch()
        body = bytearray(response.body())
        body[len(body) // 2] ^= 1
        route.fulfill(response=response, body=bytes(body))

    page.route("**/student-int8.onnx*", alter)
    page.emulate_media(reduced_motion="reduce")  # a sample that draws itself asks again, as a visitor may
    visit(page, live_server.url)
    sample(page, 3).click()
    expect(note(page, "here")).to_contain_text("Model refused")
    expect(note(page, "here")).to_contain_text("sha256")
    expect(answer(page, "here")).to_have_text("no answer")
    expect(answer(page, "there")).to_have_text(DIGIT)
    page.get_by_text("Choose other models").click()
    choice = page.get_by_label("Here", exact=True)
    choice.select_option("student-fp32")
    expect(answer(page, "here")).to_have_text(DIGIT)
    expect(note(page, "here")).to_have_text("")
    choice.select_option("student-int8")
    expect(note(page, "here")).to_contain_text("Model refused")
    page.unroute("**/student-int8.onnx*")
    note(page, "here").get_by_role("button", name="Try again").click()
    settled(page)
    expect(note(page, "here")).to_have_text("")


@pytest.mark.warm
def test_a_killed_worker_is_noticed_told_and_replaced(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    sample(page, 3).click()
    settled(page)
    page.wait_for_function("() => hundredfold.balance('digits')")  # while it computes, it is given more time
    page.evaluate("() => hundredfold.terminate()")
    expect(note(page, "here")).to_contain_text("starting it again")
    sample(page, 5).click()
    expect(answer(page, "there")).to_have_text(DIGIT)
    expect(note(page, "here")).to_contain_text("starting it again")
    expect(note(page, "here")).not_to_contain_text("starting it again")
    settled(page)
    expect(answer(page, "here")).to_have_text(DIGIT)


@pytest.mark.warm
def test_a_restart_is_told_until_the_drawing_changes(page: Page, live_server: Server) -> None:
    visit(page, live_server.url)
    sample(page, 3).click()
    settled(page)
    page.evaluate("() => hundredfold.terminate()")
    expect(note(page, "here")).to_contain_text("It stopped and was started again.", timeout=40_000)
    expect(answer(page, "here")).to_have_text(DIGIT)
    sample(page, 5).click()
    expect(note(page, "here")).to_have_text("")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("**/pyodide.js*", "Python could not be loaded"),
        ("**/pyodide.asm.wasm", "pyodide.asm.wasm: the server answered 404"),
        ("**/runtime/**/*.zip", "the server answered 404"),
        ("**/ort-wasm-simd-threaded.wasm", "The engine could not be loaded"),
        ("**/models/manifest.json", "The list of models could not be loaded"),
    ],
)
def test_a_failed_start_says_what_and_why_and_can_be_tried_again(
    page: Page, live_server: Server, console: Console, file: str, says: str
) -> None:
    console.allow("^error: ")
    page.route(file, lambda route: route.fulfill(status=404, body="gone"))
    page.goto(live_server.url)
    expect(note(page, "here")).to_contain_text(says)
    expect(note(page, "here")).to_contain_text("Reload the page")
    sample(page, 3).click()
    expect(answer(page, "there")).to_have_text(DIGIT)
    expect(answer(page, "here")).to_have_text("no answer")
    page.unroute(file)
    note(page, "here").get_by_role("button", name="Try again").click()
    expect(answer(page, "here")).to_have_text(DIGIT)


@pytest.mark.warm
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_waited_for_without_a_word(
    page: Page, live_server: Server, console: Console, status: int
) -> None:
    console.allow(NETWORK)
    problem = {"type": "about:blank", "status": status, "title": "Busy", "detail": "Wait."}

    refused = 0

    def refuse(route: Route) -> None:
        nonlocal refused
        refused += 1
        headers = {"Retry-After": "1", "Content-Type": "application/problem+json"}
        route.fulfill(status=status, headers=headers, body=json.dumps(problem))

    page.route("**/run", refuse, times=2)
    visit(page, live_server.url)
    sample(page, 3).click()
    expect(answer(page, "there")).to_have_text("reading …")
    expect(note(page, "there")).to_have_text("")
    settled(page)
    expect(note(page, "there")).to_have_text("")
    assert refused == 2


def test_a_model_that_answers_otherwise_on_this_device_is_replaced_and_told(page: Page, live_server: Server) -> None:
    def swap(route: Route) -> None:
        response = route.fetch()
        golden = response.json()
        for vector in golden["variants"]["student-int8"]:
            vector["output"]["scores"] = [0.1] * 10
        route.fulfill(response=response, json=golden)

    page.route("**/golden.json", swap)
    visit(page, live_server.url)
    sample(page, 3).click()
    expect(answer(page, "here")).to_have_text(DIGIT)
    expect(note(page, "here")).to_contain_text("stands in for student-int8")


KEEP_WORKERS = """
  const Plain = Worker;
  window.workers = [];
  window.Worker = class extends Plain {
    constructor(...given) { super(...given); window.workers.push(this); }
  };
"""


@pytest.mark.warm
def test_progress_that_is_told_late_does_not_take_ready_back(page: Page, live_server: Server) -> None:
    page.add_init_script(KEEP_WORKERS)
    visit(page, live_server.url)
    page.evaluate("""() => {
      const status = {phase: "loading", text: "Starting Python", loadedBytes: 1, totalBytes: 1};
      window.workers[0].dispatchEvent(new MessageEvent("message", {data: {status}}));
    }""")
    sample(page, 3).click()
    expect(answer(page, "here")).to_have_text(DIGIT)


SLEEP = """
  if (!self.name.includes("em-pthread")) {
    const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    // As where something else has the processor: for long it gets no turn, and answers nothing.
    addEventListener("message", () => sleep(8000), { once: true });
  }
"""


def test_a_worker_that_gets_no_turn_for_long_is_not_ended(page: Page, live_server: Server) -> None:
    def slow_down(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=SLEEP + answer.text())

    page.context.route(re.compile(r"/assets/worker-[^/]*\.js"), slow_down)
    page.add_init_script(KEEP_WORKERS)
    visit(page, live_server.url)
    assert page.evaluate("async () => (await hundredfold.device()).threads") >= 1
    sample(page, 3).click()
    expect(answer(page, "here")).to_have_text("3", timeout=60_000)
    expect(note(page, "here")).to_have_text("")
    assert page.evaluate("() => window.workers.length") == 1


def test_an_exhibit_without_models_is_shown_as_such_and_no_other_suffers(
    page: Page, root: Path, serve: Callable[..., Server], tmp_path: Path, console: Console
) -> None:
    console.allow("500|404")
    folder = shutil.copytree(root / "models", tmp_path / "models")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["exhibits"]["tower"]["variants"] = 5
    (folder / "manifest.json").write_text(json.dumps(manifest))
    server = serve(HUNDREDFOLD_MODELS=str(folder))
    visit(page, server.url)
    sample(page, 3).click()
    settled(page)
    expect(page.locator("exhibit-view .refusal")).to_have_count(0)
    page.get_by_role("link", name="Build a tower").click()
    expect(page.locator("tower-view .refusal")).to_contain_text("exhibits.tower.variants: it must be a list")
