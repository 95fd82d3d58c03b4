"""The screening desk over a played API: what is here, what falls short, what waits, and how a list comes in."""

import asyncio
import copy
import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from services.officers.routes.act_table import ACTS
from services.officers.routes.offers import rule_of
from services.officers.views.act_forms import OfferView
from tests.console_rig import HOST, Browser, browsing, given, refused

POLICY = "2026.1"
IMPORTS, DOUBTS = "POST /screenings/{case_id}/lists/{list_code}", "POST /screenings/{case_id}/doubts"
MAY = [IMPORTS, DOUBTS, "GET /screenings/{case_id}/namesakes/{about}"]
OFFERED = [
    OfferView.of(rule_of(one.path).act, one.body, one.path, POLICY).model_dump(mode="json")
    for one in ACTS
    if one.path.startswith("/screenings/")
]
HERE = {
    "list": "tax-arrears",
    "mode": "full",
    "entries": 7,
    "masked": 2,
    "file_digest": "e" * 64,
    "provenance": {"issuer": "某某税务局", "document_no": "公告〔2026〕1号", "as_of": "2026-02-01"},
    "imported_at": "2026-03-02T02:00:00Z",
}
LAST = {
    "run": 3,
    "due": 100,
    "checked": 98,
    "begun": 1,
    "ended": 0,
    "standing": 1,
    "missing": ["court-dishonest"],
    "stale": ["tax-arrears"],
    "complete": False,
}
BOOK: dict[str, Any] = {
    "case_id": "s1",
    "kind": "screening",
    "policy": POLICY,
    "opened_at": "2026-03-02T02:00:00Z",
    "state": "WATCHING",
    "names": {"state": "筛查中"},
    "facts": {"kind": "screening", "lists": {"tax-arrears": HERE}, "run": None, "last_run": LAST},
    "acts": OFFERED,
}
MATCH: dict[str, Any] = {
    "match": 4,
    "run": 3,
    "list": "tax-arrears",
    "item": "NL-D01",
    "case_kind": "nomination",
    "case_id": "c9",
    "since": "2026-03-02",
    "ended": None,
    "entry": {
        "subject": "person",
        "name": "测试·甲",
        "document_no": "税稽〔2025〕9号",
        "decided_on": "2025-06-01",
        "text": "欠税 <b>",
    },
}
PERSON: dict[str, Any] = {
    "case_id": "c9",
    "kind": "nomination",
    "policy": POLICY,
    "state": "SCREENING",
    "nominee": {"name": "测试·甲", "firm": "虚构企业", "credit_code": None},
    "dossier": {"id_number": "330***********1234", "firm": "虚构企业"},
    "reveals": [],
    "names": {"kind": "提名", "state": "资格审核"},
}
NAMESAKE = {
    "list": "tax-arrears",
    "subject": "person",
    "number": "1101**********0012",
    "document_no": "税稽〔2025〕8号",
    "issuer": "某某税务局",
    "decided_on": "2025-08-01",
    "masked": True,
}
LIST = "/screening/s1/lists/court-dishonest"
TYPED = {
    "form.issuer": "某某法院",
    "form.document_no": "公告1号",
    "form.as_of": "2026年3月1日",
    "form.mode": "full",
}
WHOLE = {"valid": True, "entries": 2, "masked": 0, "faults": 0, "more": 0, "errors": []}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(MAY)
        found.api.answers |= {
            "GET /cases": given({"items": [BOOK], "next": None}),
            "GET /acts": given({"items": [], "next": None}),
            "GET /cases/s1": given(BOOK),
            "GET /cases/c9": given(PERSON),
            "GET /screenings/s1/matches": given([MATCH, {**MATCH, "match": 2, "ended": "2026-03-01"}]),
            "GET /screenings/s1/namesakes/c9": given([NAMESAKE]),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "POST /screenings/s1/lists/court-dishonest": given(WHOLE),
        }
        yield found


async def test_the_desk_shows_lists_runs_and_hits_and_says_loudly_what_falls_short(browser: Browser) -> None:
    assert (await browser.get("/screening")).headers["location"] == "/screening/s1"
    page = html.unescape((await browser.get("/screening/s1")).text)
    assert all(part in page for part in ("某某税务局", "公告〔2026〕1号", "2026-02-01", "从未导入"))
    assert all(
        part in page for part in ("最近一次筛查不完整", "2 件应查而未查", "失信被执行人名单", "欠税公告")
    )
    assert all(part in page for part in ("测试·甲", "330***********1234", "税稽〔2025〕9号", "2025-06-01"))
    assert all(part in page for part in ("本人", "决定日期"))
    assert 'href="/cases/s1/acts/doubt-match?form.match=4"' in page
    assert 'href="/cases/s1/acts/begin-run"' in page
    assert "form.match=2" not in page
    assert "2026-03-01" in (await browser.get("/screening/s1?view=ended")).text


async def test_a_run_that_was_complete_is_said_to_be_and_nothing_else_is_alarming(browser: Browser) -> None:
    book = copy.deepcopy(BOOK)
    book["facts"]["last_run"] |= {"complete": True, "missing": [], "stale": [], "checked": 100}
    browser.api.answers |= {"GET /cases/s1": given(book), "GET /screenings/s1/matches": given([])}
    page = (await browser.get("/screening/s1")).text
    assert "完整" in page
    assert 'role="alert"' not in page
    assert "没有相符情形" in page


