"""Every page and every state of one, in both languages: who is kept out, who is led to a refusal, what has no words."""

import io
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

import pytest
from playwright.async_api import Browser, Response
from pypdf import PdfReader

from contracts.policy import loader
from contracts.words.families import Language
from contracts.words.loader import word
from services.console.rendering import FOLDER
from services.console.session import Seal
from services.ctl.demo.roster import resident_number
from tests.browser.crawl import Crawl, crawled_by
from tests.browser.house import POLICY, House
from tests.browser.looked_at import faults
from tests.browser.pages import Seat, seat
from tests.browser.routes import pages, route_of
from tests.browser.states import reached
from tests.browser.states_besides import BESIDES
from tests.browser.states_lacking import LACKING
from tests.browser.states_many import MANY
from tests.browser.states_signing import SIGNING
from tests.browser.states_tasks import TASKS
from tests.browser.watched import Watched, watched
from tests.console_rig import SECRET

pytestmark = pytest.mark.timeout(600)
NOBODY = ""
"""The login of whoever is not signed in."""
STATES = (*SIGNING, *TASKS, *MANY, *BESIDES, *LACKING)
LEADS_ON, A_FILE = "leads on to another page", "hands on a file"
NO_PAGE: Mapping[str, str] = {
    "/": LEADS_ON,
    "/language/{language}": LEADS_ON,
    "/cases/{case_id}/letters": LEADS_ON,
    "/sheets/{name}": LEADS_ON,
    "/sheets/{name}/{ident}/file": A_FILE,
    "/figures/sheet": A_FILE,
    "/tasks/replies/sheet": A_FILE,
    "/conference/minutes.docx": A_FILE,
    "/letters/{letter_id}.{form}": A_FILE,
    "/public/{notice_id}.pdf": A_FILE,
    "/unserved/{letter_id}/proof.pdf": A_FILE,
    "/{what}/{ident}/papers/{document_id}": A_FILE,
    "/cases/{case_id}/sheet.pdf": A_FILE,
    "/batches/{batch_id}/volume": LEADS_ON,
    "/batches/{batch_id}/volume/{ident}/file": A_FILE,
}
"""What is answered and is nothing to look at."""
UNSEEN = frozenset(
    {
        "/emergency/recording/{command_id}",
        "/emergency/{request_id}",
        "/me/provider",
        "/policies/{version}/what-if/{ident}",
        "/proposals/recording/{command_id}",
        "/proposals/transition",
        "/proposals/{case_id}",
        "/proposals/{case_id}/decide",
        "/screening/{book}",
        "/screening/{book}/lists/{code}",
        "/screening/{book}/lists/{code}/{ident}",
        "/screening/{book}/namesakes/{about}",
        "/sign-in/provider",
        "/sign-in/provider/begin",
        "/{what}/{ident}/acts/{code}",
    }
)
"""Routes that need a state of their own here, and have none yet."""
UNDRAWN = frozenset(
    {
        "accounts/witnessing.html",
        "acts/from.html",
        "emergencies/page.html",
        "emergencies/read.html",
        "policies/calendars.html",
        "policies/proposal.html",
        "policies/proposals.html",
        "policies/what_if.html",
        "reveals/form.html",
        "reveals/shown.html",
        "screening/books.html",
        "screening/desk.html",
        "screening/found.html",
        "screening/import.html",
        "screening/namesakes.html",
        "screening/tried.html",
        "sign_in/away.html",
        "sign_in/link.html",
        "sign_in/second_provider.html",
    }
)
"""Templates that need a state of their own here, and have none yet; a link may lead to some."""
HEAD = re.compile(r"清选 · 2\d{3}-\d\d-\d\d \d\d:\d\d · ")
"""Of a printed sheet: what it is from, when it was printed, by whom."""
SEVERAL = {
    "/tasks/{task_id}": 3,
    "/cases/{case_id}/acts/{code}": 6,
    "/batches/{batch_id}/acts/{code}": 4,
    "/acts/{code}": 4,
}
"""Of these so many are looked at, each for itself: they hold other forms."""


@pytest.fixture(scope="module")
async def place(system: House) -> AsyncIterator[Watched]:
    async with watched(system) as found:
        somebody = {
            "login": "somebody-new",
            "name": "演示·新",
            "id_number": resident_number(700),
            "grants": [],
        }
        # A request that waits for its decision.
        body = {"accounts": [somebody], "reason": "试一试"}
        await found.account("admin").post("/v1/accounts", system.key(), body)
        yield found


@pytest.fixture(scope="module")
async def crawls(place: Watched) -> Mapping[str, Crawl]:
    """What each reaches, in Chinese."""
    return await crawled_by(place, [NOBODY, *place.house.logins], "zh")


