"""The one door: a request as a dictionary in, an answer as a dictionary out, the same here and there.

Requests:
  {"do": "exhibits"}
      -> {"exhibits": {id: {title, question, default: {here, there}, test_set, variants: [...]}},
          "refused": {id: why it has no models that can be used}}
  {"do": "run", "exhibit": id, "input": {...}, "variant": id or null, "where": "here" or "there", "repeats": n,
   "device": {"profile": id} or what else energy.requests.device() takes, or null: no energy}
      -> Result
  {"do": "window", "exhibit": id, "input": {...}, "variant": id or null, "where": ..., "least_ms": ms}
      -> {"variant", "n", "elapsed_ms", "busy"}: whole answers, back to back, for at least so long
  {"do": "check", "exhibit": id, "variant": id, "where": ..., "vectors": [{"input": ..., "output": ...}]}
      -> {"exhibit", "variant", "agrees", "n", "worst", "tolerance"}: do golden vectors come out as they were recorded?
  {"do": "play", "exhibit": id, "verb": ..., "device": ...}: on the visitor's device alone, see the exhibit's play
      -> what the exhibit says, and for a stretch in which an agent computed its "energy"
  {"do": "devices", "facts": {...}}
      -> {"profiles": [...], "proposed": {"id", "why", "sure"}, "countries": [{"code", "name"}]}
  {"do": "energy", "exhibit": id, "device": {...}, "threads": n, "country": code or null,
   "here": {"variant", "seconds": [...], "busy", "resolution_s", "downloaded_bytes"} or null,
   "there": {"variant", "energies": [Result.energy, ...], "round_trip_s": [...], "moved_bytes"} or null; without the
   last two it was recorded, and neither networks nor waiting are counted,
   "server": what GET /api/v1/power tells, or null: then nothing is known of there}
      -> {"device", "drift", "boundaries": {"marginal": sheet, "idle-inclusive": sheet or null}}
  {"do": "calibrate", "method": "plug", "battery" or "import", ...}: see energy.calibrate
      -> {"calibration": {...}, "name"}
An error comes back as RFC 9457 problem details, told from an answer by its key "status".
"""

from __future__ import annotations

import math
import time
import traceback
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .errors import InputError, Problem, SessionError, brief
from .exhibit import Exhibit, Kit
from .exhibits import EXHIBITS
from .manifest import RESTORE, Ladder, Manifest, ManifestError, Variant
from .measure import Clock, Timed, summary
from .session import OpenSession, Session

if TYPE_CHECKING:
    from .energy.devices import Device

MAX_REPEATS = 10_000
LONGEST_WINDOW_MS = 2000.0
KNOWN = "exhibits, run, window, check, play, devices, energy, calibrate"


class _RefusedError(Exception):
    def __init__(self, status: int, title: str, detail: str, **extra: Any) -> None:
        self.problem = Problem(status, title, detail, extra)


