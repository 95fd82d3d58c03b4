"""Plenaries: two unexcused in a row open a removal, and never remove by themselves (domain §8.4)."""

from datetime import date

import pytest

from contracts.commands.tenure import RecordAttendance
from contracts.events.errand import ErrandOwed
from contracts.events.tenure import AttendanceRecorded, RemovalRaised
from contracts.vocabulary import Stage
from tests.asking import local, somebody
from tests.desks import PureDesk, RefusedError
from tests.tenures import OFFICE, SeatOffice, raised, seat
from workflows.kinds.tenure.case import REMEMBERED, Tenure
from workflows.kinds.tenure.fold import FOLDING


@pytest.fixture
async def held() -> PureDesk[Tenure]:
    desk = seat()
    await desk.until(local("2026-12-31 12:00"))
    return desk


@pytest.fixture
def office(held: PureDesk[Tenure]) -> SeatOffice:
    return SeatOffice(held)


@pytest.mark.parametrize(
    ("said", "leads"),
    [
        ("present unexcused present unexcused", 0),
        ("unexcused excused unexcused", 0),
        ("unexcused unexcused", 1),
        ("present unexcused unexcused present", 1),
        ("unexcused unexcused unexcused", 1),
        ("unexcused unexcused unexcused unexcused", 2),
    ],
)
async def test_only_what_nobody_excused_counts_and_only_in_a_row_and_once(
    held: PureDesk[Tenure], office: SeatOffice, said: str, leads: int
) -> None:
    for month, attendance in enumerate(said.split(), start=4):
        await office.attends(f"2026-{month:02}-10", attendance)
    assert [one.source for one in raised(held)] == ["absence"] * leads
    assert held.current.stage is Stage.IN_OFFICE, "absence removes nobody"


async def test_the_lead_names_the_meetings_and_is_asked_by_whoever_recorded_the_last(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await office.attends("2026-05-10", "unexcused")
    await office.attends("2026-04-10", "unexcused")
    (removal,) = raised(held)
    assert removal.lead.text == "连续无故缺席全体会议：2026-04-10、2026-05-10"
    assert removal.actor == OFFICE


async def test_a_meeting_can_be_corrected_and_said_again_changes_nothing(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    await office.attends("2026-04-10", "unexcused")
    await office.attends("2026-04-10", "excused")
    await office.attends("2026-04-10", "excused")
    await office.attends("2026-05-10", "unexcused")
    assert raised(held) == []
    assert len(held.of(AttendanceRecorded)) == 3


async def test_what_lies_ahead_or_before_the_term_or_is_too_old_is_refused(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    for day in ("2027-01-01", "2026-03-01"):
        with pytest.raises(RefusedError, match="date-out-of-range"):
            await office.attends(day, "present")
    for day in range(1, REMEMBERED + 1):
        await office.attends(f"2026-05-{day:02}", "present")
    with pytest.raises(RefusedError, match="date-out-of-range"):
        await office.attends("2026-04-30", "unexcused")
    await office.attends("2026-06-01", "present")
    assert len(held.current.meetings) == REMEMBERED


async def test_only_the_roles_of_the_policy_record_it(held: PureDesk[Tenure], office: SeatOffice) -> None:
    for stranger in (somebody("MEMBER", "p-member"), somebody("CLERK", "p-clerk", district="d02")):
        with pytest.raises(RefusedError, match="wrong-role"):
            await office.asks(
                RecordAttendance, stranger, meeting="m", held_on="2026-04-10", attendance="present"
            )
    assert held.of(ErrandOwed) == []


@pytest.mark.parametrize("corrected", [True, False])
async def test_two_in_a_row_are_found_whenever_they_become_known(
    held: PureDesk[Tenure], office: SeatOffice, corrected: bool
) -> None:
    await office.attends("2026-04-10", "unexcused")
    if corrected:
        await office.attends("2026-05-10", "excused")
    await office.attends("2026-06-10", "present")
    await office.attends("2026-05-10", "unexcused")
    (removal,) = raised(held)
    assert removal.lead.text == "连续无故缺席全体会议：2026-04-10、2026-05-10"


async def test_a_later_lead_does_not_hide_an_earlier_row_and_no_meeting_serves_twice(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    for day in ("2026-08-10", "2026-09-10"):
        await office.attends(day, "unexcused")
    await office.attends("2026-06-10", "present")
    for day in ("2026-04-10", "2026-05-10", "2026-07-10"):
        await office.attends(day, "unexcused")
    assert [one.lead.text[-21:] for one in raised(held)] == [
        "2026-08-10、2026-09-10",
        "2026-04-10、2026-05-10",
    ]
    for day in range(10, 10 + REMEMBERED):
        await office.attends(f"2026-10-{day}", "present")
    assert held.current.answered == (), "what is not remembered is let go"


async def test_a_lead_from_before_leads_named_their_meetings_rests_on_all_until_its_last(
    held: PureDesk[Tenure], office: SeatOffice
) -> None:
    raising = RemovalRaised(removal="r0", source="absence", until=date(2026, 5, 10))
    held.current = FOLDING.own(held.current, raising)
    for day in ("2026-05-10", "2026-06-10"):
        await office.attends(day, "unexcused")
    assert raised(held) == []
