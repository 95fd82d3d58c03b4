"""What each role sees of batches, cases and tasks: one filter for lists, details, counts and timelines."""

from typing import Any

import pytest

from contracts.actor import Grant, Signer
from contracts.causes import Cause
from contracts.events.case import CaseEnded, CaseHeld, StageEntered
from contracts.events.review import (
    CaseGraded,
    HitFacts,
    HitFound,
    NoticePosted,
    ReportReceived,
    Scores,
)
from contracts.events.task import Answer, Conflict, ConflictDeclared, RungReached, TaskClaimed, TaskCompleted
from contracts.matter import ReportContent
from contracts.nominee import Fact
from contracts.vocabulary import CaseState, Effect, Grade, Rung, Stage
from tests.events import Story
from tests.officers_rig import START, Person, Rig, task_opened

FACT = Fact(
    item="NL-D01",
    subject="person",
    subject_id="990001198001010017",
    liable=True,
    anchor=START.date(),
    issuer="税务局",
    document_no="1号",
    fetched_on=START.date(),
    text="欠税",
)


def screener(district: str = "d01") -> Grant:
    return Grant(role="SCREENER", district=district)


def department(role: str, unit: str = "tax", district: str = "d01") -> Grant:
    return Grant(role=role, unit=unit, district=district)


async def ids(person: Person, path: str = "/v1/cases", **params: Any) -> list[str]:
    answer = await person.get(path, **params)
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    return [item["task_id" if "tasks" in path else "case_id"] for item in items]


async def consulted(rig: Rig) -> Story:
    """A case in consultation, with a hit in ruling and a report under check."""
    story = await rig.case("c1", person="p-nominee")
    completed = TaskCompleted(
        task_id="c1.reply.1.tax.1",
        kind="reply",
        stage=Stage.CONSULTATION,
        unit="tax",
        outcome="ISSUE",
        answer_digest="a" * 64,
        private=Answer(form={"findings": ["欠税"]}, reason="见附件"),
    )
    explained = TaskCompleted(
        task_id="c1.explain.1.1",
        kind="explain",
        stage=Stage.RULING,
        unit="",
        outcome="EXPLAINED",
        answer_digest="e" * 64,
        private=Answer(form={"text": "不是我"}, reason=""),
    )
    await rig.tell(
        story,
        StageEntered(stage=Stage.CONSULTATION, state=CaseState.CONSULTING, round=1),
        task_opened("c1", "reply", "tax"),
        task_opened("c1", "reply", "police"),
        completed,
        task_opened("c1", "reply-sign", "tax", content_digest="a" * 64),
        HitFound(hit=1, effect=Effect.HARD, private=HitFacts(fact=FACT, source="tax")),
        task_opened("c1", "explain", about="hit.1"),
        explained,
        task_opened("c1", "confirm-fact", about="hit.1"),
        ReportReceived(
            report=1,
            signed=True,
            channel="letter",
            private=ReportContent(text="举报内容", reporter="某人", reporter_contact="000"),
        ),
        task_opened("c1", "check-report", about="report.1"),
        StageEntered(stage=Stage.REPORT_CHECK, state=CaseState.CHECKING_REPORT, round=1),
    )
    return story


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


