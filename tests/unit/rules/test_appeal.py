"""The right to one re-check of a veto or of ineligibility (domain §8.1, §8.8.15)."""

from datetime import date

import pytest

from contracts.causes import Cause
from contracts.commands.case import LoadCaseCalendar
from contracts.events.case import CaseEnded
from contracts.events.task import TaskExtended
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Ruling, Stage
from tests.acting import completing, refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import Office, finding
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]


async def vetoed(office: Office) -> None:
    """Monday 2 March 2026: owed tax, confirmed by two."""
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")


def year_of(
    number: int, *holidays: date, make_up: tuple[date, ...] = (), reason: str = ""
) -> LoadCaseCalendar:
    """The election office loads a year, or corrects it."""
    days = CalendarYear(year=number, holidays=holidays, make_up=make_up, source="invented")
    return asks(LoadCaseCalendar, somebody("ELECTION_OFFICE"), year=days, reason=reason)


async def ineligible(office: Office) -> None:
    """The same day, at the eligibility check."""
    await office.act("screen", "INELIGIBLE")
    await office.act("screen-sign", "CONFIRM")


async def granted(office: Office) -> None:
    """The person asks, and two others grant it."""
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    await office.act("appeal-answer", "GRANTED", actor=somebody("EVALUATOR", "p-other"))
    await office.act("appeal-answer-sign", "CONFIRM")


@pytest.mark.parametrize("end", [vetoed, ineligible])
async def test_without_a_receipt_the_term_runs_from_three_days_after_sending(
    end: object, desk: Work, office: Office
) -> None:
    await end(office)  # type: ignore[operator]
    (event,) = desk.of(CaseEnded)
    assert isinstance(event, CaseEnded)
    assert (await office.task("appeal")).due == event.answer_by == midnight_after(3, 12)
    await desk.until(local("2026-03-12 23:59"))
    assert desk.current.open_tasks("appeal")
    await desk.until(local("2026-03-13 00:00"))
    assert not desk.current.open_tasks("appeal")


async def test_a_receipt_begins_the_term(desk: Work, office: Office) -> None:
    await vetoed(office)
    await desk.until(local("2026-03-03 10:00"))
    await office.act("serve", "SERVED")
    assert (await office.task("appeal")).due == midnight_after(3, 10)


async def test_service_is_presumed_over_the_end_of_a_published_year_too(desk: Work, office: Office) -> None:
    """The letter counts as served on the third working day, in a year that comes later: then the right begins."""
    desk.now = local("2026-12-29 10:00")
    await vetoed(office)
    asked = await office.task("appeal")
    assert (asked.due, asked.provisional) == (None, True)
    await desk.until(local("2027-01-12 10:00"))
    assert desk.current.open_tasks("appeal"), "a provisional term ends nothing"
    await desk.send(year_of(2027, date(2027, 1, 1)))
    # Served on Monday the 4th, after 30 and 31 December; not yet lost on the day of loading, however late that is.
    moved = desk.of(TaskExtended)[-1]
    assert isinstance(moved, TaskExtended)
    assert (moved.cause, moved.before, moved.due) == (Cause.CALENDAR, None, midnight_after(1, 11, 2027))
    assert desk.current.open_tasks("appeal")
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})


async def test_the_year_that_comes_in_time_ends_the_right_on_its_own_day(desk: Work, office: Office) -> None:
    desk.now = local("2026-12-29 10:00")
    await vetoed(office)
    await desk.send(year_of(2027, date(2027, 1, 1)))
    assert (await office.task("appeal")).due == midnight_after(1, 11, 2027)
    await desk.until(local("2027-01-11 23:59"))
    assert desk.current.open_tasks("appeal")
    await desk.until(midnight_after(1, 11, 2027))
    assert not desk.current.open_tasks("appeal")


async def test_a_receipt_begins_the_term_while_nobody_knows_when_service_is_presumed(
    desk: Work, office: Office
) -> None:
    desk.now = local("2026-12-29 10:00")
    await vetoed(office)
    await desk.until(local("2026-12-30 10:00"))
    await office.act("serve", "SERVED")
    await desk.send(year_of(2027, date(2027, 1, 1)))
    assert (await office.task("appeal")).due == midnight_after(1, 7, 2027)


async def test_a_correction_of_the_year_moves_the_day_of_presumed_service(desk: Work, office: Office) -> None:
    await vetoed(office)
    known = next(one for one in desk.policy.calendar.years if one.year == 2026)
    await desk.send(
        year_of(2026, *known.holidays, date(2026, 3, 4), make_up=known.make_up, reason="a day off")
    )
    assert (await office.task("appeal")).due == midnight_after(3, 13)


async def test_the_file_waits_for_the_right_and_for_its_answer(desk: Work, office: Office) -> None:
    await vetoed(office)
    await office.act("serve", "SERVED")
    assert not desk.current.open_tasks("file")
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    assert not desk.current.open_tasks("file")
    assert (await office.task("appeal-answer")).due == midnight_after(3, 16)
    await office.act("appeal-answer", "REFUSED", actor=somebody("EVALUATOR", "p-other"))
    await office.act("appeal-answer-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED
    await office.act("file", "FILED")
    assert desk.current.filed


async def test_a_right_that_is_not_used_ends_and_the_file_is_closed(desk: Work, office: Office) -> None:
    await vetoed(office)
    await desk.until(local("2026-03-13 00:00"))
    assert not desk.current.open_tasks("file"), "the letters are not served yet"
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def test_whoever_acted_does_not_answer_and_nobody_else_asks(desk: Work, office: Office) -> None:
    await vetoed(office)
    nominator = somebody("NOMINATOR", "p-nominator", "chamber-1")
    await refused(desk, await completing(office, "appeal", nominator, outcome="APPEALED"), "wrong-role")
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    acted = office.actor("EVALUATOR")
    asked = await completing(office, "appeal-answer", acted, outcome="GRANTED", reason="r")
    await refused(desk, asked, "separation-of-duty")


async def test_a_granted_re_check_rules_again_and_goes_on_where_it_was_cut_short(
    desk: Work, office: Office
) -> None:
    await vetoed(office)
    await granted(office)
    assert (desk.current.state, desk.current.stage) == (CaseState.RULING, Stage.CONSULTATION)
    assert not desk.current.open_tasks("serve", "file")
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.hits[0].ruling is Ruling.CLEARED
    await office.replies("tax")
    assert desk.current.stage is Stage.GRADING


async def test_a_granted_re_check_of_eligibility_checks_it_again(desk: Work, office: Office) -> None:
    await ineligible(office)
    await granted(office)
    assert desk.current.state is CaseState.RULING
    await office.screened()
    assert desk.current.stage is Stage.CONSULTATION


async def test_a_pause_that_stood_at_the_end_stands_again(desk: Work, office: Office) -> None:
    await office.screened()
    await office.paused("police")
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO", about="hit.2")
    await office.act("confirm-fact-sign", "CONFIRM", about="hit.2")
    await granted(office)
    assert [hold.name for hold in desk.current.holds] == ["pause-item:hit.1"]


async def test_the_right_is_given_once(desk: Work, office: Office) -> None:
    await vetoed(office)
    await granted(office)
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED
    assert not desk.current.open_tasks("appeal")
    last = desk.of(CaseEnded)[-1]
    assert isinstance(last, CaseEnded)
    assert (last.right, last.answer_by) == (False, None)
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def test_other_ends_grant_no_re_check(desk: Work, office: Office) -> None:
    await office.withdraw()
    assert not desk.current.open_tasks("appeal")
