"""An installed copy finds its page and its models, mends what is damaged, and says of what it can not do why."""

from __future__ import annotations

import gzip
import hashlib
import json
import stat

import brotli
import pytest

from hundredfold import arguments, cli, environment, installed
from hundredfold.environment import UsageError

PAGE = b"<!doctype html>" * 100
ARGUMENTS = {"forge": ["digits"], "prompt": ["mail", "--llm", "x.gguf"]}


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A small installed copy, and the folder of the user's caches."""
    site = tmp_path / "site-packages/hundredfold/site"
    (site / "page").mkdir(parents=True)
    (site / "models").mkdir()
    (site / "page/index.html.br").write_bytes(brotli.compress(PAGE))
    (site / "models/manifest.json").write_bytes(b"{}")
    listed = {"page/index.html": PAGE, "models/manifest.json": b"{}"}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in listed.items()}
    (site / "site.json").write_text(json.dumps({"id": "1f", "files": hashes, "models": {}}))
    monkeypatch.setattr(installed, "SITE", site)
    monkeypatch.delenv("HUNDREDFOLD_CACHE", raising=False)
    monkeypatch.delenv("HUNDREDFOLD_MODELS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    installed.unpacked.cache_clear()
    yield tmp_path / "caches/hundredfold"
    installed.unpacked.cache_clear()


def test_its_page_and_models_are_unpacked_among_the_users_caches(copy, capsys):
    page = environment.page()
    assert page == copy / "site-1f/page"
    assert environment.models() == copy / "site-1f/models"
    assert environment.cache() == copy
    assert (page / "index.html").read_bytes() == PAGE
    assert brotli.decompress((page / "index.html.br").read_bytes()) == PAGE
    assert gzip.decompress((page / "index.html.gz").read_bytes()) == PAGE
    assert capsys.readouterr().err.count("Unpacking") == 1
    assert sorted(path.name for path in copy.iterdir()) == ["site-1f"], "something is left of unpacking"


def test_what_is_lost_or_altered_is_mended_by_the_next_start(copy, capsys):
    index = environment.page() / "index.html"
    for damage in (lambda: index.write_bytes(PAGE[:-1] + b"!"), index.unlink):
        damage()
        installed.unpacked.cache_clear()
        environment.page()
        assert index.read_bytes() == PAGE
    installed.unpacked.cache_clear()
    before = index.stat().st_mtime_ns
    environment.page()
    assert index.stat().st_mtime_ns == before
    assert capsys.readouterr().err.count("Unpacking") == 3


def test_a_folder_that_can_not_be_written_is_named_with_what_to_set(copy, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HUNDREDFOLD_CACHE", str(tmp_path / "file"))
    with pytest.raises(UsageError, match="HUNDREDFOLD_CACHE must be a folder that can be written"):
        environment.page()


def test_one_that_is_there_need_not_be_written(copy):
    environment.page()
    installed.unpacked.cache_clear()
    copy.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert environment.page().is_dir()
    finally:
        copy.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("name", cli.IN_CHECKOUT)
def test_what_works_on_the_sources_says_so(copy, capsys, name):
    assert cli.main([name, *ARGUMENTS.get(name, ())]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert f"`hundredfold {name}` works on the project's sources" in told.err
    assert "run it in a checkout" in told.err
    assert told.err.count("\n") == 1


def test_every_command_is_of_a_checkout_or_runs_without_one():
    """A new command has to be decided about here."""
    everywhere = {
        "serve", "export", "evaluate", "new", "add", "classify", "power",
        "inspect", "quantize", "perf", "compare", "report",
    }  # fmt: skip
    parser = cli._parser()
    choices = next(action.choices for action in parser._actions if action.choices)
    assert set(choices) == everywhere | set(cli.IN_CHECKOUT)


def test_a_package_that_is_missing_is_installed_without_a_checkout(copy, monkeypatch):
    monkeypatch.setattr(
        arguments, "requires", lambda _: ["numpy>=1", 'onnx>=1.17; extra == "own"', "x; extra == 'dev'"]
    )
    with pytest.raises(RuntimeError, match=r"-m pip install 'onnx>=1.17'`, then try again"):
        arguments.needs("a_package_that_nobody_has", "own")
