"""The command line, `hundredfold COMMAND`: each command ends with one line of JSON."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from . import environment
from .arguments import Parser, folder, number, together, whole
from .environment import UsageError
from .errors import HundredfoldError
from .exhibits import EXHIBITS
from .exhibits.tower.world import FEWEST, MOST, TASKS

SEEDS = 100_000
"""Episodes of one evaluation at most."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 failed with the reason on stderr, 2 bad arguments."""
    arguments = _parser().parse_args(argv)
    _warn()
    try:
        result = arguments.command(arguments)
    except UsageError as error:
        print(f"hundredfold: {error}", file=sys.stderr)
        return 2
    except (HundredfoldError, RuntimeError, ValueError, OSError) as error:
        print(f"hundredfold: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("hundredfold: stopped; the same command goes on from here", file=sys.stderr)
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
        command.set_defaults(command=run)
        return command

    prepare = add("prepare", _prepare, "fetch what the page needs and build it; a second run skips what is done")
    how = prepare.add_mutually_exclusive_group()
    how.add_argument("--packages", action="store_true", help="install the npm packages only, as linting needs")
    how.add_argument("--browser", action="store_true", help="find or install browsers for tests and bench too")
    serve = add("serve", _serve, "serve the page and the API")
    serve.add_argument("--host", help="default: the environment's HOST, else 127.0.0.1")
    serve.add_argument("--port", type=whole(0, 65535), help="default: the environment's PORT, else 8000")
    export = add("export", _export, "write the site as plain files, for hosts that run nothing")
    export.add_argument("folder", type=folder, metavar="DIR", help="a new folder, or that of an earlier export")
    export.add_argument("--base", default="/", help="the path it will be served under, as in /demo/; default: /")
    export.add_argument("--fresh", action="store_true", help="record the there-side's answers anew")
    evaluate = add("evaluate", _evaluate, "recompute a variant's accuracy, or let the tower's agents act in episodes")
    evaluate.add_argument("exhibit", choices=sorted(EXHIBITS))
    evaluate.add_argument("--variant", help="digits: a variant's id; default: the one that runs here")
    tower = evaluate.add_argument_group("tower")
    tower.add_argument("--agent", choices=("here", "there"), help="default: both, on every task, kept for the page")
    tower.add_argument("--task", choices=TASKS, help="of one agent; default: hanoi")
    tower.add_argument("--blocks", type=whole(FEWEST, MOST), help="of one agent; default: 3")
    tower.add_argument("--episodes", type=whole(1, SEEDS), help="default: 200")
    tower.add_argument("--seed", type=whole(0, 2**31 // SEEDS - 1), help="default: 0")
    tower.add_argument("--jobs", type=whole(1, 64), help="of both agents: how many evaluations at once; 1")
    tower.add_argument("--noise", type=number(0, 100), help="of one agent: the camera's grain; 1: as trained")
    tower.add_argument("--light", type=number(0, 100), help="of one agent: how far light and colours stray; 1")
    forge = add("forge", _forge, "train, distil and quantise an exhibit's models; goes on where it was stopped")
    forge.add_argument("exhibit", choices=sorted(EXHIBITS))
    forge.add_argument("--quick", action="store_true", help="rehearse the recipe on a slice, into .cache/quick-models")
    bench = add("bench", _bench, "measure here, in a real browser, against there, in one interleaved run")
    bench.add_argument("what", nargs="?", choices=("all", "start"), default="all", help="start: the first answer alone")
    bench.add_argument("--rounds", type=whole(1, 1000), help="default: 5, of the start 7")
    bench.add_argument(
        "--save", action="store_true", help="keep the figures in docs/bench.json, for README.md's tables"
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
    add("power", _power, "say how this machine's power is metered, why no better, and read it for a second")
    return parser


TOWER: dict[str, Any] = {"agent": None, "task": "hanoi", "blocks": 3, "episodes": 200, "seed": 0, "jobs": 1}
TOWER |= {"noise": 1.0, "light": 1.0}
"""What `evaluate tower` takes where nothing is said."""


def _warn() -> None:
    try:
        from .service.settings import names
    except ModuleNotFoundError:  # without the extra there is no server, and nothing to know of it
        return
    environment.warn_of_unknown(frozenset(names()))


def _heavy(module: str, extra: str) -> Any:
    """Import a module that needs an extra; its absence is an error that says the command which installs it."""
    try:
        return importlib.import_module(module, __package__)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("hundredfold"):
            raise
        command = f".venv/bin/pip install -e '.[{extra}]'"
        raise RuntimeError(f"{error.name} is not installed: run `{command}`, then try again") from None


def _prepare(arguments: argparse.Namespace) -> Any:
    setup = _heavy(".setup", "server")
    if arguments.packages:
        return {"packages": setup.prepare_packages()}
    done = setup.prepare()
    if not arguments.browser:
        return done
    return {**done, "browsers": _heavy(".setup.browser", "dev").ensure_browsers(environment.cache())}


def _serve(arguments: argparse.Namespace) -> Any:
    app = _heavy(".service.app", "server").create_app()
    return _heavy(".service.serving", "server").serve(app, arguments.host, arguments.port)


def _export(arguments: argparse.Namespace) -> Any:
    export = _heavy(".publish.export", "server").export
    return export(arguments.folder, arguments.base, arguments.fresh, environment.cache())


def _evaluate(arguments: argparse.Namespace) -> Any:
    if arguments.exhibit == "tower":
        together(arguments, "variant", "is of exhibits whose models answer alone; choose an --agent", holds=False)
        return _evaluate_tower(arguments)
    for name in TOWER:
        together(arguments, name, "is of the tower alone", holds=False)
    evaluate = _heavy(".forge.evaluate", "server")
    return evaluate.evaluate(arguments.exhibit, arguments.variant, environment.models(), environment.cache() / "forge")


def _evaluate_tower(arguments: argparse.Namespace) -> Any:
    for name in ("task", "blocks", "noise", "light"):
        together(arguments, name, "is for one agent: add --agent here or --agent there", holds=bool(arguments.agent))
    together(arguments, "jobs", "is for both agents: leave --agent out", holds=not arguments.agent)
    chosen = TOWER | {name: value for name, value in vars(arguments).items() if value is not None}
    models, (meter, says) = environment.models(), _meter()
    if arguments.agent is None:
        measure = _heavy(".forge.tower.report", "server").measure
        return measure(models, meter, says, chosen["episodes"], chosen["seed"], chosen["jobs"])
    jitter = _heavy(".exhibits.tower.camera", "server").Jitter(chosen["noise"], chosen["light"])
    given = (arguments.agent, chosen["task"], chosen["blocks"], chosen["episodes"], chosen["seed"])
    return _heavy(".forge.tower.evaluate", "server").one(*given, models, meter, jitter)


def _meter() -> tuple[Any, str]:
    """What meters this machine, and what it says of itself."""
    powercap = _heavy(".service.settings", "server").Settings.read().powercap
    meter, report = _heavy(".service.power.choose", "server").choose(powercap)
    return meter, report["says"]


def _forge(arguments: argparse.Namespace) -> Any:
    recipe = _heavy(f".forge.{arguments.exhibit}", "forge")
    cache = environment.cache()
    target = cache / "quick-models" if arguments.quick else environment.models(made=True)
    metered = {"meter": _meter()[0]} if arguments.exhibit == "tower" else {}
    manifest = recipe.forge(target, cache / "forge", quick=arguments.quick, **metered)
    ladder = manifest.ladders[arguments.exhibit]
    scores = {variant.id: variant.accuracy.value for variant in ladder.variants}
    return {"exhibit": arguments.exhibit, "models": str(target), "accuracy": scores}


def _bench(arguments: argparse.Namespace) -> Any:
    bench = _heavy(".bench", "dev")
    if arguments.what == "start":
        return bench.bench_start(arguments.rounds or 7, arguments.save)
    return bench.bench(arguments.rounds or 5, arguments.save)


def _soak(arguments: argparse.Namespace) -> Any:
    soak = _heavy(".bench.soak", "dev")
    runs = {"runs": 0} if arguments.no_page else {}
    return soak.soak(soak.Plan(arguments.minutes, arguments.seed, **runs))


def _validate(arguments: argparse.Namespace) -> Any:
    return _heavy(".bench.validate", "dev").validate_energy(arguments.seconds, arguments.typed)


def _power(arguments: argparse.Namespace) -> Any:
    return _heavy(".service.power.command", "server").power()


if __name__ == "__main__":
    sys.exit(main())
