"""Many tasks signed at once: chosen, checked, and told one by one."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from services.console.bundling import MOST
from tests.console_rig import HOST, Browser, browsing, given, refused
from tests.unit.console.played import POLICY, task

SELECT = f"/tasks/bundle?kind={task()['kind']}&policy={POLICY}"
TASKS = [task(task_id=f"t{n}", content_digest=f"{n}" * 64, case_id=f"c{n}") for n in (1, 2, 3)]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /tasks": given({"items": TASKS, "next": None}),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "POST /bundles": given({"bundle_id": "bd1", "items": 2, "shown": "0" * 64, "ends_at": "x"}, 201),
        }
        yield found


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent there."""
    form = page[page.index(f'action="{action}"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")])
    return {name: html.unescape(value) for name, value in found}


async def checked(browser: Browser, *picks: str, **typed: str) -> str:
    """The page that shows what is signed of these tasks."""
    page = (await browser.get(SELECT)).text
    boxes = dict(re.findall(r'name="(pick\.[^"]+)" value="([^"]+)"', page))
    sent = {**hidden(page, "/tasks/bundle/check"), **{f"pick.{one}": boxes[f"pick.{one}"] for one in picks}}
    return (await browser.post("/tasks/bundle/check", {**sent, **typed})).text


async def test_only_kinds_of_which_many_may_be_signed_are_offered(browser: Browser) -> None:
    page = (await browser.get("/tasks/bundle")).text
    assert f"kind={task()['kind']}&amp;policy={POLICY}" in page
    alone = [task(task_id="t9", kind="declare", names={**task()["names"], "kind": "签署"})]
    browser.api.answers["GET /tasks"] = given({"items": alone, "next": None})
    assert "每一件都须单独办理" in (await browser.get("/tasks/bundle")).text
    browser.api.answers["GET /tasks"] = given({"items": [], "next": None})
    assert "待办的同类任务下达后会出现在这里" in (await browser.get("/tasks/bundle")).text
    browser.api.answers["GET /tasks"] = given({"items": alone, "next": None})
    assert (await browser.get(f"/tasks/bundle?kind=declare&policy={POLICY}")).status_code == 404


async def test_no_adverse_outcome_can_be_chosen_for_many(browser: Browser) -> None:
    page = (await browser.get(SELECT)).text
    assert set(re.findall(r'name="outcome" value="(\w+)"', page)) == {"NO_ISSUE", "NO_RECORD"}


async def test_what_is_signed_of_many_is_shown_first_and_sent_once(browser: Browser) -> None:
    page = await checked(browser, "t1", "t3", outcome="NO_ISSUE")
    assert "<dd><strong>2</strong></dd>" in page
    assert browser.api.of("POST", "/bundles") == []
    for _ in range(2):
        answer = await browser.post("/tasks/bundle", hidden(page, "/tasks/bundle"))
        assert answer.headers["location"] == "/bundles/bd1"
    first, second = browser.api.of("POST", "/bundles")
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"]
    seen = [{"task_id": "t1", "seen": "1" * 64}, {"task_id": "t3", "seen": "3" * 64}]
    assert first.body == {"items": seen, "outcome": "NO_ISSUE", "form": {}, "reason": ""}


async def test_a_bundle_may_be_as_large_as_the_api_takes_it(browser: Browser) -> None:
    every = [task(task_id=f"t{n}", content_digest=f"{n:064}") for n in range(MOST)]
    browser.api.answers["GET /tasks"] = given({"items": every, "next": None})
    page = (await browser.get(f"{SELECT}&whole=1")).text
    boxes = dict(re.findall(r'name="(pick\.[^"]+)" value="([^"]+)" checked', page))
    sent = {**hidden(page, "/tasks/bundle/check"), **boxes, "outcome": "NO_ISSUE"}
    parts = {name: (None, value) for name, value in sent.items()}
    check = await browser.client.post("/tasks/bundle/check", files=parts, headers={"Origin": HOST})
    assert f"<dd><strong>{MOST}</strong></dd>" in check.text
    await browser.post("/tasks/bundle", hidden(check.text, "/tasks/bundle"))
    assert len(browser.api.of("POST", "/bundles")[0].body["items"]) == MOST


async def test_nothing_chosen_is_said_and_what_was_typed_stays(browser: Browser) -> None:
    page = await checked(browser, outcome="NO_RECORD", reason="我写的")
    assert "请至少选择一件" in page
    assert re.search(r'value="NO_RECORD" data-outcome checked', page)
    assert "我写的</textarea>" in page
    unsaid = await checked(browser, "t1")
    assert "请选择一项办理结果" in unsaid
    assert re.search(r'name="pick.t1" value="1{64}" checked', unsaid)


async def test_what_the_api_takes_only_one_by_one_is_marked_and_no_longer_chosen(browser: Browser) -> None:
    page = await checked(browser, "t1", "t2", outcome="NO_ISSUE")
    fault = {"field": "items.1", "reason": "此项不得批办"}
    browser.api.answers["POST /bundles"] = refused(422, "not-bundled", "不得批办", errors=[fault], faults=1)
    answer = await browser.post("/tasks/bundle", hidden(page, "/tasks/bundle"))
    assert answer.status_code == 422
    assert "此项不得批办" in answer.text
    assert re.findall(r'name="pick\.(t\d)" value="\d+" checked', answer.text) == ["t1"]


async def test_an_api_that_is_away_loses_nothing(browser: Browser) -> None:
    page = await checked(browser, "t1", outcome="NO_ISSUE")
    browser.api.answers["POST /bundles"] = refused(503, "api-away", "", "")
    answer = await browser.post("/tasks/bundle", hidden(page, "/tasks/bundle"))
    assert answer.status_code == 503
    assert hidden(answer.text, "/tasks/bundle") == hidden(page, "/tasks/bundle")


async def test_a_fresh_sign_in_keeps_what_was_chosen(browser: Browser) -> None:
    page = await checked(browser, "t1", outcome="NO_ISSUE")
    browser.api.answers["POST /bundles"] = refused(401, "stale-authentication")
    answer = await browser.post("/tasks/bundle", hidden(page, "/tasks/bundle"))
    assert answer.status_code == 401
    assert hidden(answer.text, "/sign-in/again")["kept"] != ""


async def test_the_whole_list_is_chosen_by_a_link(browser: Browser) -> None:
    page = (await browser.get(f"{SELECT}&whole=1")).text
    assert len(re.findall(r'name="pick\.t\d" value="\d+" checked', page)) == 3


@pytest.mark.parametrize("waiting", [1, 0])
async def test_progress_is_told_until_nothing_waits(browser: Browser, waiting: int) -> None:
    browser.api.answers["GET /bundles/bd1"] = given(_result(waiting))
    page = (await browser.get("/bundles/bd1")).text
    assert ('http-equiv="refresh"' in page) == bool(waiting)
    assert "签过了" in page
    assert page.index("签过了") < page.index("c-done")


def _result(waiting: int) -> dict[str, Any]:
    rows = [("done", "已办", "c-done", "", ""), ("refused", "未办成", "", "task-closed", "签过了")]
    rows += [("waiting", "等待", "", "", "")] * waiting
    items = [
        {
            "number": n,
            "task_id": f"t{n}",
            "state": state,
            "name": name,
            "case_id": case,
            "code": code,
            "title": title,
            "detail": "",
        }
        for n, (state, name, case, code, title) in enumerate(rows, 1)
    ]
    return {"items": items, "counts": {"done": 1, "refused": 1, "waiting": waiting}}