async def handle(
    request: Mapping[str, Any],
    open_session: OpenSession,
    manifest: Manifest,
    clock: Clock = time.perf_counter,
    cpu_clock: Clock | None = None,
    shelf: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Answer one request; never raises, whatever the request is and whatever a model file or the engine did.

    With a clock of the process's CPU seconds, which only the server has, the timing of a run tells ``cpu_ms``, all
    threads together: the server knows what such a second draws. With a shelf, on which what is under way stays between
    requests, exhibits can be played.
    """
    try:
        if not isinstance(request, Mapping):
            raise _RefusedError(400, "Unknown request", f"A request is an object whose 'do' is one of {KNOWN}")
        match request.get("do"):
            case "exhibits":
                described = {name: _describe(manifest.ladders[name]) for name in known(manifest)}
                return {"exhibits": described, "refused": refused(manifest)}
            case "run":
                return await _run(request, open_session, manifest, clock, cpu_clock)
            case "window":
                return await _window(request, open_session, manifest, clock)
            case "play":
                return await _play(request, open_session, manifest, clock, shelf)
            case "devices" | "energy" | "calibrate":
                from .energy import requests  # here and below: a first answer need not wait for the tables of energy

                return requests.answer(request, _variants(request, manifest))
            case "check":
                return await _check(request, open_session, manifest)
            case other:
                raise _RefusedError(400, "Unknown request", f"'do' must be one of {KNOWN}, not {brief(other)}")
    except _RefusedError as error:
        return error.problem.as_dict()
    except InputError as error:
        return Problem(422, "Input can not be used", str(error), {"field": error.field}).as_dict()
    except ManifestError as error:
        return Problem(500, "Model refused", str(error), {"kind": "model"}).as_dict()
    except SessionError as error:
        return Problem(500, "The engine failed", f"{error}. Try again, or choose another variant.").as_dict()
    except Exception as error:
        traceback.print_exc()
        detail = f"A mistake in this program: {type(error).__name__}. Its log has more; try another input or variant."
        return Problem(500, "The run failed", detail).as_dict()


def known(manifest: Manifest) -> list[str]:
    """The exhibits that both the manifest and this program have."""
    return [name for name in manifest.ladders if name in EXHIBITS]


def refused(manifest: Manifest) -> dict[str, str]:
    """The exhibits of this program that have no models which can be used, and why."""
    missing = {name: f"manifest: exhibits.{name} is missing: {RESTORE}" for name in EXHIBITS}
    reasons = {**missing, **manifest.refused}
    return {name: reasons[name] for name in EXHIBITS if name not in manifest.ladders}


def _describe(ladder: Ladder) -> dict[str, Any]:
    exhibit = EXHIBITS[ladder.exhibit]
    manifest = Manifest({ladder.exhibit: ladder}).as_dict()["exhibits"][ladder.exhibit]
    return {
        "title": exhibit.title,
        "question": exhibit.question,
        "default": {"here": ladder.default("here").id, "there": ladder.default("there").id},
        **manifest,
    }


def _find(request: Mapping[str, Any], manifest: Manifest) -> tuple[Exhibit, Variant]:
    where, ladder = request.get("where", "here"), _ladder(request, manifest)
    if where not in ("here", "there"):
        raise _RefusedError(422, "Input can not be used", "where must be 'here' or 'there'", field="where")
    exhibit, wanted = EXHIBITS[ladder.exhibit], request.get("variant")
    if wanted is None:
        return exhibit, ladder.default(where)
    variant = ladder.by_id(wanted) if isinstance(wanted, str) else None
    able = [variant.id for variant in ladder.variants if where in variant.runs]
    if variant is None or variant.id not in able:
        detail = f"{exhibit.id} has no variant {brief(wanted)} that runs {where}. Choose one of: {', '.join(able)}."
        raise _RefusedError(422, "Input can not be used", detail, field="variant")
    return exhibit, variant


def _ladder(request: Mapping[str, Any], manifest: Manifest) -> Ladder:
    name, names = request.get("exhibit"), known(manifest)
    if isinstance(name, str) and (reason := refused(manifest).get(name)):
        raise ManifestError(reason)
    if not isinstance(name, str) or name not in names:
        detail = f"There is no exhibit {brief(name)}. These exist: {', '.join(sorted(names))}."
        raise _RefusedError(404, "Unknown exhibit", detail)
    return manifest.ladders[name]


def _variants(request: Mapping[str, Any], manifest: Manifest) -> dict[str, Variant]:
    """Those of the request's exhibit; none where it names none, as of a device alone."""
    if request.get("exhibit") is None:
        return {}
    return {variant.id: variant for variant in _ladder(request, manifest).variants}


async def _run(
    request: Mapping[str, Any],
    open_session: OpenSession,
    manifest: Manifest,
    clock: Clock,
    cpu_clock: Clock | None,
) -> dict[str, Any]:
    exhibit, variant = _find(request, manifest)
    repeats = request.get("repeats", 1)
    if isinstance(repeats, bool) or not isinstance(repeats, int) or not 1 <= repeats <= MAX_REPEATS:
        detail = f"repeats must be a whole number from 1 to {MAX_REPEATS}"
        raise _RefusedError(422, "Input can not be used", detail, field="repeats")
    cpu = cpu_clock or _no_clock
    start, cpu_start = clock(), cpu()
    value = exhibit.parse(request.get("input"))
    parse_ms, cpu_s = (clock() - start) * 1e3, cpu() - cpu_start
    session = await open_session(variant)
    timed = Timed(session, repeats, clock=clock, cpu_clock=cpu_clock)
    start, cpu_start = clock(), cpu()
    output = await exhibit.run(timed, value)
    python_ms = parse_ms + (clock() - start) * 1e3 - timed.spent_ms
    cpu_s += cpu() - cpu_start - timed.cpu_s + timed.cpu_s / repeats
    device = _device(request, _busy(session))
    return {
        "exhibit": exhibit.id,
        "variant": variant.id,
        "where": request.get("where", "here"),
        "output": output,
        "timing": {
            "model_ms": summary(timed.answers_ms),
            "python_ms": python_ms,
            "total_ms": python_ms + timed.model_ms,
            "load_ms": session.load_ms,
            **({"cpu_ms": cpu_s * 1e3} if cpu_clock else {}),
        },
        "energy": _energy(timed.answers_ms, python_ms, device, session) if device else None,
        "bytes_sent": 0,
        "runtime": dict(session.runtime),
    }


def _energy(answers_ms: Sequence[float], python_ms: float, device: Device, session: Session) -> dict[str, Any] | None:
    """Of whole answers, from what each took inside the engine; None where the clock saw no time pass."""
    from .energy import requests

    answers_s = [(python_ms + mean) / 1e3 for mean in requests.blocks(answers_ms) or [0.0]]
    # Of the two times that an answer's is the sum of, each may be off by a step of the clock.
    resolution_s = 2 * float(session.runtime.get("clock_step_ms") or 0.0) / 1e3
    if not resolution_s and min(answers_s) <= 0:
        return None
    return requests.of_run([max(0.0, each) for each in answers_s], device, _busy(session), resolution_s)


def _no_clock() -> float:
    return 0.0


def _device(request: Mapping[str, Any], busy: int) -> Device | None:
    chosen = request.get("device")
    if chosen is None:
        return None
    from .energy import requests

    return requests.device(chosen, busy)


def _busy(session: Session) -> int:
    """Threads that are busy while the model runs: the engine's wait for each other without sleeping."""
    return int(session.runtime.get("threads") or 1)


async def _window(
    request: Mapping[str, Any], open_session: OpenSession, manifest: Manifest, clock: Clock
) -> dict[str, Any]:
    """Whole answers, back to back: what their energy is estimated from. One comes first and does not count."""
    exhibit, variant = _find(request, manifest)
    least_ms = request.get("least_ms", 100.0)
    if isinstance(least_ms, bool) or not isinstance(least_ms, int | float) or not 1 <= least_ms <= LONGEST_WINDOW_MS:
        detail = f"least_ms must be a number from 1 to {LONGEST_WINDOW_MS:g}"
        raise _RefusedError(422, "Input can not be used", detail, field="least_ms")
    given = request.get("input")
    session = await open_session(variant)
    await exhibit.run(session, exhibit.parse(given))
    start, n, elapsed_ms = clock(), 0, 0.0
    while elapsed_ms < least_ms:
        await exhibit.run(session, exhibit.parse(given))
        n, elapsed_ms = n + 1, (clock() - start) * 1e3
    return {"variant": variant.id, "n": n, "elapsed_ms": elapsed_ms, "busy": _busy(session)}


async def _play(
    request: Mapping[str, Any],
    open_session: OpenSession,
    manifest: Manifest,
    clock: Clock,
    shelf: dict[str, Any] | None,
) -> dict[str, Any]:
    exhibit, default = _find({**request, "variant": None}, manifest)
    if exhibit.play is None or shelf is None:
        raise _RefusedError(422, "Input can not be used", "This is not played here: ask for a run.", field="do")
    ladder = manifest.ladders[exhibit.id]

    async def open_variant(variant_id: str) -> Session:
        return await open_session(ladder.by_id(variant_id) or default)

    answer = await exhibit.play(request, Kit(open_variant, shelf, clock))
    spent_s = answer.pop("spent_s", 0.0)
    if not spent_s:
        return answer
    session = await open_session(default)
    device = _device(request, _busy(session))
    return {**answer, "energy": _energy([spent_s * 1e3], 0.0, device, session) if device else None}


async def _check(request: Mapping[str, Any], open_session: OpenSession, manifest: Manifest) -> dict[str, Any]:
    exhibit, variant = _find(request, manifest)
    vectors = request.get("vectors")
    if not isinstance(vectors, list) or not vectors:
        detail = "vectors must be a list of golden vectors, {input, output}: without one nothing is checked"
        raise _RefusedError(422, "Input can not be used", detail, field="vectors")
    session = await open_session(variant)
    worst = 0.0
    for vector in vectors:
        found = await _deviation(exhibit, session, vector)
        worst = math.inf if math.isnan(found) else max(worst, found)
    return {
        "exhibit": exhibit.id,
        "variant": variant.id,
        "agrees": worst <= exhibit.tolerance,
        "n": len(vectors),
        "worst": worst if math.isfinite(worst) else None,
        "tolerance": exhibit.tolerance,
    }


async def _deviation(exhibit: Exhibit, session: Session, vector: Any) -> float:
    """How far an answer is from the recorded one, which may come from a damaged file."""
    if not isinstance(vector, Mapping) or not isinstance(vector.get("output"), Mapping):
        detail = "each of vectors must be {input, output}, with an output as a run has it"
        raise _RefusedError(422, "Input can not be used", detail, field="vectors")
    output = await exhibit.run(session, exhibit.parse(vector.get("input")))
    try:
        return exhibit.deviation(output, vector["output"])
    except (KeyError, TypeError, ValueError, OverflowError):
        detail = f"an output of vectors is not one of {exhibit.id}: {', '.join(output)}"
        raise _RefusedError(422, "Input can not be used", detail, field="vectors") from None
