"""The page "How we measure", written from the constants in the code, so that it says no other figures than they are.

`make docs` puts it into web/method.html; `make lint` refuses a page that is out of date.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ..energy import constants as c
from ..energy.calibrate import LEVEL_STEP, METER_ERROR, WORN
from ..energy.estimate import ONE_RUN, EnergyEstimate
from ..energy.profiles import PROFILES
from ..energy.quantities import Range
from ..energy.words import two_digits

ROOT = Path(__file__).resolve().parents[3]
MICRO_BELOW = 1e-3
"""Joules below this are told in millionths."""
VALIDATION = ROOT / "docs/validation.json"
"""What `hundredfold validate-energy` wrote last."""


def method() -> str:
    """The page's main part as HTML."""
    return "\n".join(_section(title, body) for title, body in _sections())


def _sections() -> Iterable[tuple[str, list[str]]]:
    yield (
        "What nobody can read in a browser",
        [
            _p(
                "A page can measure time. No browser tells it watts. So an energy here is a time that was measured, "
                "multiplied by a power that was looked up, typed, or measured by you. That is why each one is a range, "
                "says <em>measured</em> or <em>estimated</em>, and can be opened down to what it was computed from: "
                "“Show the working”, below the bars."
            ),
            _p("Energy = power × time. A joule is one watt for one second; 3.6 million of them are a kilowatt-hour."),
        ],
    )
    yield (
        "The time",
        [
            _p(
                "“Measure energy” runs whole answers back to back, from your drawing to the label, for at "
                "least a second "
                "after a warm-up, here and there in turns. The middle figure is the "
                "windows’ lower quartile, since whatever else your device does makes a window longer, never shorter. "
                "The range holds the middle four fifths of the windows, and "
                "a step of your browser’s clock is added at both ends. Where a setting rounds that clock to 17 or 100 "
                "ms, the windows are longer, and what is told before you measure is only what it is less than. If the "
                "last third is slower "
                "than the first, "
                "the page says that your device slowed down. A tab that is hidden meanwhile is slowed down by the "
                "browser: such a measurement is thrown away."
            ),
            _p(
                "Before you measure, the page makes do with the answers you get anyway, and says that this estimate is "
                f"a light one: of a single answer it assumes that the next may take {ONE_RUN:g} times as long, or as "
                "little. It is the colder case, too: back to back, caches are warm."
            ),
        ],
    )
    yield (
        "The power, here",
        [
            _p(
                f"From what your browser tells (cores, graphics chip, kind of system) Python on this page "
                "proposes one of "
                f"{len(PROFILES)} devices. Nothing of that is sent anywhere. You can choose another, or type watts, or "
                "a processor’s TDP, which the load curve below turns into watts. The table of devices is at the end of "
                "this page."
            ),
            _p(
                "Or you measure. With a plug-in meter you read two figures, idle and under load; each is taken to be "
                f"right within {METER_ERROR:.0%} and one step of its last digit. With a laptop’s battery "
                "the page lets it "
                f"run down for some minutes, idle and under load. Browsers tell its level in steps of "
                f"{LEVEL_STEP:.0%}, "
                f"and a worn battery may hold as little as {WORN:.0%} of what is printed on it: both go "
                "into the range. "
                "Then your device is called measured, with the date and the method."
            ),
        ],
    )
    yield (
        "The power, there",
        [
            _p(
                "An answer’s energy is the processor time that it took, all cores together, times what a second of it "
                "draws. What it draws is learnt apart, back to back, when the server starts and when nothing else "
                "runs: the model runs once for an answer, not until a meter has seen enough. The server reads its "
                "processor’s own energy counters (RAPL) where its operator allows it, or those of a graphics card, "
                "less the lowest that they ever told, which is taken for idle. Where there are none, or where what "
                "ran does not stand out from that, a second draws what one core of its processor does, by the "
                "maker’s TDP and the load curve. "
                "<code>hundredfold power</code> says which it is."
            ),
        ],
    )
    yield (
        "What is counted, and what is not",
        [
            _p(
                "Two boundaries, never mixed. <em>What the answer adds</em>: the power above idle, of devices that are "
                "switched on anyway. <em>All that the devices draw meanwhile</em>: idle power and screen included, and "
                "there also your own device, which waits."
            ),
            _p(
                "There: the server’s computing, the cooling and supply of its data centre (PUE), and the networks for "
                "the bytes that were sent and received. Here: your device’s computing, and nothing is left "
                "out because it "
                "is yours. What was fetched before the first answer, and starting it, is told on its own, "
                "with the number "
                "of answers after which it has paid for itself."
            ),
            _p(
                "Not counted: making and scrapping the devices, training the models, and what waiting adds to your "
                "device beyond idle, of which no figure is known."
            ),
        ],
    )
    yield ("The constants", [_constants()])
    yield (
        "How wrong can it be?",
        [
            _p("Quite wrong. What others found when they held such estimates against meters:"),
            _list(
                [
                    "CodeCarbon and TDP × time against a meter at the wall: 20 to 38 % too low on average, single ones "
                    "from 67 % too low to twice too high (Fischer 2025, arXiv 2509.22092).",
                    "The sensors on processors themselves: wrong by up to 73 % on average (Fahad and others 2019).",
                    "Load × TDP against a processor’s counters: wrong by 13 to 85 %.",
                    "With an unknown TDP, as in a browser: a factor of two to three either way.",
                ]
            ),
            _p(
                "Where two ranges overlap, the page says that nobody can tell which takes less, and shows no ratio. "
                "Figures have two digits at most, since more would pretend."
            ),
        ],
    )
    yield (
        "Where the cloud wins",
        [
            _p(
                "When it has to load a program first to answer one question. When the model is large and "
                "your device is "
                "slow: a graphics card in a good data centre does more arithmetic for a joule than any "
                "laptop. When your "
                "grid is dirty and the server’s is clean. When a small screen lets a phone sleep while the "
                "server works. "
                "Moving work to your device is not a saving by itself: it is one when the work becomes smaller."
            ),
            _p(
                "Smaller numbers are not a saving by themselves either: a model of whole numbers can take longer in a "
                "browser than the same with fractions. That is why both are here to be measured."
            ),
        ],
    )
    yield ("Has it been checked against a meter?", list(_validation(VALIDATION)))
    yield ("The devices", [_devices()])


