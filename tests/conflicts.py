"""A conflict of interest that is found after the person acted."""

from typing import Any

from contracts.commands.case import ReportConflict
from tests.asking import somebody
from tests.office import People


async def found(people: People[Any], person: str, ground: str = "kin") -> None:
    """Somebody says that the person has a conflict, and the level above finds it so."""
    await people.asks(
        ReportConflict, people.actor("CLERK"), person_id=person, ground=ground, reason="found in the register"
    )
    task = await people.task("recusal")
    await people.act("recusal", "RECUSED", actor=somebody(task.role, "p-above"))
