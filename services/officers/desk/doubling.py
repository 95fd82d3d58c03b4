"""Finds open cases on which one person acted under two identities, and reports each as a conflict that was found later.

Whoever is above decides (SOD-07); then what rests on those acts is void and done again by others (SOD-08).
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import exists, func, or_, select, union_all, update

from contracts.actor import ACCOUNT_KEEPER
from contracts.catalogue import EVENTS
from contracts.commands.case import ReportConflict
from contracts.names import doubled_id
from contracts.vocabulary import TaskState
from services.kit.db import Database, Unit
from services.kit.errors import ServiceError
from services.kit.logs import logger
from services.kit.rounds import keep_on
from services.officers.desk.ask import Ask
from services.officers.desk.desk import Desk
from services.officers.identity.bonds.tables import MergedRow
from services.officers.readmodel.tables import CaseRow, ConflictRow, EventRow, TaskRow
from services.officers.web.problems import PASSING, RefusedError

LOOK_SECONDS = 4.0
AGAIN = timedelta(minutes=10)
"""After a merge it is looked once more: what was under way when it took force is on the record by then."""
REASON = "one person acted here under two identities, which two people found to be one"

_MERGED = MergedRow.metadata.tables["merged_persons"]
_TASKS, _CASES = TaskRow.metadata.tables["tasks"].c, CaseRow.metadata.tables["cases"].c
_EVENTS, _CONFLICTS = EventRow.metadata.tables["events"].c, ConflictRow.metadata.tables["conflicts"].c
_ACTS = sorted(event.type for event in EVENTS.values() if event.acted)


class Doubling:
    """Looks after each merge."""

    def __init__(self, database: Database, desk: Desk) -> None:
        self._database = database
        self._desk = desk

    async def run(self, stop: asyncio.Event) -> None:
        """Look until `stop` is set."""
        await keep_on(stop, LOOK_SECONDS, self.round, "looking for one person under two identities waits")

    async def round(self) -> int:
        """Report the cases of every merge that is to be looked after; how many were reported."""
        now, reported = datetime.now(UTC), 0
        for merge in await self._database.look(lambda unit: _due(unit, now)):
            cases = await self._database.look(lambda unit, one=merge: _doubled(unit, one))  # type: ignore[misc]
            sent = [await self._report(case, merge.merged_id, now) for case in cases]
            reported += sum(sent)
            if all(sent):
                seen = update(_MERGED).where(_MERGED.c.merged_id == merge.merged_id).values(looked_at=now)
                await self._database.unit(lambda unit, said=seen: unit.execute(said))  # type: ignore[misc]
        return reported

    async def _report(self, case: Any, merged: str, now: datetime) -> bool:
        ask = Ask(ACCOUNT_KEEPER, doubled_id(case.case_id, merged), "report-conflict", case.case_id)
        said = ReportConflict(
            claim=ask.claim(ACCOUNT_KEEPER, now),
            place=case.sequence,
            person_id=merged,
            ground="same-person",
            reason=REASON,
        )
        try:
            await self._desk.send(ask, case.kind, self._desk.claimed(said, case.case_id))
        except ServiceError as error:
            logger.warning(
                "a case with two signatures of one person waits", case_id=case.case_id, code=error.code
            )
            # What a rule refuses was heard: the case has ended, says so already, or is of a kind without signatures.
            return isinstance(error, RefusedError) and error.code not in PASSING
        return True


def _due(unit: Unit, now: datetime) -> list[Any]:
    """Merges after which nobody has looked, or not since everything that was under way must have come."""
    rows = unit.execute(select(_MERGED)).all()
    return [row for row in rows if row.looked_at is None or row.looked_at < row.merged_at + AGAIN <= now]


def _doubled(unit: Unit, merge: Any) -> list[Any]:
    """Open cases on which somebody acted under both ids and of which nobody has said so."""
    ids = (merge.kept_id, merge.merged_id)
    signed = select(_TASKS.case_id.label("case_id"), _TASKS.signed_by.label("person")).where(
        _TASKS.signed_by.in_(ids), _TASKS.state == TaskState.DONE.value
    )
    brought = select(_CASES.case_id, _CASES.brought_by).where(_CASES.brought_by.in_(ids))
    acted = select(_EVENTS.case_id, _EVENTS.person_id).where(
        _EVENTS.person_id.in_(ids), _EVENTS.type.in_(_ACTS)
    )
    acts = union_all(signed, brought, acted).subquery().c
    both = select(acts.case_id).group_by(acts.case_id).having(func.count(acts.person.distinct()) > 1)
    known = exists().where(
        _CONFLICTS.case_id == _CASES.case_id, or_(*(_CONFLICTS.person_id == one for one in ids))
    )
    wanted = select(_CASES.case_id, _CASES.kind, _CASES.sequence).where(
        _CASES.case_id.in_(both), _CASES.ended_at.is_(None), ~known
    )
    return list(unit.execute(wanted.order_by(_CASES.case_id)))
