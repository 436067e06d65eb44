"""A request as a dictionary in, an answer as a dictionary out, the same here and there.

Requests:
  {"do": "exhibits"}
      -> {"exhibits": {id: {title, question, devices, default: {here, there}, test_set, variants: [...],
           added: what else is told of one from a folder, or null}},
          "refused": {id: why it has no models that can be used}}
  {"do": "run", "exhibit": id, "input": {...}, "variant": id or null, "where": "here" or "there", "repeats": n,
   "device": {"profile": id} or what else energy.requests.device() takes, or null: no energy}
      -> Result
  {"do": "window", "exhibit": id, "input": {...}, "variant": id or null, "where": ..., "least_ms": ms}
      -> {"variant", "n", "elapsed_ms", "busy"}: whole answers, back to back, for at least so long
  {"do": "infer", "exhibit": id, "variant": id or null, "where": ..., "outputs": [name, ...] or null: all,
   "inputs": [{"name", "dtype", "shape", "data": base64 of the values' bytes}, ...]}
      -> {"exhibit", "variant", "where", "outputs": likewise, "timing", "energy", "runtime"}: one call of the engine
  {"do": "signature", "exhibit": id, "variant": id or null, "where": ...}
      -> {"exhibit", "variant", "inputs": [{"name", "dtype", "shape"}, ...], "outputs": likewise, "runtime"}
  {"do": "many", "exhibit": id, "variant": id or null, "where": ..., "inputs": [{...}, ...], "whole": false}
      -> {"variant", "labels", "scores", "notes", "elapsed_ms", "model_ms"}: many whole answers, without words
  {"do": "mailbox", "exhibit": id, "variant": id or null, "act": "look", "open", "feed" or "close", ...}: on the
   visitor's device alone, a file of texts in pieces, see verbs.mailbox
  {"do": "check", "exhibit": id, "variant": id, "where": ..., "vectors": [{"input": ..., "output": ...}]}
      -> {"exhibit", "variant", "agrees", "n", "worst", "tolerance"}: do golden vectors come out as they were recorded?
  {"do": "play", "exhibit": id, "verb": ..., "device": ...}: on the visitor's device alone, see the exhibit's play
      -> what the exhibit says, and for a chunk of steps in which an agent computed its "energy"
  {"do": "devices", "facts": {...}}
      -> {"profiles": [...], "proposed": {"id", "why", "sure"}, "countries": [{"code", "name"}]}
  {"do": "energy", "exhibit": id, "device": {...}, "threads": n, "country": code or null,
   "here": {"variant", "seconds": [...], "busy", "resolution_s", "downloaded_bytes"} or null,
   "there": {"variant", "energies": [Result.energy, ...], "round_trip_s": [...], "moved_bytes"} or null; without the
   last two it was recorded, and neither networks nor waiting are counted,
   "server": what GET /api/v1/power tells, or null: then nothing is known of there}
      -> {"device", "drift", "boundaries": {"marginal": breakdown, "idle-inclusive": breakdown or null}}
  {"do": "bill", "exhibit": id, "per_month": n, "ways": [{"where": "here" or "there", "variant": id or null,
   "answer": figure in J or null: not known, "once": figure in J or null}, ...], "boundary": ..., "country": code or
   null, "currency": "USD" or "EUR", "server": as above, or null, and "price_per_kwh", "price_per_million_tokens",
   "tokens_per_request", each null for an assumption}
      -> {"exhibit", "per_month", "currency", "boundary", "country", "stated", "times", "prices", "grids",
          "ways": [{"where", "variant", "answer", "energy", "money", "co2e", "once"}, ...], the last of them "hosted"}
  {"do": "calibrate", "method": "plug", "battery" or "import", ...}: see energy.calibrate
      -> {"calibration": {...}, "name"}
An error comes back as RFC 9457 problem details, told from an answer by its key "status".
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from .errors import InputError, Problem, SessionError, brief
from .manifest import Manifest, ManifestError
from .measure import Clock
from .session import OpenSession
from .verbs import bill, check, counting, infer, listing, mailbox, many, play, run, window
from .verbs.asked import UNUSABLE, Asked, RefusedError

VERBS = {
    "exhibits": listing.answer,
    "run": run.answer,
    "window": window.answer,
    "infer": infer.answer,
    "signature": infer.signature,
    "many": many.answer,
    "mailbox": mailbox.answer,
    "check": check.answer,
    "play": play.answer,
    "devices": counting.answer,
    "energy": counting.answer,
    "bill": bill.answer,
    "calibrate": counting.answer,
}


async def handle(
    request: Mapping[str, Any],
    open_session: OpenSession,
    manifest: Manifest,
    clock: Clock = time.perf_counter,
    cpu_clock: Clock | None = None,
    episodes: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Answer one request; never raises, whatever the request is and whatever a model file or the engine did.

    With a clock of the process's CPU seconds, which only the server has, the timing of a run tells ``cpu_ms``, all
    threads together: the server knows what such a second draws. With ``episodes``, in which what is under way stays
    between requests, exhibits can be played.
    """
    try:
        if not isinstance(request, Mapping):
            raise _unknown(f"A request is an object whose 'do' is one of {', '.join(VERBS)}")
        verb = request.get("do")
        if not isinstance(verb, str) or verb not in VERBS:
            raise _unknown(f"'do' must be one of {', '.join(VERBS)}, not {brief(verb)}")
        return await VERBS[verb](Asked(request, open_session, manifest, clock, cpu_clock, episodes))
    except RefusedError as error:
        return error.problem.as_dict()
    except InputError as error:
        return Problem(422, UNUSABLE, str(error), error.extra()).as_dict()
    except ManifestError as error:
        return Problem(500, "Model refused", str(error), {"kind": "model"}).as_dict()
    except SessionError as error:
        return Problem(500, "The engine failed", f"{error}. Try again, or choose another variant.").as_dict()
    except Exception as error:
        import logging  # only where something went wrong: it takes a while to load

        logging.getLogger("hundredfold").exception("a run failed")
        detail = f"A mistake in this program: {type(error).__name__}. Its log has more; try another input or variant."
        return Problem(500, "The run failed", detail).as_dict()


def _unknown(detail: str) -> RefusedError:
    return RefusedError(400, "Unknown request", detail)
