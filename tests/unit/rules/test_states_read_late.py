"""States are read when it is decided, not months before it (domain §8.2 rule 4, §8.8.5)."""

import pytest

from contracts.commands.case import ReportFact
from contracts.nominee import Fact
from contracts.vocabulary import CaseState
from tests.asking import local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import DECIDED, PAPER, Office, finding

HANDLER = somebody("REPORT_HANDLER", "p-handler")
SUMMER = local("2026-06-15 10:00")


async def over_with_a_report(desk: PureDesk, office: Office) -> None:
    """The window is over, and what was reported in it is still checked."""
    await office.posted()
    await office.report()
    await desk.until(desk.current.window[1])


async def paused_until_summer(desk: PureDesk, office: Office) -> None:
    """An investigation that has ended by then held the case."""
    fact = Fact.model_validate(finding("NL-C03")["findings"][0])
    await office.asks(ReportFact, somebody("EVALUATOR", "p-e7"), fact=fact, source="police")
    await office.act("confirm-pause", "PAUSE", form=PAPER)
    await office.act("confirm-pause-sign", "CONFIRM")
    await desk.until(SUMMER)
    await office.resumed()


async def closes(office: Office, outcome: str) -> None:
    with pytest.raises(RefusedError, match="state-not-read"):
        await office.act("close-notice", outcome)
    await office.reread("notice")
    await office.act("close-notice", outcome)


async def test_a_notice_that_waited_for_a_report_is_closed_on_states_read_after_its_answer(
    desk: PureDesk, office: Office
) -> None:
    await over_with_a_report(desk, office)
    await office.reread("notice")
    await office.check_report("UNPROVEN", actor=HANDLER)
    await desk.until(SUMMER)
    await office.check_report("UNTRUE", actor=HANDLER)
    await closes(office, "REPORTED")
    assert desk.current.state is CaseState.READY


async def test_of_several_reports_the_last_answer_counts(desk: PureDesk, office: Office) -> None:
    await office.posted()
    for _ in range(2):
        await office.report()
    await desk.until(desk.current.window[1])
    await office.reread("notice")
    await office.check_report("UNTRUE", about="report.1", actor=HANDLER)
    assert not desk.current.open_tasks("reread-notice"), "nobody reads while another is checked"
    await desk.until(local("2026-03-12 10:00"))
    await office.check_report("UNTRUE", about="report.2", actor=HANDLER)
    await closes(office, "REPORTED")


async def test_whoever_was_asked_too_early_is_asked_once_more_and_no_more(
    desk: PureDesk, office: Office
) -> None:
    await over_with_a_report(desk, office)
    early = await office.task("reread-notice")
    await desk.until(local("2026-03-12 10:00"))
    await office.check_report("UNTRUE", actor=HANDLER)
    assert (await office.task("reread-notice")).opened > early.opened
    await closes(office, "REPORTED")


async def test_a_report_before_the_notice_asks_for_no_second_reading(desk: PureDesk, office: Office) -> None:
    await office.to_proposal()
    await office.report()
    await office.approved()
    await office.act("post-notice", "POSTED")
    await office.check_report("UNTRUE", actor=HANDLER)
    await desk.until(desk.current.window[1])
    await office.reread("notice")
    await office.act("close-notice", "NO_REPORT")
    assert desk.current.state is CaseState.READY


async def test_a_notice_is_closed_on_states_read_after_a_pause(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await desk.until(desk.current.window[1])
    await office.reread("notice")
    await paused_until_summer(desk, office)
    await closes(office, "NO_REPORT")


async def test_it_is_decided_on_states_read_after_a_pause(desk: PureDesk, office: Office) -> None:
    await office.to_proposal()
    for kind in ("propose-department", "propose-party-group"):
        await office.act(kind, "PROPOSE")
    await office.reread("decision")
    await paused_until_summer(desk, office)
    with pytest.raises(RefusedError, match="state-not-read"):
        await office.act("decide", "APPROVED", form=DECIDED)
    await office.reread("decision")
    await office.act("decide", "APPROVED", form=DECIDED)
