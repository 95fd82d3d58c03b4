"""Follows every link that pages show, as somebody who reads without a browser: what each role reaches from its menu."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

import httpx2

from contracts.words.families import Language
from tests.browser.house import PATIENCE
from tests.browser.place import Place
from tests.browser.routes import route_of
from tests.browser.spoken import unspoken

AT_ONCE = 2
"""People who walk at the same time."""


@dataclass
class Crawl:
    """What one person came to."""

    login: str
    pages: dict[str, list[str]] = field(default_factory=dict)
    """By route the addresses that answered with a page."""
    files: dict[str, list[str]] = field(default_factory=dict)
    """By route the addresses that answered with a file to keep."""
    broken: list[str] = field(default_factory=list)
    """Links that led nowhere, each with the page on which it stands."""
    unspoken: list[str] = field(default_factory=list)
    """Codes that stood on a page instead of words."""


@asynccontextmanager
async def visiting(place: Place, login: str, language: Language) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody without a browser, signed in; nobody for an empty login."""
    headers = {"Origin": place.console}
    async with httpx2.AsyncClient(base_url=place.console, headers=headers, timeout=60) as visitor:
        await visitor.get(f"/language/{language}")
        if login:
            await _sign_in(visitor, login, place.account(login).password)
        yield visitor


async def _sign_in(visitor: httpx2.AsyncClient, login: str, password: str) -> None:
    """As often as the system asks for patience: whoever signs in while many do waits their turn."""
    async with asyncio.timeout(PATIENCE):
        while True:
            signed = await visitor.post("/sign-in", data={"login": login, "password": password})
            if signed.status_code not in {429, 503}:
                break
            await asyncio.sleep(0.5)
    assert signed.status_code == 303, (login, signed.status_code)


async def crawled(place: Place, login: str, language: Language, most: int, turn: int = 0) -> Crawl:
    """What is reached from the first page by links, of each route `most` addresses: the others are of the same kind.

    Which of several on a page come first is another for each `turn`.
    """
    found, followed = Crawl(login), Counter[str]()
    async with visiting(place, login, language) as visitor:
        waiting, seen = [("/", "sign-in")], {"/"}
        while waiting:
            path, shown_on = waiting.pop(0)
            answer = await _read(visitor, path)
            if not str(answer.url).startswith(f"{place.console}/"):
                continue  # It led out of the house: to the provider.
            at = str(answer.url).removeprefix(place.console)
            if answer.status_code >= 400:
                found.broken.append(f"{login}: {path} on {shown_on}: {answer.status_code}")
                continue
            if "html" not in answer.headers["content-type"]:
                found.files.setdefault(route_of(at), []).append(at)
                continue
            found.pages.setdefault(route_of(at), []).append(at)
            found.unspoken += [
                f"{login}: {at}: {code}" for code in unspoken(answer.text, language, place.logins)
            ]
            links = _links(answer.text, str(answer.url), place.console)
            first = turn % max(len(links), 1)
            for link in [*links[first:], *links[:first]]:
                if link not in seen and followed[route_of(link)] < most:
                    seen.add(link)
                    followed[route_of(link)] += 1
                    waiting.append((link, at))
    return found


async def _read(visitor: httpx2.AsyncClient, path: str) -> httpx2.Response:
    """The page; asked for once more when the connection was closed just then, as idle ones are."""
    try:
        return await visitor.get(path, follow_redirects=True)
    except httpx2.TransportError:
        return await visitor.get(path, follow_redirects=True)


async def crawled_by(
    place: Place, logins: Iterable[str], language: Language, most: int = 1
) -> dict[str, Crawl]:
    """By login what each of them reaches."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def walk(turn: int, login: str) -> Crawl:
        async with gate:
            return await crawled(place, login, language, most, turn)

    return {
        one.login: one for one in await asyncio.gather(*(walk(turn, one) for turn, one in enumerate(logins)))
    }


def _links(html: str, at: str, console: str) -> list[str]:
    """Where the page's links lead within the console; a switch of the language is no page of its own."""
    links = [urljoin(at, unescape(one)) for one in re.findall(r'<a [^>]*?href="([^"#]+)"', html)]
    paths = [one.removeprefix(console) for one in links if one.startswith(f"{console}/")]
    return [one for one in dict.fromkeys(paths) if not one.startswith("/language/")]
