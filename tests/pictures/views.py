"""The pictures of the console in docs/pictures: whose page each is, and what they have pressed before."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from playwright.async_api import Page

from services.ctl.demo.desks import DISTRICT, FINDS, SCREENED, Desks
from services.ctl.demo.stage import Batch

DESK, PHONE = (1366, 768), (390, 844)
"""Windows in pixels, as wide as people have them."""


@dataclass(frozen=True)
class Scene:
    """What is there to be seen: the finished batch, and the one with work to do."""

    batch: Batch
    desks: Desks

    @property
    def found(self) -> str:
        """The case on which a department has a finding."""
        return self.desks.case_of(list(self.desks.nominees)[-1])


Path = Callable[[Scene], str]
Press = Callable[[Page], Awaitable[None]]


async def nothing(_page: Page) -> None:
    """The page as it comes."""


async def first_task(page: Page) -> None:
    """Open the first task of the list."""
    await page.click("table.list a >> nth=0")
    await page.wait_for_selector("[data-outcome]")


async def checked(page: Page) -> None:
    """Choose to sign what a colleague found, and go on to the page that says what will be recorded."""
    await first_task(page)
    await page.check("#outcome-CONFIRM")
    await page.click("[data-continue]")
    await page.wait_for_selector("form[action$='/submit']")


async def verified(page: Page) -> None:
    """Have the whole record verified."""
    await page.click("form[action='/record/verify/record'] button")
    await page.wait_for_selector(".note.good")


@dataclass(frozen=True)
class View:
    """One picture. `path` is where `login` goes, `press` what they do there."""

    login: str | None
    """None: the nominee who has yet to declare."""
    path: Path
    press: Press = nothing
    window: tuple[int, int] = DESK

    def who(self, scene: Scene) -> str:
        """The login."""
        return self.login or scene.desks.declares


def tasks(_scene: Scene) -> str:
    """The task list."""
    return "/tasks"


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "tasks": View(f"police-{DISTRICT}", tasks),
        "task": View(FINDS[1], tasks, first_task),
        "check": View(SCREENED[1][0], tasks, checked),
        "case": View(f"evaluator-{DISTRICT}", lambda scene: f"/cases/{scene.found}"),
        "figures": View("election-office", lambda scene: f"/figures?batch_id={scene.batch.batch_id}"),
        "record": View("auditor", lambda _scene: "/record", verified),
        "phone": View(None, tasks, first_task, PHONE),
    }
)
"""By the name of the file."""
