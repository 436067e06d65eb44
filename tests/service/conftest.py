"""Fixtures of the server's tests: tiny models, a small built page, and applications over both."""

from __future__ import annotations

import sys

import pytest
from real import starting
from stand_in import STAND_IN
from tiny import write_models, write_page

from hundredfold.service.app import create_app
from hundredfold.service.pool import Pool
from hundredfold.service.settings import Settings


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    return write_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    return write_page(tmp_path_factory.mktemp("web") / "dist")


@pytest.fixture(scope="module")
def make_app(models, page):
    """make_app(**settings) -> an application; its workers end with the module that made it."""
    made = []

    def make(**settings):
        app = create_app(**{"models": models, "static": page, "threads": 1, "rate": "100000/minute", **settings})
        made.append(app.extensions["hundredfold.pool"])
        return app

    yield make
    for pool in made:
        pool.close()


@pytest.fixture(scope="module")
def app(make_app):
    return make_app()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def serve(models, page):
    """serve(patch, **environment) -> (process, address); ended with the test."""
    with starting(models, page) as start:
        yield start


@pytest.fixture
def pool_of(tmp_path, monkeypatch):
    """pool_of(body, **settings) -> a pool whose children run ``body`` in the runner's place."""
    made = []

    def make(body, **settings):
        script = tmp_path / "stand-in"
        script.write_text(STAND_IN.format(python=sys.executable, body=body))
        script.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(script))
        made.append(Pool(Settings.read({}, **settings)))
        return made[-1]

    yield make
    for pool in made:
        pool.close()
