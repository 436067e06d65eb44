"""numpy for the browser: fetched once, checked by its sha256, repaired, and its absence explained."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hundredfold.setup.steps import SetupError
from hundredfold.setup.wheel import Wanted, ensure_numpy_wheel

NAME = "numpy-0.0-test.whl"
CONTENT = bytes(range(256)) * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def pyodide(tmp_path: Path) -> Path:
    folder = tmp_path / "pyodide"
    folder.mkdir()
    lock = {"packages": {"numpy": {"file_name": NAME, "sha256": SHA256}}}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock))
    (folder / "package.json").write_text(json.dumps({"version": "1.2.3"}))
    return folder


class Giving:
    """a source that gives this content"""

    def __init__(self, content: bytes) -> None:
        self.content, self.asked = content, 0

    def __call__(self, wanted: Wanted) -> Iterator[tuple[bytes, int | None]]:
        assert (wanted.name, wanted.pyodide) == (NAME, "1.2.3")
        self.asked += 1
        for start in range(0, len(self.content), 1000):
            yield self.content[start : start + 1000], len(self.content)


def offline(wanted: Wanted) -> Iterator[tuple[bytes, int | None]]:
    """a source without a network"""
    raise OSError("Name or service not known")
    yield


def breaking(wanted: Wanted) -> Iterator[tuple[bytes, int | None]]:
    """a source that breaks off"""
    yield CONTENT[:5000], len(CONTENT)
    raise ConnectionResetError("connection reset")


def test_it_is_fetched_once_with_progress(pyodide: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = Giving(CONTENT)
    for _ in range(2):
        path = ensure_numpy_wheel(pyodide, tmp_path / "cache", (source,))
        assert path.read_bytes() == CONTENT
    assert source.asked == 1, "a second run fetches nothing"
    assert f"{NAME}: 0.3 of 0.3 MB" in capsys.readouterr().err


@pytest.mark.parametrize("found", [CONTENT[:-1], b"", CONTENT[:-1] + b"?"], ids=["truncated", "empty", "altered"])
def test_a_damaged_file_is_found_and_fetched_again(pyodide: Path, tmp_path: Path, found: bytes) -> None:
    (tmp_path / NAME).write_bytes(found)
    source = Giving(CONTENT)
    assert ensure_numpy_wheel(pyodide, tmp_path, (source,)).read_bytes() == CONTENT
    assert source.asked == 1


@pytest.mark.parametrize("first", [offline, breaking, Giving(CONTENT[:-1]), Giving(b"<html>not found</html>")])
def test_the_next_source_is_tried_and_no_part_stays(pyodide: Path, tmp_path: Path, first: object) -> None:
    cache = tmp_path / "cache"
    assert ensure_numpy_wheel(pyodide, cache, (first, Giving(CONTENT))).read_bytes() == CONTENT  # type: ignore[arg-type]
    assert [path.name for path in cache.iterdir()] == [NAME]


def test_without_a_network_it_says_what_is_missing_what_was_tried_and_how_to_get_it(
    pyodide: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    with pytest.raises(SetupError) as raised:
        ensure_numpy_wheel(pyodide, cache, (offline, Giving(b"wrong")))
    for part in (NAME, SHA256, str(cache), "a source without a network", "Name or service", "a source that gives"):
        assert part in str(raised.value)
    assert not list(cache.glob("*.whl"))


def test_a_file_put_there_by_hand_is_taken(pyodide: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(CONTENT)
    assert ensure_numpy_wheel(pyodide, tmp_path, (offline,)) == tmp_path / NAME
