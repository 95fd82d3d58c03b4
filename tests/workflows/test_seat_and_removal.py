"""A seat raises a removal, and hears from it how it ended: each by errands, neither by knowing the other."""

from contracts.commands.removal import OpenRemoval
from contracts.errand import Start
from contracts.vocabulary import CaseState, Stage
from tests.asking import local, removal_opening
from tests.commission import Commission
from tests.engine import Clock
from tests.fakes import FakeCases, FakeRecord
from tests.tenures import SeatOffice, tenure_opening
from tests.workflows.carrying import begun, carried, told
from tests.workflows.conftest import Open


async def test_two_absences_open_a_removal_and_its_vote_vacates_the_seat(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    seat = await open_case(tenure_opening())
    await seat.until(local("2026-06-01 10:00"))
    office = SeatOffice(seat)
    for day in ("2026-04-10", "2026-05-20"):
        await office.attends(day, "unexcused")
    errand = (await carried(cases, 1)).errand
    assert isinstance(errand, Start)
    (opening,) = errand.openings
    assert isinstance(opening, OpenRemoval)
    assert (opening.source, opening.tenure) == ("absence", "t1")

    removal = await begun(cases, open_case)
    assert (await removal.case()).stage is Stage.LEAD
    commission = Commission(removal)
    await commission.planned()
    await removal.until(local("2026-06-18 15:00"))
    assert (await seat.case()).state is CaseState.IN_OFFICE, "absence alone removes nobody"
    await commission.votes("REMOVED", (131, 120, 101), held_on="2026-06-18")
    await told(cases, seat, 2)
    held = await seat.case()
    assert (held.state, held.removals) == (CaseState.VACANT, ())
    assert held.vacated is not None
    assert (held.vacated.removal, held.vacated.since.isoformat()) == (removal.case_id, "2026-06-18")
    assert [task.kind for task in held.open_tasks()] == ["vacancy"]


async def test_a_removal_that_the_desk_registers_and_the_seat_hear_of_one_another(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    seat = await open_case(tenure_opening())
    first = await open_case(removal_opening(tenure="t1", parent="r1"))
    await told(cases, seat, 1)
    for answer in (2, 3):
        await told(cases, first, answer)
    office = SeatOffice(seat)
    await seat.until(local("2026-06-01 10:00"))
    for day in ("2026-04-10", "2026-05-20"):
        await office.attends(day, "unexcused")
    second = await begun(cases, open_case, 4)
    assert ((await first.case()).open_removal, (await second.case()).open_removal) == (None, "r1")
    await Commission(first).looked("NO_CASE")
    await told(cases, seat, 5)
    await told(cases, second, 6)
    assert (await seat.case()).removals == (second.case_id,)
    await Commission(second).act("lead", "OPENED")
    assert (await second.case()).stage is Stage.FIRST_LOOK
