"""The auditor's pages: the record's head, its verification that takes minutes, refusals and reads."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from services.console.api import Reply
from tests.console_rig import Browser, PlayedApi, browsing, given, refused

POLICY = "2026.1"
HEAD = {"count": 120, "entry_hash": "ab" * 32}
ENTRY: dict[str, Any] = {
    "index": 7,
    "entry_hash": "cd" * 32,
    "envelope": {
        "type": "task-opened",
        "at": "2026-03-02T01:30:00Z",
        "kind": "removal",
        "case_id": "c1",
        "district": "d01",
        "policy": POLICY,
    },
}
REFUSAL = {
    "at": "2026-03-02T01:30:00Z",
    "account_id": "a9",
    "name": "审核·丁",
    "roles": "SCREENER",
    "act": "act-of-a-newer-api",
    "target": "t1",
    "code": "not-yours",
    "names": {"target": "资格初审 · 推荐人选 · 东湖区", "SCREENER": "资格审核", "code": "不由您办理。"},
}
READ = {
    "at": "2026-03-02T01:30:00Z",
    "person_id": "p1",
    "name": "审计·丙",
    "account_id": "a1",
    "roles": ["AUDITOR"],
    "what": "reveal",
    "case_id": "c1",
    "target": "t1",
    "purpose": "audit",
    "reason": "<i>查核</i>",
    "names": {"what": "查看", "about": "免职（罢免） · 东湖区", "purpose": "审计", "AUDITOR": "审计"},
}


ENTERED = {
    "entry_id": "d1",
    "principal_id": "p1",
    "principal": "被代理·甲",
    "deputy_id": "p2",
    "deputy": "代理·乙",
    "starts": "2026-03-02T01:00:00Z",
    "ends": "2026-03-09T16:00:00Z",
    "reason": "出差 <外地>",
    "entered_by": "a1",
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing(Slow()) as found:
        await found.sign_in(["GET /record/head"])
        found.api.answers |= {
            "GET /words": given({"policy": POLICY}),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "GET /record/head": given(HEAD),
            "GET /record/entries": given({"items": [ENTRY], "next": "n2"}),
            "GET /record/refusals": given({"items": [REFUSAL], "next": None}),
            "GET /journal": given({"items": [READ], "next": None}),
            "GET /deputies/register": given({"items": [ENTERED], "next": "n2"}),
        }
        yield found


class Slow(PlayedApi):
    """An API that walks the record until it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end = asyncio.Event()

    async def ask(self, method: str, path: str, **asked: Any) -> Reply:
        """As of any API, but for what takes minutes."""
        if path.startswith("/record/verify"):
            await self.may_end.wait()
        return await super().ask(method, path, **asked)


async def _verified(browser: Browser, answer: Reply) -> str:
    api = browser.api
    assert isinstance(api, Slow)
    api.answers["GET /record/verify"] = answer
    begun = await browser.post("/record/verify/record")
    waiting = await browser.get(begun.headers["location"])
    assert waiting.status_code == 202
    assert 'http-equiv="refresh"' in waiting.text
    api.may_end.set()
    for _ in range(50):
        page = await browser.get(begun.headers["location"])
        if page.status_code != 202:
            return page.text
        await asyncio.sleep(0)
    raise AssertionError("the verification never ended")


async def test_the_record_stands_in_the_menu_of_whoever_may_read_it(browser: Browser) -> None:
    page = await browser.get("/record")
    assert '<a href="/record" aria-current="page">存证核验</a>' in page.text
    assert HEAD["entry_hash"] in page.text


async def test_a_verification_goes_on_while_the_browser_does_not_wait(browser: Browser) -> None:
    good = {
        "status": "verified",
        "count": 120,
        "head": "ab" * 32,
        "proven": True,
        "index": None,
        "reason": None,
    }
    page = await _verified(browser, given(good))
    assert "完好" in page
    assert '<dd class="codes">是</dd>' in page


