"""The generated parts of the documents: an exhibit's result table and its model card, from the manifest alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..adapters.llm import FILE
from ..energy.words import two_digits
from ..exhibits import EXHIBITS
from ..manifest import Ladder, Manifest, Variant

ROOT = Path(__file__).resolve().parents[3]
HEAD = (
    "variant",
    "right on the test set (95 % interval)",
    "file",
    "parameters",
    "multiply-accumulates",
    "of baseline's",
)


def _size(count: float, unit: str = "") -> str:
    """Three significant digits with k, M or G: 47449 -> '47.4 k'."""
    for factor, prefix in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= factor:
            return f"{count / factor:.3g} {prefix}{unit}"
    return f"{count:g} {unit}".strip()


def _row(variant: Variant, baseline: Variant) -> tuple[str, ...]:
    right = variant.right
    ratio = baseline.macs / variant.macs
    return (
        f"`{variant.id}`",
        f"{right.value:.2%} ({right.low:.2%} to {right.high:.2%})",
        _size(variant.bytes, "B"),
        _size(variant.params),
        _size(variant.macs),
        "all" if ratio == 1 else f"1/{float(f'{ratio:.3g}'):,.0f}",
    )


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _ladder(exhibit: str) -> Ladder:
    return Manifest.load(ROOT / "models/manifest.json").ladders[exhibit]


def results(exhibit: str) -> str:
    """The ladder as a Markdown table, baseline first."""
    ladder = _ladder(exhibit)
    baseline = ladder.default("there")
    return table(HEAD, [_row(variant, baseline) for variant in ladder.variants])


def card(exhibit: str) -> str:
    """The model card: what the models do, how each was made, how often each is right, and its file's sha256."""
    ladder = _ladder(exhibit)
    made = [
        (f"`{v.id}`", f"`{v.parent}`" if v.parent else "", v.recipe, str(v.opset), f"`{v.sha256}`")
        for v in ladder.variants
    ]
    return "\n\n".join(
        (
            f"# {EXHIBITS[exhibit].title}: the models",
            *_words(exhibit)(ladder),
            *_asked(exhibit),
            "## How each was made",
            table(("variant", "parent", "recipe", "opset", "sha256"), made),
        )
    )


def _asked(exhibit: str) -> tuple[str, ...]:
    """What was measured of a language model that is only asked; nothing where none was."""
    path = ROOT / "models" / exhibit / FILE
    if not path.is_file():
        return ()
    told = json.loads(path.read_text())
    model, test, plain, took = told["model"], told["test"], told["uncalibrated"], told["took"]
    tried = [
        (
            f"`{each['prompt']}`",
            str(each["examples"]),
            str(each["n"]),
            f"{each['plain']:.1%}",
            f"{each['calibrated']:.1%}",
        )
        for each in told["tried"]
    ]
    return (
        "## A language model, only asked",
        f"{model['name']} ({model['quantisation']}, {_size(model['bytes'], 'B')}, {model['engine']}, sha256 "
        f"`{model['sha256']}`) was asked about {test['accuracy']['n']:,} of the {test['of']:,} inputs of the test set, "
        f"drawn by a seed: {_share(test['accuracy'])} right with a bias, {_share(plain['accuracy'])} without; of the "
        f"first label {_share(test['first_wrong'])} were taken for the second, of the second "
        f"{_share(test['second_wrong'])} for the first. An answer took {took['seconds'][1]:.2g} s on "
        f"{model['threads']} threads, {took['tokens_in'][1] - took['cached'][1]:.0f} tokens to read, and "
        f"{two_digits(told['energy']['joules']['mid'])} J ({two_digits(told['energy']['joules']['low'])} to "
        f"{two_digits(told['energy']['joules']['high'])}), estimated. The prompts and what each came to, on validation "
        "texts, are below; the best one, its examples and its bias are in `language-model.json`. "
        f"`hundredfold prompt {exhibit} --llm FILE` measures anew.",
        table(("prompt", "examples", "texts", "right", "right with a bias"), tried),
    )


