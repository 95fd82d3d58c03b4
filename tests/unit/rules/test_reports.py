"""ST12: reports at any time, checked once each by somebody who took no part, never on one word (§8.8.7)."""

import pytest

from contracts.actor import Actor
from contracts.case import hold_name
from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.nomination import RegisterReport
from contracts.events.case import StageEntered
from contracts.events.review import ReportAnswered, ReportReceived
from contracts.matter import ReportContent
from contracts.vocabulary import CaseState, Stage, Standing
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from tests.unit.rules.test_ballot import ELECTION, figures, on_the_ballot

APART = {"separation-of-duty", "same-person", "conflict-of-interest"}
FACTS: dict[str, object] = {"facts": "举报事项经核查属实"}


def a_report(actor: Actor, *, signed: bool = False, vague: bool = False) -> Command:
    content = ReportContent(text="t", reporter="某人" if signed else "")
    return asks(RegisterReport, actor, signed=signed, vague=vague, channel="net", content=content)


def standings(desk: PureDesk) -> list[Standing]:
    """How each report that was registered stands to the notice."""
    return [event.standing for event in desk.of(ReportReceived)]


async def test_a_report_is_a_lead_before_the_notice_an_objection_in_it_and_a_late_lead_after_it(
    desk: PureDesk, office: Office
) -> None:
    await office.report()
    await office.check_report("UNTRUE")
    await office.posted()
    await office.report()
    await office.check_report("UNTRUE")
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.report()
    await office.check_report("UNTRUE")
    desk.now = desk.now.replace(second=1)
    await office.report()
    assert standings(desk) == [Standing.LEAD, Standing.OBJECTION, Standing.OBJECTION, Standing.LATE]


async def test_a_notice_without_a_window_yet_takes_objections(desk: PureDesk, office: Office) -> None:
    await office.to_proposal()
    await office.approved()
    desk.now = local("2026-12-30 10:00")
    await office.act("post-notice", "POSTED")
    assert desk.current.window is None
    await office.report()
    assert standings(desk) == [Standing.OBJECTION]


async def test_a_lead_holds_nothing_up_before_the_notice_closes(desk: PureDesk, office: Office) -> None:
    await office.report()
    await office.posted()
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    assert not desk.current.open_tasks("close-notice")
    await office.check_report("UNTRUE")
    await office.close_notice()
    assert desk.current.stage is Stage.RECHECK, "what came before the notice is no objection to it"


async def test_a_notice_with_an_unanswered_objection_cannot_be_closed(desk: PureDesk, office: Office) -> None:
    await office.posted()
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    task = await office.task("close-notice")
    await office.report()
    assert task.id not in {t.id for t in desk.current.open_tasks()}
    await office.check_report("UNTRUE")
    with pytest.raises(RefusedError, match="count-disagrees"):
        await office.close_notice()
    await office.close_notice("REPORTED")
    assert desk.current.state is CaseState.READY


async def test_a_late_lead_leaves_the_notice_clean_and_the_ballot_waits_for_it(
    desk: PureDesk, office: Office
) -> None:
    await office.posted()
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    desk.now = desk.now.replace(second=1)
    await office.report()
    await office.close_notice("NO_REPORT")
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.confirmed()
    await desk.until(local("2026-04-20 09:00"))
    assert not desk.current.open_tasks("count"), "nobody is voted on while a report is open"
    await office.check_report("UNTRUE")
    assert desk.current.state is CaseState.READY


async def test_whoever_counts_is_not_told_that_a_report_is_checked(desk: PureDesk, office: Office) -> None:
    """That there is one is T4 until it is answered: the count waits, as that of any case on hold."""
    await on_the_ballot(office)
    await desk.until(ELECTION)
    await office.report()
    with pytest.raises(RefusedError, match="case-held"):
        await office.act("count", "ELECTED", form=figures())
    await office.check_report("UNTRUE")
    await office.act("count", "ELECTED", form=figures())
    assert desk.current.state is CaseState.ELECTED


@pytest.mark.parametrize(
    ("ending", "state"),
    [("UNTRUE", CaseState.ON_NOTICE), ("MINOR", CaseState.ON_NOTICE), ("UNPROVEN", CaseState.HELD)],
)
async def test_a_report_that_is_not_serious_has_three_endings(
    desk: PureDesk, office: Office, ending: str, state: CaseState
) -> None:
    await office.posted()
    await office.report()
    await office.check_report(ending)
    assert desk.current.state is state


