"""A removal through the API: opened by evaluators, suspended by the chair, unknown at first to the member."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.causes import Cause
from contracts.commands.base import Accepted
from contracts.commands.opening import Opening
from contracts.commands.removal import (
    LiftSuspension,
    OpenRemoval,
    ReportInvestigation,
    ReportRelease,
    Suspend,
    TenderResignation,
)
from contracts.events.case import StageEntered
from contracts.events.removal import DutySuspended, LeadVerified
from contracts.events.removal_review import PersonsBarred
from contracts.events.task import Answer, TaskCompleted
from contracts.events.tenure import TenureOpened
from contracts.matter import Recommender
from contracts.vocabulary import CaseState, Seat, Stage
from services.officers.desk.engine import Pending
from tests import stories
from tests.events import AT
from tests.officers_rig import Person, Rig, task_opened
from tests.versions import draft, released_in

EVALUATOR = Grant(role="EVALUATOR", district="d01")
CHAIR = Grant(role="LEADER_IN_CHARGE", district="d01")
MEMBER = Grant(role="MEMBER")
LIFTED = {"cause": "detained", "minutes_digest": "a" * 64}
TEXT = "无故缺席三次"


def body(person: Person, **other: object) -> dict[str, Any]:
    values = {"policy": "2026.1", "district": "d01", "person_id": person.person_id, "seat": "standing"}
    return {**values, "source": "absence", "lead": {"name": person.name, "text": TEXT}, **other}


def sits(person_id: str, seat: Seat) -> TenureOpened:
    """The member holds a seat."""
    return TenureOpened(
        person_id=person_id,
        seat=seat,
        began=date(2024, 6, 1),
        ends=date(2029, 6, 1),
        evaluated_until=None,
        opened=AT,
        content_digest=stories.DIGEST,
        private=stories.NOMINEE,
    )


async def listed(person: Person, path: str = "/v1/cases", **params: Any) -> list[str]:
    items = (await person.get(path, **params)).json()["items"]
    return [item["task_id" if "tasks" in path else "case_id"] for item in items]


async def test_a_lead_is_registered_once_per_key(rig: Rig) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(MEMBER)

    async def opened(opening: Opening) -> Pending:
        rig.story(opening.target, "removal", opening.target, "d01")
        await rig.record(
            opening, stories.removal_opened(member.person_id), task_opened(opening.target, "lead")
        )
        return Pending()

    rig.engine.opened = opened
    first = await officer.post("/v1/removals", body(member), key="k1")
    assert first.status_code == 201
    case_id = first.json()["case_id"]
    assert first.headers["Location"] == f"/v1/cases/{case_id}"
    again = await officer.post("/v1/removals", body(member), key="k1")
    assert (again.status_code, again.json()) == (201, first.json())
    [command] = rig.engine.sent
    assert isinstance(command, OpenRemoval)
    assert (command.target, command.parent, command.claim.actor.grants) == (case_id, case_id, (EVALUATOR,))
    case = (await officer.get(first.headers["Location"])).json()
    assert (case["kind"], case["parent"]) == ("removal", case_id)
    assert case["facts"] == {
        "kind": "removal",
        "seat": "standing",
        "source": "absence",
        "suspended": None,
        "finding": None,
        "opinion": None,
        "urgent": None,
        "restored_since": None,
        "review": None,
        "reviewed": None,
    }
    assert case["dossier"] == {
        "name": stories.NOMINEE.name,
        "text": None,
        "item": None,
        "other_seats": [],
    }
    asked = (await officer.get(f"/v1/tasks/{case_id}.lead.1.1")).json()["content"]["dossier"]
    assert asked["text"] == "无故缺席三次", "whoever looks at the lead reads it"
    assert await listed(officer, kind="removal") == [case_id]
    assert await listed(officer, kind="nomination") == []
    assert await listed(officer, "/v1/tasks") == [f"{case_id}.lead.1.1"]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"district": "d02"}, "wrong-district"),
        ({"person_id": "p-nobody"}, "invalid"),
        ({"policy": "1999.1"}, "unknown-policy"),
        ({"source": "rumour"}, "invalid"),
        ({"lead": {"name": "", "text": "x"}}, "invalid"),
    ],
)
async def test_a_wrong_lead_is_refused_and_begins_nothing(rig: Rig, other: dict[str, Any], code: str) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(MEMBER)
    refused = await officer.post("/v1/removals", body(member, **other))
    assert refused.json()["code"] == code
    assert rig.engine.sent == []


async def test_only_the_evaluation_office_registers_a_lead(rig: Rig) -> None:
    member = await rig.account(MEMBER)
    for grant in (Grant(role="SCREENER", district="d01"), MEMBER):
        refused = await (await rig.account(grant)).post("/v1/removals", body(member))
        assert (refused.status_code, refused.json()["code"]) == (403, "wrong-role")
    assert rig.engine.sent == []


async def test_the_chair_suspends_and_lifts(rig: Rig) -> None:
    await rig.removal("r1")
    chair = await rig.account(Grant(role="INSPECTOR", district="d01"), CHAIR)
    minutes = {"minutes_digest": "a" * 64}
    rig.engine.answers = lambda command: Accepted(case_id="r1", sequence=3, index=-1)
    done = await chair.post("/v1/removals/r1/suspension", {"cause": "detained", **minutes})
    lifted = await chair.post("/v1/removals/r1/suspension/lift", {"cause": "detained", **minutes})
    assert (done.status_code, lifted.status_code) == (200, 200)
    assert [type(command) for command in rig.engine.sent] == [Suspend, LiftSuspension]
    assert {command.actor.grants[0].role for command in rig.engine.sent} == {"LEADER_IN_CHARGE"}
    assert set(rig.engine.kinds) == {"removal"}
    wrong = await chair.post("/v1/removals/r1/suspension", {"cause": "vote", **minutes})
    assert wrong.status_code == 422
    other = await rig.account(EVALUATOR)
    refused = await other.post("/v1/removals/r1/suspension", {"cause": "detained", **minutes})
    assert refused.json()["code"] == "wrong-role"


async def test_a_seat_with_an_open_removal_takes_another_lead_as_its_duplicate_only(rig: Rig) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(MEMBER)
    await rig.removal("r1", member.person_id)
    unsaid = await officer.post("/v1/removals", body(member))
    assert (unsaid.status_code, unsaid.json()["code"]) == (422, "invalid")
    assert unsaid.json()["detail"] == "This seat's open removal: about this seat there is r1"
    wrong = await officer.post("/v1/removals", body(member, open_removal="r2"))
    other_seat = await officer.post("/v1/removals", body(member, seat="executive"), key="k-other")
    named = await officer.post("/v1/removals", body(member, open_removal="r1"), key="k-named")
    assert (wrong.status_code, other_seat.status_code, named.status_code) == (422, 202, 202)
    assert [command.open_removal for command in rig.engine.sent] == [None, "r1"]


async def test_every_seat_that_the_member_is_known_to_hold_is_named(rig: Rig) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(MEMBER)
    for case_id, district, seat in (("t1", "d01", "standing"), ("t2", "d02", "executive")):
        story = rig.story(case_id, "tenure", case_id, district)
        await rig.tell(story, sits(member.person_id, Seat(seat)))
    there = {"owner": "federation", "district": "d02", "seat": "executive", "tenure": "t2"}
    for wrong, said in (
        ({}, "The case that follows the seat: about this seat there is t1"),
        ({"tenure": "t1"}, "(case t2)"),
        ({"tenure": "t1", "other_seats": [{"owner": "federation"}]}, "name the district and the seat"),
        ({"tenure": "t1", "other_seats": [there, {**there, "tenure": "t9"}]}, "case t9 does not follow"),
        ({"tenure": "t1", "other_seats": [{**there, "district": "d03"}]}, "case t2 does not follow"),
    ):
        answer = await officer.post("/v1/removals", body(member, **wrong))
        assert (answer.status_code, said in answer.json()["detail"]) == (422, True), answer.json()
    right = {"tenure": "t1", "other_seats": [there, {"owner": "cppcc"}]}
    assert (await officer.post("/v1/removals", body(member, **right))).status_code == 202
    [command] = rig.engine.sent
    assert [seat.owner for seat in command.other_seats] == ["federation", "cppcc"]


async def test_a_removal_knows_who_recommended_the_member(rig: Rig) -> None:
    """The opener need not know it: the case that follows the seat does, and whoever it is judges nothing (SOD-01)."""
    officer, member = await rig.account(EVALUATOR), await rig.account(MEMBER)
    brought = (Recommender(person_id="p-nominator", unit="chamber-1"),)
    opened = sits(member.person_id, Seat.STANDING).model_copy(update={"recommended_by": brought})
    await rig.tell(rig.story("t1", "tenure", "t1", "d01"), opened)
    for _ in range(2):
        answer = await officer.post("/v1/removals", body(member, tenure="t1"), key="k1")
        assert answer.status_code == 202
    assert {command.recommended_by for command in rig.engine.sent} == {brought}


async def test_the_member_tenders_a_resignation_and_officers_report_what_papers_say(rig: Rig) -> None:
    chair, member = await rig.account(CHAIR), await rig.account(MEMBER)
    story = await rig.removal("r1", member.person_id)
    await rig.tell(story, task_opened("r1", "statement"))
    rig.engine.answers = lambda command: Accepted(case_id="r1", sequence=3, index=-1)
    paper = {"document_digest": "d" * 64}
    for person, path, more in (
        (chair, "investigation", {"cause": "detained"}),
        (chair, "release", {"cause": "detained"}),
        (member, "resignation", {}),
    ):
        done = await person.post(f"/v1/removals/r1/{path}", {**paper, **more})
        assert done.status_code == 200, done.text
    assert [type(command) for command in rig.engine.sent] == [
        ReportInvestigation,
        ReportRelease,
        TenderResignation,
    ]
    wrong = await chair.post("/v1/removals/r1/investigation", {**paper, "cause": "chair-decision"})
    assert wrong.status_code == 422
    assert (await chair.post("/v1/removals/r1/resignation", paper)).json()["code"] == "wrong-role"


async def test_a_review_is_shown_to_the_member_and_its_number_to_whoever_signed_what_is_attacked(
    rig: Rig,
) -> None:
    member, reviewer = await rig.account(MEMBER), await rig.account(Grant(role="REVIEWER", district="d01"))
    signer = await rig.account(EVALUATOR)
    story = rig.story("v1", "review", "r1", "d01")
    barred = PersonsBarred(persons=(signer.person_id,))
    await rig.tell(story, stories.review_opened(member.person_id), barred, task_opened("v1", "review-vote"))
    assert await listed(reviewer, kind="review") == ["v1"]
    case = (await member.get("/v1/cases/v1")).json()
    assert (case["kind"], case["facts"]["instance"], case["dossier"]["objection"]["grounds"]) == (
        "review",
        1,
        "事实有误",
    )
    assert (await signer.get("/v1/cases/v1")).json() == {"case_id": "v1", "recused": True}
    [task] = await listed(reviewer, "/v1/tasks")
    content = (await reviewer.get(f"/v1/tasks/{task}")).json()["content"]
    assert content["dossier"]["objection"]["grounds"] == "事实有误"


async def test_the_member_learns_of_it_with_the_statement_and_of_no_more_than_concerns_them(rig: Rig) -> None:
    member, officer = await rig.account(MEMBER), await rig.account(EVALUATOR)
    story = await rig.removal("r1", member.person_id)
    await rig.tell(story, StageEntered(stage=Stage.FIRST_LOOK, state=CaseState.LOOKED_AT, round=1))
    await rig.tell(story, DutySuspended(cause=Cause.DETAINED, minutes_digest="a" * 64))
    assert await listed(officer) == ["r1"]
    assert await listed(member) == []
    for path in ("/v1/cases/r1", "/v1/cases/r1/timeline", "/v1/tasks/r1.lead.1.1"):
        assert (await member.get(path)).status_code == 404
    await rig.tell(story, task_opened("r1", "statement"), LeadVerified(finding="PROVEN"))
    assert await listed(member) == ["r1"]
    assert await listed(member, "/v1/tasks") == ["r1.statement.1.1"]
    case = (await member.get("/v1/cases/r1")).json()
    assert (case["facts"]["suspended"], case["facts"]["source"], case["facts"]["finding"]) == (
        "detained",
        None,
        None,
    )
    timeline = (await member.get("/v1/cases/r1/timeline")).json()["items"]
    assert [event["type"] for event in timeline] == ["stage-entered", "duty-suspended", "task-opened"]
    task = (await member.get("/v1/tasks/r1.statement.1.1")).json()
    assert task["may_act"]
    assert task["content"]["dossier"]["text"] == "无故缺席三次"
    stranger = await rig.account(MEMBER)
    assert await listed(stranger) == []


async def test_the_verifiers_read_what_the_member_stated(rig: Rig) -> None:
    inspector = await rig.account(Grant(role="INSPECTOR", district="d01"))
    story = await rig.removal("r1")
    stated = TaskCompleted(
        task_id="r1.statement.1.1",
        kind="statement",
        stage=Stage.STATEMENT,
        unit="",
        outcome="STATED",
        answer_digest="a" * 64,
        private=Answer(form={"text": "因病请假"}, reason=""),
    )
    await rig.tell(story, task_opened("r1", "statement"), stated, task_opened("r1", "verify"))
    [verify] = await listed(inspector, "/v1/tasks")
    content = (await inspector.get(f"/v1/tasks/{verify}")).json()["content"]
    assert [reply["form"] for reply in content["replies"]] == [{"text": "因病请假"}]


async def test_none_is_opened_under_a_version_from_before_there_were_removals(
    rig: Rig, tmp_path: Path
) -> None:
    officer, member = await rig.account(EVALUATOR), await rig.account(MEMBER)
    early = draft(tmp_path / "policies", "2025.9")
    shutil.rmtree(early / "removal")
    with released_in(early.parent):
        answer = await officer.post("/v1/removals", body(member, policy="2025.9"))
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-policy")
    assert rig.engine.sent == []
