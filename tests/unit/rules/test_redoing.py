"""A conflict found after the person acted: what rests on those acts is void and done again by others (SOD-08)."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from contracts.causes import Cause
from contracts.commands.case import CompleteTask, ReportConflict, ReportFact
from contracts.events.election import BallotLeft
from contracts.nominee import Fact
from contracts.vocabulary import CaseState, Grade, Stage, TaskState
from tests.acting import completing, refused
from tests.asking import asks, local, somebody
from tests.commission import Commission
from tests.conflicts import found
from tests.desks import PureDesk
from tests.office import INSPECTION, Office, finding

Play = Callable[[Office], Awaitable[object]]


def void(desk: PureDesk[Any]) -> set[str]:
    return {task.kind for task in desk.current.tasks.values() if task.state is TaskState.VOID}


async def test_the_inspection_is_done_again_by_two_others(desk: PureDesk, office: Office) -> None:
    await office.to_proposal()
    await found(office, "p-inspector-1")
    assert desk.current.stage is Stage.INSPECTION
    assert void(desk) == {"inspect", "opinion-draft", "opinion-head", "opinion-leader"}
    assert not desk.current.open_tasks("propose-department")
    again = {t.signature: t for t in desk.current.open_tasks("inspect")}
    assert len(again) == 2
    for person, code in (("p-inspector-1", "conflict-of-interest"), ("p-inspector-2", "same-person")):
        asked = asks_inspection(again[1], person)
        await refused(desk, asked, code)
    for signature in (1, 2):
        actor = somebody("INSPECTOR", f"p-other-{signature}")
        await office.act("inspect", "SUITABLE", signature=signature, actor=actor, form=INSPECTION)
    assert desk.current.stage is Stage.INTEGRITY
    assert desk.current.grade is Grade.A, "what does not rest on the inspection stands"


def asks_inspection(task: Any, person: str) -> Any:
    return asks(
        CompleteTask,
        somebody("INSPECTOR", person),
        task_id=task.id,
        outcome="SUITABLE",
        form=INSPECTION,
        seen=task.content_digest,
    )


async def test_a_grader_who_steps_back_later_takes_the_grade_along(desk: PureDesk, office: Office) -> None:
    await office.to_proposal()
    await office.asks(
        ReportConflict,
        somebody("EVALUATOR", "p-evaluator-1"),
        person_id="p-evaluator-1",
        ground="shareholder",
        reason="I bought shares",
    )
    assert desk.current.conflicted == {"p-evaluator-1"}, "whoever says it of themselves steps back at once"
    assert desk.current.grade is None
    assert desk.current.stage is Stage.GRADING
    asked = await completing(office, "score", somebody("EVALUATOR", "p-evaluator-1"), form=office.scores())
    await refused(desk, asked, "conflict-of-interest")
    await office.act("score", "SCORED", actor=somebody("EVALUATOR", "p-other"), form=office.scores(700))
    await office.act("score-sign", "CONFIRM")
    assert desk.current.grade is Grade.B
    assert desk.current.stage is Stage.INSPECTION


@pytest.mark.parametrize(
    ("to", "person", "stage", "asked"),
    [
        (Office.to_integrity, "p-screener-1", Stage.SCREENING, "screen"),
        (Office.to_integrity, "p-dept-officer-tax-1", Stage.CONSULTATION, "reply"),
        (Office.to_integrity, "p-evaluator-1", Stage.GRADING, "score"),
        (Office.to_proposal, "p-leader-in-charge-3", Stage.INTEGRITY, "opinion-draft"),
        (Office.posted, "p-party-group-2", Stage.PROPOSAL, "propose-department"),
        (Office.posted, "p-committee-clerk-1", Stage.DECISION, "decide"),
        (Office.ready, "p-notice-officer-1", Stage.NOTICE, "post-notice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_every_stage_is_gone_back_to(
    desk: PureDesk, office: Office, to: Play, person: str, stage: Stage, asked: str
) -> None:
    await to(office)
    await found(office, person)
    assert desk.current.stage is stage
    assert asked in {t.kind for t in desk.current.open_tasks()}
    assert not [t for t in desk.current.acted() if t.stage is stage and person in t.signers]


@pytest.mark.parametrize("person", ["p-reader", "p-closer"])
async def test_a_notice_is_closed_again_by_others_and_stays_posted(
    desk: PureDesk, office: Office, person: str
) -> None:
    """Who read the states, or closed it, is not who posted it: the names were shown for the whole window."""
    await office.posted()
    window = desk.current.window
    assert window is not None
    await desk.until(window[1])
    task = await office.task("reread-notice")
    reader, closer = somebody("EVALUATOR", "p-reader"), somebody("NOTICE_OFFICER", "p-closer")
    await office.answer(task, "CLEAR", actor=reader, form=office.readings(task))
    await office.act("close-notice", "NO_REPORT", actor=closer)
    await found(office, person)
    assert (desk.current.stage, desk.current.window) == (Stage.NOTICE, window)
    assert not desk.current.open_tasks("post-notice")
    await office.reread("notice")
    await office.act("close-notice", "NO_REPORT")
    assert desk.current.stage is Stage.RECHECK


async def test_one_department_answers_again_and_the_others_stand(desk: PureDesk, office: Office) -> None:
    await office.to_proposal()
    await found(office, "p-dept-officer-tax-1")
    assert {t.unit for t in desk.current.open_tasks("reply")} == {"tax"}
    assert desk.current.grade is None
    await office.act("reply", "NO_ISSUE", unit="tax", actor=somebody("DEPT_OFFICER", "p-else", "tax"))
    await office.act("reply-sign", "CONFIRM", unit="tax")
    assert desk.current.stage is Stage.GRADING


async def test_after_a_new_check_of_eligibility_the_replies_stand(desk: PureDesk, office: Office) -> None:
    await office.to_proposal()
    await found(office, "p-second-checker-2")
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM", actor=somebody("SECOND_CHECKER", "p-else"))
    assert desk.current.stage is Stage.GRADING
    assert not desk.current.open_tasks("declare", "reply")


async def test_a_ruling_is_made_again_by_others_before_anything_is_graded(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.replies("market")
    await office.reply("market", "ISSUE", finding("NL-E06", subject="enterprise"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("panel-chair", "MINOR")
    for signature in (2, 3):
        await office.act("panel-vote", "MINOR", signature=signature)
    await office.graded(900)
    assert desk.current.grade is Grade.B
    await found(office, "p-panel-member-2")
    assert desk.current.state is CaseState.RULING
    assert desk.current.grade is None
    await office.act("panel-chair", "CLEARED")
    for signature in (2, 3):
        who = somebody("PANEL_MEMBER", f"p-new-{signature}")
        await office.act("panel-vote", "CLEARED", signature=signature, actor=who)
    await office.graded(900)
    assert desk.current.grade is Grade.A


async def test_a_report_is_checked_again_by_somebody_else(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.report()
    await office.act("check-report", "UNTRUE")
    await found(office, "p-report-handler-1", "reporter")
    assert (desk.current.stage, len(desk.current.open_reports())) == (Stage.NOTICE, 1)
    asked = await completing(
        office, "check-report", somebody("REPORT_HANDLER", "p-report-handler-1"), reason="r"
    )
    await refused(desk, asked, "conflict-of-interest")


async def test_a_late_lead_is_checked_again_without_another_notice(desk: PureDesk, office: Office) -> None:
    await office.ready()
    await desk.until(local("2026-03-12 09:00"))
    await office.report()
    await office.act("check-report", "SERIOUS", form={"facts": "说法属实"})
    await office.act("answer-report", "ANSWERED", form={"text": "不属实"})
    await found(office, "p-report-handler-1", "reporter")
    assert {"check-report", "answer-report"} <= void(desk)
    assert [task.kind for task in desk.current.open_tasks()] == ["check-report"]
    assert desk.current.stage is Stage.RECHECK


async def test_who_was_read_again_by_somebody_with_a_conflict_leaves_the_ballot(
    desk: PureDesk, office: Office
) -> None:
    election = local("2026-04-20 09:00")
    await office.ready()
    await office.election(election)
    await desk.until(local("2026-04-15 00:00"))
    await office.confirmed()
    await found(office, "p-evaluator-1")
    assert [event.cause for event in desk.of(BallotLeft)] == [Cause.CONFLICT]
    assert desk.current.ballot is None


async def test_an_inspection_that_is_done_again_leaves_no_name_on_the_ballot(
    desk: PureDesk, office: Office
) -> None:
    await office.ready()
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.confirmed()
    await found(office, "p-inspector-1")
    assert desk.current.stage is Stage.INSPECTION
    assert desk.current.ballot is None
    await desk.until(local("2026-04-20 09:00"))
    assert not desk.current.open_tasks("count")


async def test_a_case_that_has_ended_is_not_opened_again(desk: PureDesk, office: Office) -> None:
    await office.withdraw()
    asked = asks(ReportConflict, somebody("CLERK"), person_id="p-screener-1", ground="kin", reason="found")
    await refused(desk, asked, "case-ended")


async def test_a_removal_is_verified_again_by_two_others(
    removal: PureDesk[Any], commission: Commission
) -> None:
    await commission.heard()
    await commission.verified()
    await commission.opinion()
    await found(commission, "p-inspector-1")
    verifiers = {t.signer for t in removal.current.tasks.values() if t.kind == "verify" and t.signer}
    assert removal.current.stage is Stage.VERIFICATION, verifiers
    assert removal.current.finding == ""


async def test_what_the_plenary_decided_on_is_written_down_by_somebody_else(
    removal: PureDesk[Any], commission: Commission
) -> None:
    await commission.planned("URGENT")
    await commission.decides("SUSPENDED")
    assert removal.current.suspended == (Cause.CHAIR_DECISION,)
    (noted,) = removal.current.acted("urgent-decision")
    await found(commission, noted.signer)
    assert removal.current.suspended == (), "what rested on the decision is over"
    assert removal.current.urgent == ""
    assert [t.kind for t in removal.current.open_tasks("urgent-decision", "vote", "ratify")] == [
        "urgent-decision"
    ]


@pytest.mark.parametrize("unit", ["tax", ""], ids=["a department's", "the desk's"])
async def test_numbers_are_compared_again_by_others_before_the_fact_is_anothers(
    desk: PureDesk, office: Office, unit: str
) -> None:
    await office.screened()
    first = "match" if unit else "match-desk"
    if unit:
        await office.reply("tax", "ISSUE", finding("NL-D01"))
    else:
        fact = Fact.model_validate(finding("NL-D01")["findings"][0])  # type: ignore[index]
        await office.asks(ReportFact, somebody("DISC_OFFICER", "p-informed"), fact=fact, source="letter")
    await office.act("explain", "MISMATCH", form={"text": "a namesake's number"})
    await office.act(first, "MISMATCH", unit=unit)
    await office.act(f"{first}-sign", "CONFIRM", unit=unit)
    assert desk.current.hits[0].cancelled
    await found(office, desk.current.acted(first)[-1].signer)
    assert not desk.current.hits[0].cancelled
    assert desk.current.state is CaseState.RULING
    (again,) = desk.current.open_tasks(first)
    assert again.unit == unit
    await office.act(first, "MATCHES", unit=unit, actor=somebody(again.role, "p-else", unit))
    await office.act(f"{first}-sign", "CONFIRM", unit=unit)
    assert desk.current.open_tasks("confirm-fact")
