"""Each label that the core or the server can send, and each device's name, has its words in the page's catalogues."""

import re
from pathlib import Path

import pytest
from replay import RUN, ask_once
from test_balance import TYPED, ask, energies, fixed

from hundredfold.energy import Power, Range, sheet
from hundredfold.energy.constants import CONSTANTS
from hundredfold.energy.devices import from_watts
from hundredfold.energy.estimate import Measurement
from hundredfold.energy.grid import COUNTRIES
from hundredfold.energy.profiles import PROFILES, narrowed
from hundredfold.energy.quantities import Figure, measured
from hundredfold.service.power.counters import CounterMeter, both, drawn
from hundredfold.service.power.cpu import CpuMeter
from hundredfold.service.power.gpus import GpuCounters
from hundredfold.service.power.learner import REST, Learner
from hundredfold.service.power.lesson import Lesson
from hundredfold.service.power.processor import Processor
from hundredfold.service.power.rapl import RaplCounters, Zone
from hundredfold.service.power.resting import Resting
from hundredfold.service.power.stated import grid, pue
from hundredfold.service.settings import Settings

WEB = Path(__file__).parents[2] / "web"
SCRIPT = (WEB / "src/energy/figure-label.js").read_text(encoding="utf-8")
DATE = "2026-01-31"


def catalogue(language, room):
    """Messages of one line by their ids."""
    text = (WEB / f"locales/{language}/{room}.ftl").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+) = (.+)$", text, re.MULTILINE))


def patterns(name):
    """What `figure-label.js` recognises with values in it: (pattern, the code of its message)."""
    (lines,) = re.findall(rf"const {name} = .*?\(\[\n(.*?)\n\]\);", SCRIPT, re.DOTALL)
    found = re.findall(r'\[/(.*)/, "([\w-]+)"\]', lines)
    assert len(found) == len(lines.splitlines()), "one pattern a line"
    return [(re.compile(pattern.replace("(?<", "(?P<")), code) for pattern, code in found]


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def unsaid(text, room, start, known):
    """Whether a text has no message; raises AssertionError where its English message says something else."""
    english = catalogue("en", room)
    code = start + slug(text)
    if code in english:
        assert english[code] == text
        return code not in catalogue("es", room)
    for pattern, code in known:
        if found := pattern.fullmatch(text):
            words = re.sub(r"\{ \$(\w+) \}", lambda value: found[value[1]], english[code])
            assert words == text
            parts = [part for name, part in found.groupdict().items() if name in ("covers", "how")]
            return code not in catalogue("es", room) or any(unsaid(part, room, start, known) for part in parts)
    return True


def balances():
    yield ask()
    yield ask(device={"tdp_w": 15}, here={"variant": "student-int8", "seconds": [0.001], "busy": 2})
    yield ask(device={"tdp_w": 15}, threads=1, country=None)
    yield ask(device={"profile": "unknown-laptop", "threads": 8}, threads=8)
    (energy,) = energies(runs=1)
    for answers in (1, 3):
        told = {**energy, "inputs": {**energy["inputs"], "answers": answers}}
        yield ask(there={"variant": "baseline-fp32", "energies": [told], "round_trip_s": [0.02]})
    yield ask_once({**RUN, "device": {"profile": "raspberry-pi-4"}})
    for request in (
        {"method": "plug", "idle_w": 6.0, "load_w": 13.0, "step_w": 0.1},
        {
            "method": "battery",
            "capacity_wh": 50,
            "idle": {"seconds": 600, "from": 0.9, "to": 0.88},
            "load": {"seconds": 600, "from": 0.88, "to": 0.8},
        },
    ):
        made = ask_once({"do": "calibrate", "date": DATE, "threads": 4, **request})
        yield made
        yield ask(device={"calibration": made["calibration"]})


