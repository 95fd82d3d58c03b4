"""`make screenshots`: a demonstration of its own, and of each view a picture in docs/pictures."""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright
from rich.console import Console

from services.ctl.demo.desks import laid_out
from services.ctl.demo.run import demo
from services.ctl.demo.stage import Batch
from services.ctl.embedded import Running
from services.ctl.settings import Settings
from tests.browser.chromium import CHROMIUM, MISSING, NO_SIGNS, writes_chinese
from tests.pictures.views import VIEWS, Scene, View

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
NOMINEES = 24
PATIENCE = 60_000
"""Milliseconds for what must come."""


async def take(system: Running, batch: Batch) -> None:
    """Every picture, each from a browser of its own."""
    scene = Scene(batch, await laid_out(batch))
    async with async_playwright() as engine:
        browser = await engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, view in VIEWS.items():
            await _take(browser, system.console, scene, view, FOLDER / f"{name}.png")
        await browser.close()


async def _take(browser: Browser, console: str, scene: Scene, view: View, file: Path) -> None:
    width, height = view.window
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    await _sign_in(page, console, scene, view)
    await view.press(page)
    await page.screenshot(path=file)
    await context.close()


async def _sign_in(page: Page, console: str, scene: Scene, view: View) -> None:
    people = {**scene.batch.officers, **scene.desks.nominees}
    account = people[view.who(scene)].account
    await page.goto(console + view.path(scene))
    await page.fill("#login", account.login)
    await page.fill("#password", account.password)
    await page.press("#password", "Enter")
    await page.wait_for_url(console + view.path(scene))


def main() -> int:
    """0 when every picture was taken."""
    if CHROMIUM is None:
        print(MISSING, file=sys.stderr)
        return 1
    if not writes_chinese():
        print(NO_SIGNS, file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(var=Path(folder), processes="apart")
        ended = asyncio.run(demo(NOMINEES, settings, os.environ, Console(soft_wrap=True), take))
    for picture in FOLDER.glob("*.png"):
        picture.chmod(0o644)  # what is written while a system runs is for this account alone
    return ended


if __name__ == "__main__":
    sys.exit(main())
