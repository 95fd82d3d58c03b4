"""Who is shown how much of a case: one filter for details, timelines, tasks and what is decided in them."""

from contracts.actor import Grant
from contracts.causes import Cause
from contracts.events.case import CaseEnded, CaseHeld, StageEntered
from contracts.events.conflict import Conflict, ConflictDeclared
from contracts.events.task import Answer, TaskCancelled, TaskCompleted
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.reading.masking import masked_number
from tests.consulted import consulted, department, ids, screener, told_of
from tests.invented import nominee
from tests.officers_rig import START, Rig, task_opened
from tests.reports import received


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
    assert "id_number" not in case["dossier"], "a department sees it in the task that asks"
    assert "phone" not in case["dossier"]
    asked = (await officer.get("/v1/tasks/c1.reply.1.police.1")).json()["content"]["dossier"]
    assert (asked["id_number"], "phone" in asked) == (nominee().id_number, False)
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
    assert (signed["kind"], signed["policy"], signed["form_code"]) == ("reply", "2026.1", "findings")
    assert detail["content_digest"] == signed["answer_digest"]
    assert detail["may_act"]


async def test_the_nominee_sees_their_case_and_never_a_report(rig: Rig) -> None:
    await rig.batch()
    story = await consulted(rig)
    await rig.case("c2", serial=2)
    person = await rig.account(Grant(role="NOMINEE"))
    own = await rig.case("c3", person=person.person_id, serial=3)
    await told_of(rig, own)
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
    # The forms of acts are the same for every case, and say for instance that whoever reported must not act on it.
    told = [{**case, "acts": []}, (await person.get("/v1/cases/c3/timeline?limit=200")).json()]
    seen = str(told)
    for word in ("report-received", "check-report", "举报", "ST12", "CHECKING"):
        assert word not in seen
    assert story.case.case_id == "c1"


async def test_the_nominee_explains_the_fact_and_is_not_told_who_reported_it(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"))
    await told_of(rig, await rig.case("c3", person=person.person_id, serial=3))
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
    assert (await other.get("/v1/tasks/c1.check-report.1.1")).json()["code"] == "unknown-task"


async def test_an_officer_who_is_nominated_sees_of_their_case_what_a_nominee_sees(rig: Rig) -> None:
    await rig.batch()
    officer = await rig.account(screener(), Grant(role="NOMINEE"))
    story = await rig.case("c3", person=officer.person_id, serial=3)
    await told_of(rig, story)
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
    assert case["dossier"]["id_number"] == masked_number(nominee().id_number)
    assert "*" in case["dossier"]["phone"]


async def test_a_recused_person_sees_the_number_only(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    person = await rig.account(screener())
    await rig.tell(
        story,
        ConflictDeclared(
            conflict=1,
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


async def test_nobody_outside_learns_from_a_case_that_stands_still_that_a_report_came(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"))
    unit = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
    story = await rig.case("c3", person=person.person_id, serial=3)
    posted = StageEntered(stage=Stage.NOTICE, state=CaseState.ON_NOTICE, round=1)
    await rig.tell(story, task_opened("c3", "reply", "police"), posted)
    officer = await rig.account(department("DEPT_OFFICER", "police"))
    outside = (person, unit, officer)
    before = [(await one.get("/v1/cases/c3")) for one in outside]
    await rig.tell(
        story,
        received(),
        task_opened("c3", "check-report", about="report.1"),
        CaseHeld(
            cause=Cause.REPORT_UNPROVEN,
            about="report.1",
            since=START,
            until=None,
            back_to=Stage.NOTICE,
            standing=(Cause.REPORT_UNPROVEN,),
        ),
    )
    for one, seen in zip(outside, before, strict=True):
        now = await one.get("/v1/cases/c3")
        assert now.headers["ETag"] == seen.headers["ETag"]
        assert now.json() == seen.json()
    handler = await rig.account(Grant(role="REPORT_HANDLER", district="d01"))
    team = (await handler.get("/v1/cases/c3")).json()
    assert (team["state"], team["held_cause"]) == ("CHECKING_REPORT", "report-unproven")
    evaluator = await rig.account(Grant(role="EVALUATOR", district="d01"))
    assert (await evaluator.get("/v1/cases/c3")).json()["state"] != "CHECKING_REPORT"
    assert await ids(evaluator, state="CHECKING_REPORT") == []


async def test_the_cause_of_an_end_is_the_teams_to_know(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"))
    story = await rig.case("c3", person=person.person_id, serial=3)
    await rig.tell(story, CaseEnded(state=CaseState.REJECTED, cause=Cause.REPORT_SERIOUS))
    seen = str([(await person.get(f"/v1/cases/c3{part}")).json() for part in ("", "/timeline?limit=200")])
    assert "REJECTED" in seen
    assert "report-serious" not in seen
    team = await rig.account(screener())
    assert (await team.get("/v1/cases/c3")).json()["ended_cause"] == "report-serious"


async def test_a_nominee_writes_on_what_they_have_seen(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"))
    story = await rig.case("c3", person=person.person_id, serial=3)
    seen = (await person.get("/v1/cases/c3")).headers["ETag"]
    await rig.tell(story, received(), task_opened("c3", "check-report", about="report.1"))
    body = {"reason": "本人原因"}
    answered = await person.post("/v1/cases/c3/withdrawal", body, headers={"If-Match": seen})
    assert answered.status_code == 200, answered.text


async def test_the_nominee_is_heard_on_the_facts_and_the_head_reads_the_report(rig: Rig) -> None:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"))
    story = await rig.case("c3", person=person.person_id, serial=3)
    checked = TaskCompleted(
        task_id="c3.check-report.1.1",
        kind="check-report",
        stage=Stage.REPORT_CHECK,
        unit="",
        outcome="SERIOUS",
        answer_digest="a" * 64,
        private=Answer(form={"facts": "认定的事实"}, reason="向举报人核实"),
    )
    await rig.tell(
        story,
        received(),
        task_opened("c3", "check-report", about="report.1"),
        checked,
        task_opened("c3", "answer-report", about="report.1"),
        task_opened("c3", "sign-report", about="report.1", content_digest="a" * 64),
    )
    heard = (await person.get("/v1/tasks/c3.answer-report.1.1")).json()["content"]
    assert heard["facts"] == "认定的事实"
    assert "举报" not in str(heard)
    head = await rig.account(Grant(role="DISC_HEAD", district="d01"))
    seen = next(
        one["task_id"]
        for one in (await head.get("/v1/tasks")).json()["items"]
        if one["kind"] == "sign-report"
    )
    content = (await head.get(f"/v1/tasks/{seen}")).json()["content"]
    assert content["report"]["reporter"] == "贾报"
    assert content["signed_before"]["outcome"] == "SERIOUS"


async def test_no_cancelled_task_says_that_a_report_came(rig: Rig) -> None:
    story = await rig.case("c1")
    cancelled = TaskCancelled(
        task_id="c1.close-notice.1.1", kind="close-notice", unit="", cause=Cause.REPORT_RECEIVED
    )
    await rig.tell(story, task_opened("c1", "close-notice"), cancelled)
    told = {}
    for role in ("SCREENER", "NOTICE_OFFICER"):
        reader = await rig.account(Grant(role=role, district="d01"))
        events = (await reader.get("/v1/cases/c1/timeline", limit=100)).json()["items"]
        [told[role]] = [one["payload"].get("cause") for one in events if one["type"] == "task-cancelled"]
    assert told == {"SCREENER": None, "NOTICE_OFFICER": "report-received"}
