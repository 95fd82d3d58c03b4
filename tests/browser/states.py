"""The states of a page that no link leads to, and how each is reached: what is pressed, and what the API answers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from services.console.api import AWAY, Problem, Reply
from tests.browser.pages import Seat
from tests.browser.watched import Told, Watched

Reach = Callable[[Seat, Mapping[str, str]], Awaitable[None]]
"""Brings somebody before the page; the mapping has the addresses of what there is, by what it is."""
_SEND = """([path, fields]) => {
    const form = document.body.appendChild(document.createElement('form'));
    form.method = 'post'; form.action = path;
    for (const [name, value] of Object.entries(fields)) {
        const input = form.appendChild(document.createElement('input'));
        input.type = 'hidden'; input.name = name; input.value = value;
    }
    form.submit();
}"""


@dataclass(frozen=True)
class State:
    """A page as somebody comes to it, and the template of which it is made."""

    name: str
    login: str
    template: str
    told: Mapping[str, Told]
    """What the API answers instead of the truth, by patterns of its routes."""
    reach: Reach


class States(list[State]):
    """States that belong together, each written as the function that reaches it."""

    def state(
        self, login: str, template: str, told: Mapping[str, Told] | None = None
    ) -> Callable[[Reach], Reach]:
        """The function reaches this template as `login`, or as nobody for an empty one."""

        def put(reach: Reach) -> Reach:
            self.append(State(reach.__name__, login, template, told or {}, reach))
            return reach

        return put

    def opened(
        self, name: str, login: str, path: str, template: str, told: Mapping[str, Told] | None = None
    ) -> None:
        """Likewise for a page that is only opened; `path` may name in braces what there is."""

        async def reach(seat: Seat, there: Mapping[str, str]) -> None:
            await seat.open(path.format(**there))

        self.append(State(name, login, template, told or {}, reach))


async def send(seat: Seat, path: str, **fields: str) -> None:
    """Send a form from the page that is open, as a page of ours does."""
    async with seat.page.expect_navigation():
        await seat.page.evaluate(_SEND, [path, fields])


async def go_on(seat: Seat) -> None:
    """Press the one button that leads further, and wait for the page behind it."""
    async with seat.page.expect_navigation():
        await seat.page.click("[data-continue]")


def given(body: Any, status: int = 200) -> Reply:
    """An answer of the API."""
    return Reply(status, body)


def refused(status: int, code: str) -> Reply:
    """A refusal of the API, for whose words nobody looks here."""
    return Reply(status, None, problem=Problem(status, code, "（试）", "（试）"))


SILENT = Reply(503, None, problem=Problem(503, AWAY))
"""The API does not answer."""
NOT_YET = refused(503, "being-recorded")
"""What was accepted is not on the record yet."""


def with_values(**values: Any) -> Callable[[Reply], Reply]:
    """The true answer, but for these values."""
    return lambda true: Reply(true.status, {**true.body, **values}, true.headers, true.problem)


def with_rows(*rows: Mapping[str, Any]) -> Callable[[Reply], Reply]:
    """The true list with each row as many times as there are values here, changed by them; empty without any."""

    def change(true: Reply) -> Reply:
        first = next(iter(true.body["items"]), {})
        return Reply(true.status, {**true.body, "items": [{**first, **row} for row in rows]}, true.headers)

    return change


@asynccontextmanager
async def reached(
    seat: Seat, place: Watched, state: State, there: Mapping[str, str]
) -> AsyncIterator[list[str]]:
    """The seat before the page of the state inside the block; what is wrong when that is made of another template."""
    held = [one for one in state.told.values() if isinstance(one, asyncio.Event)]
    for one in held:
        one.clear()
    place.door.told, before = state.told, len(place.drawn)
    try:
        await state.reach(seat, there)
        said = await seat.page.inner_text("main")
        # Not the last alone: a page that was left may still have asked for something.
        drawn = [template for template, _ in place.drawn[before:]]
        yield [] if state.template in drawn else [f"{drawn} instead of {state.template}: {said[:200]}"]
    finally:
        place.door.told = {}
        for one in held:
            one.set()