def served():
    """What the server tells of its power."""
    for processor in (
        Processor(),
        Processor("A chip", virtual=True),
        Processor("A chip", 4, 4, threads=8, tdp_w=65.0),
    ):
        meter = CpuMeter(processor, 0.01)
        yield from powers(meter.second, meter.power(1.0, 1.0))
    for counters in (*rapl(), *gpus()):
        resting, found = Resting(counters.covers), drawn(counters, 100.0, 2.5)
        resting.saw(Range(10, 10, 10))
        counted = Power(resting.above(found), resting.idle)
        learner = Learner()
        learner.meet({**Lesson(CounterMeter(counters, meter)).facts(), "variants": [("digits", "any")]})
        learner.learn(REST, {"drawn": drawn(counters, 10.0, 2.5).as_dict()}, 0.0)
        learner.learn(("digits", "any"), {"drawn": found.as_dict(), "busy": meter.busy(1.0, 1.0).as_dict()}, 0.0)
        yield from powers(counted, both(counted, meter.second), learner.power("digits", "any"))
    for value in (None, 1.0, 1.3):
        yield pue(Settings(pue=value))
    yield grid(Settings(grid_g_per_kwh=30.0))


def rapl():
    for packages, memory in ((1, 0), (1, 1), (2, 0), (2, 1), (2, 2)):
        names = ["package"] * packages + ["dram"] * memory
        yield RaplCounters([Zone(Path(), name, 1) for name in names], Path.read_text)


def gpus():
    return [GpuCounters(None, count) for count in (1, 2)]


def powers(*of):
    for power in of:
        yield power.active_w
        if power.idle_w:
            yield power.idle_w


def figures():
    own = [*CONSTANTS.values(), sheet.UNKNOWN_GRID, *served()]
    own += [sheet.grid_figure(*COUNTRIES["FRA"]), *powers(from_watts(**TYPED, threads=4).power(2))]
    second, right, power = Measurement(measured(1.0, "s", "fixed", "a test")), fixed(1), Power(fixed(1), fixed(1))
    there = sheet.There(second, power, right, fixed(1), fixed(1), 1.0, second.seconds)
    own += sheet.path_there(there, from_watts(7.0, None, 4), "idle-inclusive").terms.values()
    for profile in PROFILES.values():
        device = profile.device()
        own += [device.one_w, device.all_w, device.idle_w, device.power(1.0).active_w, device.power(2.5).active_w]
    yield from own
    for told in balances():
        yield from parsed(told)


def parsed(told):
    if isinstance(told, dict):
        if {"label", "inputs"} <= set(told):
            yield Figure.parse(told)
        else:
            for value in told.values():
                yield from parsed(value)
    elif isinstance(told, list):
        for value in told:
            yield from parsed(value)


def every(figure):
    yield figure
    for each in figure.inputs.values():
        yield from every(each)


@pytest.fixture(scope="module")
def told():
    return [each for figure in figures() for each in every(figure)]


def test_every_label_has_its_words(told):
    known = patterns("FIGURES")
    labels = {figure.label for figure in told} - {"fixed"}
    assert len(labels) > 50
    assert not [label for label in sorted(labels) if unsaid(label, "figures", "figures-", known)]


def test_every_source_has_its_words_or_is_bibliography(told):
    known = patterns("FIGURES")
    published = {figure.source for figure in CONSTANTS.values()} | {each.source for each in PROFILES.values()}
    sources = {figure.source for figure in told} - published - {"", "a test that fixes it", "a test"}
    assert len(sources) > 20
    assert not [source for source in sorted(sources) if unsaid(source, "figures", "figures-", known)]


def test_no_message_of_a_label_is_left_over(told):
    texts = {figure.label for figure in told} | {figure.source for figure in told}
    texts |= {each.covers for each in (*rapl(), *gpus())} | {"an unknown processor"}
    texts |= {each.source for each in PROFILES.values()}
    asked = {"figures-" + slug(text) for text in texts} | {code for _, code in patterns("FIGURES")}
    pages = set(re.findall(r'"(figures-[\w-]+)"', (WEB / "src/energy/energy-working.js").read_text(encoding="utf-8")))
    assert set(catalogue("en", "figures")) <= asked | pages


def test_every_name_of_a_device_has_its_words():
    known = patterns("DEVICES")
    names = {narrowed(profile, threads).name for profile in PROFILES.values() for threads in (None, 4, 8)}
    names |= {told["device"] for told in balances() if "device" in told}
    names |= {name.removesuffix(", model unknown") for name in names if name.startswith("MacBook")}
    unknown = {name for name in names if unsaid(name, "device", "device-name-", known)}
    assert unknown == {name for name in names if name.startswith("Raspberry Pi")}
