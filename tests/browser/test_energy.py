"""Energy as a visitor sees it: a light estimate, a measurement, the working, the choices, and what ends them."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from visit import Console, Server, answer, open_power, sample, settled, until, visit

pytestmark = pytest.mark.warm
TYPED = {"active_w": 7, "idle_w": 5}
MEASURED = re.compile("Measured back to back")


def words(page: Page) -> Locator:
    return page.locator(".energy-words")


def side_mid(page: Page, side: str) -> float:
    """Joules of one answer on one side, from the working."""
    found = balance(page)["boundaries"]["marginal"][side]["total"]["mid"]
    return float(found)


def balance(page: Page) -> dict[str, Any]:
    told: dict[str, Any] = page.evaluate("hundredfold.balance('digits')")
    return told


def choose(page: Page, device: dict[str, Any]) -> None:
    page.evaluate("([choice]) => hundredfold.energy.choose(choice)", [device])


def open_page(page: Page, url: str) -> None:
    visit(page, url)
    sample(page, 3).click()
    settled(page)
    expect(words(page)).to_contain_text(re.compile("takes about|Nobody can tell"))


def measure(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Measure (energy|again)$")).click()
    expect(page.locator(".energy-measure [role=status]")).to_contain_text(MEASURED, timeout=60_000)


def test_energy_is_told_lightly_at_once_and_firmly_when_measured_and_follows_the_watts(
    page: Page, live_server: Server
) -> None:
    open_page(page, live_server.url)
    panel = page.locator("energy-panel")
    expect(panel).to_contain_text("light estimate")
    for side in ("here", "there"):
        expect(page.locator(f".energy-side.{side} .energy-number strong")).to_have_text(
            re.compile(r"^[\d.,]+\s(m|µ|n)?J$")
        )
    before = balance(page)["boundaries"]["marginal"]["here"]["total"]
    measure(page)
    expect(panel).not_to_contain_text("light estimate")
    after = balance(page)["boundaries"]["marginal"]["here"]["total"]
    time = after["inputs"]["compute"]["inputs"]["time"]
    assert time["origin"] == "measured"
    assert "20 windows" in time["source"]
    assert after["high"] / after["low"] < before["high"] / before["low"] * 2
    expect(page.locator("body")).to_contain_text("LED lamp")
    choose(page, TYPED)
    one, there = (side_mid(page, side) for side in ("here", "there"))
    choose(page, {**TYPED, "active_w": 2 * TYPED["active_w"]})
    assert side_mid(page, "here") == pytest.approx(2 * one)
    assert side_mid(page, "there") == pytest.approx(there)


def test_every_figure_in_the_working_is_whole(page: Page, live_server: Server) -> None:
    open_page(page, live_server.url)
    page.get_by_text("Show the working").click()
    figures = page.locator("details.energy-working [data-figure]")
    expect(figures.first).to_be_visible()
    found = figures.evaluate_all(
        """(nodes) => nodes.map((node) => ({
          ...node.dataset,
          told: Boolean(node.querySelector(".source, [data-figure]")),
          text: node.textContent,
        }))"""
    )
    assert len(found) > 60
    for each in found:
        low, mid, high = (float(each[end]) for end in ("low", "mid", "high"))
        assert each["figure"], each
        assert 0 <= low <= mid <= high, each
        assert each["origin"] in ("measured", "estimated"), each
        assert each["told"], f"neither source nor inputs: {each}"


def test_a_measurement_can_be_cancelled_and_a_hidden_tab_ends_it(page: Page, live_server: Server) -> None:
    open_page(page, live_server.url)
    before = words(page).inner_text()
    button, status = page.locator(".energy-measure button"), page.locator(".energy-measure [role=status]")
    button.click()
    expect(button).to_have_text("Cancel")
    button.click()
    expect(status).to_contain_text("nothing was changed")
    assert words(page).inner_text() == before
    button.click()
    expect(button).to_have_text("Cancel")
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    expect(status).to_contain_text("hidden")
    page.evaluate("() => { delete document.hidden; }")
    assert words(page).inner_text() == before
    measure(page)


def test_a_run_from_a_script_has_energy_here_and_there(page: Page, live_server: Server) -> None:
    open_page(page, live_server.url)
    choose(page, TYPED)
    for where in ("here", "there"):
        energy = page.evaluate(
            """([where]) => {
              const input = document.querySelector('exhibit-view').sides.here.input;
              return hundredfold.run('digits', input, {where, repeats: 10}).then(({energy}) => energy);
            }""",
            [where],
        )
        assert 0 < energy["joules"]["low"] <= energy["joules"]["mid"] <= energy["joules"]["high"]
        if where == "here":
            assert energy["inputs"]["active_w"]["source"] or energy["inputs"]["active_w"]["inputs"]
        else:
            assert energy["inputs"]["answers"] == 10
            assert energy["inputs"]["cpu_s"]["low"] > 0
            assert energy["inputs"]["power"] == "/api/v1/power"


def calibrate_by_plug(page: Page, idle: str, load: str) -> None:
    """As a visitor does, with the clock of the page put forward."""
    page.get_by_text("Measure it with a plug-in meter").click()
    plug = page.locator("calibrate-plug")
    page.clock.install()
    for phase, reading in (("idle", idle), ("load", load)):
        plug.get_by_role("button", name=f"Start {phase} phase").click()
        expect(plug.get_by_role("button", name="Cancel")).to_be_visible()
        page.clock.run_for(31_000)
        plug.locator(f"#digits-plug-{phase}").fill(reading)
    plug.get_by_role("button", name="Use these readings").click()
    page.clock.resume()


def becomes(page: Page, joules: float) -> None:
    """The figure here follows what was chosen, a moment later."""
    ends = f"() => Math.abs(hundredfold.balance('digits').boundaries.marginal.here.total.mid / {joules} - 1) < 1e-6"
    until(page, ends)


@pytest.mark.warm(False)  # its clock stays with all pages of a visitor
def test_a_calibration_changes_the_figures_as_the_arithmetic_says(page: Page, live_server: Server) -> None:
    open_page(page, live_server.url)
    measure(page)
    choose(page, {"active_w": 10, "idle_w": 5})
    before = side_mid(page, "here")
    power = open_power(page)
    calibrate_by_plug(page, "6.5", "9")
    expect(power).to_contain_text(re.compile("[Mm]easured on .* with a plug-in meter"))
    becomes(page, before * 2.5 / 10)
    compute = balance(page)["boundaries"]["marginal"]["here"]["total"]
    assert compute["origin"] == "measured"
    with page.expect_download() as download:
        power.get_by_role("button", name="Export").click()
    exported = json.loads(download.value.path().read_text())
    assert exported["method"] == "plug"
    power.get_by_role("button", name="Delete").click()
    expect(power.get_by_role("button", name="Undo")).to_be_visible()
    proposed = page.evaluate("hundredfold.energy.profiles.find(({id}) => id === hundredfold.energy.proposed.id)")
    becomes(page, before * proposed["one_w"]["mid"] / 10)
    power.get_by_role("button", name="Undo").click()
    becomes(page, before * 2.5 / 10)
    power.get_by_role("button", name="Delete").click()
    becomes(page, before * proposed["one_w"]["mid"] / 10)
    page.locator("input[type=file]").set_input_files(download.value.path())
    expect(power.get_by_role("button", name="Delete")).to_be_visible()
    becomes(page, before * 2.5 / 10)
    page.reload()
    sample(page, 3).click()
    expect(page.locator(".energy-side.here")).to_contain_text("measured")


def test_readings_that_can_not_be_are_refused_and_kept(page: Page, live_server: Server) -> None:
    open_page(page, live_server.url)
    power = open_power(page)
    power.locator("#digits-power-active").fill("-3")
    power.get_by_role("button", name="Use these").click()
    expect(power).to_contain_text(re.compile("watts", re.IGNORECASE))
    expect(power.locator("#digits-power-active")).to_have_value("-3")
    power.locator("#digits-power-active").fill("12")
    power.get_by_role("button", name="Use these").click()
    expect(page.locator(".energy-side.here")).to_contain_text("12 W")
    wrong = {"name": "x.json", "mimeType": "application/json", "buffer": b"{}"}
    page.locator("input[type=file]").set_input_files(files=[wrong])  # type: ignore[list-item]
    expect(power).to_contain_text("not a calibration")
    expect(page.locator(".energy-side.here")).to_contain_text("12 W")


BATTERY = """() => {
  const battery = new EventTarget();
  Object.assign(battery, { level: 0.9, charging: false });
  navigator.getBattery = () => Promise.resolve(battery);
  window.setBattery = (change) => {
    Object.assign(battery, change);
    for (const name of Object.keys(change)) battery.dispatchEvent(new Event(`${name}change`));
  };
}"""


@pytest.mark.warm(False)  # its clock stays with all pages of a visitor
def test_a_battery_is_soaked_and_refused_while_it_charges(page: Page, live_server: Server) -> None:
    page.add_init_script(f"({BATTERY})()")
    open_page(page, live_server.url)
    power = open_power(page)
    page.get_by_text("Measure it by its battery").click()
    soak = page.locator("calibrate-battery")
    page.evaluate("() => setBattery({charging: true})")
    soak.get_by_role("button", name=re.compile("^Start")).click(force=True)
    expect(soak).to_contain_text(re.compile("charg|plug", re.IGNORECASE))
    expect(soak.get_by_role("button", name="Cancel")).to_have_count(0)
    page.evaluate("() => setBattery({charging: false})")
    soak.locator("#digits-battery-capacity").fill("50")
    soak.locator("#digits-battery-minutes").select_option("5")
    page.clock.install()
    soak.get_by_role("button", name=re.compile("^Start")).click()
    expect(soak.get_by_role("button", name="Cancel")).to_be_visible()
    for level in (0.89, 0.88, 0.86, 0.84, 0.82):
        page.clock.run_for(61_000)
        page.evaluate("(level) => setBattery({level})", level)
        page.evaluate("() => hundredfold.ask({ do: 'exhibits' })")  # its turn comes after the work under way
    page.clock.run_for(10_000)
    expect(power).to_contain_text(re.compile("[Mm]easured on"))
    device = page.evaluate("hundredfold.energy.calibration.device")
    assert device["one_w"]["origin"] == "measured"
    assert device["one_w"]["low"] <= device["one_w"]["mid"] <= device["one_w"]["high"]


def test_what_is_counted_and_whose_electricity(page: Page, live_server: Server) -> None:
    open_page(page, live_server.url)
    choose(page, TYPED)
    numbers = page.locator(".energy-side.here .energy-number strong")
    marginal = numbers.inner_text()
    page.get_by_label("All that the devices draw meanwhile").check()
    expect(numbers).not_to_have_text(marginal)
    page.locator("energy-panel select").select_option(label="Iceland")
    expect(page.locator(".energy-co2e")).to_contain_text("electricity of Iceland")
    page.reload()
    sample(page, 3).click()
    expect(page.locator(".energy-co2e")).to_contain_text("electricity of Iceland")


def test_a_lost_server_leaves_the_energy_here(page: Page, stopped_server: Server, console: Console) -> None:
    console.allow(r"Failed to load resource|net::ERR_")
    server = stopped_server
    visit(page, server.url)
    page.evaluate("() => hundredfold.energy.ready")
    server.stop()
    sample(page, 3).click()
    expect(answer(page, "here")).to_have_text(re.compile(r"^\d$"))
    expect(page.locator(".energy-side.here .energy-number strong")).to_have_text(re.compile(r"\d"))
    expect(page.locator("energy-panel")).to_contain_text(re.compile("server|there", re.IGNORECASE))
    server.start()
    expect(words(page)).to_contain_text(re.compile("takes about|Nobody can tell"), timeout=60_000)


def test_the_method_page_has_every_constant_and_device(page: Page, live_server: Server) -> None:
    from hundredfold.energy.constants import CONSTANTS
    from hundredfold.energy.profiles import PROFILES

    visit(page, live_server.url)
    page.get_by_role("link", name="How we measure").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How we measure")
    text = page.locator("main").inner_text()
    for constant in CONSTANTS.values():
        assert constant.label in text
        assert constant.source[1:] in text
    for profile in PROFILES.values():
        assert profile.name in text
    assert "Where the cloud wins" in text
    assert "validation" in text or "meter" in text
