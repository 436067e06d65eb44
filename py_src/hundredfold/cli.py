"""The command line, `hundredfold COMMAND`: each command ends with one line of JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from . import environment, own
from .arguments import Parser, folder, needs, number, together, whole
from .environment import UsageError
from .errors import HundredfoldError, brief
from .exhibits import EXHIBITS
from .folders import command as folders
from .forge import classify, command

BENCH_WHAT = "start: the first answer alone; serve: the server under load, beside its engine alone"
IN_CHECKOUT = ("prepare", "dist", "forge", "prompt", "bench", "soak", "validate-energy", "preview")
"""Commands that work on the sources, which an installed copy has not."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 failed with the reason on stderr, 2 bad arguments."""
    arguments = _parser().parse_args(argv)
    _warn()
    try:
        if arguments.name in IN_CHECKOUT:
            environment.needs_checkout(f"`hundredfold {arguments.name}`")
        result = arguments.command(arguments)
    except UsageError as error:
        print(f"hundredfold: {error}", file=sys.stderr)
        return 2
    except (HundredfoldError, RuntimeError, ValueError, OSError) as error:
        print(f"hundredfold: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as stopped:
        print(f"hundredfold: {str(stopped) or 'stopped; the same command goes on from here'}", file=sys.stderr)
        return 130
    print(json.dumps(result), flush=True)
    missed = result.get("missed", ()) if isinstance(result, dict) else ()
    for bar in missed:
        print(f"hundredfold: missed: {bar}", file=sys.stderr)
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="hundredfold", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], Any], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(command=run, name=name)
        return command

    prepare = add("prepare", _prepare, "fetch what the page needs and build it; a second run skips what is done")
    how = prepare.add_mutually_exclusive_group()
    how.add_argument("--packages", action="store_true", help="install the npm packages only, as linting needs")
    how.add_argument("--browser", action="store_true", help="find or install browsers for tests and bench too")
    serve = add("serve", _serve, "serve the page and the API")
    serve.add_argument("--host", help="default: the environment's HOST, else 127.0.0.1")
    serve.add_argument("--port", type=whole(0, 65535), help="default: the environment's PORT, else 8000")
    serve.add_argument(
        "--ray", action="store_true", help="run the models by Ray Serve, in replicas; needs the extra ray"
    )
    export = add("export", _export, "write the site as plain files, for hosts that run nothing")
    export.add_argument("folder", type=folder, metavar="DIR", help="a new folder, or that of an earlier export")
    export.add_argument("--base", help="the path it will be served under, as in /demo/; default: that of --url, else /")
    export.add_argument(
        "--url", help="its whole address, as https://demo.example/demo/: then links to it show a picture"
    )
    export.add_argument("--fresh", action="store_true", help="record the there-side's answers anew")
    dist = add("dist", _dist, "build one wheel with the page and the models in it, for machines without this checkout")
    dist.add_argument("--out", type=folder, default=environment.ROOT / "dist", metavar="DIR", help="default: dist")
    evaluate = add("evaluate", _evaluate, "recompute how often a variant is right, or how well an exhibit's agents do")
    each = evaluate.add_subparsers(required=True, dest="exhibit")
    for name in EXHIBITS:
        command.of(name).add_arguments(each.add_parser(name, help=EXHIBITS[name].title))
    for name, said in folders.known().items():
        folders.evaluate_arguments(each.add_parser(name, help=said.title.replace("%", "%%")))
    folders.new_arguments(add("new", _new, "write a folder that is an exhibit at once, to be made your own"))
    folders.add_arguments(add("add", _add, "make an exhibit of a folder: measured, checked, part of the site"))
    classify.add_arguments(add("classify", _classify, "sort whole mailboxes, tables and texts, on this machine alone"))
    own.add_commands(add, _meter)
    forge = add("forge", _forge, "train, distil and quantise an exhibit's models; goes on where it was stopped")
    forge.add_argument("exhibit", choices=sorted(EXHIBITS))
    forge.add_argument("--quick", action="store_true", help="rehearse the recipe on a slice, into .cache/quick-models")
    prompt = add("prompt", _prompt, "try how a language model is best asked, and record how well it then does")
    prompt.add_argument("exhibit", choices=sorted(name for name in EXHIBITS if command.asks(name)))
    prompt.add_argument("--llm", type=Path, metavar="FILE", required=True, help="a GGUF file")
    bench = add("bench", _bench, "measure here, in a real browser, against there, in one interleaved run")
    bench.add_argument("what", nargs="?", choices=("all", "start", "serve"), default="all", help=BENCH_WHAT)
    bench.add_argument("--rounds", type=whole(1, 1000), help="default: 5, of the start and of serving 7")
    bench.add_argument("--seconds", type=number(0.2, 600), help="of serving, how long so many ask; default: 3")
    bench.add_argument("--servers", metavar="NAMES", help="of serving, beside ours: some of waitress,gunicorn,granian")
    bench.add_argument("--crowd", type=whole(2, 1000), help="of serving, so many cold visitors at once, as 50")
    bench.add_argument(
        "--save", action="store_true", help="keep the figures in docs/bench.json, for the documents' tables"
    )
    soak = add("soak", _soak, "use the server and the page hard, and tell what it cost them; ends by itself")
    soak.add_argument("--minutes", type=float, default=10.0, help="default: 10")
    soak.add_argument("--seed", type=int, default=1, help="decides what is sent, and in which order")
    soak.add_argument("--no-page", action="store_true", help="the server only, without a browser")
    validate = add("validate-energy", _validate, "hold the estimates against a meter, in a real browser and natively")
    validate.add_argument(
        "--seconds", type=number(0.1, 3600), default=10.0, help="how long each variant runs; default: 10"
    )
    validate.add_argument("--typed", action="store_true", help="type the readings of a plug-in meter")
    add("preview", _preview, "take the pictures that links to the site show, of the real page")
    add("power", _power, "say how this machine's power is metered, why no better, and read it for a second")
    return parser


