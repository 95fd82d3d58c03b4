"""A console in this process before the API of a whole system: it notes what it draws, and its door can be told what
the API answers instead."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest

from services.console import app
from services.console.api import Door, Reply
from services.console.language import Language
from services.console.main import MAX_BODY
from services.console.pages import sheets
from services.console.rendering import Renderer
from services.ctl.demo.client import Account
from services.ctl.layout import HOST
from services.kit.http import serve_app
from tests.browser.house import PATIENCE, House
from tests.console_rig import SECRET, settings

Told = Reply | Callable[[Reply], Reply] | asyncio.Event
"""An answer, what becomes of the true one, or something that is waited for before the true one comes."""


class ToldDoor(Door):
    """The door to the API, but for what it was told."""

    told: Mapping[str, Told]

    async def ask(self, method: str, path: str, **asked: Any) -> Reply:
        """As `Door.ask`; the names in `told` are patterns of `METHOD /path`."""
        found = next((one for name, one in self.told.items() if re.fullmatch(name, f"{method} {path}")), None)
        if isinstance(found, Reply):
            return found
        if isinstance(found, asyncio.Event):
            await found.wait()
        # A machine that does something else besides is no API that is away.
        answer = await super().ask(method, path, **{**asked, "seconds": PATIENCE})
        return found(answer) if callable(found) else answer


@dataclass
class Watched:
    """The console, and the system behind it."""

    house: House
    console: str
    door: ToldDoor
    drawn: list[tuple[str, Language]] = field(default_factory=list)
    """The templates that were filled, in this order, each with its language."""

    def account(self, login: str) -> Account:
        """Somebody's account, signed in to the API."""
        return self.house.account(login)

    @property
    def logins(self) -> list[str]:
        """Everybody whom the system knows."""
        return self.house.logins

    def drawn_in(self, language: Language) -> set[str]:
        """The templates that were filled in this language."""
        return {template for template, spoken in self.drawn if spoken == language}


@asynccontextmanager
async def watched(house: House, port: int) -> AsyncIterator[Watched]:
    """The console inside the block, at this port."""
    stop = asyncio.Event()
    async with httpx2.AsyncClient() as client:
        door = ToldDoor(client, house.system.api)
        door.told = {}
        found = Watched(house, f"http://{HOST}:{port}", door)

        class Noting(Renderer):
            def render(self, template: str, language: Language, values: Mapping[str, Any]) -> str:
                found.drawn.append((template, language))
                return super().render(template, language, values)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(app, "Renderer", Noting)
            # A sheet that takes long is seen as soon as it takes any time.
            patched.setattr(sheets, "QUICK_SECONDS", 0.0)
            made = app.make_app(settings(), door, SECRET)
            serving = asyncio.create_task(serve_app(made, HOST, port, stop, max_body=MAX_BODY))
            try:
                yield found
            finally:
                stop.set()
                await serving
