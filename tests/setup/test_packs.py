"""The packs that the browser gets: everything that the core imports is in them, and nothing twice."""

import ast
import json
import zipfile
from importlib.machinery import FrozenImporter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CORE = ROOT / "py_src/hundredfold"
STDLIB = ROOT / "web/node_modules/pyodide/python_stdlib.zip"


@pytest.fixture(scope="module")
def packs(prepared: dict[str, str]) -> dict[str, set[str]]:
    """Name -> the paths in it, without their endings."""
    dist = ROOT / "web/dist"
    index = json.loads((dist / "runtime.json").read_text())
    numpy, core = index["packages"]
    urls = {"stdlib": index["python"]["stdlib"], "numpy": numpy, "core": core, "later": index["later"]["url"]}
    found = {}
    for name, url in urls.items():
        with zipfile.ZipFile(dist / url) as archive:
            assert archive.testzip() is None
            assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
            found[name] = {each.split(".")[0].removesuffix("/__init__") for each in archive.namelist()}
    return found


@pytest.fixture(scope="module")
def written_in_python() -> set[str]:
    """Every module of the standard library that is not compiled into Pyodide itself."""
    with zipfile.ZipFile(STDLIB) as archive:
        return {name.removesuffix(".py").removesuffix("/__init__") for name in archive.namelist() if ".py" in name}


def imported(path: Path, everywhere: bool) -> set[str]:
    """Modules as paths that a file of the core imports: anywhere, or as it is imported itself."""
    tree = ast.parse(path.read_text())
    package = ["hundredfold", *path.relative_to(CORE).parts[:-1]]
    lazy = {id(node) for each in ast.walk(tree) for node in ast.walk(each) if _is_lazy(each)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if not everywhere and id(node) in lazy:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name.replace(".", "/") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "/".join(package[: len(package) - node.level + 1]) if node.level else ""
            stem = "/".join(part for part in (base, (node.module or "").replace(".", "/")) if part)
            found |= {stem} | ({f"{stem}/{alias.name}" for alias in node.names} if not node.module else set())
    return found


def _is_lazy(node: ast.AST) -> bool:
    typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    return typing_only or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


def core_files(names: set[str]) -> list[Path]:
    paths = [CORE.parent / name for name in names if name.startswith("hundredfold")]
    return [path / "__init__.py" if path.is_dir() else path.with_suffix(".py") for path in paths]


@pytest.mark.parametrize(("held", "everywhere"), [(("core",), False), (("core", "later"), True)])
def test_everything_that_the_core_imports_is_there(
    packs: dict[str, set[str]], written_in_python: set[str], held: tuple[str, ...], everywhere: bool
) -> None:
    there = packs["stdlib"] | packs["numpy"] | set().union(*(packs[name] for name in held))
    files = [path for name in held for path in core_files(packs[name]) if path.suffix == ".py" and path.is_file()]
    assert len(files) > 8
    for path in files:
        for module in imported(path, everywhere):
            ours = (CORE.parent / f"{module}.py").is_file() or (CORE.parent / module / "__init__.py").is_file()
            built_in = FrozenImporter.find_spec(module.replace("/", ".")) is not None
            needed = (module in written_in_python and not built_in) or module.split("/")[0] == "numpy" or ours
            assert not needed or module in there, f"{path.name} imports {module}, which is in no pack"


def test_no_file_is_in_two_packs_and_none_is_for_another_machine(packs: dict[str, set[str]]) -> None:
    names = list(packs)
    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            assert not packs[one] & packs[other]
    everything = set().union(*packs.values())
    for outer in (
        "service",
        "forge",
        "setup",
        "bench",
        "cli",
        "publish",
        "adapters/native",
        "adapters/ll",
        "own",
        "folders",
    ):
        assert not any(name.startswith(f"hundredfold/{outer}") for name in everything), outer
    assert not any("/tests/" in f"/{name}/" for name in everything)
