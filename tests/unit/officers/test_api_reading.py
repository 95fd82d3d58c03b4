"""What each role finds in lists of batches, cases and tasks, and how they page, filter and stay unread."""

import pytest

from contracts.actor import Grant, Signer
from contracts.causes import Cause
from contracts.events.case import CaseEnded
from contracts.events.review import (
    CaseGraded,
    NoticePosted,
    Scores,
)
from contracts.events.task import RungReached, TaskClaimed
from contracts.vocabulary import CaseState, Grade, Rung, Stage
from tests.consulted import consulted, department, ids, screener
from tests.officers_rig import START, Rig, task_opened
from tests.stories import case_held


async def test_a_district_sees_its_own_cases_and_probes_of_others_tell_nothing(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1", "d01")
    await rig.case("c2", "d02", serial=2)
    person = await rig.account(screener("d01"))
    assert await ids(person) == ["c1"]
    assert await ids(person, "/v1/tasks") == ["c1.screen.1.1"]
    assert await ids(person, "/v1/tasks", view="all") == ["c1.screen.1.1"]
    assert (await person.get("/v1/batches/b1")).json()["cases"] == {"DRAFT": 1}
    for path in ("/v1/cases/{}", "/v1/cases/{}/timeline", "/v1/tasks/{}.screen.1.1"):
        foreign, absent = await person.get(path.format("c2")), await person.get(path.format("c9"))
        assert foreign.status_code == absent.status_code == 404
        assert foreign.json() == absent.json()
    for path in ("/v1/tasks/{}.screen.1.1/claim", "/v1/tasks/{}.screen.1.1/release"):
        foreign, absent = await person.post(path.format("c2")), await person.post(path.format("c9"))
        assert foreign.status_code == absent.status_code == 404
        assert foreign.json() == absent.json()
    body = {"reason": "r"}
    foreign = await person.post("/v1/cases/c2/withdrawal", body)
    assert foreign.json() == (await person.post("/v1/cases/c9/withdrawal", body)).json()
    assert rig.engine.sent == []


@pytest.mark.parametrize("role", ["SYS_ADMIN", "POLICY_ADMIN"])
async def test_administrators_read_no_case(rig: Rig, role: str) -> None:
    await rig.batch()
    await rig.case("c1")
    person = await rig.account(Grant(role=role))
    for path in (
        "/v1/batches",
        "/v1/batches/b1",
        "/v1/cases",
        "/v1/cases/c1",
        "/v1/cases/c1/timeline",
        "/v1/tasks",
        "/v1/tasks/c1.screen.1.1",
        "/v1/notices",
        "/v1/record/entries",
        "/v1/record/head",
        "/v1/record/refusals",
    ):
        answer = await person.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "wrong-role"), path
    assert (await person.get("/v1/policies")).status_code == 200