def _warn() -> None:
    try:
        from .service.settings import names
    except ModuleNotFoundError:  # without the extra there is no server, and nothing to know of it
        return
    environment.warn_of_unknown(frozenset(names()))


def _prepare(arguments: argparse.Namespace) -> Any:
    setup = needs("hundredfold.setup", "server")
    if arguments.packages:
        return {"packages": setup.prepare_packages()}
    done = setup.prepare()
    if not arguments.browser:
        return done
    return {**done, "browsers": needs("hundredfold.setup.browser", "dev").ensure_browsers(environment.cache())}


def _serve(arguments: argparse.Namespace) -> Any:
    by = {"baseline": "ray"} if arguments.ray else {}
    app = needs("hundredfold.service.app", "server").create_app(**by)
    return needs("hundredfold.service.serving", "server").serve(app, arguments.host, arguments.port)


def _export(arguments: argparse.Namespace) -> Any:
    export = needs("hundredfold.publish.export", "server").export
    url, base = arguments.url, arguments.base
    if base is None:
        base = urlsplit(url).path if url else "/"
    return export(arguments.folder, base, arguments.fresh, environment.cache(), **({"url": url} if url else {}))


def _dist(arguments: argparse.Namespace) -> Any:
    needs("build", "dist")
    needs("onnx", "dist")
    return needs("hundredfold.publish.dist", "server").dist(arguments.out, environment.cache() / "dist")


def _new(arguments: argparse.Namespace) -> Any:
    return folders.new(arguments, _serve_with)


def _add(arguments: argparse.Namespace) -> Any:
    return folders.add(arguments, _serve_with)


