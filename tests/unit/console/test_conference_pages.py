"""The joint conference's lists, the form for its minutes, and the list for one meeting."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from tests.console_rig import Browser, browsing, given, refused
from tests.unit.console.played import POLICY, task

MATTER: dict[str, Any] = {
    "task_id": "t7",
    "case_id": "c7",
    "district": "d01",
    "kind": "conference",
    "unit": "tax",
    "due": "2026-03-09T16:00:00Z",
    "since": "2026-03-02T01:00:00Z",
    "silent": True,
    "nominee": None,
    "names": {"kind": "提交会议", "unit": "税务局", "district": "东湖区"},
}
DECIDED: dict[str, Any] = {
    **{name: MATTER[name] for name in ("task_id", "case_id", "district", "kind", "unit", "nominee", "names")},
    "late": None,
    "outcome": "NO_ISSUE",
    "closed_at": "2026-03-12T01:00:00Z",
    "meeting_on": "2026-03-11",
    "minutes_digest": "ab" * 32,
}
MEETING = f"/tasks/meeting?kind={task()['kind']}&policy={POLICY}"
MAY = ["GET /conference/awaiting", "GET /conference/minutes.docx"]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in(MAY)
        found.api.answers |= {
            "GET /conference/awaiting": given({"items": [MATTER], "next": "n2"}),
            "GET /conference/decided": given({"items": [DECIDED], "next": None}),
            "GET /tasks": given({"items": [task(), task(task_id="t8", policy="2017.1")], "next": None}),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
        }
        yield found


async def test_what_waits_says_why_and_until_when_and_leads_to_the_task(browser: Browser) -> None:
    page = (await browser.get("/conference")).text
    for part in ("部门逾期未复", "2026-03-09 24:00", 'href="/tasks/t7"', "税务局", "/conference?cursor=n2"):
        assert part in page
    assert 'href="/conference/minutes.docx"' in page
    await browser.sign_in(["GET /conference/awaiting"])
    assert "minutes.docx" not in (await browser.get("/conference")).text


async def test_a_matter_names_whom_it_is_about_and_else_where_it_is(browser: Browser) -> None:
    assert '东湖区 <span class="codes small">c7</span></td>' in (await browser.get("/conference")).text
    named = {**MATTER, "nominee": {"name": "测试·甲", "firm": None, "credit_code": None}}
    browser.api.answers["GET /conference/awaiting"] = given({"items": [named], "next": None})
    assert ">测试·甲</td>" in (await browser.get("/conference")).text


async def test_what_was_decided_names_its_minutes(browser: Browser) -> None:
    page = (await browser.get("/conference/decided")).text
    assert DECIDED["minutes_digest"] in page
    assert ">2026-03-11<" in page
    late = {**DECIDED, "kind": "overdue", "late": "screen", "names": {**DECIDED["names"], "late": "资格初审"}}
    browser.api.answers["GET /conference/decided"] = given({"items": [late], "next": None})
    assert "· 资格初审<" in (await browser.get("/conference/decided")).text
    unknown = {**DECIDED, "meeting_on": None, "minutes_digest": None}
    browser.api.answers["GET /conference/decided"] = given({"items": [unknown], "next": None})
    assert "<code>–</code>" in (await browser.get("/conference/decided")).text


async def test_the_form_for_the_minutes_comes_through_the_console(browser: Browser) -> None:
    named = {
        "content-type": "application/x-docx",
        "content-disposition": 'attachment; filename="minutes.docx"',
    }
    browser.api.answers["GET /conference/minutes.docx"] = given(b"PK", **named)
    paper = await browser.get("/conference/minutes.docx")
    assert (paper.content, paper.headers["content-disposition"]) == (b"PK", named["content-disposition"])
    browser.api.answers["GET /conference/minutes.docx"] = refused(422, "invalid", "事项过多")
    assert "事项过多" in (await browser.get("/conference/minutes.docx")).text


async def test_the_list_of_a_meeting_leads_to_the_bundle_of_the_same_tasks(browser: Browser) -> None:
    page = (await browser.get(MEETING)).text
    assert f"/tasks/bundle?kind={task()['kind']}&amp;policy={POLICY}" in page
    assert 'href="/tasks/t1"' in page
    assert 'href="/tasks/t8"' not in page
    asked = browser.api.of("GET", "/tasks")[-1].params
    assert (asked["view"], asked["state"], asked["kind"]) == ("mine", "open", task()["kind"])
    browser.api.answers["GET /tasks"] = given({"items": [task()], "next": None})
    assert MEETING.replace("&", "&amp;") in (await browser.get("/tasks/bundle")).text


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_page_is_read_in_both_languages_full_and_empty(browser: Browser, language: str) -> None:
    await browser.get(f"/language/{language}?to=/conference")
    pages = {
        "/conference": "GET /conference/awaiting",
        "/conference/decided": "GET /conference/decided",
        MEETING: "GET /tasks",
    }
    for path, asked in pages.items():
        assert (await browser.get(path)).status_code == 200
        browser.api.answers[asked] = given({"items": [], "next": None})
        assert 'class="empty card"' in (await browser.get(path)).text
        browser.api.answers[asked] = refused(403, "wrong-role")
        assert 'role="alert"' in (await browser.get(path)).text
