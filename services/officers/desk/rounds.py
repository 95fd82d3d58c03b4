"""The rounds of the keeper of accounts: open tasks that wait for somebody who cannot do them are looked for ever again.

It keeps no place of its own: what was done is on the record, and what is asked again is the same command.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, select

from contracts.actor import ACCOUNT_KEEPER
from contracts.claim import Claim
from contracts.commands.base import Command
from services.kit.db import Database
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.rounds import keep_on
from services.kit.turning import Turn, Turns
from services.officers.desk.ask import Ask
from services.officers.desk.desk import Desk
from services.officers.readmodel.tables import CaseRow, TaskRow

LOOK_SECONDS = 4.0
"""A role that is gone is out of force within five seconds everywhere, and so is what was claimed in it."""
LONGEST_PAUSE = 300.0
AT_ONCE = 50
"""Tasks of one look, in the order of their ids."""

TASKS, CASES = TaskRow.metadata.tables["tasks"].c, CaseRow.metadata.tables["cases"].c


def open_ones(*more: Any) -> Select[*tuple[Any, ...]]:
    """Open tasks, with these columns besides."""
    of_case = (CASES.kind, CASES.sequence, CASES.person_id, CASES.unit.label("brought_by"))
    of_task = (TASKS.task_id, TASKS.case_id, TASKS.claimed_by, TASKS.version, TASKS.role, TASKS.unit)
    return (
        select(*of_task, TASKS.district, *of_case, *more)
        .join_from(
            TaskRow.metadata.tables["tasks"],
            CaseRow.metadata.tables["cases"],
            CASES.case_id == TASKS.case_id,
        )
        .where(TASKS.state == "open")
    )


class Rounds:
    """Looks again and again. What one look meets is asked of each task's case, each in its turn."""

    act: str
    """What is asked."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk
        self._turns = Turns(self._page, AT_ONCE, first=LOOK_SECONDS, longest=LONGEST_PAUSE)

    def tasks(self, now: datetime) -> Select[*tuple[Any, ...]]:
        """The tasks that are looked for: `open_ones`, narrowed."""
        raise NotImplementedError

    def ident(self, row: Any) -> str:
        """The command id under which it is asked of this task."""
        raise NotImplementedError

    async def command(self, claim: Claim, row: Any) -> Command:
        """What is asked about this task."""
        raise NotImplementedError

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        await keep_on(stop, LOOK_SECONDS, self.round, "a round of the open tasks waits", act=self.act)

    async def round(self) -> int:
        """Ask it of the tasks whose turn it is; how many they were."""
        turns = await self._turns.next()
        for turn in turns:
            await self._send(turn.name, turn.item)
            self._turns.tried(turn.name)
        return len(turns)

    async def _page(self, after: str | None, limit: int) -> list[Turn[str, Any]]:
        wanted = self.tasks(datetime.now(UTC)).where(TASKS.task_id > (after or ""))
        rows = await self._database.look(
            lambda unit: list(unit.execute(wanted.order_by(TASKS.task_id).limit(limit)))
        )
        return [Turn(self.ident(row), row.task_id, row) for row in rows]

    async def _send(self, ident: str, row: Any) -> None:
        ask = Ask(ACCOUNT_KEEPER, ident, self.act, row.task_id)
        try:
            command = await self.command(ask.claim(ACCOUNT_KEEPER, datetime.now(UTC)), row)
            placed = self._desk.claimed(command.model_copy(update={"place": row.sequence}), row.case_id)
            await self._desk.send(ask, row.kind, placed)
        except ServiceError as error:
            # What was given back or done meanwhile needs nothing; what did not arrive will be another time.
            logger.info("a task stays where it is", act=self.act, task_id=row.task_id, code=error.code)
        except Exception as error:
            # One task that cannot be asked about must not keep the others from it.
            logger.error("a task cannot be moved", task_id=row.task_id, exc_info=error)
