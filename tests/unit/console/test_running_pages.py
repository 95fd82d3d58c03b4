"""Pages of single roles: files due, how the installation runs, steps not taken, who saw a finding, workload."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from tests.console_rig import Browser, browsing, given, refused
from tests.unit.console.played import POLICY

WHEN = "2026-03-02T01:30:00Z"
RULES = loader.released(POLICY)
DUE: dict[str, Any] = {
    "case_id": "c1",
    "kind": "nomination",
    "district": "d01",
    "state": "REJECTED",
    "filed_at": WHEN,
    "retention": "ten-years",
    "kept_until": "2036-12-31",
    "held": True,
    "names": {"kind": "提名", "district": "东湖区", "state": "未通过", "retention": "十年"},
}
WAITING = {"case_id": "c7", "index": 12, "reason": "KeyError"}
ATTEMPT: dict[str, Any] = {
    "number": 3,
    "code": "unsigned-step",
    "detail": "no key",
    "service": "worker",
    "key_id": None,
    "account_id": None,
    "case_id": "c1",
    "command_id": None,
    "body": "e30=",
    "size": 2,
    "at": WHEN,
}
HIT = {"type": "hit-found", "at": WHEN, "payload": {"hit": 1, "effect": "veto"}}
SAW: dict[str, Any] = {
    "person_id": "p2",
    "account_id": "a2",
    "name": "演示·乙",
    "roles": ["EVALUATOR"],
    "first": WHEN,
    "last": WHEN,
    "targets": ["t1"],
}
WORK: dict[str, Any] = {
    "at": WHEN,
    "batch_id": "",
    "load": [
        {
            "case_kind": "nomination",
            "role": "DEPT_OFFICER",
            "unit": "tax",
            "stage": "ST04",
            "open": 14,
            "due_today": 1,
            "overdue": 2,
            "over_a_week": 3,
            "over_a_month": 0,
            "oldest_days": 9,
            "names": {"role": "部门经办", "unit": "税务局", "stage": "征求意见"},
        }
    ],
    "outcomes": [
        {
            "case_kind": "nomination",
            "kind": "reply",
            "stage": "ST04",
            "outcome": "ISSUE",
            "tasks": 5,
            "names": {"outcome": "有问题"},
        }
    ],
    "ageing": [
        {"kind": "nomination", "state": "HELD", "cases": 2, "oldest_days": 31, "names": {"state": "暂缓"}}
    ],
}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /words": given({"policy": POLICY}),
            f"GET /policies/{POLICY}": given(RULES.model_dump(mode="json")),
            "GET /archive/due": given({"items": [DUE], "next": "n2"}),
            "GET /notices/figures": given(
                {"letters": {"N04": 3, "N99": 1}, "deliveries": {"smtp": {"dead": 2}}, "stuck": 1}
            ),
            "GET /notices/waiting": given([WAITING]),
            "GET /record/waiting": given([]),
            "GET /record/attempts": given({"items": [ATTEMPT], "next": None}),
            "GET /cases/c1": given({"case_id": "c1", "policy": POLICY, "nominee": {"name": "测试·甲"}}),
            "GET /cases/c1/timeline": given({"items": [HIT], "next": None}),
            "GET /cases/c1/hits/1/readers": given([SAW]),
            "GET /batches": given({"items": [{"batch_id": "b1", "title": "2027 换届"}], "next": None}),
            "GET /figures/work": given(WORK),
        }
        yield found


async def test_files_whose_term_is_over_are_listed_for_a_day_as_one_types_it(browser: Browser) -> None:
    page = (await browser.get("/archive?on=2037年1月2日")).text
    assert all(part in page for part in ("东湖区", "十年", "2036-12-31", "仍须保管", "cursor=n2"))
    assert browser.api.of("GET", "/archive/due")[0].params["on"] == "2037-01-02"
    wrong = await browser.get("/archive?on=morgen")
    assert (wrong.status_code, "这不是日期" in wrong.text) == (422, True)
    assert browser.api.of("GET", "/archive/due")[1].params["on"] == ""
    browser.api.answers["GET /archive/due"] = given({"items": [], "next": None})
    assert "没有期满的档案" in (await browser.get("/archive")).text


async def test_how_the_installation_runs_is_said_without_anybody_in_it(browser: Browser) -> None:
    page = (await browser.get("/installation")).text
    said = (
        RULES.notice("N04").name.zh,
        "N99",
        "发送失败，不再重试",
        "c7",
        "KeyError",
        "所有存证条目都已读入",
    )
    assert all(part in page for part in said)
    browser.api.answers |= {
        "GET /notices/figures": given({"letters": {}, "deliveries": {}, "stuck": 0}),
        "GET /notices/waiting": given([]),
    }
    assert "还没有函件" in (await browser.get("/installation")).text


async def test_what_the_record_did_not_take_says_why(browser: Browser) -> None:
    page = (await browser.get("/record/attempts")).text
    assert all(part in page for part in ("步骤没有有效签名", "no key", "worker"))
    browser.api.answers["GET /record/attempts"] = given({"items": [], "next": None})
    assert "没有未被接受的步骤" in (await browser.get("/record/attempts")).text


async def test_who_saw_a_finding_is_looked_up_hit_by_hit(browser: Browser) -> None:
    form = (await browser.get("/cases/c1/readers")).text
    assert 'value="1"' in form
    assert browser.api.of("GET", "/cases/c1/hits/1/readers") == []
    page = (await browser.get("/cases/c1/readers?hit=1")).text
    assert all(part in page for part in ("演示·乙", RULES.role("EVALUATOR").name.zh))
    assert "演示·乙" not in (await browser.get("/cases/c1/readers?hit=../9")).text
    browser.api.answers["GET /cases/c1/hits/1/readers"] = given([])
    assert "没有人看到过" in (await browser.get("/cases/c1/readers?hit=1")).text
    browser.api.answers["GET /cases/c1/timeline"] = given({"items": [], "next": None})
    assert "没有负面事项" in (await browser.get("/cases/c1/readers")).text
    browser.api.answers["GET /cases/c1"] = given({"case_id": "c1", "recused": True})
    assert (await browser.get("/cases/c1/readers")).status_code == 403


async def test_workload_is_counted_by_unit_and_stage(browser: Browser) -> None:
    page = (await browser.get("/workload?batch_id=b1")).text
    assert all(part in page for part in ("税务局", "14", "有问题", "暂缓", "2027 换届"))
    assert browser.api.of("GET", "/figures/work")[0].params == {"batch_id": "b1"}
    browser.api.answers["GET /figures/work"] = given({**WORK, "load": [], "outcomes": [], "ageing": []})
    assert "没有待办任务。" in (await browser.get("/workload")).text


async def test_a_refusal_of_what_is_read_is_a_page(browser: Browser) -> None:
    for route, path in (("GET /archive/due", "/archive"), ("GET /notices/figures", "/installation")):
        browser.api.answers[route] = refused(403, "wrong-role", "无权查看")
        assert "无权查看" in (await browser.get(path)).text


async def test_the_pages_are_read_in_english(browser: Browser) -> None:
    await browser.get("/language/en?to=/me")
    for path in ("/archive", "/installation", "/record/attempts", "/cases/c1/readers?hit=1", "/workload"):
        assert 'lang="en' in (await browser.get(path)).text