async def test_who_may_not_look_into_matches_is_shown_no_entry_and_no_way_to_act(browser: Browser) -> None:
    await browser.sign_in([IMPORTS])
    browser.api.answers |= {
        "GET /cases/s1": given({**BOOK, "acts": []}),
        "GET /screenings/s1/matches": given([{**MATCH, "entry": None}]),
        "GET /cases/c9": refused(404, "unknown-case"),
    }
    page = (await browser.get("/screening/s1")).text
    assert page.count("您无权查看") == 2
    assert all(part not in page for part in ("namesakes", "doubt-match", "begin-run"))


async def test_the_number_of_the_match_stands_in_the_form_that_doubts_it(browser: Browser) -> None:
    browser.api.answers["GET /cases/s1"] = given(BOOK, ETag='"v1"')
    page = (await browser.get("/cases/s1/acts/doubt-match?form.match=4")).text
    assert re.search(r'value="4" (checked|selected)|<option value="4" selected', page)


async def test_same_names_are_a_warning_and_are_found_by_name(browser: Browser) -> None:
    page = (await browser.get("/screening/s1/namesakes/c9")).text
    assert all(part in page for part in ("税稽〔2025〕8号", "1101**********0012", "不作认定", "欠税公告"))
    browser.api.answers["POST /search/cases"] = given({"items": [PERSON], "next": None})
    found = await browser.post("/screening/s1/find", {"q": " 甲 "})
    assert 'href="/screening/s1/namesakes/c9"' in found.text
    browser.api.answers["GET /screenings/s1/namesakes/c9"] = given([])
    assert "没有同名记载" in (await browser.get("/screening/s1/namesakes/c9")).text


async def _sent(browser: Browser, name: str = "名单.csv", content: bytes = b"a,b") -> Any:
    answer = await browser.client.post(
        LIST, data=TYPED, files={"file": (name, content)}, headers={"Origin": HOST}
    )
    address = answer.headers.get("location", "")
    for _ in range(200):
        page = await browser.get(address)
        if page.status_code != 202:
            return page
        await asyncio.sleep(0)
    raise AssertionError("the trial never ended")


async def test_a_list_is_tried_and_taken_once_as_it_was_tried(browser: Browser) -> None:
    lacking = await browser.post(LIST, {"form.issuer": "某某法院"})
    assert lacking.status_code == 422
    assert 'href="#file"' in lacking.text
    page = await _sent(browser)
    assert "共 2 条" in page.text
    [tried] = browser.api.of("POST", "/screenings/s1/lists/court-dishonest")
    assert (tried.params["dry_run"], tried.headers["Content-Type"]) == ("true", "text/csv")
    assert (tried.params["issuer"], tried.params["as_of"], tried.params["mode"]) == (
        "某某法院",
        "2026-03-01",
        "full",
    )
    key = re.findall(r'name="key" value="([^"]+)"', page.text)[0]
    action = re.findall(r'action="([^"]+/take)"', page.text)[0]
    browser.api.answers["POST /screenings/s1/lists/court-dishonest"] = given(
        {"case_id": "s1", "index": 7, "command_id": "k1"}, 201
    )
    taken = (await browser.post(action, {"key": key})).headers["location"]
    for _ in range(200):
        done = await browser.get(taken)
        if done.status_code != 202:
            break
        await asyncio.sleep(0)
    assert done.headers["location"] == "/screening/s1"
    asked = browser.api.of("POST", "/screenings/s1/lists/court-dishonest")[-1]
    assert (asked.params["dry_run"], asked.body, asked.headers["Idempotency-Key"]) == ("false", b"a,b", key)


async def test_every_faulty_cell_is_named_and_nothing_can_be_taken(browser: Browser) -> None:
    cell = {
        "sheet": "名单",
        "cell": "B7",
        "column": "号码",
        "stands": "1504<b>",
        "problem": "位数不对",
        "expected": "18 位",
        "todo": "核对原件",
    }
    faulty = {**WHOLE, "valid": False, "faults": 9, "more": 8, "errors": [cell]}
    browser.api.answers["POST /screenings/s1/lists/court-dishonest"] = given(faulty)
    page = (await _sent(browser, "名单.xlsx")).text
    assert all(part in page for part in ("B7", "位数不对", "1504&lt;b&gt;"))
    assert "/take" not in page
    assert (await browser.get("/screening/s1/lists/unknown")).status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_is_read_in_both_languages_full_and_empty(browser: Browser, language: str) -> None:
    await browser.get(f"/language/{language}?to=/me")
    for path in ("/screening/s1", "/screening/s1?view=ended", "/screening/s1/namesakes/c9", LIST):
        assert (await browser.get(path)).status_code == 200
    browser.api.answers["GET /cases"] = given({"items": [], "next": None})
    empty = copy.deepcopy(BOOK)
    empty["facts"] |= {"lists": {}, "last_run": None, "run": {"began": "2026-03-02T02:00:00Z"}}
    empty["facts"]["run"]["ends"] = "2026-03-02T06:00:00Z"
    browser.api.answers["GET /cases/s1"] = given(empty)
    for path in ("/screening", "/screening/s1"):
        assert (await browser.get(path)).status_code == 200
