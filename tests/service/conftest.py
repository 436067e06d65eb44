"""Fixtures of the server's tests: tiny models, a small built page, and applications over both."""

from __future__ import annotations

import pytest
from tiny import write_models, write_page

from hundredfold.service.app import create_app


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
