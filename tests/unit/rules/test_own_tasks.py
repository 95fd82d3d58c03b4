"""The tasks of the person whom a case is about are that person's own: nobody takes, moves or locks them (§8.8.3)."""

from typing import Any

import pytest

from contracts.actor import Actor, Grant
from contracts.commands.case import ClaimTask, DeclareConflict, ReassignTask
from tests.acting import refused
from tests.asking import asks, somebody
from tests.commission import Commission
from tests.desks import PureDesk
from tests.office import Office, People, finding

ASSIGNER = somebody("UFWD", "p-ufwd")


async def to_declaration(people: Office) -> str:
    await people.act("screen", "PASS")
    await people.act("screen-sign", "CONFIRM")
    return "declare"


async def to_explanation(people: Office) -> str:
    await people.screened()
    await people.reply("tax", "ISSUE", finding("NL-D01"))
    return "explain"


async def to_statement(people: Commission) -> str:
    await people.act("lead", "OPENED")
    await people.act("first-look", "CASE")
    await people.act("first-look-sign", "CONFIRM")
    return "statement"


OWN = ("declare", "explain", "statement")
WAYS: dict[str, Any] = {"declare": to_declaration, "explain": to_explanation, "statement": to_statement}


@pytest.fixture(params=OWN)
def own(request: pytest.FixtureRequest, office: Office, commission: Commission) -> tuple[People[Any], str]:
    """The people of a case, and the task of the person concerned that its way leads to."""
    return (commission if request.param == "statement" else office), request.param


async def theirs(own: tuple[People[Any], str]) -> tuple[People[Any], PureDesk[Any], str, Actor]:
    people, name = own
    task = await people.task(await WAYS[name](people))
    assert isinstance(people.desk, PureDesk)
    return people, people.desk, task.id, people.actor(task.role)


async def test_nobody_else_claims_it(own: tuple[People[Any], str]) -> None:
    _, desk, task, _ = await theirs(own)
    await refused(desk, asks(ClaimTask, ASSIGNER, desk.case_id, task_id=task), "wrong-role")


@pytest.mark.parametrize("by", ["assigner", "person"])
async def test_it_is_given_to_nobody_else(own: tuple[People[Any], str], by: str) -> None:
    _, desk, task, person = await theirs(own)
    asker = {"assigner": ASSIGNER, "person": person}[by]
    asked = asks(ReassignTask, asker, desk.case_id, task_id=task, person_id="p-other", reason="r")
    await refused(desk, asked, "own-task")


async def test_the_person_does_not_step_back_from_it(own: tuple[People[Any], str]) -> None:
    _, desk, task, person = await theirs(own)
    asked = asks(DeclareConflict, person, desk.case_id, task_id=task, ground="other", reason="r")
    await refused(desk, asked, "own-task")


async def test_a_conflict_declared_as_an_officer_does_not_lock_the_person_out(
    desk: PureDesk[Any], office: Office
) -> None:
    both = Actor(
        account_id="a-both",
        person_id="p-nominee",
        grants=(Grant(role="SCREENER"), Grant(role="NOMINEE")),
    )
    screening = await office.task("screen")
    await desk.send(
        asks(DeclareConflict, both, task_id=screening.id, ground="other", reason="it is my own case")
    )
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await office.act("declare", "SIGNED", actor=both)
    assert (await office.desk.case()).acted("declare")
