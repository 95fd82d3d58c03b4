"""A person before a real browser: what they press and read, and what the browser complains of."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, expect
from playwright.async_api import Error as Interrupted

from tests.browser.place import Place

EMPTY = "about:blank"
PATIENCE = 60_000
"""Milliseconds: a loaded machine is no fault of the page."""


@dataclass
class Seat:
    """One browser with an empty profile, and who sits before it."""

    house: Place
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    """What breaks the policy of the page, and what was fetched from elsewhere."""

    async def open(self, path: str) -> None:
        """Go to a page of the console; from an empty one when the page before goes on asking for itself meanwhile."""
        if await self.page.locator("[data-watch]").count():
            await self._leave()
        while True:
            try:
                await self.page.goto(self.house.console + path)
            except Interrupted as reason:
                # It asked for itself between the look at it and the way out, or was still on that way.
                if "interrupted by another navigation" not in reason.message:
                    raise
                await asyncio.sleep(0.2)
            else:
                return

    async def _leave(self) -> None:
        """Stand before an empty page, however often the page that is left asks for itself on the way."""
        while self.page.url != EMPTY:
            with suppress(Interrupted):
                await self.page.goto(EMPTY)

    async def sign_in(self, login: str, to: str = "/tasks") -> None:
        """Sign in by the form, from the page that was wanted."""
        await self.open(to)
        await self.enter(login)
        await self.page.wait_for_url(self.house.console + to)

    async def enter(self, login: str) -> None:
        """Fill in the form of the sign-in page and send it by the Enter key."""
        await self.page.fill("#login", login)
        await self.page.fill("#password", self.house.account(login).password)
        await self.page.press("#password", "Enter")

    async def says(self, text: str) -> None:
        """Wait until the page says it."""
        await expect(self.page.locator("main")).to_contain_text(text)

    async def barriers(self) -> list[str]:
        """What keeps somebody out who hears the page or sees it badly (axe)."""
        await self.page.evaluate(_AXE)
        found: list[str] = await self.page.evaluate(_VIOLATIONS)
        return [f"{urlsplit(self.page.url).path}: {one}" for one in found]

    async def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(await self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@asynccontextmanager
async def seat(
    browser: Browser, place: Place, width: int = 1366, *, script: bool = True
) -> AsyncIterator[Seat]:
    """A browser inside the block."""
    context = await browser.new_context(
        viewport={"width": width, "height": 768}, java_script_enabled=script, locale="zh-CN"
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = await context.new_page()
    found = Seat(place, context, page)
    page.on("console", lambda said: _heard(found, said.text))
    page.on("request", lambda asked: _asked(found, asked.url))
    try:
        yield found
        assert found.complaints == []
    finally:
        await context.close()


@dataclass(frozen=True)
class Tabbed:
    """What the Tab key came to: the controls that it never reached, and how each shows the focus."""

    missed: list[str]
    outlines: list[float]


async def tabbed(page: Page) -> Tabbed:
    """Press Tab through the whole page."""
    wanted = set(await page.evaluate(f"({_WATCHED})(({_CONTROLS})())"))
    keys = await page.context.new_cdp_session(page)
    # Sent one behind the other: to wait for each would take most of the time that a page is looked at.
    await asyncio.gather(*(keys.send("Input.dispatchKeyEvent", _TAB) for _ in range(len(wanted) + 5)))
    reached: dict[str, float] = await page.evaluate("window.reached")
    await keys.detach()
    return Tabbed(sorted(wanted - reached.keys()), list(reached.values()))


_AXE: str = Axe().axe_script
_VIOLATIONS = """axe.run(document, {resultTypes: ['violations'], preload: false}).then(found =>
    found.violations.map(one => one.id + ': ' + one.nodes[0].html.slice(0, 200)))"""
_TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
_WATCHED = """controls => {
    window.reached = {};
    document.activeElement && document.activeElement.blur();
    document.addEventListener('focusin', event => {
        const name = event.target.dataset.tried;
        if (name) { window.reached[name] = parseFloat(getComputedStyle(event.target).outlineWidth); }
    });
    return controls.map((one, at) => (one.dataset.tried = String(at)));
}"""
"""Notes each of the controls that is reached, with the width of its outline; their names."""
_CONTROLS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(one =>
    one.type !== 'hidden' && one.tabIndex >= 0 && one.getClientRects().length &&
    (one.tagName === 'SUMMARY' || !one.closest('details:not([open])')) &&
    !(one.type === 'radio' &&
      (all => all.find(r => r.checked) || all[0])([...document.getElementsByName(one.name)]) !== one))"""
"""Whatever a person can reach: of radios that belong together the chosen one, else the first, stands for all."""


def _heard(seat: Seat, text: str) -> None:
    if "Content Security Policy" in text or "Content-Security-Policy" in text:
        seat.complaints.append(text)


def _asked(seat: Seat, url: str) -> None:
    if not url.startswith(seat.house.console + "/"):
        seat.complaints.append(f"asked elsewhere: {url}")
