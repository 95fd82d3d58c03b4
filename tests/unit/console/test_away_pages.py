"""Absences and deputies, as whoever is concerned enters and reads them."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.console_rig import Browser, browsing, given, refused

ABSENCE: dict[str, Any] = {
    "absence_id": "ab1",
    "person_id": "p1",
    "starts": "2026-03-02T01:00:00Z",
    "ends": "2026-03-09T16:00:00Z",
    "reason": "出差 <外地>",
}
DEPUTY: dict[str, Any] = {
    "entry_id": "d1",
    "principal_id": "p1",
    "deputy_id": "p2",
    "starts": "2026-03-02T01:00:00Z",
    "ends": "2026-03-09T16:00:00Z",
    "reason": "出差",
}
PEOPLE = [
    {"person_id": "p1", "name": "本人", "grants": []},
    {"person_id": "p2", "name": "同事·乙", "grants": []},
]
WHEN = {"form.starts": "2026年3月2日9时", "form.ends": "2026-3-10 00:00", "form.reason": "出差"}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(["GET /people"])
        found.api.answers |= {
            "GET /absences": given({"items": [ABSENCE], "next": None}),
            "GET /deputies": given({"items": [DEPUTY], "next": None}),
            "GET /people": given({"items": PEOPLE, "next": None}),
            "POST /absences": given(ABSENCE, 201),
            "POST /deputies": given(DEPUTY, 201),
            "POST /absences/ab1/end": given(ABSENCE),
            "POST /deputies/d1/end": given(DEPUTY),
        }
        yield found


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's act."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def test_absences_and_deputies_are_read_by_name_and_day(browser: Browser) -> None:
    assert 'href="/me/away"' in (await browser.get("/me")).text
    page = (await browser.get("/me/away")).text
    for part in ("出差 &lt;外地&gt;", "2026-03-09 24:00", "同事·乙"):
        assert part in page
    assert 'href="/me/away/deputy"' in page
    await browser.sign_in([])
    alone = (await browser.get("/me/away")).text
    assert 'href="/me/away/deputy"' not in alone
    assert ">p2<" in alone


async def test_a_deputy_is_chosen_by_name_checked_and_entered_once(browser: Browser) -> None:
    page = (await browser.get("/me/away/deputy")).text
    assert 'value="p1"' not in page
    lacking = await browser.post("/me/away/deputy", {**hidden(page), **WHEN})
    assert lacking.status_code == 422
    check = (await browser.post("/me/away/deputy", {**hidden(page), **WHEN, "form.deputy": "p2"})).text
    assert "同事·乙" in check
    assert browser.api.of("POST", "/deputies") == []
    for _ in range(2):
        answer = await browser.post("/me/away/deputy", {**hidden(check), "sign": "1"})
        assert answer.headers["location"] == "/me/away"
    first, second = browser.api.of("POST", "/deputies")
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    said = {"starts": "2026-03-02T09:00:00+08:00", "ends": "2026-03-10T00:00:00+08:00", "reason": "出差"}
    assert first.body == {"deputy": "p2", **said}


async def test_an_absence_is_entered_and_ended_and_a_refusal_says_why(browser: Browser) -> None:
    form = hidden((await browser.get("/me/away/absence")).text)
    await browser.post("/me/away/absence", {**form, **WHEN, "sign": "1"})
    (asked,) = browser.api.of("POST", "/absences")
    assert asked.body["reason"] == "出差"
    page = (await browser.get("/me/away")).text
    ended = await browser.post("/me/away/absences/ab1/end", hidden(page))
    assert ended.headers["location"] == "/me/away"
    assert browser.api.of("POST", "/absences/ab1/end")[0].headers["Idempotency-Key"]
    browser.api.answers["POST /absences"] = refused(409, "overlaps", "与已有登记重叠")
    assert "与已有登记重叠" in (await browser.post("/me/away/absence", {**form, **WHEN, "sign": "1"})).text
    browser.api.answers["POST /absences/ab1/end"] = refused(409, "over", "已经结束")
    assert "已经结束" in (await browser.post("/me/away/absences/ab1/end", hidden(page))).text


async def test_the_person_ends_that_somebody_stands_in_and_the_deputy_cannot(browser: Browser) -> None:
    page = (await browser.get("/me/away")).text
    assert page.count('action="/me/away/deputies/d1/end"') == 1
    ended = await browser.post("/me/away/deputies/d1/end", hidden(page))
    assert ended.headers["location"] == "/me/away"
    assert browser.api.of("POST", "/deputies/d1/end")[0].headers["Idempotency-Key"]
    browser.api.answers["POST /deputies/d1/end"] = refused(403, "wrong-role", "角色不符")
    assert "角色不符" in (await browser.post("/me/away/deputies/d1/end", hidden(page))).text
    other = {**DEPUTY, "principal_id": "p2", "deputy_id": "p1"}
    browser.api.answers["GET /deputies"] = given({"items": [other], "next": None})
    assert "/me/away/deputies/d1/end" not in (await browser.get("/me/away")).text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_the_page_is_read_in_both_languages_full_and_empty(browser: Browser, language: str) -> None:
    await browser.get(f"/language/{language}?to=/me")
    for path in ("/me/away", "/me/away/absence", "/me/away/deputy"):
        assert (await browser.get(path)).status_code == 200
    for asked in ("GET /absences", "GET /deputies"):
        browser.api.answers[asked] = given({"items": [], "next": None})
    assert (await browser.get("/me/away")).text.count('class="empty"') == 2
    browser.api.answers["GET /absences"] = refused(503, "api-away", "", "")
    assert (await browser.get("/me/away")).status_code == 503
