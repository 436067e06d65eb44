"""The tower: both agents act in the same world, one thinks, both can be disturbed, and either may be lost."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from visit import DESKTOP, PHONE, Console, Server, frames, open_all, violations

from hundredfold.exhibits.tower.ask import picture
from hundredfold.exhibits.tower.play import TABLE_FACTS
from hundredfold.exhibits.tower.policy import decode_actions
from hundredfold.exhibits.tower.scene import parse_scene

pytestmark = pytest.mark.warm
NETWORK = r"Failed to load resource|net::ERR_"
SCENE = {"seed": 5, "blocks": 3, "task": "hanoi", "start": "left", "goal": "right"}


def come(page: Page, url: str, speed: int = 8) -> None:
    """Open the tower and wait until both tables are set."""
    page.goto(f"{url}/#tower")
    page.evaluate("() => window.hundredfold.ready")
    page.wait_for_function("() => hundredfold.tower.here.now && hundredfold.tower.there.now", timeout=60_000)
    page.evaluate("(speed) => { hundredfold.tower.speed = speed; }", speed)


def side(page: Page, where: str) -> Any:
    return page.locator(f'tower-side[where="{where}"]')


def state(page: Page, where: str) -> dict[str, Any]:
    told: dict[str, Any] = page.evaluate(
        "(where) => { const { phase, now, counts, thought, facts, problem } = hundredfold.tower[where];"
        " return { phase, now, counts, thought, facts, problem }; }",
        where,
    )
    return told


def play(page: Page, **request: Any) -> dict[str, Any]:
    """One request of the core's door on the page, past the page's own tables."""
    told: dict[str, Any] = page.evaluate(
        "(request) => hundredfold.ask(request)", {"do": "play", "exhibit": "tower", **request}
    )
    return told


def test_a_whole_episode_is_solved_here(page: Page, live_server: Server) -> None:
    page.emulate_media(reduced_motion="no-preference")
    come(page, live_server.url)
    page.evaluate("() => hundredfold.tower.here.finished()")
    expect(side(page, "here").locator(".tower-status")).to_contain_text("Done in 7 moves")
    told = state(page, "here")
    assert told["now"]["success"]
    assert told["counts"]["calls"] > 80, "it looks again and again, and asks a skill wherever it slows down or turns"
    assert told["counts"]["sent"] == 0
    assert 0 < told["counts"]["joules"]["low"] <= told["counts"]["joules"]["high"]
    assert len(told["thought"]["plan"]) == 14
    page.get_by_text("What it learned by watching").click()
    expect(page.locator(".tower-operators")).to_contain_text("(:action pick")
    page.wait_for_function("() => hundredfold.tower.there.counts.calls >= 1")  # the server may still start
    assert state(page, "there")["counts"]["sent"] > 24_000, "a picture for every answer"


def test_a_push_makes_it_think_again_and_it_still_arrives(page: Page, live_server: Server) -> None:
    page.emulate_media(reduced_motion="no-preference")
    come(page, live_server.url, speed=1)
    page.wait_for_function("() => hundredfold.tower.here.now.moves >= 1")
    page.evaluate("() => hundredfold.tower.pause()")
    frame = state(page, "here")["now"]
    held, areas = frame["held"], TABLE_FACTS["areas"]
    smallest = min(rank for rank, _, _ in frame["blocks"])
    x = next(x for rank, x, _ in frame["blocks"] if rank == smallest)
    target = next(
        area
        for area in areas
        if abs(area - x) > 0.1 and not any(abs(bx - area) < 0.09 for rank, bx, _ in frame["blocks"] if rank == held)
    )
    page.evaluate("([block, x]) => hundredfold.tower.here.push(block, x)", [smallest, target])
    page.evaluate("() => { hundredfold.tower.speed = 8; hundredfold.tower.play(); }")
    page.evaluate("() => hundredfold.tower.here.finished()")
    told = state(page, "here")
    assert told["now"]["success"]
    assert told["thought"]["replans"] >= 1
    expect(page.locator(".tower-replans")).to_contain_text("Planned anew")


def test_dragging_gives_both_tables_the_same_push(page: Page, live_server: Server) -> None:
    come(page, live_server.url)
    page.evaluate("(scene) => hundredfold.tower.start(scene)", SCENE)
    canvas = side(page, "there").locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    unit = box["width"] / 0.6
    blocks = state(page, "there")["now"]["blocks"]
    rank, x, z = min(blocks)

    def at(x: float, z: float) -> tuple[float, float]:
        return box["x"] + x * unit, box["y"] + box["height"] - (z + 0.03) * unit

    page.mouse.move(*at(x, z + 0.015))
    page.mouse.down()
    page.mouse.move(*at(0.3, 0.2), steps=5)
    page.mouse.up()
    expect(page.locator(".tower-pushed")).to_have_text(f"You moved b{rank}.")
    for where in ("here", "there"):
        moved = next(block for block in state(page, where)["now"]["blocks"] if block[0] == rank)
        assert moved[1] == pytest.approx(0.3, abs=0.03)
        assert moved[2] == 0
    largest = max(blocks)[0]
    page.get_by_label("move", exact=True).select_option(str(largest))
    page.get_by_label("to the area").select_option("1")
    page.get_by_role("button", name="Push").click()
    expect(page.locator(".tower-pushed")).to_contain_text("Not moved")
    expect(page.locator(".tower-pushed")).to_contain_text("smaller")


def test_motion_is_reduced_where_it_is_asked_for(page: Page, live_server: Server) -> None:
    page.emulate_media(reduced_motion="reduce")
    come(page, live_server.url)
    page.wait_for_function("() => hundredfold.tower.here.phase === 'ready'")  # steps are there to be shown
    frames(page, 60)
    assert state(page, "here")["now"]["step"] == 0
    page.get_by_role("button", name="One step").click()
    page.wait_for_function("() => hundredfold.tower.here.now.step === 1")
    assert page.evaluate("() => hundredfold.tower.here.part") == 1


def test_a_lost_server_stops_its_table_alone(page: Page, stopped_server: Server, console: Console) -> None:
    console.allow(NETWORK)
    server = stopped_server
    page.emulate_media(reduced_motion="no-preference")
    come(page, server.url, speed=1)
    page.wait_for_function("() => hundredfold.tower.there.now.step > 4")
    server.stop()
    expect(side(page, "there").locator(".tower-status")).to_contain_text("Stopped")
    again = side(page, "there").get_by_role("button", name="Go on")
    expect(again).to_be_disabled()
    page.evaluate("() => { hundredfold.tower.speed = 8; }")
    page.evaluate("() => hundredfold.tower.here.finished()")
    assert state(page, "here")["now"]["success"]
    server.start()
    expect(again).to_be_enabled(timeout=40_000)
    step = state(page, "there")["now"]["step"]
    again.click()
    page.wait_for_function("(step) => hundredfold.tower.there.now.step > step", arg=step)


def test_a_killed_worker_is_told_and_the_tables_can_be_set_again(
    page: Page, live_server: Server, console: Console
) -> None:
    console.allow("^error: ")
    page.emulate_media(reduced_motion="no-preference")
    come(page, live_server.url, speed=1)
    page.evaluate("() => hundredfold.terminate()")
    expect(side(page, "here").locator(".tower-status")).to_contain_text("Stopped", timeout=60_000)
    page.evaluate("() => hundredfold.ready")
    page.get_by_role("button", name="Start again").click()
    page.evaluate("() => { hundredfold.tower.speed = 8; hundredfold.tower.play(); }")
    page.wait_for_function("() => hundredfold.tower.here.now?.step > 10", timeout=60_000)


def test_the_world_is_the_same_to_the_bit(page: Page, live_server: Server) -> None:
    page.goto(live_server.url)
    page.evaluate("() => window.hundredfold.ready")
    scene = parse_scene(SCENE)
    world, camera = scene.world(), scene.camera()
    started = play(page, verb="start", episode="same", agent="there", scene=SCENE)
    assert started["frame"] == json.loads(json.dumps(world.as_dict()))
    actions = [[(step * 37 % 21 - 10) / 10, (step * 53 % 19 - 12) / 10, step // 9 % 2 - 0.5] for step in range(160)]
    frames = play(page, verb="apply", episode="same", actions=actions)["frames"]
    for frame, action in zip(frames, decode_actions(actions), strict=False):
        world.step(action)
        assert frame == json.loads(json.dumps(world.as_dict()))
    seen = play(page, verb="observe", episode="same")["input"]
    assert seen["image"] == picture(camera.image(world)), "and so is what the camera sees"


def test_axe_finds_nothing_at_the_tower(page: Page, live_server: Server, axe: str) -> None:
    come(page, live_server.url)
    expect(page.locator(".tower-results table")).to_be_visible()
    open_all(page)
    page.get_by_role("button", name="One step").click()
    page.wait_for_function("() => hundredfold.tower.here.now.step === 1")
    schemes: list[Any] = ["light", "dark"]
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            assert violations(page, axe) == [], f"{scheme}, {size}"
        assert page.evaluate("() => document.documentElement.scrollWidth") <= size["width"]


def test_the_tower_has_what_other_exhibits_have(page: Page, live_server: Server) -> None:
    come(page, live_server.url)
    page.get_by_role("button", name="One step").click()
    page.wait_for_function("() => hundredfold.tower.there.now.step === 1")
    open_all(page)
    tower = page.locator("tower-view")
    expect(tower.locator("device-facts")).to_contain_text("Threads in use here")
    expect(tower.locator("device-facts")).to_contain_text("The server runs")
    step = "async () => { await hundredfold.tower.start({seed: 5}); await hundredfold.tower.here.step(); }"
    watts = tower.locator("#tower-power-active")
    mids = []
    for typed in ("5", "50"):
        watts.fill(typed)
        tower.get_by_role("button", name="Use these").click()
        page.wait_for_function("(watts) => hundredfold.energy.choice.active_w === watts", arg=float(typed))
        page.evaluate(step)
        joules, ms = (state(page, "here")["counts"][name] for name in ("joules", "ms"))
        mids.append(joules["mid"] / ms)
    assert mids[1] == pytest.approx(10 * mids[0], rel=0.01), "the watts that were typed are those that count"
    models = tower.get_by_label("There", exact=True)
    assert models.locator("option").count() == 3
    models.select_option("policy-small")
    page.wait_for_function("() => hundredfold.tower.there.now?.step === 0")
    with page.expect_response("**/tower/run") as answered:
        page.get_by_role("button", name="One step").click()
    assert answered.value.json()["variant"] == "policy-small"


def test_the_address_says_which_exhibit_is_shown(page: Page, live_server: Server) -> None:
    page.goto(live_server.url)
    expect(page.locator("exhibit-view").first).to_be_visible()
    expect(page.locator("tower-view")).to_be_hidden()
    page.get_by_role("navigation").get_by_role("link", name="Build a tower").click()
    expect(page.locator("tower-view")).to_be_visible()
    expect(page.locator("exhibit-view").first).to_be_hidden()
    expect(page.get_by_role("link", name="Build a tower")).to_have_attribute("aria-current", "page")
    page.go_back()
    expect(page.locator("exhibit-view").first).to_be_visible()


def test_a_busy_server_is_waited_for_in_words(page: Page, live_server: Server, console: Console) -> None:
    console.allow(NETWORK)
    problem = {"type": "about:blank", "status": 503, "title": "The queue is full", "detail": "Try again."}
    headers = {"Retry-After": "1", "Content-Type": "application/problem+json"}
    waiting = True

    def refuse(route: Route) -> None:
        if waiting:
            route.fulfill(status=503, headers=headers, body=json.dumps(problem))
        else:
            route.continue_()

    page.emulate_media(reduced_motion="no-preference")
    page.route("**/tower/run", refuse)
    come(page, live_server.url)
    expect(side(page, "there").locator(".tower-status")).to_contain_text("The server is busy. It is asked again")
    page.wait_for_function("() => hundredfold.tower.here.now.step > 10", timeout=30_000)
    waiting = False
    page.wait_for_function("() => hundredfold.tower.there.now.step > 4", timeout=30_000)
    assert state(page, "there")["problem"] == ""


def test_the_tower_rests_while_another_exhibit_is_shown(page: Page, live_server: Server) -> None:
    page.emulate_media(reduced_motion="no-preference")
    come(page, live_server.url, speed=1)
    page.wait_for_function("() => hundredfold.tower.here.now.step > 2", timeout=30_000)
    links = page.get_by_role("navigation")
    links.get_by_role("link", name="Draw a digit").click()
    expect(page.locator("exhibit-view").first).to_be_visible()
    steps = [state(page, where)["now"]["step"] for where in ("here", "there")]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/tower/run" in request.url else None)
    drawn = "() => hundredfold.measure('digits', document.querySelector('exhibit-view').panel.example())"
    assert page.evaluate(drawn)["boundaries"]
    assert [state(page, where)["now"]["step"] for where in ("here", "there")] == steps
    assert asked == []
    links.get_by_role("link", name="Build a tower").click()
    page.wait_for_function("(step) => hundredfold.tower.here.now.step > step", arg=steps[0])