def _share(told: Mapping[str, float]) -> str:
    return f"{told['value']:.1%} ({told['low']:.1%} to {told['high']:.1%})"


def _words(exhibit: str) -> Callable[[Ladder], tuple[str, ...]]:
    """What is said of the models: by the exhibit's own card.py, where it has one."""
    name = f".{exhibit}.card"
    if find_spec(name, __package__) is None:
        return words
    own: Callable[[Ladder], tuple[str, ...]] = import_module(name, __package__).words
    return own


def words(ladder: Ladder) -> tuple[str, ...]:
    """Of models that answer alone: how often each is right, and what the smallest loses."""
    baseline, student = ladder.default("there"), ladder.default("here")
    loss = 100 * (baseline.right.value - student.right.value)
    return (
        f"Measured on {ladder.test_set['name']}, {ladder.test_set['n']:,} inputs, natively, each prepared as a "
        f"visitor's is. Check a line with `hundredfold evaluate {ladder.exhibit} --variant ID`.",
        results(ladder.exhibit),
        f"On this test set the student is right {abs(loss):.2f} points {'less' if loss > 0 else 'more'} often than the "
        f"baseline, with {baseline.macs / student.macs:.0f} times less arithmetic and a file "
        f"{baseline.bytes / student.bytes:.0f} times smaller.",
    )


def line(exhibit: str) -> str:
    """An exhibit's baseline and student in a sentence."""
    ladder = _ladder(exhibit)
    told = [
        f"`{each.id}` ({_size(each.bytes, 'B')}) {each.right.value:.1%} ({each.right.low:.1%} to {each.right.high:.1%})"
        for each in (ladder.default("here"), ladder.default("there"))
    ]
    title, n = EXHIBITS[exhibit].title, ladder.test_set["n"]
    return f"**{title}.** On {n:,} inputs: {' right, '.join(told)} ([all](models/{exhibit}/README.md))."


def saved_bench() -> dict[str, Any]:
    """What `hundredfold bench --save` measured last."""
    report: dict[str, Any] = json.loads((ROOT / "docs/bench.json").read_text())
    return report


def bench_table(report: Mapping[str, Any]) -> str:
    """How long things took."""
    rows = [
        (name, *(f"{figure[key]:.3g} {figure['unit']}" for key in ("median", "low", "high")))
        for name, figure in report["times"].items()
    ]
    return table(("what", "median", "lowest", "highest"), rows)


def serve_words(report: Mapping[str, Any]) -> str:
    """How the server was measured, in a sentence."""
    rounds = f"{report['rounds']} rounds of {report['seconds']:g} s each"
    busy = "load average {:.2g} before, {:.2g} after".format(*report["load_average"])
    what = f"{report['machine']}, {report['date']}, {rounds}, {busy}"
    return f"{what}; wrk on the same cores; no address held to a rate."


def serve_table(report: Mapping[str, Any]) -> str:
    """What the server makes of the engine, and of many who ask at once; other servers and crowds where measured."""
    bars = [(each["what"], *_three(each, each["unit"]), each["to_show"]) for each in report["figures"]]
    tables = [table(("what", "median", "lowest", "highest", "to show"), bars), _load_table(report["load"])]
    if servers := report.get("servers"):
        tables.append(_servers_table(servers))
    if crowd := report.get("crowd"):
        head = f"{crowd['people']} cold visitors at once, {crowd['bits_per_s'] / 1e6:g} Mbit/s each"
        rows = [(each["what"], *_three(each, each["unit"])) for each in crowd["figures"]]
        tables.append(table((head, "median", "lowest", "highest"), rows))
    return "\n\n".join(tables)


def _three(figure: Mapping[str, Any], unit: str) -> tuple[str, ...]:
    return tuple(f"{_plain(figure[end])} {unit}".strip() for end in ("median", "low", "high"))


