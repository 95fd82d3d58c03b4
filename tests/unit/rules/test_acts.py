"""Who may act: entitlement, what was seen, claims, separation of duty, recusal. Every refusal changes nothing."""

import itertools
from typing import Any

import pytest

from contracts.actor import Actor, Grant
from contracts.canonical import digest_of
from contracts.commands.base import Command
from contracts.commands.case import (
    ClaimTask,
    CompleteTask,
    DeclareConflict,
    LoadCaseCalendar,
    ReassignTask,
    RegisterReport,
    ReleaseTask,
    Withdraw,
)
from contracts.events.review import ReportContent
from contracts.events.task import ConflictDeclared, TaskClaimed, TaskExtended
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Stage
from tests.office import Office, PureDesk, RefusedError, finding, local

_numbers = itertools.count(1)


def command(kind: type[Command], actor: Actor, **fields: Any) -> Command:
    number = next(_numbers)
    return kind(command_id=f"a{number}", actor=actor, body_digest=digest_of(number), **fields)


def somebody(role: str, person: str = "p-somebody", unit: str = "", district: str = "*") -> Actor:
    return Actor(
        account_id="a-somebody", person_id=person, grants=(Grant(role=role, unit=unit, district=district),)
    )


async def refused(desk: PureDesk, asked: Command, code: str) -> None:
    """The command is refused with this code, and nothing has changed."""
    before = desk.current
    with pytest.raises(RefusedError) as caught:
        await desk.send(asked)
    assert caught.value.code == code
    assert caught.value.detail
    assert desk.current == before


async def completing(office: Office, kind: str, actor: Actor, unit: str = "", **changes: Any) -> Command:
    """A CompleteTask for the open task of a kind, right but for the changes."""
    task = await office.task(kind, unit)
    fields = {"task_id": task.id, "outcome": task.outcomes[0], "seen": task.content_digest, **changes}
    return command(CompleteTask, actor, **fields)


async def test_another_role_is_refused(desk: PureDesk, office: Office) -> None:
    await refused(desk, await completing(office, "screen", somebody("EVALUATOR")), "wrong-role")


async def test_another_district_is_refused(desk: PureDesk, office: Office) -> None:
    await refused(
        desk, await completing(office, "screen", somebody("SCREENER", district="d02")), "wrong-district"
    )
    await desk.send(await completing(office, "screen", somebody("SCREENER", district="d01")))


async def test_another_unit_is_refused(desk: PureDesk, office: Office) -> None:
    await office.screened()
    for unit, code in (("court", "wrong-role"), ("", "wrong-role")):
        await refused(
            desk, await completing(office, "reply", somebody("DEPT_OFFICER", unit=unit), unit="tax"), code
        )


