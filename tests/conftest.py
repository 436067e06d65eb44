"""What all tests share: where the checkout is, and a page that is built once per run."""

from pathlib import Path

import pytest

from hundredfold.setup import prepare


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def prepared(root: Path) -> dict[str, str]:
    """The built page in web/dist, made as `hundredfold prepare` makes it."""
    return prepare(root)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: from the first of them on, Playwright keeps an event loop running, which asyncio refuses."""
    items.sort(key=lambda item: "browser" in item.path.parts)
