"""A year that came or was corrected while the names are shown, and to whom else it goes (§8.0 rule 5, §8.8.10)."""

from datetime import date

import pytest

from contracts.commands.case import LoadCaseCalendar
from contracts.commands.tenure import Resign
from contracts.events.review import NoticePosted
from contracts.names import review_id
from contracts.policy.model import CalendarYear, Policy
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.commission import APPLICATION, Commission
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import Office
from tests.prizes import owed, words_for
from tests.tenures import raised, seat
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.removal.case import Removal

Work = PureDesk[Nomination]
OFFICE = somebody("ELECTION_OFFICE", "p-office")


def corrected(policy: Policy, *more: date) -> LoadCaseCalendar:
    """The batch hands on 2026 with these further days off."""
    year = next(one for one in policy.calendar.years if one.year == 2026)
    longer = year.model_copy(update={"holidays": (*year.holidays, *more)})
    command: LoadCaseCalendar = owed(LoadCaseCalendar, "c1", "b1", year=longer, reason="more days off")
    return command


async def test_a_running_notice_lasts_as_many_working_days_as_the_corrected_year_has(
    desk: Work, office: Office
) -> None:
    await office.posted()
    window = desk.current.window
    assert window == (local("2026-03-03 00:00"), midnight_after(3, 9))
    await desk.until(local("2026-03-04 10:00"))
    await desk.send(corrected(desk.policy, date(2026, 3, 5), date(2026, 3, 6)))
    assert desk.current.window == (local("2026-03-03 00:00"), midnight_after(3, 11))
    first, second = desk.of(NoticePosted)
    assert isinstance(first, NoticePosted)
    assert isinstance(second, NoticePosted)
    assert first.posted == second.posted
    await desk.until(local("2026-03-10 10:00"))
    assert not desk.current.open_tasks("close-notice")
    await desk.until(midnight_after(3, 11))
    assert desk.current.open_tasks("reread-notice")


async def test_nobody_is_shown_a_shorter_notice_and_one_that_is_over_stays_over(
    desk: Work, office: Office
) -> None:
    await office.posted()
    await desk.send(corrected(desk.policy, date(2026, 3, 5)))
    known = next(one for one in desk.policy.calendar.years if one.year == 2026)
    back: LoadCaseCalendar = owed(LoadCaseCalendar, "c1", "b1", 2, year=known, reason="a mistake")
    await desk.send(back)
    assert desk.current.window == (local("2026-03-03 00:00"), midnight_after(3, 10))
    await desk.until(local("2026-03-11 10:00"))
    await desk.send(corrected(desk.policy, date(2026, 3, 9), date(2026, 3, 10)))
    assert desk.current.window == (local("2026-03-03 00:00"), midnight_after(3, 10))


@pytest.mark.parametrize(
    ("loaded", "end"),
    [("2026-12-30 10:00", midnight_after(1, 4, 2027)), ("2027-02-01 10:00", midnight_after(2, 2, 2027))],
    ids=["in time", "long after"],
)
async def test_a_year_that_comes_late_counts_from_the_posting(
    desk: Work, office: Office, loaded: str, end: object
) -> None:
    desk.now = local("2026-12-28 10:00")
    await office.posted()
    assert desk.current.window is None
    await desk.until(local(loaded))
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    command: LoadCaseCalendar = owed(LoadCaseCalendar, "c1", "b1", year=year)
    await desk.send(command)
    assert desk.current.window == (local("2026-12-29 00:00"), end)


async def test_a_seat_hands_the_year_on_to_its_removals_and_a_removal_to_its_review(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    desk = seat()
    await desk.send(asks(Resign, somebody("MEMBER", "p-member"), "t1", reason="personal"))
    (opening,) = raised(desk)
    await desk.send(owed(LoadCaseCalendar, "t1", "b1", year=year))
    ((removals, word),) = words_for(desk, "removal")
    assert removals == (opening.target,)
    assert isinstance(word, LoadCaseCalendar)
    assert word.year == year

    await commission.removed()
    await commission.act("serve", "SERVED")
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    await removal.send(owed(LoadCaseCalendar, "r1", "t1", year=year))
    assert [cases for cases, _ in words_for(removal, "review")] == [(review_id("r1", 1),)]


async def test_people_hand_it_to_a_case_that_no_other_hands_it(removal: PureDesk[Removal]) -> None:
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    await refused(removal, asks(LoadCaseCalendar, somebody("EVALUATOR"), "r1", year=year), "wrong-role")
    await removal.send(asks(LoadCaseCalendar, OFFICE, "r1", year=year))
    assert [one.year for one in removal.current.years] == [2027]
    assert words_for(removal, "review") == []
