"""A year that is published late, in a case of every kind that no other case hands it (domain §8.0.5, §8.8.10)."""

from typing import Any

import pytest

from contracts.actor import CALENDAR_KEEPER
from contracts.commands.case import LoadCaseCalendar
from contracts.events.data_request import DataAnswerDue
from contracts.events.task import RungReached
from contracts.policy.model import Policy
from tests.asking import asks, local, somebody
from tests.data_requests import data_opening
from tests.desks import PureDesk, RefusedError
from tests.models.worlds import World, worlds
from tests.tenures import year
from workflows.kinds.data_request.kind import DECIDER as DATA_REQUESTS

DECEMBER = local("2026-12-31 10:00")
WORLDS = [
    pytest.param(world, id=world.name)
    for world in worlds()
    if world.kind is not None and world.name not in {"nomination", "tenure"}
]
"""A nomination and a seat hear of it from their batch, with the cut-off date that follows from it."""


def begun(world: World, number: int) -> PureDesk[Any]:
    """The last day of a year after which no calendar is known."""
    desk: PureDesk[Any] = PureDesk(world.decider, world.policy, DECEMBER)
    desk.open(world.openings[number])
    return desk


@pytest.mark.parametrize("world", WORLDS)
async def test_a_deadline_that_waits_for_the_year_is_known_when_the_office_hands_it(world: World) -> None:
    provisional = 0
    for number in range(len(world.openings)):
        desk = begun(world, number)
        waiting = [task.id for task in desk.current.open_tasks() if task.provisional]
        await desk.until(local("2027-03-01 10:00"))
        assert desk.of(RungReached) == [], "nothing overdue fires while it is provisional"
        await desk.send(asks(LoadCaseCalendar, CALENDAR_KEEPER, desk.case_id, year=year(2027)))
        assert desk.of(RungReached) == [], "nothing runs out on the day of loading"
        tasks = [desk.current.tasks[one] for one in waiting]
        assert [(task.due is None, task.provisional) for task in tasks] == [(False, False)] * len(tasks)
        await desk.until(local("2027-03-02 10:00"))
        assert all(desk.current.tasks[one].fired for one in waiting if desk.current.tasks[one].rungs)
        provisional += len(waiting)
    assert provisional, "no opening of this kind waits for a year"


@pytest.mark.parametrize("world", WORLDS)
async def test_it_corrects_nothing_and_no_other_service_hands_it(world: World) -> None:
    desk = begun(world, 0)
    await desk.send(asks(LoadCaseCalendar, CALENDAR_KEEPER, desk.case_id, year=year(2027)))
    other = year(2027).model_copy(update={"holidays": (local("2027-01-01 10:00").date(),)})
    with pytest.raises(RefusedError, match="reason-required"):
        await desk.send(asks(LoadCaseCalendar, CALENDAR_KEEPER, desk.case_id, year=other))
    stranger = CALENDAR_KEEPER.model_copy(update={"account_id": "list-keeper"})
    with pytest.raises(RefusedError, match="wrong-role"):
        await desk.send(asks(LoadCaseCalendar, stranger, desk.case_id, year=year(2028)))


async def test_whoever_asked_about_their_data_is_told_until_when_they_are_answered(policy: Policy) -> None:
    desk = PureDesk(DATA_REQUESTS, policy, DECEMBER)
    desk.open(data_opening("inspect"))
    (task,) = desk.current.open_tasks()
    load = asks(LoadCaseCalendar, somebody("ELECTION_OFFICE"), "d1", year=year(2027))
    await desk.send(load)
    due = desk.current.tasks[task.id].due
    assert [said.answer_by for said in desk.of(DataAnswerDue) if isinstance(said, DataAnswerDue)] == [
        None,
        due,
    ]
    assert due is not None


async def test_a_request_whose_day_was_known_says_it_once(policy: Policy) -> None:
    desk = PureDesk(DATA_REQUESTS, policy, local("2026-03-02 10:00"))
    desk.open(data_opening("inspect"))
    await desk.send(asks(LoadCaseCalendar, CALENDAR_KEEPER, "d1", year=year(2027)))
    assert len(desk.of(DataAnswerDue)) == 1