async def test_only_the_nominee_signs_the_declaration(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await refused(desk, await completing(office, "declare", somebody("NOMINEE")), "wrong-role")
    await refused(desk, await completing(office, "declare", somebody("CLERK", "p-nominee")), "wrong-role")


async def test_an_outcome_that_is_not_in_the_list_is_refused(desk: PureDesk, office: Office) -> None:
    await refused(
        desk, await completing(office, "screen", somebody("SCREENER"), outcome="VETO"), "outcome-not-allowed"
    )


async def test_a_stale_digest_is_refused(desk: PureDesk, office: Office) -> None:
    stale = "f" * 64
    await refused(desk, await completing(office, "screen", somebody("SCREENER"), seen=stale), "stale-digest")


async def test_an_approval_names_exactly_what_the_first_signer_answered(
    desk: PureDesk, office: Office
) -> None:
    first = await office.task("screen")
    await office.act("screen", "PASS")
    sign = await office.task("screen-sign")
    assert sign.content_digest == desk.current.tasks[first.id].answer_digest
    asked = await completing(office, "screen-sign", somebody("SECOND_CHECKER"), seen=first.content_digest)
    await refused(desk, asked, "stale-digest")


async def test_a_reason_is_required_where_the_policy_says_so(desk: PureDesk, office: Office) -> None:
    asked = await completing(office, "screen", somebody("SCREENER"), outcome="INELIGIBLE", reason="  ")
    await refused(desk, asked, "reason-required")


async def test_an_unknown_and_a_closed_task_are_told_apart(desk: PureDesk, office: Office) -> None:
    done = await completing(office, "screen", somebody("SCREENER"))
    await desk.send(done)
    await refused(desk, done, "task-closed")
    unknown = done.model_copy(update={"task_id": "c1.nothing.1.1"})
    await refused(desk, unknown, "unknown-task")


@pytest.mark.parametrize(
    ("first", "second", "role"),
    [("screen", "screen-sign", "SECOND_CHECKER"), ("reply", "reply-sign", "DEPT_HEAD")],
)
async def test_two_signatures_are_two_people(
    desk: PureDesk, office: Office, first: str, second: str, role: str
) -> None:
    unit = "tax" if first == "reply" else ""
    if first == "reply":
        await office.screened()
    outcome = "NO_ISSUE" if first == "reply" else "PASS"
    task = await office.task(first, unit)
    await office.act(first, outcome, unit=unit, actor=somebody(task.role, "p-same", unit))
    await refused(desk, await completing(office, second, somebody(role, "p-same", unit), unit), "same-person")
    await desk.send(await completing(office, second, somebody(role, "p-other", unit), unit))


async def test_a_hard_ruling_and_a_panel_need_different_people(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO", actor=somebody("EVALUATOR", "p-same"))
    asked = await completing(office, "confirm-fact-sign", somebody("PANEL_CHAIR", "p-same"))
    await refused(desk, asked, "same-person")
    await office.reply("market", "ISSUE", finding("NL-E06", subject="enterprise"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("panel-vote", "VETO", signature=2, actor=somebody("PANEL_MEMBER", "p-twice"))
    task = await office.task("panel-vote", signature=3)
    again = command(
        CompleteTask,
        somebody("PANEL_MEMBER", "p-twice"),
        task_id=task.id,
        outcome="VETO",
        seen=task.content_digest,
        reason="again",
    )
    await refused(desk, again, "same-person")


async def test_the_recommender_never_screens(desk: PureDesk, office: Office) -> None:
    await refused(
        desk, await completing(office, "screen", somebody("SCREENER", "p-nominator")), "recommender"
    )


async def test_the_nominee_never_acts_on_the_own_case(desk: PureDesk, office: Office) -> None:
    asked = await completing(office, "screen", somebody("SCREENER", "p-nominee"))
    await refused(desk, asked, "conflict-of-interest")


async def test_discipline_people_hold_no_panel_role(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    both = Actor(
        account_id="a-both", person_id="p-both", grants=(Grant(role="DISC_HEAD"), Grant(role="PANEL_CHAIR"))
    )
    await refused(desk, await completing(office, "confirm-fact-sign", both), "separation-of-duty")


async def test_who_acted_on_the_case_never_checks_a_report(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.report()
    asked = await completing(office, "check-report", somebody("REPORT_HANDLER", "p-screener-1"), reason="r")
    await refused(desk, asked, "separation-of-duty")
    await office.act("check-report", "EXTENDED")
    await office.act("check-report", "UNTRUE")


async def test_of_two_claims_one_wins(desk: PureDesk, office: Office) -> None:
    task = await office.task("screen")
    await desk.send(command(ClaimTask, somebody("SCREENER", "p-one"), task_id=task.id))
    assert len(desk.of(TaskClaimed)) == 1
    await refused(
        desk, command(ClaimTask, somebody("SCREENER", "p-two"), task_id=task.id), "claimed-by-other"
    )
    await refused(desk, await completing(office, "screen", somebody("SCREENER", "p-two")), "claimed-by-other")
    await refused(desk, command(ReleaseTask, somebody("SCREENER", "p-two"), task_id=task.id), "not-claimed")
    await desk.send(command(ReleaseTask, somebody("SCREENER", "p-one"), task_id=task.id))
    await desk.send(await completing(office, "screen", somebody("SCREENER", "p-two")))


async def test_claims_and_releases_of_what_is_not_there_are_refused(desk: PureDesk) -> None:
    who = somebody("SCREENER")
    for asked in (
        command(ClaimTask, who, task_id="nothing"),
        command(ReleaseTask, who, task_id="nothing"),
        command(ReassignTask, who, task_id="nothing", person_id="p-x", reason="r"),
        command(DeclareConflict, who, task_id="nothing", ground="kin", reason="r"),
    ):
        await refused(desk, asked, "unknown-task")


async def test_a_lead_reassigns_and_only_that_person_may_act(desk: PureDesk, office: Office) -> None:
    task = await office.task("screen")
    stranger = command(ReassignTask, somebody("CLERK"), task_id=task.id, person_id="p-new", reason="absent")
    await refused(desk, stranger, "wrong-role")
    await desk.send(
        command(ReassignTask, somebody("UFWD"), task_id=task.id, person_id="p-new", reason="absent")
    )
    await refused(desk, await completing(office, "screen", somebody("SCREENER", "p-old")), "claimed-by-other")
    await desk.send(await completing(office, "screen", somebody("SCREENER", "p-new")))


async def test_a_declared_conflict_bars_every_later_act_and_frees_the_claim(
    desk: PureDesk, office: Office
) -> None:
    task = await office.task("screen")
    kin = somebody("SCREENER", "p-kin")
    await refused(
        desk,
        command(DeclareConflict, somebody("CLERK"), task_id=task.id, ground="kin", reason="r"),
        "wrong-role",
    )
    await desk.send(command(ClaimTask, kin, task_id=task.id))
    await desk.send(command(DeclareConflict, kin, task_id=task.id, ground="kin", reason="wife's brother"))
    assert len(desk.of(ConflictDeclared)) == 1
    assert (await office.task("screen")).claimed_by is None
    await refused(desk, await completing(office, "screen", kin), "conflict-of-interest")
    await refused(
        desk,
        command(ReassignTask, kin, task_id=task.id, person_id="p-x", reason="r"),
        "conflict-of-interest",
    )


async def test_the_unit_withdraws_only_with_the_signed_paper(desk: PureDesk, office: Office) -> None:
    await refused(desk, command(Withdraw, somebody("CLERK"), reason="r"), "wrong-role")
    unit = somebody("NOMINATOR", unit="chamber-1")
    await refused(desk, command(Withdraw, unit, reason="r"), "form-invalid")
    await refused(desk, command(Withdraw, somebody("NOMINATOR", unit="chamber-2"), reason="r"), "wrong-role")
    await desk.send(command(Withdraw, unit, reason="r", document_digest="a" * 64))
    assert desk.current.state is CaseState.WITHDRAWN


def a_report(actor: Actor) -> Command:
    return command(RegisterReport, actor, signed=False, channel="net", content=ReportContent(text="t"))


async def test_a_report_is_registered_by_its_roles_only(desk: PureDesk, office: Office) -> None:
    await refused(desk, a_report(somebody("CLERK")), "wrong-role")
    await office.withdraw()
    await refused(desk, a_report(somebody("NOTICE_OFFICER")), "case-ended")


async def test_a_held_case_takes_no_other_act(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.report()
    await office.report()
    first, second = sorted(t.id for t in desk.current.open_tasks("check-report"))
    handler = somebody("REPORT_HANDLER")
    for task_id, code in ((first, ""), (second, "case-held")):
        task = desk.current.tasks[task_id]
        asked = command(
            CompleteTask, handler, task_id=task.id, outcome="UNPROVEN", seen=task.content_digest, reason="r"
        )
        if code:
            await refused(desk, asked, code)
        else:
            await desk.send(asked)
    assert desk.current.state is CaseState.HELD
    resume = await office.task("resume")
    await office.act("resume", "RESUMED")
    late = command(
        CompleteTask,
        somebody("UFWD"),
        task_id=resume.id,
        outcome="RESUMED",
        seen=resume.content_digest,
        reason="r",
    )
    await refused(desk, late, "task-closed")


async def test_an_election_moved_on_an_ended_case_changes_nothing(desk: PureDesk, office: Office) -> None:
    await office.withdraw()
    before = desk.current
    await office.election(local("2026-06-01 09:00"))
    assert desk.current == before


async def test_a_calendar_makes_provisional_deadlines_real_and_moves_no_other(
    desk: PureDesk, office: Office
) -> None:
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    desk.now = local("2026-12-28 10:00")
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    assert (await office.task("declare")).provisional
    asked = command(LoadCaseCalendar, somebody("POLICY_ADMIN"), year=year)
    await desk.send(asked)
    assert (await office.task("declare")).due == local("2027-01-05 00:00")
    assert len(desk.of(TaskExtended)) == 1
    await refused(desk, asked, "calendar-known")


async def test_a_notice_posted_before_an_unpublished_year_gets_its_window_when_it_is_loaded(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.replies()
    await office.graded()
    await office.inspected()
    await office.opinion()
    await office.approved()
    desk.now = local("2026-12-30 10:00")
    await office.act("post-notice", "POSTED")
    assert desk.current.window is None
    await refused(desk, a_report(somebody("NOTICE_OFFICER")), "report-outside-notice")
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    await desk.send(command(LoadCaseCalendar, somebody("POLICY_ADMIN"), year=year))
    assert desk.current.window == (local("2026-12-31 00:00"), local("2027-01-07 00:00"))


async def test_a_recused_officers_reply_does_not_count(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "RECUSED")
    again = await office.task("reply", "tax")
    assert again.round == 2
    recused = await completing(office, "reply", office.actor("DEPT_OFFICER", "tax"), "tax")
    await refused(desk, recused, "conflict-of-interest")
    other = somebody("DEPT_OFFICER", "p-other", "tax")
    await office.act("reply", "NO_ISSUE", unit="tax", actor=other)
    await office.act("reply-sign", "SEND_BACK", unit="tax")
    await office.act("reply", "NO_ISSUE", unit="tax", actor=other)
    await office.act("reply-sign", "CONFIRM", unit="tax")
    assert not [t for t in desk.current.open_tasks("reply", "reply-sign") if t.unit == "tax"]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "findings"),
        (finding("NL-Z99"), "NL-Z99"),
        (finding("NL-X01"), "NL-X01"),
        (finding("NL-B03"), "NL-B03"),
        (finding("NL-E06"), "enterprise"),
    ],
)
async def test_an_issue_must_name_facts_of_items_in_force(
    desk: PureDesk, office: Office, form: dict[str, object], said: str
) -> None:
    await office.screened()
    with pytest.raises(RefusedError, match=said) as caught:
        await office.act("reply", "ISSUE", unit="tax", form=form)
    assert caught.value.code == "form-invalid"


async def test_an_empty_repair_is_refused(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "RETURN")
    await office.act("screen-sign", "CONFIRM")
    for form in ({}, {"id_number": "1"}):
        with pytest.raises(RefusedError, match="form-invalid"):
            await office.act("repair", "REPAIRED", form=dict(form))


async def test_malformed_forms_are_refused_by_field(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    with pytest.raises(RefusedError, match="integrity_index"):
        await office.act("score", "SCORED", form={"scores": {}})
    await office.graded()


async def test_scores_sent_back_are_scored_again(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.act("score", "SCORED", form=office.scores())
    await office.act("score-sign", "SEND_BACK")
    await office.graded()
    assert desk.current.stage is Stage.INSPECTION


async def test_a_second_last_extension_is_refused_and_an_answered_department_is_not_closed(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.replies("police", "finance")
    await desk.until(local("2026-03-23 09:00"))
    await office.act("conference", "HELD", unit="finance")
    assert desk.current.state is CaseState.HELD
    await office.act("resume", "RESUMED")
    await office.act("conference", "EXTENDED", unit="police")
    await office.reply("police")
    assert desk.current.stage is Stage.CONSULTATION
