"""Frees tasks whose claimant can do nothing with them any more: the account is closed, or the role is gone (M13).

It keeps no place of its own: a claim that was ended is on the record, and one that is ended again is the same command.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, or_, select

from contracts.actor import ACCOUNT_KEEPER
from contracts.commands.case import ReleaseTask
from contracts.names import freeing_id
from services.kit.db import Database, Unit
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.waking import pause
from services.officers.desk.ask import Ask
from services.officers.desk.desk import Desk
from services.officers.identity.bonds.tables import DeputyRow
from services.officers.identity.tables import AccountRow, GrantRow
from services.officers.readmodel.tables import CaseRow, TaskRow

LOOK_SECONDS = 4.0
"""A role that is gone is out of force within five seconds everywhere, and so is what was claimed in it."""
AT_ONCE = 50
"""Claims that one look ends."""

_TASKS, _CASES = TaskRow.metadata.tables["tasks"].c, CaseRow.metadata.tables["cases"].c
_ACCOUNTS, _GRANTS = AccountRow.metadata.tables["accounts"].c, GrantRow.metadata.tables["grants"].c
_DEPUTIES = DeputyRow.metadata.tables["deputies"].c


class Freeing:
    """Looks again and again."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        while not stop.is_set():
            try:
                await self.round()
            except ServiceError as error:
                logger.warning("freeing of tasks waits", reason=str(error))
            await pause(stop, LOOK_SECONDS)

    async def round(self) -> int:
        """End the claims of those who can do nothing with them; how many were asked for."""
        now = datetime.now(UTC)
        idle = await self._database.look(lambda unit: _idle(unit, now))
        for row in idle:
            await self._free(row, now)
        return len(idle)

    async def _free(self, row: Any, now: datetime) -> None:
        ident = freeing_id(row.task_id, row.claimed_by, row.version)
        ask = Ask(ACCOUNT_KEEPER, ident, "release-task", row.task_id)
        command = ReleaseTask(
            claim=ask.claim(ACCOUNT_KEEPER, now), task_id=row.task_id, of=row.claimed_by, place=row.sequence
        )
        try:
            await self._desk.send(ask, row.kind, self._desk.claimed(command, row.case_id))
        except ServiceError as error:
            # What was given back or done meanwhile needs nothing; what did not arrive will be another time.
            logger.info("a task is not freed", task_id=row.task_id, code=error.code)


def _idle(unit: Unit, now: datetime) -> list[Any]:
    """Open tasks of claimants without a running grant for them. What was given by name needs none."""
    held = select(_GRANTS.role).where(
        _ACCOUNTS.account_id == _GRANTS.account_id,
        _ACCOUNTS.person_id == _TASKS.claimed_by,
        _ACCOUNTS.disabled.is_(False),
        _GRANTS.role == _TASKS.role,
        # What is asked of a nominating unit names none: it is the one that brought the case.
        or_(_TASKS.unit == "", _GRANTS.unit == "", _GRANTS.unit == _TASKS.unit),
        or_(_GRANTS.district == "*", _GRANTS.district == _TASKS.district),
        or_(_GRANTS.until.is_(None), _GRANTS.until > now),
    )
    acting = select(_DEPUTIES.entry_id).where(
        _DEPUTIES.deputy_id == _TASKS.claimed_by, _DEPUTIES.starts <= now, _DEPUTIES.ends > now
    )
    wanted = (
        select(
            _TASKS.task_id, _TASKS.claimed_by, _TASKS.version, _TASKS.case_id, _CASES.kind, _CASES.sequence
        )
        .join_from(
            TaskRow.metadata.tables["tasks"],
            CaseRow.metadata.tables["cases"],
            _CASES.case_id == _TASKS.case_id,
        )
        .where(
            and_(_TASKS.state == "open", _TASKS.claimed_by.is_not(None), _TASKS.named.is_(False)),
            ~held.exists(),
            ~acting.exists(),
        )
        .limit(AT_ONCE)
    )
    return list(unit.execute(wanted))
