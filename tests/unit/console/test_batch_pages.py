"""Batches: the list, one batch, opening one, acts on it, and its roster."""

import asyncio
import html
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from contracts.policy import loader
from services.console.sheets.book import MEDIA
from services.officers.routes.offers import OF_BATCHES, rule_of
from services.officers.views.act_forms import OfferView
from tests.console_rig import HOST, Browser, browsing, given, refused

POLICY = "2026.1"
DISTRICT = loader.released(POLICY).districts[0]
BATCH: dict[str, Any] = {
    "batch_id": "b1",
    "title": "2026 <换届>",
    "districts": [DISTRICT.code],
    "policy": POLICY,
    "policy_digest": "0" * 64,
    "opened_at": "2026-01-06T01:00:00Z",
    "cut_off": "2026-01-06",
    "nomination_closes": "2026-02-05T16:00:00Z",
    "election_at": None,
}
MAY = [
    "GET /batches",
    "POST /batches",
    "POST /batches/{batch_id}/roster",
]
OFFERED = [
    OfferView.of(rule_of(path).act, body, path.replace("{batch_id}", "b1"), POLICY).model_dump(mode="json")
    for path, body in OF_BATCHES
]
DONE = {"case_id": "b1", "index": 7, "command_id": "k1"}
FAULT = {
    "sheet": "名册",
    "cell": "B7",
    "column": "id_number",
    "header": "身份证号（必填）",
    "stands": "15040419<b>",
    "problem": "位数不对",
    "expected": "18 位",
    "todo": "核对证件",
}
WHOLE = {
    "valid": True,
    "rows": 31,
    "sheets": [{"name": "名册", "people": 31, "header": 1}],
    "hidden_sheets": ["草稿"],
    "faults": 0,
    "more": 0,
    "errors": [],
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(MAY)
        found.api.answers |= {
            "GET /cases": given({"items": [], "next": None}),
            "GET /batches": given({"items": [BATCH], "next": None}),
            "GET /batches/b1": given({**BATCH, "cases": {"READY": 3}, "acts": OFFERED}),
            "GET /policies": given([{"version": POLICY, "demonstration": False}]),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "POST /batches": given(DONE, 201),
            "POST /batches/b1/election": given(DONE),
            "POST /batches/b1/calendars": given(DONE),
        }
        yield found


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's act."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def upload(browser: Browser, content: bytes = b"PK") -> httpx2.Response:
    """Choose a file and have it tried; the page that comes once it was read."""
    files = {"file": ("名册.xlsx", content, MEDIA)}
    begun = await browser.client.post("/batches/b1/roster", files=files, headers={"Origin": HOST})
    return await settled(browser, begun)


async def settled(browser: Browser, begun: httpx2.Response) -> httpx2.Response:
    """The page behind a page that looks again by itself."""
    for _ in range(50):
        page = await browser.get(begun.headers["location"])
        if page.status_code != 202:
            return page
        await asyncio.sleep(0)
    raise AssertionError("it never ended")


async def test_a_batch_says_what_is_laid_down_and_offers_what_one_may(browser: Browser) -> None:
    page = (await browser.get("/batches")).text
    assert "2026 &lt;换届&gt;" in page
    assert "/batches/new" in page
    assert "2026-02-05 24:00" in page
    one = (await browser.get("/batches/b1")).text
    assert DISTRICT.name.zh in one
    assert {"/batches/b1/roster", "/batches/b1/acts/call-election", "/batches/b1/acts/load-calendar"} <= set(
        re.findall(r'href="([^"]+)"', one)
    )
    await browser.sign_in(["GET /batches"])
    assert "/batches/b1/roster" not in (await browser.get("/batches/b1")).text
    assert "/batches/new" not in (await browser.get("/batches")).text


async def test_a_batch_is_opened_once_and_only_after_the_check(browser: Browser) -> None:
    form = hidden((await browser.get("/batches/new")).text)
    typed = {
        **form,
        "form.title": "2027 换届",
        "form.cut_off": "2027年1月6日",
        f"district.{DISTRICT.code}": "1",
    }
    page = (await browser.post("/batches/new", typed)).text
    assert all(text in page for text in ("2027 换届", "2027-01-06", DISTRICT.name.zh, POLICY))
    assert browser.api.of("POST", "/batches") == []
    for _ in range(2):
        answer = await browser.post("/batches/new", {**hidden(page), "sign": "1"})
        assert answer.headers["location"] == "/batches/b1"
    first, second = browser.api.of("POST", "/batches")
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    said = {"title": "2027 换届", "cut_off": "2027-01-06", "policy": POLICY, "districts": [DISTRICT.code]}
    assert first.body == said
    again = await browser.post("/batches/new", {**hidden(page), "change": "1"})
    assert 'value="2027 换届"' in again.text


async def test_what_lacks_is_named_and_what_was_typed_stays(browser: Browser) -> None:
    form = hidden((await browser.get("/batches/new")).text)
    page = await browser.post("/batches/new", {**form, "form.title": "只有名称"})
    assert page.status_code == 422
    assert {"#districts"} <= set(re.findall(r'href="(#[^"]+)"', page.text))
    assert 'value="只有名称"' in page.text
    browser.api.answers["POST /batches"] = refused(422, "invalid", "不能开启", "地区须属同一层级")
    typed = {**form, "form.title": "甲", f"district.{DISTRICT.code}": "1", "sign": "1"}
    answer = await browser.post("/batches/new", typed)
    assert "地区须属同一层级" in answer.text
    assert f'name="district.{DISTRICT.code}" value="1" checked' in answer.text


async def test_the_election_is_called_for_a_time_as_people_write_it(browser: Browser) -> None:
    form = hidden((await browser.get("/batches/b1/acts/call-election")).text)
    checked = await browser.post(
        "/batches/b1/acts/call-election", {**form, "form.election_at": "2026年3月2日9时"}
    )
    await browser.post("/batches/b1/acts/call-election/sign", hidden(checked.text))
    (sent,) = browser.api.of("POST", "/batches/b1/election")
    assert sent.body == {"election_at": "2026-03-02T09:00:00+08:00"}
    wrong = await browser.post("/batches/b1/acts/call-election", {**form, "form.election_at": "明天"})
    assert wrong.status_code == 422
    assert 'value="明天"' in wrong.text


async def test_a_calendar_takes_its_days_in_any_notation(browser: Browser) -> None:
    form = hidden((await browser.get("/batches/b1/acts/load-calendar")).text)
    typed = {
        "form.year": "2027",
        "form.holidays": "2027-1-1\r\n20270102、2027年1月3日",
        "form.source": "国办发明电",
    }
    checked = await browser.post("/batches/b1/acts/load-calendar", {**form, **typed})
    await browser.post("/batches/b1/acts/load-calendar/sign", hidden(checked.text))
    (sent,) = browser.api.of("POST", "/batches/b1/calendars")
    assert sent.body["holidays"] == ["2027-01-01", "2027-01-02", "2027-01-03"]
    assert sent.body["make_up"] == []
    wrong = await browser.post(
        "/batches/b1/acts/load-calendar", {**form, **typed, "form.make_up": "2027-1-9 周日"}
    )
    assert "第 2 个：" in wrong.text
    assert (await browser.get("/batches/b1/acts/everything")).status_code == 404


async def test_a_roster_is_tried_and_then_imported_as_it_was_tried(browser: Browser) -> None:
    browser.api.answers["POST /batches/b1/roster"] = lambda asked: (
        given(WHOLE) if asked.params["dry_run"] == "true" else given(DONE, 201)
    )
    page = await upload(browser, b"PK-the-file")
    assert "没有发现错误，共 31 人" in page.text
    assert "草稿" in page.text
    action = re.findall(r'action="([^"]+/import)"', page.text)[0]
    begun = await browser.post(action, hidden(page.text))
    assert (await settled(browser, begun)).headers["location"] == "/batches/b1"
    tried, taken = browser.api.of("POST", "/batches/b1/roster")
    assert tried.body == taken.body == b"PK-the-file"
    assert taken.headers["Idempotency-Key"] == hidden(page.text)["key"]


async def test_a_faulty_roster_names_its_cells_and_comes_back_marked(browser: Browser) -> None:
    faulty = {**WHOLE, "valid": False, "faults": 30, "more": 5, "errors": [FAULT]}
    browser.api.answers["POST /batches/b1/roster"] = given(faulty)
    browser.api.answers["POST /batches/b1/roster/marked"] = given(b"PK-marked")
    page = await upload(browser)
    assert all(text in page.text for text in ("共 30 处有误", "B7", "位数不对", "15040419&lt;b&gt;"))
    assert "/import" not in page.text
    action = re.findall(r'action="([^"]+/marked)"', page.text)[0]
    answer = await browser.post(action)
    assert answer.content == b"PK-marked"
    assert browser.api.of("POST", "/batches/b1/roster/marked")[0].headers["Idempotency-Key"] != ""
    assert ">身份证号（必填）</td>" in page.text
    assert "id_number" not in page.text
    assert answer.headers["content-type"] == MEDIA


async def test_no_file_and_no_workbook_are_said(browser: Browser) -> None:
    empty = await browser.client.post(
        "/batches/b1/roster", files={"file": ("", b"")}, headers={"Origin": HOST}
    )
    assert empty.status_code == 422
    assert 'href="#file"' in empty.text
    browser.api.answers["POST /batches/b1/roster"] = refused(415, "not-a-workbook", "不是 Excel 文件")
    page = await upload(browser, b"%PDF")
    assert "不是 Excel 文件" in page.text
    assert "/import" not in page.text


async def test_nobody_else_sees_a_file_that_was_tried(browser: Browser) -> None:
    browser.api.answers["POST /batches/b1/roster"] = given(WHOLE)
    page = await upload(browser)
    action = re.findall(r'action="([^"]+)/import"', page.text)[0]
    async with browsing() as other:
        await other.sign_in(MAY)
        for path in (action, f"{action}/import", f"{action}/marked"):
            answer = await (other.get(path) if path == action else other.post(path))
            assert answer.status_code == 404


@pytest.mark.parametrize(
    "path", ["", "/new", "/b1", "/b1/roster", "/b1/acts/call-election", "/b1/acts/load-calendar"]
)
async def test_every_page_is_read_in_english(browser: Browser, path: str) -> None:
    await browser.get("/language/en?to=/batches")
    page = await browser.get(f"/batches{path}")
    assert page.status_code == 200
    assert 'lang="en"' in page.text
