"""Every wrong argument, setting or environment ends in a sentence that names it and what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from hundredfold import cli, environment
from hundredfold.service.settings import Settings, SettingsError, variable

NO_WHOLE = ("", "x", "1.5", "nan", "inf", "1e3", "-7", "9" * 30, "9" * 5000, "0x10", "1,5")
NO_NUMBER = ("", "x", "nan", "inf", "-inf", "-1", "1e300", "1,5", "9" * 5000)
WHOLE = {
    "serve": ("--port",),
    "evaluate tower --agent here": ("--blocks", "--episodes", "--seed"),
    "evaluate tower": ("--jobs",),
    "bench": ("--rounds",),
    "bench start": ("--rounds",),
    "bench serve": ("--rounds", "--crowd"),
    "perf -m x.onnx": ("--repeats", "--seed"),
}
NUMBER = {
    "evaluate tower --agent here": ("--noise", "--light"),
    "validate-energy": ("--seconds",),
    "bench serve": ("--seconds",),
    "quantize -m x.onnx -o y.onnx": ("--max-drop",),
}
WRONG = [
    *[(f"{line} {flag}=", value, flag) for line, flags in WHOLE.items() for flag in flags for value in NO_WHOLE],
    *[(f"{line} {flag}=", value, flag) for line, flags in NUMBER.items() for flag in flags for value in NO_NUMBER],
    ("bench --rounds=", "0", "--rounds"),
    ("bench start --rounds=", "0", "--rounds"),
    ("evaluate tower --jobs=", "0", "--jobs"),
    ("evaluate tower --agent=", "both", "--agent"),
    ("evaluate tower --agent=here --task=", "chess", "--task"),
    ("evaluate ", "chess", "chess"),
    ("evaluate digits --variant=", "huge", "--variant"),
    ("evaluate digits --variant=", "", "--variant"),
    ("forge ", "chess", "chess"),
    ("bench ", "everything", "everything"),
    ("bench serve --servers=", "uvicorn", "--servers"),
    ("export ", "", "DIR"),
    ("export site --base=", "", "--base"),
    ("export site --base=", "demo/", "--base"),
    ("export site --base=", "/a b/", "--base"),
    ("export site --base=", "//evil.example/", "--base"),
    ("export site --base=", "/../", "--base"),
    ("export ", "/dev/null", "DIR"),
    ("export ", "/dev/null/site", "DIR"),
    ("export ", "/proc/site", "DIR"),
    ("fly", "", "fly"),
    ("serve --colour", "", "--colour"),
    ("serve --por=80", "", "--por"),
]
USELESS = [
    ("evaluate digits --agent here", "--agent"),
    ("evaluate digits --blocks 3", "--blocks"),
    ("evaluate digits --jobs 2", "--jobs"),
    ("evaluate tower --variant reach", "--variant"),
    ("evaluate tower --task single", "--task"),
    ("evaluate tower --blocks 4", "--blocks"),
    ("evaluate tower --noise 2", "--noise"),
    ("evaluate tower --agent here --jobs 2", "--jobs"),
    ("prepare --packages --browser", "--browser"),
    ("bench --seconds 2", "--seconds"),
    ("bench start --servers granian", "--servers"),
    ("bench start --crowd 50", "--crowd"),
    ("evaluate tower --agent here more", "more"),
    ("evaluate", "exhibit"),
    ("", "COMMAND"),
]


def ends(capsys, arguments, names):
    try:
        code = cli.main(arguments)
    except SystemExit as exit_:
        code = exit_.code
    told = capsys.readouterr()
    assert code == 2, told
    (line,) = told.err.splitlines()
    assert line.startswith("hundredfold: ")
    assert names in line
    assert len(line) < 400
    assert not told.out


def label(value):
    return str(value)[:40]


@pytest.mark.parametrize(("line", "value", "names"), WRONG, ids=label)
def test_a_wrong_argument_is_named(capsys, tmp_path, monkeypatch, line, value, names):
    monkeypatch.chdir(tmp_path)
    *words, last = line.split(" ")
    ends(capsys, [*words, last + value] if last or value or line.endswith(" ") else words, names)


@pytest.mark.parametrize(("line", "names"), USELESS)
def test_an_argument_that_would_do_nothing_is_refused(capsys, line, names):
    ends(capsys, line.split(), names)


NO_SETTING = {
    int: NO_WHOLE,
    float: NO_NUMBER,
    str: ("often", "0/second", "1/fortnight", "-1/second", "nan"),
    tuple: ("a\0b",),
}


ANY_TEXT = {"llm_model", "llm_key"}


def wrong_settings():
    for name, default in vars(Settings()).items():
        if name in ANY_TEXT:
            continue
        if isinstance(default, Path):
            yield from ((name, value) for value in ("/nowhere", "/dev/null", "/dev/null/x", "a\0b", "x" * 5000))
        else:
            yield from ((name, value) for value in NO_SETTING[float if default is None else type(default)] if value)


@pytest.mark.parametrize(("name", "value"), list(wrong_settings()), ids=label)
def test_a_wrong_setting_is_named(name, value):
    with pytest.raises(SettingsError, match=f"^{variable(name)} must be ") as caught:
        Settings.read({variable(name): value})
    assert len(str(caught.value)) < 300


def test_an_unreadable_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SettingsError, match="HUNDREDFOLD_MODELS must be a folder that exists and can be read"):
        Settings.read({"HUNDREDFOLD_MODELS": str(tmp_path)})


@pytest.mark.parametrize("command", ["serve", "export site", "power", "validate-energy", "evaluate tower --agent here"])
def test_every_command_names_a_wrong_setting(capsys, monkeypatch, tmp_path, command):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUNDREDFOLD_PUE", "much")
    ends(capsys, command.split(), "HUNDREDFOLD_PUE must be a number")


@pytest.mark.parametrize(
    ("name", "value", "names"),
    [
        ("PORT", "http", "PORT must be"),
        ("PORT", "70000", "PORT must be"),
        ("PORT", "9" * 5000, "PORT must be"),
        ("PORT", "-1", "PORT must be"),
        ("HOST", "no such host", "HOST must be"),
        ("HOST", "203.0.113.7", "HOST must be"),
        ("HOST", "\x7f" * 5000, "HOST must be"),
    ],
    ids=label,
)
def test_a_wrong_address_is_named(capsys, monkeypatch, name, value, names):
    monkeypatch.setenv("PORT", "0")
    monkeypatch.setenv(name, value)
    ends(capsys, ["serve"], names)


@pytest.mark.parametrize("command", ["prepare", "prepare --packages", "export site", "evaluate digits", "forge digits"])
@pytest.mark.parametrize("folder", ["/dev/null", "/dev/null/cache", "/proc/cache"])
def test_a_cache_that_can_not_be_written_is_named(capsys, monkeypatch, tmp_path, command, folder):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HUNDREDFOLD_CACHE", folder)
    ends(capsys, command.split(), "HUNDREDFOLD_CACHE must be a folder that can be written")


@pytest.mark.parametrize("command", ["evaluate digits", "evaluate tower", "evaluate tower --agent there"])
def test_models_that_are_nowhere_are_named(capsys, monkeypatch, command):
    monkeypatch.setenv("HUNDREDFOLD_MODELS", "/nowhere")
    ends(capsys, command.split(), "HUNDREDFOLD_MODELS must be a folder")


@pytest.mark.parametrize(
    "lacking", ["digits/student-int8.onnx", "manifest.json", "tower/training.json", "tower/reach.onnx"]
)
def test_a_missing_file_of_the_models_says_how_to_get_it(capsys, monkeypatch, tmp_path, root, lacking):
    models = shutil.copytree(root / "models", tmp_path / "models", symlinks=True)
    (models / lacking).unlink()
    monkeypatch.setenv("HUNDREDFOLD_MODELS", str(models))
    line = {"digits/student-int8.onnx": "digits", "tower/reach.onnx": "tower --agent here"}.get(lacking, "tower")
    assert cli.main(["evaluate", *line.split()]) == 1
    told = capsys.readouterr().err
    assert lacking in told
    assert "git checkout models/" in told


def test_an_unknown_variable_is_warned_of_with_the_nearest_name(monkeypatch, capsys):
    environment.warn_of_unknown.cache_clear()
    monkeypatch.setenv("HUNDREDFOLD_WORKER", "2")
    monkeypatch.setenv("HUNDREDFOLD_XYZZY", "2")
    for _ in range(2):
        environment.warn_of_unknown(frozenset(variable(field.name) for field in fields(Settings)))
    worker, other = capsys.readouterr().err.splitlines()
    assert "HUNDREDFOLD_WORKER: did you mean HUNDREDFOLD_WORKERS?" in worker
    assert "no setting HUNDREDFOLD_XYZZY" in other
    environment.warn_of_unknown.cache_clear()


@pytest.mark.parametrize("program", ["server.py", "hundredfold"])
def test_as_a_program_it_says_so_on_stderr_and_ends_with_2(root, program):
    start = [str(root / "server.py")] if program == "server.py" else ["-m", "hundredfold.cli", "serve"]
    env = {**os.environ, "HUNDREDFOLD_WORKERS": "0", "HUNDREDFOLD_PEU": "1"}
    done = subprocess.run([sys.executable, *start], env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 2
    *warning, line = done.stderr.splitlines()
    assert line.startswith("hundredfold: HUNDREDFOLD_WORKERS must be")
    assert all("did you mean HUNDREDFOLD_PUE?" in each for each in warning)
