"""Fixtures of the core's tests: the real manifest, and the one door with replayed answers behind it."""

from __future__ import annotations

import pytest
from replay import MODELS, ask_once

from hundredfold import Manifest


@pytest.fixture(scope="session")
def manifest():
    return Manifest.load(MODELS / "manifest.json")


@pytest.fixture
def ask():
    """ask(request) -> answer through the one door; ask.opened holds the replaying sessions by variant id."""

    def ask(request, **recorded):
        return ask_once(request, opened=ask.opened, **recorded)

    ask.opened = {}
    return ask
