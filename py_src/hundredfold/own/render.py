"""A report as a page to read or print, in Markdown or HTML: what names in a file say stays text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from . import tell, timing

MOST_ROWS = 50
"""Of long tables so many rows are shown; all are in the JSON."""
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
:root { color-scheme: light dark }
table { border-collapse: collapse; margin: 0 0 1rem } h2 { margin-top: 2rem }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; border-bottom: 1px solid #8886 }
td { overflow-wrap: anywhere } @media print { body { margin: 0; max-width: none } tr { break-inside: avoid } }
"""


@dataclass
class Section:
    """A heading, a table below it, its first row the headings, and sentences."""

    title: str
    rows: list[Sequence[str]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    title: str
    sections: list[Section]


def page(report: Mapping[str, Any]) -> Page:
    """What of a report is for people."""
    model, small, comparison = report["model"], report["quantized"], report["comparison"]
    sections = [_sides(report)] if small else []
    sections += [_model(model), _times(report)]
    if small and small["tried"]:
        sections.append(_tried(small))
    if comparison:
        sections += _compared(comparison)
    sections += [_weights(model["weights"])]
    notes = [each["text"] for each in report["notes"]]
    return Page(
        f"{tell.plain(model['name'])}, measured",
        [each for each in [*sections, Section("Notes", [], notes)] if _is_any(each)],
    )


def _is_any(section: Section) -> bool:
    return len(section.rows) > 1 or bool(section.sentences)


def _sides(report: Mapping[str, Any]) -> Section:
    small = report["quantized"]
    before, after = small["before"], small["after"]
    sides = (before, report["perf"]), (after, report["perf_small"])
    rows: list[Sequence[str]] = [("", "original", f"small ({small['method']})")]
    rows.append(("bytes", *(tell.amount(side["bytes"], "B") for side, _ in sides)))
    rows.append(("time of one run, median", *(timing.ms(perf and perf["model_ms"]["median"]) for _, perf in sides)))
    rows.append(("energy of one run", *(timing.joules(_joules(perf)) for _, perf in sides)))
    rows.append(("accuracy (95 % interval)", *(tell.interval(side.get("accuracy")) for side, _ in sides)))
    rows.append(("agreement (95 % interval)", "-", tell.interval(after.get("agreement"))))
    deviation = after.get("deviation")
    rows.append(("mean deviation, of the output's range", "-", tell.percent(deviation and deviation["mean"])))
    left = [f"Left in float: {', '.join(small['floats'])}."] if small["floats"] else []
    return Section("Before and after", [row for row in rows if set(row[1:]) != {"-"}], left)


def _joules(perf: Mapping[str, Any] | None) -> dict[str, float] | None:
    return perf["energy"]["joules"] if perf and perf.get("energy") else None


def _model(model: Mapping[str, Any]) -> Section:
    operators = ", ".join(f"{name} {count}" for name, count in model["operators"].items())
    rows: list[Sequence[str]] = [("what", "is"), ("bytes", f"{model['bytes']:,}"), ("sha256", model["sha256"])]
    rows += [("made by", f"{model['producer'] or 'unknown'}, opset {model['opset']}")]
    rows += [(f"{what} {each['name']}", f"{each['dtype']} {tell.shape(each['shape'])}") for what, each in _ends(model)]
    rows += [("operators", operators), ("not in a browser", ", ".join(model["missing_here"]) or "-")]
    rows += [(name, tell.amount(model[key])) for name, key in (("parameters", "params"), ("multiply-adds", "macs"))]
    rows += [("memory while it runs, about", tell.amount(model["memory_bytes"], "B"))]
    return Section("The model", [row for row in rows if row[1] != "-"])


def _ends(model: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [*(("input", each) for each in model["inputs"]), *(("output", each) for each in model["outputs"])]


def _times(report: Mapping[str, Any]) -> Section:
    rows: list[Sequence[str]] = [("", "median", "p95", "least", "loading", "runs", "threads", "engine")]
    for name, perf in (("original", report["perf"]), ("small", report["perf_small"])):
        if perf:
            figures = (*(perf["model_ms"][each] for each in ("median", "p95", "min")), perf["load_ms"])
            runtime = perf["runtime"]
            rows.append(
                (name, *map(timing.ms, figures), str(perf["repeats"]), str(runtime["threads"]), runtime["provider"])
            )
    facts = report.get("samples")
    meters = {perf["energy"]["meter"] for perf in (report["perf"], report["perf_small"]) if perf and perf["energy"]}
    on = f"On {facts['n']:,} samples{' that were made up' if facts['made_up'] else ''}." if facts else ""
    return Section(
        "Time", rows, [*([on] if on else []), *(f"Energy: {tell.sentence(each)}" for each in sorted(meters))]
    )


def _tried(small: Mapping[str, Any]) -> Section:
    rows: list[Sequence[str]] = [("method", "left in float", "bytes", "lost, points", "time", "keeps within the limit")]
    for each in small["tried"]:
        floats, lost = ", ".join(each["floats"]) or "-", "-" if each["loss"] is None else f"{each['loss']:.2f}"
        size = tell.amount(each["bytes"], "B")
        rows.append(
            (each["method"], floats, size, lost, timing.ms(each["model_ms"]), each["why"] or _yes(each["holds"]))
        )
    return Section("What was tried", rows[: MOST_ROWS + 1])


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"


def _compared(comparison: Mapping[str, Any]) -> list[Section]:
    changed, layers = comparison["changed"], comparison.get("layers") or []
    rows: list[Sequence[str]] = [("sample", "original", "small", "true label")]
    rows += [
        [str(each.get(key, "-")) for key in ("index", "original", "small", "label")] for each in changed[:MOST_ROWS]
    ]
    more = [f"And {len(changed) - MOST_ROWS:,} more."] if len(changed) > MOST_ROWS else []
    apart: list[Sequence[str]] = [("layer", "error"), *((each["name"], f"{each['error']:.2g}") for each in layers)]
    return [
        Section(f"Samples that changed their label ({len(changed):,})", rows, more),
        Section("Layer by layer", apart),
    ]


def _weights(weights: Sequence[Mapping[str, Any]]) -> Section:
    heaviest = sorted(weights, key=lambda each: -each["bytes"])[:MOST_ROWS]
    rows: list[Sequence[str]] = [("layer", "operator", "shape", "type", "bytes")]
    rows += [
        (each["layer"], each["op"], "x".join(map(str, each["shape"])), each["dtype"], tell.amount(each["bytes"], "B"))
        for each in heaviest
    ]
    return Section("The heaviest layers", rows)


def markdown(page: Page) -> str:
    """The page as Markdown."""
    lines = [f"# {_safe(page.title)}", ""]
    for section in page.sections:
        lines += [f"## {_safe(section.title)}", ""]
        if len(section.rows) > 1:
            head, *rows = (f"| {' | '.join(map(_safe, row))} |" for row in section.rows)
            lines += [head, f"|{' --- |' * len(section.rows[0])}", *rows, ""]
        lines += [line for sentence in section.sentences for line in (_safe(sentence), "")]
    return "\n".join(lines)


def _safe(text: str) -> str:
    """Text with nothing left that Markdown, or HTML in it, would obey."""
    return re.sub(r"([\\`*_{}\[\]<>#|&!~])", r"\\\1", tell.plain(text, tell.LONGEST_NOTE))


def html(page: Page) -> str:
    """The page as one file that fetches nothing and runs nothing."""
    parts = [f"<h1>{_text(page.title)}</h1>"]
    for section in page.sections:
        parts.append(f"<h2>{_text(section.title)}</h2>")
        if len(section.rows) > 1:
            head, *rows = section.rows
            heads = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in head)
            body = "\n".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in row)}</tr>" for row in rows)
            parts.append(f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>")
        parts += [f"<p>{_text(sentence)}</p>" for sentence in section.sentences]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head_parts = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{_text(page.title)}</title>",
        f"<style>{STYLE}</style>",
    ]
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        *head_parts,
        "</head>",
        "<body>",
        *parts,
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def _text(text: str) -> str:
    return escape(tell.plain(text, tell.LONGEST_NOTE))
