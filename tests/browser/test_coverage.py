"""Every page and every state of one, in both languages: who is kept out, who is led to a refusal, what has no words."""

import io
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser
from pypdf import PdfReader

from contracts.policy import loader
from contracts.words.families import Language
from services.console.rendering import FOLDER
from services.ctl.layout import HOST
from services.ctl.probes import free_ports
from tests.browser.addresses import known
from tests.browser.chromium import NO_SIGNS, writes_chinese
from tests.browser.crawl import Crawl, crawled_by
from tests.browser.house import POLICY, House, house
from tests.browser.linked import link_people, provider
from tests.browser.looking import NOBODY, Looks, Round
from tests.browser.pages import seat
from tests.browser.routes import pages
from tests.browser.standing import stand
from tests.browser.states_besides import BESIDES
from tests.browser.states_lacking import LACKING
from tests.browser.states_many import MANY
from tests.browser.states_providing import PROVIDING
from tests.browser.states_ruling import RULING
from tests.browser.states_screening import SCREENING
from tests.browser.states_signing import SIGNING
from tests.browser.states_tasks import TASKS
from tests.browser.watched import Watched, watched

pytestmark = [pytest.mark.deep, pytest.mark.timeout(600)]
STATES = (*SIGNING, *PROVIDING, *TASKS, *MANY, *BESIDES, *LACKING, *SCREENING, *RULING)
AT_ONCE = 2
"""People who look at the same time, each before a console of their own."""
LEADS_ON, A_FILE = "leads on to another page", "hands on a file"
A_PART = "is a part of other pages, which the script puts there"
NO_PAGE: Mapping[str, str] = {
    "/": LEADS_ON,
    "/language/{language}": LEADS_ON,
    "/sign-in/provider/begin": LEADS_ON,
    "/cases/{case_id}/letters": LEADS_ON,
    "/waiting": A_PART,
    "/sheets/{name}": LEADS_ON,
    "/sheets/{name}/{ident}/file": A_FILE,
    "/figures/sheet": A_FILE,
    "/tasks/replies/sheet": A_FILE,
    "/conference/minutes.docx": A_FILE,
    "/letters/{letter_id}.{form}": A_FILE,
    "/public/{notice_id}.pdf": A_FILE,
    "/unserved/{letter_id}/proof.pdf": A_FILE,
    "/unserved/{letter_id}/copy.pdf": A_FILE,
    "/{what}/{ident}/papers/{document_id}": A_FILE,
    "/cases/{case_id}/sheet.pdf": A_FILE,
    "/batches/{batch_id}/volume": LEADS_ON,
    "/batches/{batch_id}/volume/{ident}/file": A_FILE,
}
"""What is answered and is nothing to look at."""
HEAD = re.compile(r"清选 · 2\d{3}-\d\d-\d\d \d\d:\d\d · ")
"""Of a printed sheet: what it is from, when it was printed, by whom."""
SEVERAL = {"/tasks/{task_id}": 3, "/{what}/{ident}/acts/{code}": 10, "/acts/{code}": 4}
"""Of these so many are looked at, each for itself: they hold other forms."""


@dataclass(frozen=True)
class Furnished:
    """A house in which something of everything stands, and the consoles before it."""

    house: House
    places: tuple[Watched, ...]
    standing: dict[str, str]


@pytest.fixture(scope="module")
async def furnished(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Furnished]:
    """It, and an identity provider beside it."""
    var = tmp_path_factory.mktemp("furnished")
    ports = [free_ports().console for _ in range(AT_ONCE)]
    async with AsyncExitStack() as stack:
        given = stack.enter_context(provider(var, f"http://{HOST}:{ports[0]}"))
        found = await stack.enter_async_context(house(var / "var", given=given))
        await link_people(found)
        places = [await stack.enter_async_context(watched(found, port)) for port in ports]
        yield Furnished(found, tuple(places), await stand(found))


@pytest.fixture(scope="module")
async def crawls(furnished: Furnished) -> Mapping[str, Crawl]:
    """What each reaches, in Chinese."""
    return await crawled_by(furnished.places[0], [NOBODY, *furnished.house.logins], "zh")


async def test_no_link_leads_anybody_to_a_refusal(furnished: Furnished, crawls: Mapping[str, Crawl]) -> None:
    held = {one.member.grant.role for one in furnished.house.people.values()} | {
        "SYS_ADMIN",
        "SECURITY_ADMIN",
    }
    assert held == {role.code for role in loader.released(POLICY).roles}
    assert [one for crawl in crawls.values() for one in crawl.broken] == []


async def test_no_code_stands_where_words_belong(crawls: Mapping[str, Crawl]) -> None:
    assert [one for crawl in crawls.values() for one in crawl.unspoken] == []


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_no_page_and_no_state_of_one_keeps_anybody_out(
    browser: Browser, furnished: Furnished, crawls: Mapping[str, Crawl], language: Language
) -> None:
    for place in furnished.places:
        place.drawn.clear()
    wanted = chosen(crawls)
    rounds = [Round(login, wanted[login], [one for one in STATES if one.login == login]) for login in crawls]
    there = await known(furnished.house, furnished.standing, language)
    looks = Looks(browser, language, there)
    await looks.at(furnished.places, rounds)
    unseen = {one.path for one in pages()} - looks.seen - NO_PAGE.keys()
    drawn = set().union(*(place.drawn_in(language) for place in furnished.places))
    wrong = [*looks.wrong, *(f"never seen: {one}" for one in sorted(unseen))]
    wrong += [f"never drawn: {one}" for one in sorted(_templates() - drawn)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.skipif(not writes_chinese(), reason=NO_SIGNS)
async def test_what_is_printed_says_what_it_is_on_every_sheet(browser: Browser, furnished: Furnished) -> None:
    async with seat(browser, furnished.places[0]) as auditor:
        await auditor.sign_in("auditor", f"/policies/{POLICY}")
        printed = await auditor.page.pdf(prefer_css_page_size=True)
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed)).pages]
    assert len(sheets) > 1
    assert [number for number, text in enumerate(sheets, 1) if not HEAD.search(text)] == []


def chosen(crawls: Mapping[str, Crawl]) -> dict[str, dict[str, bool]]:
    """By login the addresses to look at, and whether the address is the first of its route."""
    found: dict[str, dict[str, bool]] = {login: {} for login in crawls}
    looked: dict[str, set[str]] = {}
    for login, crawl in crawls.items():
        for route, addresses in crawl.pages.items():
            for address in addresses:
                kind = _kind(address)
                before = looked.setdefault(route, set())
                if kind not in before and len(before) < SEVERAL.get(route, 1):
                    found[login][address] = not before
                    before.add(kind)
    return found


def _kind(address: str) -> str:
    """What tells one form from another: the last part of an act's address, the kind in a task's number."""
    last = address.partition("?")[0].rsplit("/", 1)[-1]
    return last.split(".")[1] if last.count(".") > 1 else last


def _templates() -> set[str]:
    """Those that are pages of their own."""
    files = [path for path in FOLDER.rglob("*.html") if '{% extends "' in path.read_text()]
    return {path.relative_to(FOLDER).as_posix() for path in files}
