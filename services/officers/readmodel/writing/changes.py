"""Bring a batch of changes into the tables: new rows at once, then what changed in old ones."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.envelope import Envelope
from services.kit.statements import insert_new, run
from services.officers.readmodel import positions
from services.officers.readmodel.tables import (
    BatchRow,
    CaseRow,
    ConflictRow,
    EventRow,
    ParkedRow,
    TaskRow,
)
from services.officers.readmodel.writing.projection import Change, Target

_TABLES: Mapping[Target, tuple[Table, str]] = {
    Target.BATCH: (BatchRow.metadata.tables["batches"], "batch_id"),
    Target.CASE: (CaseRow.metadata.tables["cases"], "case_id"),
    Target.TASK: (TaskRow.metadata.tables["tasks"], "task_id"),
}

LOCK = 0x71785F6F66666963
"""Key under which one process at a time projects: positions are read, then moved."""

_EVENTS = EventRow.metadata.tables["events"]
_PARKED = ParkedRow.metadata.tables["parked"]
_UNPARK = delete(_PARKED).where(
    _PARKED.c.case_id == bindparam("of_case"), _PARKED.c.sequence <= bindparam("up_to")
)


async def apply(
    session: AsyncSession,
    envelopes: Sequence[Envelope],
    made: Iterable[Change],
    moved: Mapping[str, int],
) -> None:
    """Store the events, what they change, and the new positions. The caller commits."""
    if not envelopes:
        return
    await run(session, insert(_EVENTS), [_event(envelope) for envelope in envelopes])
    await apply_changes(session, made)
    await positions.move(session, moved)


async def apply_changes(session: AsyncSession, made: Iterable[Change]) -> None:
    """Bring changes into batches, cases, tasks and conflicts: new rows together, then each changed row once."""
    fresh: dict[tuple[Target, str], dict[str, Any]] = {}
    changed: dict[tuple[Target, str], dict[str, Any]] = {}
    for change in made:
        place = (change.target, change.key)
        if change.new:
            fresh[place] = dict(change.values)
        else:
            # What changes in this batch for one row is written once.
            (fresh if place in fresh else changed).setdefault(place, {}).update(change.values)
    conflicts = [values for (target, _), values in fresh.items() if target is Target.CONFLICT]
    await insert_new(session, ConflictRow, conflicts)
    for target, (table, name) in _TABLES.items():
        rows = [{name: key, **values} for (kind, key), values in fresh.items() if kind is target]
        for group in _alike(rows):
            await run(session, insert(table), group)
    for (target, key), values in changed.items():
        table, name = _TABLES[target]
        await run(session, update(table).where(table.c[name] == key).values(values))


async def park(session: AsyncSession, envelopes: Sequence[tuple[Envelope, str]]) -> None:
    """Keep events that cannot be applied yet, each with the reason."""
    rows = [
        {
            "case_id": envelope.case_id,
            "sequence": envelope.sequence,
            "reason": reason,
            "body": envelope.model_dump(mode="json"),
        }
        for envelope, reason in envelopes
    ]
    await insert_new(session, ParkedRow, rows)


async def unpark(session: AsyncSession, moved: Mapping[str, int]) -> None:
    """Forget what was parked and has been applied since."""
    if moved:
        rows = [{"of_case": case_id, "up_to": sequence} for case_id, sequence in moved.items()]
        await run(session, _UNPARK, rows)


async def parked_cases(session: AsyncSession, limit: int) -> list[str]:
    """Cases that wait for an event."""
    wanted = select(ParkedRow.case_id).distinct().order_by(ParkedRow.case_id).limit(limit)
    return list(await session.exec(wanted))


def _alike(rows: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Rows with the same columns together: one statement takes only such."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(sorted(row)), []).append(row)
    return list(groups.values())


def _event(envelope: Envelope) -> dict[str, Any]:
    return {
        "case_id": envelope.case_id,
        "sequence": envelope.sequence,
        "event_id": envelope.id,
        "type": envelope.type,
        "version": envelope.version,
        "at": envelope.at,
        "role": envelope.actor.role,
        "person_id": envelope.actor.person_id,
        "account_id": envelope.actor.account_id,
        "command_id": envelope.command_id,
        "policy": envelope.policy,
        "payload": envelope.payload,
        "sealed": None if envelope.sealed is None else envelope.sealed.model_dump(),
    }