LOAD = {
    "answers_per_s": "answers a second",
    "p50_ms": "p50, ms",
    "p99_ms": "p99, ms",
    "refusals_per_s": "refusals a second",
    "refusal_p99_ms": "p99 of a refusal, ms",
    "errors": "errors",
    "lost": "lost",
    "server_cores": "cores, server",
    "load_cores": "cores, wrk",
}

COMPARED = {
    "served_over_raw": "over the engine alone",
    "overload_over_best": "too much over best",
    "refusal_p99_ms": "p99 of a refusal, ms",
    "lost": "lost",
    "beyond_model_ms": "beyond the model, p50, ms",
}


def _load_table(load: Mapping[str, Any]) -> str:
    rows = [(clients, *(_median(met, name) for name in LOAD)) for clients, met in load.items()]
    return table(("clients", *LOAD.values()), rows)


def _servers_table(servers: Mapping[str, Any]) -> str:
    clients = list(next(iter(servers.values()))["load"])
    rows = []
    for server, told in servers.items():
        seen = {each["name"]: each for each in told["figures"]}
        answers = (_median(told["load"].get(each, {}), "answers_per_s") for each in clients)
        rows.append((server, *answers, *(_median(seen, name) for name in COMPARED)))
    return table(("answers a second, by clients", *clients, *COMPARED.values()), rows)


def _median(figures: Mapping[str, Any], name: str) -> str:
    return _plain(figures[name]["median"]) if name in figures else ""


def _plain(value: float) -> str:
    """Three digits of it: 1234 -> '1,230'."""
    return f"{float(f'{value:.3g}'):,g}"


def energy_table(report: Mapping[str, Any]) -> str:
    """What an answer took on one machine that ran both sides, and what the page told about it."""
    energy = report["energy"]
    rows = [
        (
            f"{row['what']}, both on one machine",
            *(f"{_joules(row[side]['joules'])}, {row['core_ms'][side]:.2g} ms of a core" for side in ("there", "here")),
            _ratio(row["ratio"]),
        )
        for row in energy["ratios"]
    ]
    page = energy["page"]
    whole = "as the page tells it: whole answers, with the data centre and the networks"
    rows.append((whole, _joules(page["there"]), _joules(page["here"]), _ratio(page["ratio"])))
    return table(("for one answer", "there", "here", "there over here"), rows)


def energy_limits(report: Mapping[str, Any]) -> str:
    """What keeps the ratio of energy from that of the arithmetic, and how well the estimate repeats."""
    ladder = _ladder(report["exhibit"])
    baseline, student = ladder.default("there"), ladder.default("here")
    models, answers = report["energy"]["ratios"]
    native = report["times"]["student, native, 1 thread"]["median"]
    repeats = report["energy"]["repeats"]
    return (
        "On one machine the watts cancel, and what remains is the time that "
        "cores were busy. The arithmetic of the two "
        f"models is {baseline.macs / student.macs:.0f} to 1; the models alone "
        f"take {two_digits(models['ratio']['mid'])} "
        f"to 1, since the small one takes {two_digits(models['core_ms']['here'])} ms in the browser's WebAssembly and "
        f"{two_digits(native)} ms natively; whole answers take {two_digits(answers['ratio']['mid'])} to 1, since "
        "preparing the drawing and crossing between Python and the engine "
        "takes longer than the small model itself, and "
        "does not become smaller with it. The last line is what the page tells of the same machine, with the watts of "
        "either side estimated apart. "
        f"Estimated {len(repeats['mids'])} times over, the middle for here was "
        f"within {repeats['worst']:.0%} of its median."
    )


def _ratio(ends: Mapping[str, float] | None) -> str:
    if not ends:
        return "cannot tell"
    return f"**{two_digits(ends['mid'])}** ({two_digits(ends['low'])} to {two_digits(ends['high'])})"


def _joules(ends: Mapping[str, float]) -> str:
    low, mid, high = (two_digits(1e3 * ends[end]) for end in ("low", "mid", "high"))
    return f"{mid} mJ ({low} to {high})"
