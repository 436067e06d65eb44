"""Fixtures of the export's tests: functions of the page, called in Node."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hundredfold.setup import ensure_node


@pytest.fixture(scope="session")
def js() -> Iterator[Callable[..., Any]]:
    """js(module, name, *args): what a function of web/src returns, with JSON in and out."""
    command = [ensure_node().command("node"), str(Path(__file__).with_name("ask.mjs"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdin
        assert node.stdout
        given, told = node.stdin, node.stdout

        def call(module: str, name: str, *args: Any) -> Any:
            print(json.dumps({"module": module, "name": name, "args": args}), file=given, flush=True)
            return json.loads(told.readline())

        yield call
        given.close()