async def test_a_broken_record_says_where_and_what_to_do(browser: Browser) -> None:
    bad = {"status": "broken", "index": 44, "case_id": "c7", "reason": "previous does not fit"}
    page = await _verified(browser, given(bad))
    for part in ("不符：有内容被改动", ">44<", ">c7<", "请立即报告", 'role="alert"'):
        assert part in page


async def test_a_verification_that_the_api_refuses_is_a_refusal(browser: Browser) -> None:
    page = await _verified(browser, refused(403, "forbidden", "无权办理"))
    assert "无权办理" in page


async def test_nobody_else_sees_a_verification(browser: Browser) -> None:
    begun = await browser.post("/record/verify/record")
    async with browsing() as other:
        await other.sign_in(["GET /record/head"])
        assert (await other.get(begun.headers["location"])).status_code == 404
    assert (await browser.post("/record/verify/everything")).status_code == 404


async def test_who_and_what_stand_in_the_lists_by_a_word_and_by_the_number_that_narrows_them(
    browser: Browser,
) -> None:
    pages = {name: (await browser.get(f"/record/{name}")).text for name in ("entries", "refusals", "reads")}
    by_case = '<a href="/record/entries?case_id=c1">c1</a>'
    assert f'免职（罢免） · 东湖区<br><span class="codes small">{by_case}' in pages["entries"]
    assert '审核·丁<br><span class="codes small">a9</span>' in pages["refusals"]
    assert '资格初审 · 推荐人选 · 东湖区<br><span class="codes small">t1</span>' in pages["refusals"]
    assert '审计·丙<br><span class="codes small"><a href="/record/reads?reader=p1">p1</a>' in pages["reads"]
    assert (
        '免职（罢免） · 东湖区<br><span class="codes small"><a href="/record/reads?case_id=c1">'
        in pages["reads"]
    )


async def test_an_entry_under_words_that_nobody_knows_is_shown_all_the_same(browser: Browser) -> None:
    strange = {**ENTRY["envelope"], "kind": "journal", "district": "journal", "policy": "of-nowhere"}
    broken = {**ENTRY, "envelope": strange}
    browser.api.answers["GET /record/entries"] = given({"items": [broken], "next": None})
    page = (await browser.get("/record/entries")).text
    assert (
        'data-label="办件编号"><span class="codes small"><a href="/record/entries?case_id=c1">c1</a>' in page
    )


async def test_lists_say_everything_in_words_and_nothing_as_mark_up(browser: Browser) -> None:
    entries = (await browser.get("/record/entries?case_id=+c1+")).text
    assert "任务下达" in entries
    assert "/record/entries?case_id=" in entries
    assert browser.api.of("GET", "/record/entries")[-1].params["case_id"] == "c1"
    refusals = (await browser.get("/record/refusals")).text
    assert ">act-of-a-newer-api<" in refusals
    assert ">不由您办理。 <code>not-yours</code></td>" in refusals
    reads = (await browser.get("/record/reads")).text
    assert "&lt;i&gt;查核" in reads


@pytest.mark.parametrize("path", ["/record/entries", "/record/refusals", "/record/reads"])
async def test_an_empty_list_says_what_will_stand_there(browser: Browser, path: str) -> None:
    empty = given({"items": [], "next": None})
    for asked in ("GET /record/entries", "GET /record/refusals", "GET /journal"):
        browser.api.answers[asked] = empty
    page = await browser.get(path)
    assert 'class="empty card"' in page.text


async def test_the_pages_are_read_in_english_too(browser: Browser) -> None:
    await browser.get("/language/en?to=/record")
    for path in ("/record", "/record/entries", "/record/refusals", "/record/reads"):
        page = await browser.get(path)
        assert page.status_code == 200
        assert 'lang="en"' in page.text


async def test_who_stood_in_for_whom_is_read_by_name(browser: Browser) -> None:
    page = (await browser.get("/record/deputies")).text
    for part in ("被代理·甲", "代理·乙", "出差 &lt;外地&gt;", "2026-03-09 24:00", "a1"):
        assert part in page
    assert 'href="/record/deputies?cursor=n2"' in page
    browser.api.answers["GET /deputies/register"] = given({"items": [], "next": None})
    assert 'class="empty card"' in (await browser.get("/record/deputies")).text