def _constants() -> str:
    rows = [(escape(v.label), _range(v.range, v.unit), _cell(v.source)) for v in c.CONSTANTS.values()]
    return _table(("What", "Low – middle – high", "Source"), rows)


def _devices() -> str:
    rows = []
    for profile in PROFILES.values():
        device = profile.device()
        idle = _range(device.idle_w.range, "W") if device.idle_w else "not known"
        year = f" ({profile.year})" if profile.year else ""
        one, all_ = _range(device.one_w.range, "W"), _range(device.all_w.range, "W")
        rows.append((escape(profile.name + year), one, all_, idle, _cell(profile.source)))
    return _table(("Device", "Above idle, one thread", "All threads", "Idle", "Source"), rows)


def _validation(path: Path) -> Iterable[str]:
    """What `hundredfold validate-energy` found, or that it found no meter."""
    report = json.loads(path.read_text()) if path.is_file() else None
    if not report or not report["validated"]:
        why = f" {escape(report['reason'])}" if report else ""
        where = f" on the machine that these pages were made on ({escape(report['machine'])})" if report else ""
        yield _p(f"No: no validation was done{where}.{why}")
        yield _p(
            "Whoever has a machine with readable counters, or a plug-in meter, can do it with "
            "<code>hundredfold validate-energy</code>: it drives a real browser and the server’s engine through every "
            "model and holds the estimates against the meter."
        )
        return
    yield _p(
        f"Yes, on {escape(report['machine'])} with {escape(report['meter'])}, on {escape(report['date'])}. Mean error "
        f"{report['mean_error']:+.0%}, worst {report['worst_error']:+.0%}; the true figure lay in the range in "
        f"{report['covered']} of {len(report['runs'])} runs."
    )
    yield _table(("Run", "Estimate", "Meter", "Error"), [_run(run) for run in report["runs"]])


def _run(run: Mapping[str, Any]) -> tuple[str, ...]:
    estimate, truth = (EnergyEstimate.parse(run[name]).joules for name in ("estimate", "truth"))
    name = f"{run['exhibit']} / {run['variant']}, {run['where']}"
    error = "nothing above idle" if run["error"] is None else f"{run['error']:+.0%}"
    return escape(name), _range(estimate, "J"), _range(truth, "J"), error


def _range(value: Range, unit: str) -> str:
    if unit.startswith("J") and value.high < MICRO_BELOW:
        value, unit = value * 1e6, f"µ{unit}"
    ends = [value.mid] if value.low == value.high else [value.low, value.mid, value.high]
    numbers = " – ".join(two_digits(end) for end in ends)
    return escape(f"{numbers} {unit}")


def _section(title: str, body: Sequence[str]) -> str:
    name = "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalnum() or letter == "-")
    return (
        f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape(title)}</h2>\n' + "\n".join(body) + "\n</section>"
    )


def _p(text: str) -> str:
    return f"<p>{text}</p>"


def _list(items: Iterable[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{escape(item)}</li>" for item in items) + "\n</ul>"


def _cell(text: str) -> str:
    return escape(text[:1].upper() + text[1:])


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML; the first of each row names it."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "\n".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>" for row in rows
    )
    table = f'<table class="facts">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'
    return f'<div class="wide">{table}</div>'