def _serve_with(arguments: argparse.Namespace, exhibits: list[Path]) -> Any:
    app = needs("hundredfold.service.app", "server").create_app(exhibits=exhibits)
    return needs("hundredfold.service.serving", "server").serve(app, arguments.host, arguments.port)


def _evaluate(arguments: argparse.Namespace) -> Any:
    if arguments.exhibit not in EXHIBITS:
        return folders.evaluate(arguments)
    return command.of(arguments.exhibit).evaluate(arguments, _meter)


def _classify(arguments: argparse.Namespace) -> Any:
    needs("onnxruntime", "server")
    return classify.classify(arguments, _meter)


def _meter() -> tuple[Any, str]:
    """What meters this machine, and what it says of itself."""
    powercap = needs("hundredfold.service.settings", "server").Settings.read().powercap
    meter, report = needs("hundredfold.service.power.choose", "server").choose(powercap)
    return meter, report["says"]


def _forge(arguments: argparse.Namespace) -> Any:
    needs("hundredfold.forge.train", "forge")
    recipe = import_module(f".forge.{arguments.exhibit}", __package__)
    cache = environment.cache()
    target = cache / "quick-models" if arguments.quick else environment.models(made=True)
    manifest = recipe.forge(target, cache / "forge", arguments.quick, lambda: _meter()[0])
    ladder = manifest.ladders[arguments.exhibit]
    scores = {variant.id: variant.right.value for variant in ladder.variants}
    return {"exhibit": arguments.exhibit, "models": str(target), "accuracy": scores}


def _prompt(arguments: argparse.Namespace) -> Any:
    module = needs("hundredfold.forge.language_model", "server")
    settings = needs("hundredfold.service.settings", "server").Settings.read()
    meter, report = needs("hundredfold.service.power.choose", "server").choose(settings.powercap, rest=False)
    second = getattr(meter, "fallback", meter).second
    machine = module.Machine(second, report["cpu"], report["machine"])
    if not arguments.llm.is_file():
        raise UsageError(f"--llm must be a GGUF file, not {brief(str(arguments.llm))}")
    written = settings.static / "samples.json"
    if not written.is_file():
        raise UsageError("the page's ready-made inputs are not there: run `hundredfold prepare`, then try again")
    samples = json.loads(written.read_text())
    exhibit, models, cache = arguments.exhibit, environment.models(), environment.cache() / "forge"
    return module.measure(exhibit, arguments.llm, models, cache, machine, samples.get(exhibit, []))


def _bench(arguments: argparse.Namespace) -> Any:
    for name in ("seconds", "servers", "crowd"):
        together(arguments, name, "goes with `hundredfold bench serve`", holds=arguments.what == "serve")
    bench = needs("hundredfold.bench", "dev")
    if arguments.what == "start":
        return bench.bench_start(arguments.rounds or 7, arguments.save)
    if arguments.what == "serve":
        servers = tuple(name.strip() for name in (arguments.servers or "").split(",") if name.strip())
        plan = bench.Plan(arguments.rounds or 7, arguments.seconds or 3.0, servers=servers, crowd=arguments.crowd or 0)
        return bench.bench_serve(plan, arguments.save)
    return bench.bench(arguments.rounds or 5, arguments.save)


def _soak(arguments: argparse.Namespace) -> Any:
    soak = needs("hundredfold.bench.soak", "dev")
    runs = {"runs": 0} if arguments.no_page else {}
    return soak.soak(soak.Plan(arguments.minutes, arguments.seed, **runs))


def _validate(arguments: argparse.Namespace) -> Any:
    return needs("hundredfold.bench.validate", "dev").validate_energy(arguments.seconds, arguments.typed)


def _preview(_: argparse.Namespace) -> Any:
    return needs("hundredfold.bench.preview", "dev").take(environment.ROOT / "web/public/preview")


def _power(arguments: argparse.Namespace) -> Any:
    return needs("hundredfold.service.power.command", "server").power()


if __name__ == "__main__":
    sys.exit(main())
