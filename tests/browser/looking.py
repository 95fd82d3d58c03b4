"""Somebody before a browser looks at one page after another, and at every state of theirs: what is wrong there."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from playwright.async_api import Browser, Response

from contracts.words.families import Language
from tests.browser.looked_at import faults
from tests.browser.pages import Seat, seat
from tests.browser.routes import route_of
from tests.browser.states import State, reached
from tests.browser.watched import Watched

NOBODY = ""
"""The login of whoever is not signed in."""


@dataclass(frozen=True)
class Round:
    """What one person looks at: addresses, and whether keys are tried there, then states."""

    login: str
    wanted: Mapping[str, bool]
    states: Sequence[State]

    @property
    def long(self) -> int:
        """How many pages that is."""
        return len(self.wanted) + len(self.states)


@dataclass
class Looks:
    """What several people saw, each before a browser and a console of their own."""

    browser: Browser
    language: Language
    there: Mapping[str, str]
    """The addresses of what the states need, by what it is."""
    wrong: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    """Routes that answered with a page."""

    async def at(self, places: Sequence[Watched], rounds: Sequence[Round]) -> None:
        """Go all the rounds, as many at a time as there are places: what one was told disturbs nobody else."""
        waiting = sorted((one for one in rounds if one.long), key=lambda one: one.long)

        async def sit(place: Watched) -> None:
            while waiting:
                await self._go(place, waiting.pop())

        await asyncio.gather(*(sit(place) for place in places))

    async def _go(self, place: Watched, found: Round) -> None:
        async with seat(self.browser, place) as visitor:
            visitor.page.on("response", lambda answer: self._note(answer, place.console))
            await visitor.open(f"/language/{self.language}?to=/sign-in")
            if found.login != NOBODY:
                await visitor.sign_in(found.login, "/me")
            for address, first in found.wanted.items():
                await visitor.open(address)
                self.wrong += [
                    f"{address}: {one}" for one in await faults(visitor, self.language, keys=first)
                ]
            for state in found.states:
                await _back_in(visitor, found.login)
                async with reached(visitor, place, state, self.there) as said:
                    said += await faults(visitor, self.language, keys=False)
                self.wrong += [f"{state.name}: {one}" for one in said]

    def _note(self, answer: Response, console: str) -> None:
        asked = answer.request
        if asked.is_navigation_request() and asked.method == "GET" and answer.status < 300:
            self.seen.add(route_of(answer.url.removeprefix(console)))


async def _back_in(visitor: Seat, login: str) -> None:
    """The visitor as before the state that ended the session, if one did."""
    await visitor.page.unroute_all()
    if login != NOBODY and not any(one["name"] == "qx" for one in await visitor.context.cookies()):
        await visitor.sign_in(login, "/me")
