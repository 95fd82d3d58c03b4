"""The officer's bundle through the pages of the console, as a browser without script sends its forms."""

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import NamedTuple

import httpx2

from services.ctl.demo.client import Account

LOOK = 0.05
SELECT = "/tasks/bundle?kind=reply&policy={policy}&whole=1"


class Progress(NamedTuple):
    """What the result page says: how many items there are, and how many of them have their result."""

    many: int
    over: int


@dataclass
class Page:
    """A console, and a browser in which somebody is signed in."""

    client: httpx2.AsyncClient

    async def checked(self, policy: str, outcome: str) -> httpx2.Response:
        """Choose the whole list and this outcome; the page that answers."""
        page = await self.client.get(SELECT.format(policy=policy))
        boxes = re.findall(r'name="(pick\.[^"]+)" value="([^"]+)" checked', page.text)
        fields = {**_hidden(page.text, "/tasks/bundle/check"), **dict(boxes), "outcome": outcome}
        return await self.client.post("/tasks/bundle/check", files=_as_parts(fields))

    async def signed(self, check: httpx2.Response) -> str:
        """Sign what the check page shows; where the result stands."""
        answer = await self.client.post("/tasks/bundle", data=_hidden(check.text, "/tasks/bundle"))
        if answer.status_code != 303:
            raise AssertionError(f"the bundle was answered by {answer.status_code}")
        return str(answer.headers["location"])

    async def progress(self, where: str) -> Progress:
        """How far it is; waits while the API is away."""
        while True:
            page = await self.client.get(where)
            found = re.search(r'<progress max="(\d+)" value="(\d+)"', page.text)
            if found is not None:
                return Progress(int(found[1]), int(found[2]))
            if page.status_code != 503:
                raise AssertionError(f"{where} answered {page.status_code}")
            await asyncio.sleep(LOOK)

    async def until(self, where: str, over: int) -> Progress:
        """Wait until so many have their result."""
        while (seen := await self.progress(where)).over < over:
            await asyncio.sleep(LOOK)
        return seen


@asynccontextmanager
async def signed_in(console: str, account: Account) -> AsyncIterator[Page]:
    """The console in the name of this account, inside the block."""
    headers = {"Origin": console}
    async with httpx2.AsyncClient(base_url=console, headers=headers, timeout=120) as client:
        answer = await client.post("/sign-in", data={"login": account.login, "password": account.password})
        if answer.status_code != 303:
            raise AssertionError(f"the sign-in answered {answer.status_code}")
        yield Page(client)


def _hidden(page: str, action: str) -> dict[str, str]:
    form = page[page.index(f'action="{action}"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")])
    return {name: html.unescape(value) for name, value in found}


def _as_parts(fields: dict[str, str]) -> dict[str, tuple[None, str]]:
    return {name: (None, value) for name, value in fields.items()}
