"""Somebody at work in a browser: they sign in, find their task, fill in what it asks, read the check page and sign."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from playwright.async_api import Browser, FilePayload, expect

from services.console.sheets.replies import OUTCOME
from services.ctl.demo.answers import Act
from services.ctl.demo.papers import DIGEST, NAME, PAPER
from tests.browser.company import PACE
from tests.browser.house import House
from tests.browser.pages import Seat, seat
from tests.browser.reading import bare_codes

FILE = FilePayload(name=NAME, mimeType="application/pdf", buffer=PAPER)
FIELDS = """() => Object.fromEntries([...document.querySelectorAll('main [id]')].map(
    one => [one.id, [one.tagName, one.value || '']]))"""
"""By id what a field is, and what stands in it."""
SIGN = "main form button.main"
"""The one filled button of a page: to the check, and from there to the signature."""


AT_ONCE = 3
"""Desks at which somebody may sit at the same time: they sign in while others work, and wait for what is theirs."""


@dataclass
class Office:
    """A company at work: who came in, and how many pages they opened."""

    browser: Browser
    house: House
    free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    """Desks are taken in the order in which they are asked for: whoever waits there for a task waits for nobody who
    waits for a desk, as long as people are called in the order of the procedure."""
    came: dict[str, int] = field(default_factory=dict)
    """By login, in the order in which people first came in, how often."""
    opened: int = 0
    longest: float = 0.0
    """Seconds that the slowest answer took so far: it is the machine's pace."""
    bare: list[str] = field(default_factory=list)
    """Codes that stood on a page without words."""

    @asynccontextmanager
    async def desk(self, login: str, to: str = "/tasks") -> AsyncIterator["Desk"]:
        """Somebody signed in, before a browser of their own and the page that they wanted, as soon as one is free."""
        async with self.free, seat(self.browser, self.house) as found:
            one = Desk(self, found, login)
            found.page.on("domcontentloaded", lambda _: self._open())
            await found.sign_in(login, to)
            self.came[login] = self.came.get(login, 0) + 1
            yield one

    def _open(self) -> None:
        self.opened += 1


