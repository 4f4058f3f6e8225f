"""Brings a demo that has lived a little and a browser, once for each module."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import ground
from tests.browser.ground import Demo


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running Chromium; skips where there is none."""
    with ground.browsing() as browser:
        yield browser


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A running demo in which something was sent, something waits and somebody wrote."""
    with ground.serving(tmp_path_factory.mktemp("demo") / "data") as demo:
        yield ground.lived_in(demo)