async def test_an_auditor_reads_every_case_in_plain_and_acts_nowhere(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    auditor = await rig.account(Grant(role="AUDITOR"))
    assert await ids(auditor) == ["c1"]
    assert await ids(auditor, "/v1/tasks") == []
    detail = (await auditor.get("/v1/tasks/c1.check-report.1.1")).json()
    assert detail["content"] == {"dossier": None}
    case = (await auditor.get("/v1/cases/c1")).json()
    assert case["dossier"] is None
    timeline = (await auditor.get("/v1/cases/c1/timeline", limit=100)).json()["items"]
    assert any(event["sealed"] for event in timeline)
    assert "欠税" not in str(timeline)


async def test_a_department_sees_its_own_letters_and_no_other_answer(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    await rig.case("c2", serial=2)
    officer = await rig.account(department("DEPT_OFFICER", "police"))
    assert await ids(officer) == ["c1"]
    assert await ids(officer, "/v1/tasks", view="all") == ["c1.reply.1.police.1"]
    assert (await officer.get("/v1/tasks/c1.reply-sign.1.tax.2")).status_code == 404
    case = (await officer.get("/v1/cases/c1")).json()
    assert [task["unit"] for task in case["open_tasks"]] == ["police"]
    assert case["dossier"]["id_number"]
    assert "phone" not in case["dossier"]
    timeline = (await officer.get("/v1/cases/c1/timeline", limit=100)).json()["items"]
    assert {event["type"] for event in timeline} == {"case-opened", "task-opened"}
    assert (case["state"], case["stage"]) == ("ON_NOTICE", "ST11")
    other = await rig.account(department("DEPT_OFFICER", "police", "d02"))
    assert await ids(other) == []


async def test_the_second_signer_sees_what_the_first_answered(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    head = await rig.account(department("DEPT_HEAD"))
    detail = (await head.get("/v1/tasks/c1.reply-sign.1.tax.2")).json()
    signed = detail["content"]["signed_before"]
    assert (signed["outcome"], signed["form"], signed["reason"]) == (
        "ISSUE",
        {"findings": ["欠税"]},
        "见附件",
    )
    assert detail["content_digest"] == signed["answer_digest"]
    assert detail["may_act"]


async def test_the_nominee_sees_their_case_and_never_a_report(rig: Rig) -> None:
    await rig.batch()
    story = await consulted(rig)
    await rig.case("c2", serial=2)
    person = await rig.account(Grant(role="NOMINEE"))
    own = await rig.case("c3", person=person.person_id, serial=3)
    await _told_of(rig, own)
    assert await ids(person) == ["c3"]
    assert (await person.get("/v1/cases/c1")).status_code == 404
    case = (await person.get("/v1/cases/c3")).json()
    assert (case["state"], case["stage"]) == ("ON_NOTICE", "ST11")
    assert case["dossier"]["phone"] == "000-0000"
    assert await ids(person, state="CHECKING_REPORT") == []
    assert await ids(person, stage="ST12") == []
    assert await ids(person, state="ON_NOTICE") == ["c3"]
    assert (await person.get("/v1/batches/b1")).json()["cases"] == {"ON_NOTICE": 1}
    assert await ids(person, "/v1/tasks", view="all") == ["c3.explain.1.1"]
    seen = str([(await person.get(f"/v1/cases/c3{part}")).json() for part in ("", "/timeline?limit=200")])
    for word in ("report-received", "check-report", "举报", "ST12", "CHECKING"):
        assert word not in seen
    assert story.case.case_id == "c1"


async def _told_of(rig: Rig, story: Story) -> None:
    await rig.tell(
        story,
        HitFound(hit=1, effect=Effect.HARD, private=HitFacts(fact=FACT, source="tax")),
        task_opened(story.case.case_id, "explain", about="hit.1"),
        ReportReceived(report=1, signed=True, channel="letter", private=ReportContent(text="举报内容")),
        task_opened(story.case.case_id, "check-report", about="report.1"),
        StageEntered(stage=Stage.REPORT_CHECK, state=CaseState.CHECKING_REPORT, round=1),
    )


async def test_the_nominee_explains_the_fact_and_is_not_told_who_reported_it(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"))
    await _told_of(rig, await rig.case("c3", person=person.person_id, serial=3))
    hit = (await person.get("/v1/tasks/c3.explain.1.1")).json()["content"]["hit"]
    assert hit["fact"]["text"] == "欠税"
    assert "source" not in hit
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    await consulted(rig)
    content = (await evaluator.get("/v1/tasks/c1.confirm-fact.1.1")).json()["content"]
    assert content["hit"]["source"] == "tax"
    assert content["explanation"]["form"] == {"text": "不是我"}


async def test_only_the_report_handler_opens_a_report(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    handler = await rig.account(Grant(role="REPORT_HANDLER", district="d01"))
    report = (await handler.get("/v1/tasks/c1.check-report.1.1")).json()["content"]["report"]
    assert (report["text"], report["reporter"]) == ("举报内容", "某人")
    other = await rig.account(screener())
    seen = (await other.get("/v1/tasks/c1.check-report.1.1")).json()
    assert "举报" not in str(seen["content"])
    assert not seen["may_act"]


async def test_an_officer_who_is_nominated_sees_of_their_case_what_a_nominee_sees(rig: Rig) -> None:
    await rig.batch()
    officer = await rig.account(screener(), Grant(role="NOMINEE"))
    story = await rig.case("c3", person=officer.person_id, serial=3)
    await _told_of(rig, story)
    assert (await officer.get("/v1/cases/c3")).json()["state"] == "ON_NOTICE"
    assert (await officer.get("/v1/tasks/c3.check-report.1.1")).status_code == 404
    assert await ids(officer, "/v1/tasks") == ["c3.explain.1.1"]
    plain = await rig.account(screener())
    alone = await rig.case("c4", person=plain.person_id, serial=4)
    assert (await plain.get(f"/v1/cases/{alone.case.case_id}")).status_code == 404


async def test_a_nominating_unit_sees_the_cases_it_nominated(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    await rig.case("c2", "d02", serial=2)
    own = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
    other = await rig.account(Grant(role="NOMINATOR", unit="guild", district="d01"))
    assert await ids(own) == ["c1"]
    assert await ids(other) == []
    case = (await own.get("/v1/cases/c1")).json()
    assert (case["state"], case["open_tasks"], case["facts"]["opinion"]) == ("ON_NOTICE", [], None)
    assert case["dossier"]["name"].startswith("测试")
    assert "id_number" not in case["dossier"]


async def test_a_recused_person_sees_the_number_only(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    person = await rig.account(screener())
    await rig.tell(
        story,
        ConflictDeclared(
            task_id="c1.screen.1.1",
            person_id=person.person_id,
            private=Conflict(ground="kin", reason="表弟"),
        ),
    )
    assert (await person.get("/v1/cases/c1")).json() == {"case_id": "c1", "recused": True}
    assert await ids(person, "/v1/tasks") == []
    for path in ("/v1/cases/c1/timeline", "/v1/tasks/c1.screen.1.1"):
        assert (await person.get(path)).json()["code"] == "conflict-of-interest"
    refused = await person.post("/v1/tasks/c1.screen.1.1/claim")
    assert refused.json()["code"] == "conflict-of-interest"


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
    await rig.tell(story, CaseHeld(cause=Cause.PAUSE_ITEM, since=START, back_to=Stage.SCREENING))
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
        NoticePosted(start=START, end=START.replace(day=9), provisional=False),
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
