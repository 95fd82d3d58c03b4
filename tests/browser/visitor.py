"""Follows every link that a page shows, as somebody who reads without a browser."""

import re
from html import unescape
from urllib.parse import urljoin

import httpx2

from tests.browser.house import House

MOST = 60
"""Pages: what lies behind is of the same kinds."""


async def crawled(house: House, login: str) -> list[str]:
    """The links that do not answer with a page, each with the page on which it stands."""
    account = house.account(login)
    headers = {"Origin": house.console}
    async with httpx2.AsyncClient(base_url=house.console, headers=headers, timeout=60) as visitor:
        signed = await visitor.post("/sign-in", data={"login": login, "password": account.password})
        assert signed.status_code == 303
        waiting, seen, broken = [("/", "sign-in")], {"/"}, []
        while waiting and len(seen) < MOST:
            path, shown_on = waiting.pop(0)
            page = await visitor.get(path, follow_redirects=True)
            if page.status_code != 200:
                broken.append(f"{path} on {shown_on}: {page.status_code}")
            for found in re.findall(r'<a [^>]*?href="([^"#]+)"', page.text):
                link = urljoin(str(page.url), unescape(found)).removeprefix(house.console)
                if link.startswith("/") and not link.startswith("/language/") and link not in seen:
                    seen.add(link)
                    waiting.append((link, path))
    return broken
