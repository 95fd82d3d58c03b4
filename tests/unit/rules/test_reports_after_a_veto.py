"""Reports of a vetoed case: answered all the same, and checked once a re-check reopens it (domain §8.8.7, §8.8.15)."""

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.nomination import RegisterReport
from contracts.events.review import ReportAnswered, ReportReceived
from contracts.matter import ReportContent
from contracts.vocabulary import CaseState, Stage, Standing
from tests.acting import completing, refused
from tests.asking import local
from tests.desks import PureDesk
from tests.office import Office, finding
from tests.unit.rules.test_appeal import granted, ineligible, vetoed
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from tests.unit.rules.test_told_after_the_end import cleared, vetoed_again
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]
ELECTION = local("2026-04-20 09:00")


async def vetoed_now(desk: Work, office: Office) -> None:
    """A fact comes beside the stage, and two people confirm it."""
    await office.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(office, "hit.1")
    assert desk.current.state is CaseState.VETOED


async def back(office: Office) -> None:
    """The re-check is granted, and two others clear the fact."""
    await granted(office)
    await cleared(office)


def endings(desk: Work) -> list[str]:
    return [event.ending for event in desk.of(ReportAnswered) if isinstance(event, ReportAnswered)]


async def test_a_check_that_a_veto_cut_short_holds_the_notice_up_again(desk: Work, office: Office) -> None:
    await office.posted()
    await office.report()
    await vetoed_now(desk, office)
    assert endings(desk) == ["CASE_ENDED"]
    await back(office)
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    assert not desk.current.open_tasks("close-notice"), "nobody has checked the objection"
    await office.check_report("UNTRUE")
    await office.close_notice("REPORTED")
    assert endings(desk) == ["CASE_ENDED", "UNTRUE"], "whoever signed it is answered again"


async def test_nobody_is_on_the_ballot_over_a_report_that_nobody_checked(desk: Work, office: Office) -> None:
    await office.ready()
    await office.election(ELECTION)
    await office.report()
    await vetoed_now(desk, office)
    await back(office)
    await desk.until(local("2026-04-15 00:00"))
    await office.confirmed()
    await desk.until(ELECTION)
    assert desk.current.stage is Stage.RECHECK
    assert desk.current.missed == ELECTION


async def test_a_serious_report_whose_signature_was_asked_for_is_signed_after_all(
    desk: Work, office: Office
) -> None:
    await office.posted()
    await office.report()
    await office.check_report("SERIOUS", form={"facts": "举报事项经核查属实"})
    await office.act("answer-report", "NOTHING_TO_ADD")
    await vetoed_now(desk, office)
    await back(office)
    await office.act("sign-report", "CONFIRM")
    assert (desk.current.state, endings(desk)) == (CaseState.REJECTED, ["CASE_ENDED", "SERIOUS"])


async def test_one_that_could_not_be_proven_is_checked_again_after_its_hold(
    desk: Work, office: Office
) -> None:
    await office.screened()
    await office.report()
    await office.check_report("UNPROVEN")
    await vetoed_now(desk, office)
    await back(office)
    assert [hold.name for hold in desk.current.holds] == ["report-unproven:report.1"]
    await office.resumed()
    await office.check_report("UNTRUE")
    assert endings(desk) == ["CASE_ENDED", "UNTRUE"]


@pytest.mark.parametrize("end", [vetoed, ineligible])
async def test_one_that_comes_after_the_end_is_answered_and_checked_once_the_case_is_open_again(
    end: object, desk: Work, office: Office
) -> None:
    await end(office)  # type: ignore[operator]
    before = [task.id for task in desk.current.open_tasks()]
    await office.report()
    assert [task.id for task in desk.current.open_tasks()] == before, "nobody is asked until then"
    assert endings(desk) == ["FORWARDED"]
    await granted(office)
    (asked,) = desk.current.open_tasks("check-report")
    assert asked.about == "report.1"
    assert [report.number for report in desk.current.open_reports()] == [1]
    registered = await completing(office, "check-report", office.actor("NOTICE_OFFICER"), outcome="UNTRUE")
    await refused(desk, registered, "wrong-role")
    await office.check_report("UNTRUE")
    assert endings(desk) == ["FORWARDED", "UNTRUE"]


async def test_how_it_stands_to_the_notice_is_seen_when_it_comes(desk: Work, office: Office) -> None:
    await office.posted()
    await vetoed_now(desk, office)
    await office.report()
    assert desk.current.window is not None
    await desk.until(local("2026-03-13 10:00"))
    await office.report()
    standings = [event.standing for event in desk.of(ReportReceived) if isinstance(event, ReportReceived)]
    assert standings == [Standing.OBJECTION, Standing.LATE]


async def test_where_the_notice_is_still_to_be_posted_it_is_a_lead(desk: Work, office: Office) -> None:
    await office.to_proposal()
    await office.approved()
    await vetoed_now(desk, office)
    await office.report()
    (event,) = desk.of(ReportReceived)
    assert isinstance(event, ReportReceived)
    assert event.standing is Standing.LEAD


async def test_an_unsigned_and_vague_one_is_noted_then(desk: Work, office: Office) -> None:
    await vetoed(office)
    content = ReportContent(text="t", reporter="")
    officer = office.actor("NOTICE_OFFICER")
    await office.asks(RegisterReport, officer, signed=False, vague=True, channel="net", content=content)
    await granted(office)
    assert not desk.current.open_tasks("check-report")
    assert [task.about for task in desk.current.open_tasks("note-report")] == ["report.1"]


async def test_a_second_end_answers_it_again_and_a_second_return_checks_it_again(
    desk: Work, office: Office
) -> None:
    await vetoed(office)
    await office.report()
    await granted(office)
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED
    assert endings(desk) == ["FORWARDED", "CASE_ENDED"]


async def test_once_nothing_brings_the_case_back_it_is_forwarded_and_left(desk: Work, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.withdraw()
    await office.report()
    (event,) = desk.of(ReportReceived)
    assert isinstance(event, ReportReceived)
    assert (event.standing, event.checked) == (Standing.AFTER_END, False)
