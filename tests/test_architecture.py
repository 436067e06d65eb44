"""Who may import whom, and one name for an exhibit in its four places: held by reading the sources."""

from __future__ import annotations

import ast
import re
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from hundredfold import EXHIBITS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "py_src/hundredfold"
OUTER = ("adapters", "service", "forge", "folders", "setup", "bench", "publish", "own", "cli", "arguments", "installed")
SOURCES = sorted(PACKAGE.rglob("*.py"))
ERRORS = {"errors"}
MANIFEST = ERRORS | {"manifest_fields", "manifest"}
SESSION = MANIFEST | {"manifest_added", "digest", "resample", "session", "measure", "result"}
ENERGY = SESSION | {"energy"}
TEXT = SESSION | {"exhibit", "text"}
EXHIBITS_ROOM = SESSION | {"exhibit", "planning", "text", "exhibits"}
ADDED = SESSION | {"exhibit", "added"}
VERBS = ENERGY | EXHIBITS_ROOM | ADDED | {"verbs"}
CORE = VERBS | {"app", "trust", "compress"}
MAY_IMPORT = {
    "errors": set(),
    "digest": set(),
    "resample": set(),
    "result": MANIFEST | {"manifest_added"},
    "manifest_added": MANIFEST,
    "installed": ERRORS,
    "environment": ERRORS | {"installed"},
    "manifest_fields": ERRORS,
    "manifest": MANIFEST,
    "session": MANIFEST,
    "measure": SESSION,
    "energy": SESSION,
    "planning": set(),
    "exhibit": SESSION,
    "text": TEXT,
    "exhibits": EXHIBITS_ROOM,
    "added": ADDED,
    "verbs": VERBS,
    "app": VERBS,
    "trust": MANIFEST,
    "compress": ERRORS | {"session", "measure"},
    "adapters": CORE | {"environment"},
    "folders": CORE | {"environment", "adapters", "arguments", "forge"},
    "service": CORE | {"environment", "adapters", "folders"},
    "forge": CORE | {"environment", "adapters", "arguments"},
    "publish": CORE | {"environment", "installed", "service", "folders"},
    "setup": {"environment"},
    "own": CORE | {"environment", "adapters", "arguments", "setup", "bench"},
}
"""What each room may import beside itself."""
WHEN_ASKED_FOR = {
    "compress": ("onnx", "onnxslim", "onnxruntime.quantization", "onnxruntime.transformers.float16", "google.protobuf")
}
"""What a room of the core may import beside numpy, within functions only."""
WEB = ROOT / "web/src"
SCRIPTS = sorted(WEB.rglob("*.js"))
ROOMS = {
    "shared": set(),
    "runtime": {"shared"},
    "recorded": {"shared"},
    "offline": {"shared"},
    "energy": {"shared"},
    "bill": {"shared", "energy"},
    "language-model": {"shared", "energy"},
    "compare": {"shared", "energy", "mailbox", "bill", "language-model"},
    "console": {"shared"},
    "mailbox": {"shared"},
    "text": {"shared", "compare"},
    "exhibits": {"shared", "energy", "compare", "console", "text"},
    "own": {"shared", "energy", "compare", "runtime"},
}
"""What each room of the page may import beside itself; main.js knows everyone."""
WORKERS = {
    ("runtime", "worker"): set(),
    ("offline", "service-worker"): set(),
    ("own", "worker"): {("runtime", "worker")},
}
"""Rooms that run beside the page, where what touches it is not there, and the others of them that each may import."""


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[str, bool]]:
    """(module, is it ours) of every import, wherever it stands in the file; ours without the package's name."""
    package = ["hundredfold", *path.relative_to(PACKAGE).parts[:-1]]
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            found += [stem] if node.module else [f"{stem}.{alias.name}" for alias in node.names]
    return [(name.removeprefix("hundredfold").lstrip("."), name.startswith("hundredfold")) for name in found]


def top_imports(path: Path) -> list[str]:
    """What of ours is imported when a module is, not within its functions; without the package's name."""
    package = ["hundredfold", *path.relative_to(PACKAGE).parts[:-1]]
    found = []
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.level:
            stem = ".".join([*package[: len(package) - node.level + 1], *([node.module] if node.module else [])])
            found += [f"{stem}.{alias.name}".removeprefix("hundredfold.") for alias in node.names]
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_the_right_way(path):
    here = room(path)
    for name, ours in imports(path):
        if ours and here in MAY_IMPORT and name not in ("", "__version__"):
            assert name.split(".")[0] in MAY_IMPORT[here] | {here}, f"{here} must not import {name}"
        if not ours and here not in OUTER:
            allowed = name.split(".")[0] in {"numpy", *sys.stdlib_module_names} or may_ask_for(here, name)
            assert allowed, f"the core imports the standard library and numpy only, not {name}"


