"""A task from the list to the signature: nothing is sent without the check, and nothing typed is lost."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from contracts.policy import loader
from services.console.api import Reply
from tests.console_rig import Browser, Question, browsing, given, refused
from tests.unit.console.played import POLICY, TASK, task

PATH = "/tasks/t1"
OUTCOME = "POST /tasks/t1/outcome"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with browsing() as found:
        await found.sign_in()
        found.api.answers |= {
            "GET /tasks/t1": given(task()),
            f"GET /policies/{POLICY}": given(loader.released(POLICY).model_dump(mode="json")),
            "GET /tasks": given({"items": [], "next": None}),
            OUTCOME: given({"case_id": "c1", "index": 7, "command_id": "k"}),
        }
        yield found


def fields(page: str) -> dict[str, str]:
    """The hidden fields of the page's act."""
    form = page[page.index('id="act"') if 'id="act"' in page else page.index('/submit"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")])
    return {name: html.unescape(value) for name, value in found}


async def checked(browser: Browser, **typed: str) -> str:
    """The check page for what was typed."""
    page = await browser.get(PATH)
    answer = await browser.post(f"{PATH}/check", {**fields(page.text), **typed})
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_nothing_is_signed_without_the_page_that_shows_it(browser: Browser) -> None:
    page = await checked(browser, outcome="NO_ISSUE")
    assert browser.api.of("POST", "/tasks/t1/outcome") == []
    assert "无问题" in page
    answer = await browser.post(f"{PATH}/submit", fields(page))
    assert answer.headers["location"] == f"{PATH}/done"
    (sent,) = browser.api.of("POST", "/tasks/t1/outcome")
    assert sent.body == {"outcome": "NO_ISSUE", "form": {}, "reason": "", "seen": TASK["content_digest"]}


async def test_a_second_signature_is_given_under_the_answer_in_words(browser: Browser) -> None:
    before = {
        "task_id": "t0",
        "kind": "reply",
        "unit": "tax",
        "outcome": "RECUSED",
        "reason": "亲属关系（试）",
    }
    content = {**TASK["content"], "signed_before": before}
    browser.api.answers["GET /tasks/t1"] = given(task(content=content))
    read = (await browser.get(PATH)).text
    assert read.index("亲属关系（试）") < read.index("虚构企业")
    page = await checked(browser, outcome="NO_ISSUE")
    for said in ("部门回复", "税务局", "亲属关系（试）"):
        assert said in page[: page.index('/submit"')]


async def test_the_same_page_sent_twice_is_one_act(browser: Browser) -> None:
    page = await checked(browser, outcome="NO_ISSUE")
    for _ in range(2):
        await browser.post(f"{PATH}/submit", fields(page))
    first, second = browser.api.of("POST", "/tasks/t1/outcome")
    assert first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"] != ""
    again = fields(await checked(browser, outcome="NO_ISSUE"))
    assert again["key"] != first.headers["Idempotency-Key"]


async def test_every_fault_is_named_at_once_and_leads_to_its_field(browser: Browser) -> None:
    page = fields((await browser.get(PATH)).text)
    answer = await browser.post(
        f"{PATH}/check", {**page, "outcome": "ISSUE", "ISSUE.findings.0.text": "欠税"}
    )
    assert answer.status_code == 422
    targets = re.findall(r'<li><a href="#([^"]+)"', answer.text)
    assert len(targets) > 3
    assert all(f'id="{target}"' in answer.text for target in targets)
    assert "欠税" in answer.text
    nothing = await browser.post(f"{PATH}/check", page)
    assert "请选择一项办理结果" in nothing.text


async def test_a_reason_is_asked_for_where_the_policy_does(browser: Browser) -> None:
    page = fields((await browser.get(PATH)).text)
    answer = await browser.post(f"{PATH}/check", {**page, "outcome": "RECUSED", "reason": "  "})
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text


async def test_another_item_of_a_list_keeps_what_was_typed(browser: Browser) -> None:
    page = fields((await browser.get(PATH)).text)
    typed = {"outcome": "ISSUE", "ISSUE.findings.0.text": "第一项", "add": "ISSUE.findings"}
    answer = await browser.post(f"{PATH}/check", {**page, **typed})
    assert answer.status_code == 200
    assert "第一项" in answer.text
    assert "ISSUE.findings.1.text" in answer.text
    assert browser.api.of("POST", "/tasks/t1/outcome") == []


async def test_a_change_meanwhile_is_shown_beside_what_was_typed(browser: Browser) -> None:
    page = await checked(browser, outcome="RECUSED", reason="我写的理由")
    changed = task(content_digest="f" * 64)
    changed["content"]["dossier"] = {**changed["content"]["dossier"], "firm": "改名后的企业"}
    browser.api.answers |= {OUTCOME: refused(412, "stale-digest"), "GET /tasks/t1": given(changed)}
    answer = await browser.post(f"{PATH}/submit", fields(page))
    assert answer.status_code == 412
    assert all(text in answer.text for text in ("我写的理由", "改名后的企业", "虚构企业"))
    assert fields(answer.text)["seen"] == "f" * 64
    assert fields(answer.text)["key"] != fields(page)["key"]


async def test_what_is_checked_is_what_was_seen(browser: Browser) -> None:
    page = fields((await browser.get(PATH)).text)
    browser.api.answers["GET /tasks/t1"] = given(task(content_digest="f" * 64))
    answer = await browser.post(f"{PATH}/check", {**page, "outcome": "NO_ISSUE"})
    assert answer.status_code == 412


async def test_an_api_that_is_away_lets_one_press_again_with_the_same_key(browser: Browser) -> None:
    page = await checked(browser, outcome="NO_ISSUE")
    browser.api.answers[OUTCOME] = refused(503, "api-away", "", "")
    answer = await browser.post(f"{PATH}/submit", fields(page))
    assert answer.status_code == 503
    assert fields(answer.text) == fields(page)


async def test_what_is_still_being_recorded_is_said_and_turns_to_done(browser: Browser) -> None:
    page = await checked(browser, outcome="NO_ISSUE")
    browser.api.answers |= {
        OUTCOME: Reply(202, {"command_id": "k1", "state": "pending"}),
        "GET /commands/k1": Reply(202, {"command_id": "k1", "state": "pending"}),
    }
    answer = await browser.post(f"{PATH}/submit", fields(page))
    waiting = await browser.get(answer.headers["location"])
    assert 'http-equiv="refresh"' in waiting.text
    assert browser.api.of("POST", "/sessions/renewal") == []
    browser.api.answers["GET /commands/k1"] = given({"case_id": "c1", "index": 7, "command_id": "k1"})
    assert (await browser.get(answer.headers["location"])).headers["location"] == f"{PATH}/done"


async def test_what_is_done_leads_to_the_next_that_is_due(browser: Browser) -> None:
    def due(question: Question) -> Reply:
        rows = {"reply": [task(), task(task_id="t2")], "": [task(), task(task_id="t9")]}
        return given({"items": rows[question.params.get("kind", "")], "next": None})

    browser.api.answers["GET /tasks"] = due
    assert re.findall(r'href="([^"]+)" data-next', (await browser.get(f"{PATH}/done")).text) == ["/tasks/t2"]
    browser.api.answers["GET /tasks"] = given({"items": [task()], "next": None})
    alone = (await browser.get(f"{PATH}/done")).text
    assert "data-next" not in alone
    assert 'class="empty"' in alone


async def test_a_session_that_ends_while_writing_loses_nothing(browser: Browser) -> None:
    page = fields((await browser.get(PATH)).text)
    browser.client.cookies.clear()
    ended = await browser.post(f"{PATH}/check", {**page, "outcome": "RECUSED", "reason": "写到一半"})
    assert ended.status_code == 401
    kept = re.search(r'name="kept" value="([^"]+)"', ended.text)
    assert kept is not None
    answer = await browser.post("/sign-in", {"login": "officer", "password": "x", "kept": kept[1]})
    assert f'action="{PATH}/edit"' in answer.text
    assert "写到一半" in answer.text


async def test_an_act_that_asks_who_one_is_keeps_what_was_typed(browser: Browser) -> None:
    page = await checked(browser, outcome="RECUSED", reason="很长的理由")
    browser.api.answers[OUTCOME] = refused(401, "stale-authentication")
    answer = await browser.post(f"{PATH}/submit", fields(page))
    kept = re.search(r'name="kept" value="([^"]+)"', answer.text)
    assert kept is not None
    browser.api.answers["POST /sessions/fresh"] = browser.api.answers["POST /sessions"]
    shown = await browser.post("/sign-in/again", {"password": "x", "kept": kept[1]})
    assert "很长的理由" in shown.text


async def test_a_draft_is_saved_and_comes_back(browser: Browser) -> None:
    saved: dict[str, Any] = {}

    def save(question: Question) -> Reply:
        saved.update(question.body)
        return given({"saved_at": "2026-11-26T01:00:00Z"})

    browser.api.answers["PUT /tasks/t1/draft"] = save
    page = fields((await browser.get(PATH)).text)
    typed = {"outcome": "RECUSED", "reason": "草稿里的理由"}
    assert (await browser.post(f"{PATH}/draft", {**page, **typed})).status_code == 204
    assert saved == {"seen": TASK["content_digest"], "content": typed}
    browser.api.answers["GET /tasks/t1/draft"] = given(
        {**saved, "saved_at": "2026-11-26T01:00:00Z", "current": True}
    )
    again = (await browser.get(PATH)).text
    assert "草稿里的理由" in again
    assert "2026-11-26 09:00" in again


async def test_a_draft_is_forgotten_when_its_writer_says_so(browser: Browser) -> None:
    browser.api.answers |= {
        "GET /tasks/t1/draft": given({"content": {}, "saved_at": "2026-03-02T01:30:00Z", "current": True}),
        "DELETE /tasks/t1/draft": given(None, 204),
    }
    assert 'action="/tasks/t1/draft/forget"' in (await browser.get("/tasks/t1")).text
    done = await browser.post("/tasks/t1/draft/forget")
    assert done.headers["location"] == "/tasks/t1"
    browser.api.answers["DELETE /tasks/t1/draft"] = refused(503, "unavailable", "暂不可用")
    assert "暂不可用" in (await browser.post("/tasks/t1/draft/forget")).text


async def test_whoever_may_not_act_is_shown_no_form(browser: Browser) -> None:
    browser.api.answers["GET /tasks/t1"] = given(task(may_act=False, state="done", outcome="NO_ISSUE"))
    page = (await browser.get(PATH)).text
    assert "/check" not in page
    assert "这项任务已经结束" in page


async def test_recusal_opens_no_file(browser: Browser) -> None:
    page = await browser.get(f"{PATH}/recuse")
    assert page.status_code == 200
    assert browser.api.of("GET", "/tasks/t1") == []
    assert (await browser.post(f"{PATH}/recuse", {"ground": "kin"})).status_code == 422
    browser.api.answers["POST /tasks/t1/conflict"] = given({})
    done = await browser.post(f"{PATH}/recuse", {"ground": "kin", "reason": "姻亲", "key": "k"})
    assert "已登记回避" in done.text


async def test_a_draft_that_could_not_be_kept_is_told_and_what_was_typed_stays(browser: Browser) -> None:
    browser.api.answers["PUT /tasks/t1/draft"] = refused(503, "draft-store-away", "暂存失败")
    typed = {"outcome": "RECUSED", "reason": "我写的理由", "save": "1"}
    answer = await browser.post(f"{PATH}/check", {**fields((await browser.get(PATH)).text), **typed})
    assert answer.status_code == 503
    assert "暂存失败" in answer.text
    assert "我写的理由" in answer.text


async def test_a_draft_that_cannot_be_read_hides_the_form_over_which_one_would_write_it_anew(
    browser: Browser,
) -> None:
    browser.api.answers["GET /tasks/t1/draft"] = refused(503, "unavailable", "暂不可用")
    answer = await browser.get(PATH)
    assert answer.status_code == 503
    assert "暂不可用" in answer.text
    assert 'id="act"' not in answer.text


async def test_why_it_is_due_that_day_is_told_day_by_day_as_the_api_counted_them(browser: Browser) -> None:
    deadline = {
        **TASK["deadline"],
        "counted": ["2026-11-27", "2026-11-30", "2026-12-01"],
        "skipped": ["2026-11-28", "2026-11-29"],
    }
    browser.api.answers["GET /tasks/t1"] = given(task(deadline=deadline))
    page = (await browser.get(PATH)).text
    shown = page[page.index('<ol class="days">') : page.index("</ol>", page.index('<ol class="days">'))]
    days = re.findall(r'<li( class="counted")?>(\S+)', shown)
    assert [day for _, day in days] == sorted(deadline["counted"] + deadline["skipped"])
    assert [day for counted, day in days if counted] == deadline["counted"]


async def test_what_a_rule_says_of_a_field_stands_beside_it_and_is_said_once(browser: Browser) -> None:
    page = fields(await checked(browser, outcome="NO_ISSUE"))
    errors = [{"field": "reason", "reason": "须写明理由（试）"}]
    browser.api.answers[OUTCOME] = refused(422, "reason-required", "缺少理由", "理由：须写明", errors=errors)
    answer = await browser.post(f"{PATH}/submit", page)
    assert answer.status_code == 422
    assert '<a href="#reason">' in answer.text
    assert "须写明理由（试）" in answer.text
    assert "缺少理由" not in answer.text


async def test_what_a_rule_says_of_no_field_of_the_page_is_not_lost(browser: Browser) -> None:
    page = fields(await checked(browser, outcome="NO_ISSUE"))
    errors = [{"field": "form.nowhere", "reason": "不符（试）"}]
    browser.api.answers[OUTCOME] = refused(409, "not-this-person", "不是本人", "不符（试）", errors=errors)
    answer = await browser.post(f"{PATH}/submit", page)
    assert answer.status_code == 409
    assert "不是本人" in answer.text
    assert "不符（试）" in answer.text