async def test_a_serious_report_needs_the_hearing_and_the_head_of_the_discipline_group(
    desk: PureDesk, office: Office
) -> None:
    await office.posted()
    await office.report()
    await office.check_report("SERIOUS", form=FACTS)
    assert not desk.current.ended
    await office.act("answer-report", "ANSWERED", form={"text": "not so"})
    assert not desk.current.ended
    signer = await office.task("sign-report")
    assert signer.role == "DISC_HEAD"
    await office.act("sign-report", "CONFIRM")
    assert desk.current.state is CaseState.REJECTED
    assert [event.ending for event in desk.of(ReportAnswered)] == ["SERIOUS"]


async def test_silence_is_no_admission_and_ends_only_the_wait(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.report()
    await office.check_report("SERIOUS", form=FACTS)
    due = (await office.task("answer-report")).due
    assert due is not None
    await desk.until(due)
    assert not desk.current.ended
    await office.act("sign-report", "SEND_BACK")
    await office.check_report("UNTRUE")
    assert desk.current.state is CaseState.ON_NOTICE


async def test_a_report_that_was_held_has_one_check_whatever_came_meanwhile(
    desk: PureDesk, office: Office
) -> None:
    await office.posted()
    await office.report()
    await office.report()
    await office.check_report("UNPROVEN", about="report.1")
    assert len(desk.current.open_tasks("check-report")) == 1
    await office.resumed(about=hold_name(Cause.REPORT_UNPROVEN.value, "report.1"))
    assert sorted(t.about for t in desk.current.open_tasks("check-report")) == ["report.1", "report.2"]


async def test_during_a_hold_the_check_goes_on(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.report()
    await office.report()
    await office.check_report("UNPROVEN", about="report.1")
    await office.check_report("UNTRUE", about="report.2")
    assert desk.current.state is CaseState.HELD


async def test_who_registered_recommended_or_acted_does_not_check(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await desk.send(a_report(somebody("REPORT_HANDLER", "p-one")))
    await desk.send(a_report(somebody("REPORT_HANDLER", "p-two")))
    for person in ("p-one", "p-two", "p-nominator", "p-inspector-1", "p-notice-officer-1", "p-nominee"):
        handler = office.actor("REPORT_HANDLER", person=person)
        with pytest.raises(RefusedError) as caught:
            await office.check_report("UNTRUE", about="report.1", actor=handler)
        assert caught.value.code in APART, person
    await office.check_report("UNTRUE", about="report.1")


async def test_unsigned_and_vague_is_logged_and_noted_and_not_checked(desk: PureDesk, office: Office) -> None:
    await refused(desk, a_report(somebody("NOTICE_OFFICER"), signed=True, vague=True), "form-invalid")
    await office.posted()
    await desk.send(a_report(somebody("NOTICE_OFFICER"), vague=True))
    assert not desk.current.open_tasks("check-report")
    await office.act("note-report", "NOTED")
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.close_notice("REPORTED")
    assert desk.current.state is CaseState.READY


async def test_every_report_is_answered_when_the_case_ends_otherwise(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.report()
    await office.report()
    await office.check_report("UNTRUE", about="report.1")
    await office.withdraw()
    assert [event.ending for event in desk.of(ReportAnswered)] == ["UNTRUE", "CASE_ENDED"]
    assert not desk.current.open_reports()


async def test_what_comes_after_the_end_is_recorded_and_forwarded(desk: PureDesk, office: Office) -> None:
    await office.withdraw()
    await desk.send(a_report(somebody("NOTICE_OFFICER"), signed=True))
    assert standings(desk) == [Standing.AFTER_END]
    assert [event.ending for event in desk.of(ReportAnswered)] == ["FORWARDED"]
    assert not desk.current.open_tasks("check-report")


async def test_no_state_and_no_stage_tells_that_a_report_is_checked(desk: PureDesk, office: Office) -> None:
    await office.posted()
    before = len(desk.of(StageEntered))
    await office.report()
    await office.check_report("UNTRUE")
    assert len(desk.of(StageEntered)) == before, "whoever reads the timeline would learn of the report"
    assert [event.checking for event in desk.of(ReportReceived)] == [True]
    assert [event.checking for event in desk.of(ReportAnswered)] == [False]


async def test_a_report_is_registered_by_its_roles_only(desk: PureDesk, office: Office) -> None:
    await refused(desk, a_report(somebody("CLERK")), "wrong-role")


async def test_before_a_second_notice_a_report_is_a_lead_again(desk: PureDesk, office: Office) -> None:
    """The first notice grew too old: what is reported before the second is posted holds that one up."""
    await office.ready()
    await office.election(local("2026-09-10 09:00"))
    assert desk.current.open_tasks("post-notice")
    await office.report()
    assert desk.current.reports[0].standing is Standing.LEAD
    await office.act("post-notice", "POSTED")
    await office.report()
    assert desk.current.reports[1].standing is Standing.OBJECTION
