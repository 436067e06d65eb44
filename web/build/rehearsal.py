"""Finds out what the browser needs of Python, numpy and the core, and when: by doing there what a visitor's page does.

Runs in Pyodide under Node. What a first answer imports is packed apart from what anything else imports: a visitor waits
for the first, and the rest follows while they look at the answer.
"""

import json
import sys
import traceback
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

STDLIB, SITE = "/lib/python313.zip/", "/lib/python3.13/site-packages/"
OUTER = (
    "service",
    "forge",
    "setup",
    "bench",
    "own/",
    "cli",
    "publish",
    "folders",
    "arguments",
    "environment",
    "installed",
    "adapters/native",
    "adapters/llm",
    "adapters/llama",
    "adapters/oip",
    "adapters/cores",
)
"""What of this project never runs in a browser."""
OWN = ("compress/", "adapters/own.py")
"""What is packed apart, by own.js: few visitors need it."""


class _Session:
    """Answers with zeros, as no engine is here."""

    model_id, inputs, outputs, load_ms, runtime = "rehearsal", (), (), 0.0, {"threads": 1}

    def __init__(self, scores: int) -> None:
        self.scores = scores

    async def run(self, names: Any, feeds: Any) -> list[Any]:
        import numpy as np

        return [np.zeros((1, self.scores), np.float32)]


def survey(core: str, manifest: str, wheel: str) -> str:
    """JSON: {first: {stdlib: [path...], numpy: [...], core: [...]}, later: {...}, licences: [...]}; no file is in both.

    ``core`` is this project's package, a folder; ``manifest`` is models/manifest.json; ``wheel`` is numpy's, which is
    installed already.
    """
    sys.path.insert(0, str(Path(core).parent))
    _first(manifest)
    first = _files(core)
    _later(core)
    later = {kind: sorted(set(files) - set(first[kind])) for kind, files in _files(core).items()}
    with zipfile.ZipFile(wheel) as archive:
        licences = [name for name in archive.namelist() if "/LICENSE" in name and "/include/" not in name]
    return json.dumps({"first": first, "later": later, "licences": sorted(licences)})


def _first(manifest: str) -> None:
    """The page starts, and the exhibit that is shown first answers: it is asked, and tells a score of each label."""
    from hundredfold.adapters import dispatcher
    from hundredfold.app import handle
    from hundredfold.manifest import Manifest

    models = Manifest.parse(json.loads(Path(manifest).read_text()))
    variant = next(iter(models.ladders.values())).default("here")
    golden = json.loads((Path(manifest).parent / variant.golden).read_text())["variants"]
    vector = golden[variant.id][0]

    async def open_session(variant: Any) -> _Session:
        return _Session(len(vector["output"]["scores"]))

    request = {"do": "run", "exhibit": variant.exhibit, "input": vector["input"]}
    answer = dispatcher.Driven(handle(request, open_session, models)).send()
    assert "scores" in json.loads(answer)["output"], answer
    try:
        raise ValueError("a failure is told with its trace")
    except ValueError:
        traceback.format_exc()


def _later(core: str) -> None:
    """Everything else of the core, and what of numpy is imported when it is first used."""
    import numpy as np

    for path in sorted(Path(core).rglob("*.py")):
        name = path.relative_to(core).as_posix()
        if not name.startswith((*OUTER, *OWN)):
            import_module(".".join(["hundredfold", *path.relative_to(core).with_suffix("").parts]))
    for name in import_module("hundredfold.added.code").MODULES:  # what the Python of a folder may import
        import_module(name)
    np.random.Generator(np.random.PCG64(1)).permutation(3)


def _files(core: str) -> dict[str, list[str]]:
    """The files of all modules that are imported by now, by where they come from."""
    found: dict[str, set[str]] = {"stdlib": set(), "numpy": set(), "core": set()}
    roots = {"stdlib": STDLIB, "numpy": SITE, "core": f"{core}/"}
    for module in list(sys.modules.values()):
        origin = getattr(module, "__file__", None) or ""
        for kind, root in roots.items():
            if origin.startswith(root):
                found[kind].add(origin.removeprefix(root))
    return {kind: sorted(files) for kind, files in found.items()}