def may_ask_for(here, name):
    return any(f"{name}.".startswith(f"{package}.") for package in WHEN_ASKED_FOR.get(here, ()))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_what_is_only_imported_when_asked_for_stands_within_functions(path):
    """A page fetches it only then, and the command line needs it for these commands alone."""
    tree, here = ast.parse(path.read_text()), room(path)
    within = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            names = [str(node.module)]
        for name in names:
            assert node in within or not may_ask_for(here, name), f"import {name} within the function that needs it"


def test_no_import_goes_round_in_a_circle_or_is_for_types_only():
    leads = {}
    for path in SOURCES:
        assert "TYPE_CHECKING" not in path.read_text(), f"{path} imports for types only"
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        leads[name] = top_imports(path)
    modules = {name: {found for target in each if (found := owner(target, leads))} for name, each in leads.items()}
    TopologicalSorter(modules).prepare()


def owner(target, leads):
    """The module that an imported name is, or is in."""
    return next((name for name in (target, target.rpartition(".")[0]) if name in leads), None)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(WEB)))
def test_javascript_imports_point_the_right_way(path):
    parts = path.relative_to(WEB).parts
    code = re.sub(r"/\*\*.*?\*/", "", path.read_text(), flags=re.DOTALL)  # types named in comments bind nothing
    for target in re.findall(r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)["']""", code):
        other = (path.parent / target).resolve().relative_to(WEB).parts
        allowed = ROOMS.get(parts[0], set(ROOMS)) | {parts[0]}
        assert other[0] in allowed or len(parts) == 1, f"{parts[0]} must not import {target}"
        assert len(other) > 1 or len(parts) == 1, f"nothing imports {target}, which knows everyone"
        if parts[0] == other[0] == "exhibits" and len(parts) > 2:
            assert parts[1] == other[1], f"exhibit {parts[1]} must not import {target}"
        if parts[:2] in WORKERS:
            near = other[:2] in WORKERS[parts[:2]] | {parts[:2]}
            assert near or other[0] == "shared", f"a worker must not import {target}"


def test_an_exhibit_is_one_name_in_four_places():
    pages = {path.parent.name for path in (WEB / "exhibits").glob("*/index.js")}
    recipes = {path.parent.name for path in (PACKAGE / "forge").glob("*/__init__.py")}
    models = {path.parent.name for path in (ROOT / "models").glob("*/golden.json")}
    assert set(EXHIBITS) == pages == recipes == models


OWN = {(room, name) for room in ("exhibits", "forge") for name in EXHIBITS}
"""Folders of one exhibit."""


GENERAL = [
    path
    for pattern in ("py_src/hundredfold/**/*", "web/src/**/*", "web/build/*", "web/*.*", "*.py", "Makefile", "*.toml")
    for path in sorted(ROOT.glob(pattern))
    if path.suffix in (".py", ".js", ".ts", ".css", ".html", ".toml", "") and path.is_file()
    if not {(parent.parent.name, parent.name) for parent in path.parents} & OWN and path.name != "method.html"
]


@pytest.mark.parametrize("name", EXHIBITS)
def test_what_is_general_names_no_exhibit(name):
    """As a value, a path, an address, an element or a class; the plain words stay free for plain sentences."""
    naming = re.compile(rf"""["'`#./]{name}\b(?! )|\b{name}[/-](?=\w)|\b(exhibits?|forge)[. ]{name}\b""")
    found = {}
    for path in GENERAL:
        if lines := [line.strip() for line in path.read_text().splitlines() if naming.search(line)]:
            found[str(path.relative_to(ROOT))] = lines
    assert found == {}


def test_no_python_inside_javascript():
    for path in SCRIPTS:
        assert not re.search(r"runPython(Async)?\(", path.read_text()), f"{path.name} holds Python in a string"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_is_for_and_stays_one_room(path):
    source = path.read_text()
    assert ast.get_docstring(ast.parse(source)), "a module's docstring says what it is for"
    assert source.count("\n") <= 320
