"""A recused person sees the number of a case and nothing else, wherever they look (SOD-07)."""

from typing import Any

import pytest

from contracts.actor import Grant
from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.case import CaseEnded, StageEntered
from contracts.events.conflict import (
    Conflict,
    ConflictDeclared,
    ConflictReported,
    ConflictSettled,
    PapersVoided,
)
from contracts.events.review import CaseGraded, Scores
from contracts.events.task import TaskReassigned
from contracts.vocabulary import CaseState, Grade, Stage
from tests.consulted import consulted, department, ids, screener
from tests.events import Story
from tests.officers_rig import Person, Rig, task_opened
from tests.reports import answered, received

KIN = Conflict(ground="kin", reason="表弟")


def declared(person: Person, *, awaits: bool = False) -> Event:
    return ConflictDeclared(
        conflict=1, task_id="c1.screen.1.1", person_id=person.person_id, awaits=awaits, private=KIN
    )


def graded(grade: Grade = Grade.C) -> Event:
    scores = Scores(scores={}, index=500, total=500, reasons=())
    return CaseGraded(grade=grade, veto=False, valid_until=None, private=scores)


async def told(rig: Rig, *events: Event) -> Story:
    await rig.batch()
    story = await rig.case("c1")
    await rig.case("c2", serial=2)
    await rig.tell(story, *events) if events else None
    return story


async def test_lists_give_the_number_only(rig: Rig) -> None:
    person = await rig.account(screener())
    await told(rig, declared(person))
    items = (await person.get("/v1/cases")).json()["items"]
    assert items[0] == {"case_id": "c1", "recused": True}
    assert items[1]["state"] == "DRAFT"
    assert await ids(person, "/v1/cases", state="DRAFT") == ["c2"], "a filter tells as much as a value"
    assert await ids(person, "/v1/cases", stage="ST01") == ["c2"]
    assert await ids(person, "/v1/tasks", view="all") == ["c2.screen.1.1"]
    assert await ids(person, "/v1/tasks") == ["c2.screen.1.1"]
    assert (await person.get("/v1/batches/b1")).json()["cases"] == {"DRAFT": 1}


async def test_what_others_say_bars_nobody_until_it_is_decided(rig: Rig) -> None:
    person = await rig.account(screener())
    story = await told(rig, ConflictReported(conflict=1, person_id=person.person_id, private=KIN))
    assert await ids(person, "/v1/tasks") == ["c1.screen.1.1", "c2.screen.1.1"]
    settled = ConflictSettled(conflict=1, person_id=person.person_id, outcome="RECUSED")
    await rig.tell(story, settled)
    assert (await person.get("/v1/cases/c1")).json() == {"case_id": "c1", "recused": True}


async def test_whoever_has_no_conflict_after_all_reads_again(rig: Rig) -> None:
    person = await rig.account(screener())
    story = await told(rig, declared(person, awaits=True))
    assert await ids(person, "/v1/tasks") == ["c2.screen.1.1"]
    await rig.tell(story, ConflictSettled(conflict=1, person_id=person.person_id, outcome="NO_CONFLICT"))
    assert await ids(person, "/v1/tasks") == ["c1.screen.1.1", "c2.screen.1.1"]


async def test_ones_own_case_stays_ones_own(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"), screener())
    story = await rig.case("c1", person=person.person_id)
    await rig.tell(story, task_opened("c1", "explain", about="hit.1"), declared(person))
    assert (await person.get("/v1/cases/c1")).json()["state"] == "DRAFT"
    assert await ids(person, "/v1/tasks") == ["c1.explain.1.1"]


async def test_whoever_is_named_finds_the_task_whatever_roles_they_hold(rig: Rig) -> None:
    person = await rig.account(Grant(role="CLERK", district="d02"))
    story = await told(rig, task_opened("c1", "opinion-head"))
    assert await ids(person, "/v1/tasks") == []
    named = TaskReassigned(task_id="c1.opinion-head.1.2", person_id=person.person_id, named=True)
    await rig.tell(story, named)
    assert await ids(person, "/v1/tasks") == ["c1.opinion-head.1.2"]
    detail = (await person.get("/v1/tasks/c1.opinion-head.1.2")).json()
    assert detail["may_act"]
    assert await ids(person) == ["c1"]


async def test_void_papers_stay_in_the_file_and_the_grade_does_not(rig: Rig) -> None:
    reader = await rig.account(screener())
    story = await told(rig, task_opened("c1", "score"), graded(Grade.A))
    assert (await reader.get("/v1/cases/c1")).json()["facts"]["grade"] == "A"
    await rig.tell(story, PapersVoided(person_id="p-x", stage=Stage.GRADING, tasks=("c1.score.1.1",)))
    assert (await reader.get("/v1/cases/c1")).json()["facts"]["grade"] is None
    assert await ids(reader, "/v1/tasks", view="all", state="void") == ["c1.score.1.1"]


async def test_a_report_whose_answer_is_void_is_being_checked_again(rig: Rig) -> None:
    handler = await rig.account(Grant(role="REPORT_HANDLER", district="d01"))
    posted = StageEntered(stage=Stage.NOTICE, state=CaseState.ON_NOTICE, round=1)
    check = task_opened("c1", "check-report", about="report.1")
    story = await told(rig, posted, received(), check, answered())
    assert (await handler.get("/v1/cases/c1")).json()["state"] == "ON_NOTICE"
    void = PapersVoided(person_id="p-x", stage=Stage.REPORT_CHECK, tasks=("c1.check-report.1.1",))
    await rig.tell(story, void, task_opened("c1", "check-report", round_number=2, about="report.1"))
    assert (await handler.get("/v1/cases/c1")).json()["state"] == "CHECKING_REPORT"


@pytest.mark.parametrize("who", ["department", "nominee"])
async def test_the_grade_is_told_neither_to_whom_was_asked_nor_to_the_person(rig: Rig, who: str) -> None:
    await rig.batch()
    nominee = await rig.account(Grant(role="NOMINEE"))
    officer = await rig.account(department("DEPT_OFFICER", "police"))
    story = await consulted(rig)
    own = await rig.case("c7", person=nominee.person_id, serial=7)
    ended = CaseEnded(state=CaseState.REJECTED, cause=Cause.GRADE_C)
    for one in (story, own):
        await rig.tell(one, graded(), ended)
    reader, case = {"department": (officer, "c1"), "nominee": (nominee, "c7")}[who]
    detail: dict[str, Any] = (await reader.get(f"/v1/cases/{case}")).json()
    timeline = (await reader.get(f"/v1/cases/{case}/timeline", limit=100)).json()
    assert detail["state"] == "REJECTED"
    assert (detail["ended_cause"], detail["facts"]["grade"]) == (None, None)
    for said in (detail, timeline):
        assert "grade-c" not in str(said)
        assert "case-graded" not in str(said)
