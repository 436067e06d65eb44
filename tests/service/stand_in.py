"""A script in the place of the process that runs models, for pools that are in trouble."""

from __future__ import annotations

STAND_IN = """#!{python}
import json, os, pathlib, sys, time

HERE = pathlib.Path(__file__).parent
with (HERE / "starts").open("a") as log:
    log.write("x")
    log.flush()
    nth = log.tell()


def say(told):
    os.write(0, (told + "\\n").encode())


def warm():
    say(json.dumps({{"refused": {{}}, "power": {{"meter": "cpu"}}}}))


def answer():
    for line in sys.stdin:
        while not (HERE / "go").exists():
            time.sleep(0.01)
        say(json.dumps({{"asked": json.loads(line), "by": nth}}))


{body}
"""
GOOD = "warm()\nanswer()"


def starts(tmp_path):
    path = tmp_path / "starts"
    return len(path.read_text()) if path.exists() else 0
