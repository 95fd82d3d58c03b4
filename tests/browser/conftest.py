"""One system and one browser for all scenes."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.chromium import CHROMIUM, MISSING
from tests.browser.house import House, house


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A real Chromium without a window."""
    if CHROMIUM is None:
        pytest.skip(MISSING)
    async with async_playwright() as engine:
        started = await engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        await started.close()


@pytest.fixture(scope="module")
async def system(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """The system, its people and its cases; not started where there is no browser."""
    async with house(tmp_path_factory.mktemp("console") / "var") as found:
        yield found