@dataclass(frozen=True)
class Desk:
    """Somebody before their browser."""

    office: Office
    seat: Seat
    login: str

    async def open(self, path: str) -> None:
        """Go to a page of the console and read it."""
        await self.seat.open(path)
        await self.read()

    async def read(self) -> None:
        """Note what the page shows as a bare code."""
        self.office.bare += await bare_codes(self.seat.page)

    async def press(self, selector: str) -> None:
        """Press it and read the page to which it leads."""
        async with self.seat.page.expect_navigation():
            await self.seat.page.click(selector)
        await self.read()

    async def sign(self, said: str = "已存证") -> None:
        """From the form to the check page, and from there to what the page says when it is done."""
        await self.press(SIGN)
        await expect(self.seat.page.locator("h1")).to_have_text("核对后签字")
        await self.press(SIGN)
        await self.seat.says(said)
        await self.read()

    async def act(self, kind: str, case: str, says: Callable[[str], Act]) -> None:
        """Answer the task of this kind when it is there, as it is said then: its page, its check, and a signature."""
        task = await self.office.house.task(self.login, kind, case)
        began = asyncio.get_running_loop().time()
        await self.open(f"/tasks/{task['task_id']}")
        await self.choose(says(kind))
        await self.sign()
        self.office.longest = max(self.office.longest, asyncio.get_running_loop().time() - began)

    async def choose(self, act: Act) -> None:
        """Choose the outcome, and type what its form asks for and the reason."""
        await self.seat.page.check(f"#outcome-{act.outcome}")
        await self.fill(act.outcome, act.form)
        if act.reason:
            await self.seat.page.fill("#reason", act.reason)

    async def fill(self, prefix: str, form: Mapping[str, Any]) -> None:
        """Type a form: texts and numbers, answers pressed or chosen from a list, papers taken from the disk."""
        await self._enter(prefix, form, await self.seat.page.evaluate(FIELDS))

    async def _enter(self, ident: str, value: object, fields: dict[str, list[str]]) -> None:
        page = self.seat.page
        match value:
            case dict():
                for name, one in value.items():
                    await self._enter(f"{ident}-{name}", one, fields)
            case list():
                for place, one in enumerate(value):
                    if not any(name.startswith(f"{ident}-{place}-") for name in fields):
                        await self.press(f"#{ident}-add")
                        fields |= await page.evaluate(FIELDS)
                    await self._enter(f"{ident}-{place}", one, fields)
            case bool():
                await page.check(f"[id='{ident}-{str(value).lower()}']")
            case _ if value == DIGEST:
                await page.set_input_files(f"#{ident}", FILE)
            case _:
                await self._type(ident, str(value), *fields[ident])

    async def _type(self, ident: str, text: str, tag: str, stands: str) -> None:
        page = self.seat.page
        match tag:
            case "FIELDSET":
                await page.check(f"[id='{ident}-{text}']")
            case _ if stands == text:
                return
            case "SELECT":
                await page.select_option(f"#{ident}", text)
            case _:
                await page.fill(f"#{ident}", text)

    async def by_keys(self, kind: str, case: str, many: int) -> None:
        """Give the first outcome of each task of this kind, so many, by keys and without the list between them."""
        await self.office.house.task(self.login, kind, case, many)
        await self.open("/tasks")
        await self.seat.page.keyboard.press("j")
        await self._led_by("Enter")
        for left in reversed(range(many)):
            await self.seat.page.keyboard.press("1")
            await self._led_by("Control+Enter")
            await self._led_by("Control+Enter")
            await self.seat.says("已存证")
            if left:
                await self._led_by("n")

    async def _led_by(self, key: str) -> None:
        """Press a key and read the page to which it leads."""
        async with self.seat.page.expect_navigation():
            await self.seat.page.keyboard.press(key)
        await self.read()

    async def pick(self, kind: str, case: str) -> None:
        """Tick the task of this kind in the list that is shown."""
        task = await self.office.house.task(self.login, kind, case)
        await self.seat.page.check(f"[id='pick-{task['task_id']}']")

    async def bundle(self, kind: str, case: str, act: Act, many: int) -> None:
        """Answer all that wait of this kind, so many, by one signature."""
        await self.office.house.task(self.login, kind, case, many)
        await self.open(f"/tasks/bundle?kind={kind}&policy={PACE}&whole=1")
        await self.many(act)

    async def many(self, act: Act) -> None:
        """Give those that are picked this answer, and wait until each is on the record."""
        await self.choose(act)
        await self.press(SIGN)
        await self.press(SIGN)
        await self._recorded()

    async def paste(self, kind: str, case: str, outcome: str, many: int) -> None:
        """Fill in the sheet of the tasks of this kind, so many, and paste its rows back."""
        page = self.seat.page
        await self.office.house.task(self.login, kind, case, many)
        await self.open(f"/tasks/replies?kind={kind}&policy={PACE}")
        async with page.expect_download() as sheet:
            await page.click("a[href^='/tasks/replies/sheet']")
        await page.fill("#pasted", filled(await (await sheet.value).path(), outcome))
        await self.press(SIGN)
        await self.press(SIGN)
        await self._recorded()

    async def _recorded(self) -> None:
        await self.seat.page.wait_for_selector(".note.good")
        await self.read()


def filled(sheet: Path, outcome: str) -> str:
    """The rows of a sheet as they are copied, each with this outcome."""
    book = openpyxl.load_workbook(BytesIO(sheet.read_bytes()))
    rows = list(book.worksheets[-1].iter_rows(min_row=2, values_only=True))
    return "\n".join("\t".join([*map(str, row[:OUTCOME]), outcome, ""]) for row in rows)
