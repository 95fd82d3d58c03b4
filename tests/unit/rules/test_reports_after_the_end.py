"""A report about a vetoed case is checked once a re-check reopens it; so is one that the veto cut short (§8.8.7)."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.commands.case import ReportFact
from contracts.events.review import ReportAnswered
from contracts.vocabulary import Stage, Standing
from tests.desks import PureDesk
from tests.office import Office
from tests.unit.rules.test_appeal import granted, vetoed
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from tests.unit.rules.test_reports import a_report
from tests.unit.rules.test_told_after_the_end import cleared, vetoed_again
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.reports import holding_up

Work = PureDesk[Nomination]


def checked(desk: Work) -> list[str]:
    return [task.about for task in desk.current.open_tasks("check-report")]


async def noticed_and_vetoed(office: Office) -> None:
    """The names are on notice; a fact comes, and two confirm it."""
    await office.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(office, "hit.1")


async def test_what_is_reported_meanwhile_is_a_lead_to_be_checked_before_the_notice_closes(
    desk: Work, office: Office
) -> None:
    await vetoed(office)
    await office.report()
    assert [event.ending for event in desk.of(ReportAnswered)] == ["FORWARDED"], "whoever signed is answered"
    assert checked(desk) == []
    await granted(office)
    assert checked(desk) == ["report.1"]
    assert [report.standing for report in desk.current.reports] == [Standing.LEAD]
    assert holding_up(desk.current)
    await office.check_report("UNTRUE")
    assert not desk.current.open_reports()
    assert [event.ending for event in desk.of(ReportAnswered)] == ["FORWARDED", "UNTRUE"]


@pytest.mark.parametrize(("signed", "vague", "asked"), [(False, False, ["report.1"]), (False, True, [])])
async def test_an_unsigned_one_is_checked_unless_it_is_vague(
    signed: bool, vague: bool, asked: list[str], desk: Work, office: Office
) -> None:
    await vetoed(office)
    said: Any = a_report(office.actor("NOTICE_OFFICER"), signed=signed, vague=vague)
    await desk.send(said)
    await granted(office)
    assert checked(desk) == asked


async def test_the_notice_does_not_close_over_a_check_that_the_veto_cut_short(
    desk: Work, office: Office
) -> None:
    await office.posted()
    await office.report()
    await noticed_and_vetoed(office)
    assert checked(desk) == []
    await granted(office)
    await cleared(office, "hit.1")
    assert checked(desk) == ["report.1"]
    window = desk.current.window
    assert window is not None
    await desk.until(window[1])
    assert desk.current.stage is Stage.NOTICE
    assert not desk.current.open_tasks("close-notice")
    await office.check_report("UNTRUE")
    assert desk.current.open_tasks("close-notice")


async def test_after_the_window_a_report_is_a_late_lead(desk: Work, office: Office) -> None:
    await office.posted()
    await noticed_and_vetoed(office)
    assert desk.current.window is not None
    await desk.until(desk.current.window[1] + timedelta(hours=9))
    await office.report()
    await granted(office)
    assert [report.standing for report in desk.current.reports] == [Standing.LATE]
    assert checked(desk) == ["report.1"]


async def test_what_was_checked_before_is_not_checked_again(desk: Work, office: Office) -> None:
    await office.posted()
    await office.report()
    await office.check_report("UNTRUE")
    await noticed_and_vetoed(office)
    await granted(office)
    assert checked(desk) == []