async def test_ones_list_holds_what_one_may_act_on_now(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    one, other = (
        await rig.account(screener()),
        await rig.account(screener("d01"), Grant(role="INSPECTOR", district="*")),
    )
    await rig.tell(story, task_opened("c1", "inspect", signature=1, due=None))
    assert await ids(one, "/v1/tasks") == ["c1.screen.1.1"]
    assert await ids(other, "/v1/tasks") == ["c1.screen.1.1", "c1.inspect.1.1"]
    await rig.tell(story, TaskClaimed(task_id="c1.screen.1.1", person_id=one.person_id))
    assert await ids(one, "/v1/tasks") == ["c1.screen.1.1"]
    assert await ids(other, "/v1/tasks") == ["c1.inspect.1.1"]
    await rig.tell(story, case_held(START, Stage.SCREENING))
    assert await ids(one, "/v1/tasks") == []
    assert await ids(one, "/v1/tasks", view="all", state="open") == ["c1.screen.1.1", "c1.inspect.1.1"]


async def test_lists_page_without_gap_or_repeat_and_filter(rig: Rig) -> None:
    await rig.batch()
    for number in range(7):
        await rig.case(f"c{number}", serial=number)
    person = await rig.account(screener())
    for path in ("/v1/cases", "/v1/tasks"):
        seen: list[str] = []
        cursor = ""
        while cursor is not None:
            page = (await person.get(path, limit=3, cursor=cursor)).json()
            seen += [item["case_id"] for item in page["items"]]
            cursor = page["next"]
            assert "total" not in page
        assert seen == [f"c{number}" for number in range(7)]
    assert await ids(person, case="c3", path="/v1/tasks") == ["c3.screen.1.1"]
    assert await ids(person, kind="reply", path="/v1/tasks") == []
    assert await ids(person, parent="b2") == []
    assert (await person.get("/v1/cases", limit=201)).status_code == 422
    assert (await person.get("/v1/cases", cursor="x")).json()["code"] == "cursor-invalid"
    assert (await person.get("/v1/cases", state="'; DROP TABLE cases")).status_code == 422


async def test_what_comes_while_somebody_pages_moves_nothing(rig: Rig) -> None:
    await rig.batch()
    for number in range(4):
        await rig.case(f"c{number}", serial=number)
    person = await rig.account(screener())
    for path, kept in (("/v1/cases", "b"), ("/v1/tasks", "a")):
        first = (await person.get(path, limit=2)).json()
        shown = [one["case_id"] for one in first["items"]]
        await rig.case(f"{kept}9", serial=11)
        await rig.case(f"{kept}8", serial=12)
        rest = (await person.get(path, limit=200, cursor=first["next"])).json()["items"]
        seen = [*shown, *(one["case_id"] for one in rest)]
        assert len(seen) == len(set(seen))
        assert {f"c{number}" for number in range(4)} <= set(seen)


async def test_a_case_shows_deadlines_with_their_days_and_decisions_with_their_policy(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    chair = Signer(account_id="a9", person_id="p9", role="PANEL_CHAIR")
    await rig.tell(
        story,
        CaseGraded(
            grade=Grade.A,
            veto=False,
            valid_until=None,
            private=Scores(scores={}, index=1, total=2, reasons=()),
        ),
        actor=chair,
    )
    await rig.tell(
        story,
        NoticePosted(posted=START, start=START, end=START.replace(day=9), provisional=False),
        RungReached(
            task_id="c1.screen.1.1",
            kind="screen",
            stage=Stage.SCREENING,
            unit="",
            round=1,
            rung=Rung.BLUE,
            planned=START,
            due=START,
            to=("task_owner",),
        ),
        CaseEnded(state=CaseState.ELECTED, cause=Cause.VOTE),
    )
    person = await rig.account(screener())
    case = (await person.get("/v1/cases/c1")).json()
    deadline = case["open_tasks"][0]["deadline"]
    assert deadline["counted"] == ["2026-03-03"]
    assert case["facts"]["grade"] == "A"
    assert [event["type"] for event in case["decisions"]] == ["case-graded", "notice-posted", "case-ended"]
    assert case["decisions"][0]["policy"] == "2026.1"
    assert case["decisions"][0]["role"] == "PANEL_CHAIR"
    assert case["facts"]["notice"]["end"].startswith("2026-03-09")
    timeline = (await person.get("/v1/cases/c1/timeline", limit=3)).json()
    assert [event["sequence"] for event in timeline["items"]] == [1, 2, 3]
    rest = (await person.get("/v1/cases/c1/timeline", cursor=timeline["next"])).json()
    assert [event["type"] for event in rest["items"]] == ["notice-posted", "rung-reached", "case-ended"]


async def test_what_is_unchanged_does_not_travel_again(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    person = await rig.account(screener())
    for path in ("/v1/cases/c1", "/v1/tasks/c1.screen.1.1", "/v1/batches/b1", "/v1/policies/2026.1"):
        first = await person.get(path)
        again = await person.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), path
        chinese = await person.get(path, headers={"Accept-Language": "zh"})
        assert chinese.status_code == 200
    seen = (await person.get("/v1/cases/c1")).headers["ETag"]
    await rig.tell(story, TaskClaimed(task_id="c1.screen.1.1", person_id="p1"))
    assert (await person.get("/v1/cases/c1", headers={"If-None-Match": seen})).status_code == 200


async def test_a_task_offers_its_outcomes_with_the_form_of_each(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    officer = await rig.account(department("DEPT_OFFICER", "police"))
    task = (await officer.get("/v1/tasks/c1.reply.1.police.1", headers={"Accept-Language": "zh"})).json()
    assert task["names"]["kind"] == "部门回复"
    assert set(task["forms"]) == set(task["outcomes"])
    assert task["forms"]["ISSUE"]["required"] == ["findings"]
    assert task["forms"]["NO_ISSUE"]["properties"] == {}
    assert "RECUSED" in task["reason_required"]
    assert task["content"]["dossier"]["firm"].startswith("虚构")
