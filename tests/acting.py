"""What the tests of rules ask again and again: a completion that is right but for one thing, and its refusal."""

from typing import Any

import pytest

from contracts.actor import Actor
from contracts.commands.base import Command
from contracts.commands.case import CompleteTask
from tests.asking import asks
from tests.desks import PureDesk, RefusedError
from tests.office import People


async def refused(desk: PureDesk[Any], asked: Command, code: str) -> None:
    """The command is refused with this code, and nothing has changed."""
    before = desk.current
    with pytest.raises(RefusedError) as caught:
        await desk.send(asked)
    assert caught.value.code == code
    assert desk.current == before


async def completing(people: People[Any], kind: str, actor: Actor, unit: str = "", **changes: Any) -> Command:
    """A CompleteTask for the open task of a kind, right but for the changes."""
    task = await people.task(kind, unit)
    fields = {"task_id": task.id, "outcome": task.outcomes[0], "seen": task.content_digest, **changes}
    return asks(CompleteTask, actor, people.desk.case_id, **fields)
