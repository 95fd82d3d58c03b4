"""What is masked and shown for a purpose, and reading in an emergency, over a played API."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from tests.console_rig import Browser, browsing, given, refused

POLICY = "2026.1"
ID_NUMBER = {"code": "id_number", "name": {"zh": "身份证号", "en": "ID number"}, "tier": "T2"}
CASE: dict[str, Any] = {
    "case_id": "c1",
    "policy": POLICY,
    "nominee": {"name": "测试·甲", "firm": "虚构企业", "credit_code": None},
    "reveals": [ID_NUMBER],
}
PAGE, ASKED = "/cases/c1/reveal", {"part.id_number": "1", "purpose": "identify", "reason": "核对原件"}
EMERGENCY: dict[str, Any] = {
    "case_id": "e1",
    "state": "READING_IN_EMERGENCY",
    "asked_by": "p1",
    "reader": "p1",
    "purpose": "reach-somebody",
    "about_case": "c1",
    "district": None,
    "until": "2026-03-02T03:00:00Z",
    "lasts": True,
    "names": {"state": "应急查阅中", "purpose": "紧急联系本人"},
}
LINE = {"case_id": "c1", "kind": "nomination", "district": "d01", "unit": "", "state": "HELD", "names": {}}
READ = {
    **LINE,
    "dossier": {"name": "测试·甲"},
    "shown": {"contact": {"phone": "13800000000"}},
    "until": "2026-03-02T03:00:00Z",
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(["POST /emergencies", "GET /cases"])
        found.api.answers |= {
            "GET /cases/c1": given(CASE),
            "GET /words": given({"policy": POLICY}),
            "GET /cases": given({"items": [], "next": None}),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "POST /cases/c1/reveals": given(
                {"case_id": "c1", "shown": {"id_number": {"id_number": "110101199001011237"}}}
            ),
            "GET /emergencies/e1": given(EMERGENCY),
            "GET /emergencies/e1/cases": given({"items": [LINE], "next": None}),
            "POST /emergencies/e1/reads": given(READ),
        }
        yield found


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


async def test_what_is_chosen_is_shown_once_with_the_note_that_it_is_on_record(browser: Browser) -> None:
    page = (await browser.get(PAGE)).text
    assert all(part in page for part in ("身份证号", "T2", "先记录在案", "核对身份"))
    lacking = await browser.post(PAGE, {**hidden(page), "part.id_number": "1"})
    assert lacking.status_code == 422
    assert 'id="part-id_number" name="part.id_number" value="1" checked' in lacking.text
    shown = await browser.post(PAGE, {**hidden(page), **ASKED})
    assert "110101199001011237" in shown.text
    assert "已记录在案" in shown.text
    [asked] = browser.api.of("POST", "/cases/c1/reveals")
    assert asked.body == {"fields": ["id_number"], "purpose": "identify", "reason": "核对原件"}
    assert asked.headers["Idempotency-Key"]
    assert "110101199001011237" not in (await browser.get(PAGE)).text


async def test_who_must_show_again_who_they_are_loses_nothing_and_a_refusal_is_said(browser: Browser) -> None:
    form = hidden((await browser.get(PAGE)).text)
    browser.api.answers["POST /cases/c1/reveals"] = refused(401, "stale-authentication")
    again = await browser.post(PAGE, {**form, **ASKED})
    assert again.status_code == 401
    assert hidden(again.text)["kept"]
    browser.api.answers["POST /cases/c1/reveals"] = refused(403, "wrong-role", "无权查看", "因为如此。")
    answer = await browser.post(PAGE, {**form, **ASKED})
    assert answer.status_code == 403
    assert all(part in answer.text for part in ("无权查看", "核对原件"))


async def test_where_nothing_may_be_shown_the_page_says_so(browser: Browser) -> None:
    browser.api.answers["GET /cases/c1"] = given({**CASE, "reveals": []})
    assert "没有您可以申请查看" in (await browser.get(PAGE)).text
    browser.api.answers["GET /cases/c1"] = given({"case_id": "c1", "recused": True})
    assert (await browser.get(PAGE)).status_code == 403


async def test_an_emergency_is_asked_for_after_a_check(browser: Browser) -> None:
    form = hidden((await browser.get("/emergency")).text)
    typed = {"form.purpose": "reach-somebody", "form.number": "c1", "form.reason": "人命关天"}
    check = await browser.post("/emergency", {**form, **typed})
    assert "紧急联系本人" in check.text
    assert browser.api.of("POST", "/emergencies") == []
    browser.api.answers["POST /emergencies"] = given({"case_id": "e1", "index": 1, "command_id": "k"}, 201)
    answer = await browser.post("/emergency", {**hidden(check.text), "sign": "1"})
    assert answer.headers["location"] == "/emergency/e1"
    [asked] = browser.api.of("POST", "/emergencies")
    assert asked.body == {"purpose": "reach-somebody", "case_id": "c1", "reason": "人命关天"}


async def test_the_case_is_found_by_name_and_typed_where_no_list_has_it(browser: Browser) -> None:
    seen = {
        **LINE,
        "case_id": "c7",
        "nominee": {"name": "测试·庚", "firm": "虚构企业"},
        "names": {"kind": "提名"},
    }
    others = {**LINE, "case_id": "s1", "nominee": None}
    browser.api.answers |= {
        "GET /cases": given({"items": [seen, others], "next": "n1"}),
        "POST /search/cases": given({"items": [seen], "next": None}),
    }
    form = (await browser.get("/emergency")).text
    assert "测试·庚" in form
    assert 'value="s1"' not in form
    sought = {"find.form.case_id": "庚", "found": "find.form.case_id", "form.reason": "人命关天"}
    found = (await browser.post("/emergency", {**hidden(form), **sought})).text
    assert browser.api.of("POST", "/search/cases")[0].body["q"] == "庚"
    assert all(part in found for part in ("测试·庚", "人命关天"))
    browser.api.answers["POST /emergencies"] = given({"case_id": "e1", "index": 1, "command_id": "k"}, 201)
    typed = {"form.purpose": "reach-somebody", "form.number": "c99", "form.reason": "人命关天"}
    check = await browser.post("/emergency", {**hidden(form), **typed})
    await browser.post("/emergency", {**hidden(check.text), "sign": "1"})
    [asked] = browser.api.of("POST", "/emergencies")
    assert asked.body == {"case_id": "c99", "purpose": "reach-somebody", "reason": "人命关天"}


async def test_who_sees_no_cases_types_the_number(browser: Browser) -> None:
    await browser.sign_in(["POST /emergencies"])
    form = (await browser.get("/emergency")).text
    assert browser.api.of("GET", "/cases") == []
    assert '<input type="text" id="form-case_id"' in form


async def test_a_case_is_read_while_it_lasts_and_by_the_reader_alone(browser: Browser) -> None:
    page = (await browser.get("/emergency/e1")).text
    assert "逐件查阅" in page
    fields = {**hidden(page), "case_id": "c1"}
    read = await browser.post("/emergency/e1/read", fields)
    assert all(part in read.text for part in ("13800000000", "测试·甲", "已记录在案"))
    [asked] = browser.api.of("POST", "/emergencies/e1/reads")
    assert asked.body == {"case_id": "c1"}
    browser.api.answers["POST /emergencies/e1/reads"] = refused(
        403, "emergency-over", "已结束", "请另行申请。"
    )
    assert "已结束" in (await browser.post("/emergency/e1/read", fields)).text
    for other, said in (
        ({"reader": "p2"}, "逐件查阅"),
        ({"lasts": False}, "不能再查阅"),
        ({"lasts": False, "until": None, "reader": None, "purpose": None}, "等待另一人批准"),
    ):
        browser.api.answers["GET /emergencies/e1"] = given({**EMERGENCY, **other})
        page = (await browser.get("/emergency/e1")).text
        assert said in page
        assert 'action="/emergency/e1/read"' not in page


async def test_the_pages_are_read_in_english(browser: Browser) -> None:
    await browser.get("/language/en?to=/me")
    for path in (PAGE, "/emergency", "/emergency/e1"):
        assert 'lang="en' in (await browser.get(path)).text