@pytest.mark.deep
async def test_no_link_leads_anybody_to_a_refusal(place: Watched, crawls: Mapping[str, Crawl]) -> None:
    held = {one.member.grant.role for one in place.house.people.values()} | {"SYS_ADMIN", "SECURITY_ADMIN"}
    assert held == {role.code for role in loader.released(POLICY).roles}
    assert [one for crawl in crawls.values() for one in crawl.broken] == []


@pytest.mark.deep
async def test_no_code_stands_where_words_belong(crawls: Mapping[str, Crawl]) -> None:
    assert [one for crawl in crawls.values() for one in crawl.unspoken] == []


@pytest.mark.deep
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_no_page_and_no_state_of_one_keeps_anybody_out(
    browser: Browser, place: Watched, crawls: Mapping[str, Crawl], language: Language
) -> None:
    there, wrong, seen = await known(place.house, language), [], set[str]()
    place.drawn.clear()
    for login in crawls:
        wanted, states = chosen(crawls)[login], [one for one in STATES if one.login == login]
        if not wanted and not states:
            continue
        async with seat(browser, place) as visitor:
            visitor.page.on("response", lambda answer: seen.update(_page_of(answer, place.console)))
            await visitor.open(f"/language/{language}?to=/sign-in")
            if login != NOBODY:
                await visitor.sign_in(login, "/me")
            for address, first in wanted.items():
                await visitor.open(address)
                wrong += [f"{address}: {one}" for one in await faults(visitor, language, keys=first)]
            for state in states:
                await _back_in(visitor, login)
                async with reached(visitor, place, state, there) as found:
                    found += await faults(visitor, language, keys=False)
                wrong += [f"{state.name}: {one}" for one in found]
    unseen = {one.path for one in pages()} - seen - NO_PAGE.keys() - UNSEEN
    wrong += [f"never seen: {one}" for one in sorted(unseen)]
    wrong += [f"never drawn: {one}" for one in sorted(_templates() - place.drawn_in(language) - UNDRAWN)]
    assert not wrong, "\n".join(wrong)


async def test_what_is_printed_says_what_it_is_on_every_sheet(browser: Browser, place: Watched) -> None:
    async with seat(browser, place) as auditor:
        await auditor.sign_in("auditor", f"/policies/{POLICY}")
        printed = await auditor.page.pdf(prefer_css_page_size=True)
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed)).pages]
    assert len(sheets) > 1
    assert [number for number, text in enumerate(sheets, 1) if not HEAD.search(text)] == []


async def _back_in(visitor: Seat, login: str) -> None:
    """The visitor as before the state that ended the session, if one did."""
    await visitor.page.unroute_all()
    if login != NOBODY and not await _signed_in(visitor):
        await visitor.sign_in(login, "/me")


async def _signed_in(visitor: Seat) -> bool:
    return any(one["name"] == "qx" for one in await visitor.context.cookies())


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


def _page_of(answer: Response, console: str) -> Iterator[str]:
    asked = answer.request
    if asked.is_navigation_request() and asked.method == "GET" and answer.status < 300:
        yield route_of(answer.url.removeprefix(console))


def _templates() -> set[str]:
    """Those that are pages of their own."""
    files = [path for path in FOLDER.rglob("*.html") if '{% extends "' in path.read_text()]
    return {path.relative_to(FOLDER).as_posix() for path in files}


async def known(house: House, language: Language) -> dict[str, str]:
    """Where what the states need is found."""
    unread, asked, own = house.cases[2], house.cases[1], house.cases[0]
    reply = await house.task("dept-officer", "reply", asked)
    admin = house.account("admin")
    requests: Sequence[Mapping[str, str]] = await admin.pages("/v1/access")
    details = [await admin.get(f"/v1/access/{one['case_id']}") for one in requests]
    undecided = next(one["case_id"] for one in details if one["decision"])
    name = str(reply["nominee"]["name"])
    proof = Seal(SECRET).close("reply", [reply["task_id"], reply["content_digest"], name])
    return {
        "screen": f"/tasks/{(await house.task('screener', 'screen', unread))['task_id']}",
        "declare": f"/tasks/{(await house.task('nominee-0', 'declare', own))['task_id']}",
        "declared": f"/tasks/{asked}.declare.1.1",
        "reply": f"/tasks/{reply['task_id']}",
        "case": f"/cases/{asked}",
        "own_case": f"/cases/{own}",
        "batch": f"/batches/{house.batch}",
        "request": f"/accounts/requests/{requests[0]['case_id']}",
        "undecided": f"/accounts/requests/{undecided}",
        "row": "\t".join([proof, name, "", "", "", word("outcome", "NO_ISSUE", language), ""]),
    }
