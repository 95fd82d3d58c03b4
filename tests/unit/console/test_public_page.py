"""The names on public show, as anybody finds them."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.console_rig import Browser, browsing, given, refused

NOTICE: dict[str, Any] = {
    "id": "n11",
    "number": "公示〔2026〕1号",
    "district": "d01",
    "parent": "b1",
    "name": "测试·甲",
    "firm": "虚构 <企业>",
    "seat": {"zh": "执委", "en": "member of the executive committee"},
    "start": "2026-03-02T01:00:00Z",
    "end": "2026-03-09T16:00:00Z",
    "provisional": False,
    "subject": {"zh": "执委人选公示", "en": "Public notice of a candidate"},
    "body": {"zh": "经研究，现予公示。", "en": "Made public herewith."},
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        found.api.answers["GET /public/notices"] = given({"items": [NOTICE], "next": "n2"})
        yield found


async def test_anybody_reads_both_ends_of_a_notice_without_signing_in(browser: Browser) -> None:
    page = await browser.get("/public")
    assert page.status_code == 200
    for part in (
        "虚构 &lt;企业&gt;",
        "2026-03-02 09:00",
        "2026-03-09 24:00",
        "反映情况",
        "/public?cursor=n2",
    ):
        assert part in page.text
    (asked,) = browser.api.asked
    assert "Authorization" not in asked.headers
    await browser.get("/language/en?to=/public")
    english = (await browser.get("/public")).text
    assert "Made public herewith." in english
    assert "member of the executive committee" in english


async def test_nothing_is_passed_on_that_a_notice_does_not_say(browser: Browser) -> None:
    more = {**NOTICE, "id_number": "99000119590402001X", "case_id": "case-7"}
    browser.api.answers["GET /public/notices"] = given({"items": [more], "next": None})
    page = (await browser.get("/public")).text
    assert "99000119590402001X" not in page
    assert "case-7" not in page


async def test_an_open_window_is_said_to_be_provisional(browser: Browser) -> None:
    later = {**NOTICE, "start": None, "end": None, "provisional": True}
    browser.api.answers["GET /public/notices"] = given({"items": [later], "next": None})
    page = (await browser.get("/public")).text
    assert page.count("另行公告") == 2
    assert ">暂定<" in page


async def test_the_paper_comes_through_the_console_while_it_is_on_show(browser: Browser) -> None:
    named = {
        "content-type": "application/pdf",
        "content-disposition": 'attachment; filename="notice-n11.pdf"',
    }
    browser.api.answers["GET /public/notices/n11.pdf"] = given(b"%PDF-1.7", **named)
    paper = await browser.get("/public/n11.pdf")
    assert (paper.content, paper.headers["content-disposition"]) == (
        b"%PDF-1.7",
        named["content-disposition"],
    )
    gone = await browser.get("/public/n12.pdf")
    assert (gone.status_code, gone.headers["content-type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_no_notice_and_no_answer_are_said_in_words(browser: Browser, language: str) -> None:
    await browser.get(f"/language/{language}?to=/public")
    browser.api.answers["GET /public/notices"] = given({"items": [], "next": None})
    assert 'class="empty card"' in (await browser.get("/public")).text
    browser.api.answers["GET /public/notices"] = refused(503, "api-away", "", "")
    away = await browser.get("/public")
    assert away.status_code == 503
    assert 'role="alert"' in away.text
