"""One unit of work over the cases of a batch: what was known before it, and what is stored after it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import delete, insert, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import NO_DIGEST
from services.notices.letters import Kind
from services.notices.tables import (
    CounterRow,
    DeliveryRow,
    FileRow,
    InboxRow,
    LetterRow,
    ParkedRow,
    ReaderRow,
)

LOCK = 0x71785F6E6F746963
"""Key of the advisory lock under which numbers are given out on PostgreSQL; SQLite has one writer anyway."""

Row: TypeAlias = dict[str, Any]
"""Columns and values of a row to be added. Plain: an object per row would double what a letter costs."""


@dataclass(frozen=True, slots=True)
class Known:
    """How far a case is, and its sealed file; sequence 0 before its first event."""

    sequence: int = 0
    digest: str = NO_DIGEST
    sealed: dict[str, Any] | None = None


@dataclass
class Casework:
    """What is known of the batch's cases, and the rows that its events add. Nothing is stored before `save`."""

    known: dict[str, Known]
    parked: dict[str, str]
    """Why each event that is set aside is, by event id."""
    letters: set[str]
    """Ids of the letters that the cases have."""
    counters: dict[str, int]
    files: dict[str, Row] = field(default_factory=dict)
    inbox: list[Row] = field(default_factory=list)
    written: list[Row] = field(default_factory=list)
    readers: list[Row] = field(default_factory=list)
    deliveries: list[Row] = field(default_factory=list)
    keep: dict[str, Row] = field(default_factory=dict)
    """Events to set aside, by id."""
    applied: dict[str, int] = field(default_factory=dict)
    """How far each case is now: what was set aside up to there is not waiting any more."""
    off_show: list[tuple[str, int, Any]] = field(default_factory=list)
    """Case, position below which its public notices end, and since when."""


async def load(session: AsyncSession, cases: Collection[str]) -> Casework:
    """Take the writers' lock and read what is known. Until the commit nobody else gives out a number."""
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    files = (await session.exec(select(FileRow).where(col(FileRow.case_id).in_(cases)))).all()
    aside = (await session.exec(select(ParkedRow).where(col(ParkedRow.case_id).in_(cases)))).all()
    letters = await session.exec(select(LetterRow.letter_id).where(col(LetterRow.case_id).in_(cases)))
    counters = (await session.exec(select(CounterRow))).all()
    return Casework(
        known={row.case_id: Known(row.sequence, row.digest, row.sealed) for row in files},
        parked={row.event_id: row.reason for row in aside},
        letters=set(letters.all()),
        counters={row.name: row.last for row in counters},
    )


async def save(session: AsyncSession, work: Casework) -> None:
    """Store everything, in the session's transaction. A repeated event or letter breaks a constraint."""
    connection = await session.connection()
    for table, rows in (
        (InboxRow, work.inbox),
        (LetterRow, work.written),
        (ReaderRow, work.readers),
        (DeliveryRow, work.deliveries),
    ):
        if rows:
            await connection.execute(insert(table), rows)
    await _put(connection, FileRow, "case_id", list(work.files.values()))
    counters = [Row(name=name, last=last) for name, last in work.counters.items()]
    await _put(connection, CounterRow, "name", counters)
    await _put(connection, ParkedRow, "event_id", list(work.keep.values()))
    if work.parked:
        for case_id, sequence in work.applied.items():
            of_case = col(ParkedRow.case_id) == case_id
            await connection.execute(delete(ParkedRow).where(of_case, col(ParkedRow.sequence) <= sequence))
    for case_id, position, at in work.off_show:
        await connection.execute(
            update(LetterRow)
            .where(col(LetterRow.case_id) == case_id, col(LetterRow.kind) == Kind.PUBLIC.value)
            .where(col(LetterRow.position) < position, col(LetterRow.off_show_at).is_(None))
            .values(off_show_at=at)
        )


async def _put(connection: AsyncConnection, table: type[SQLModel], key: str, rows: list[Row]) -> None:
    """Insert the rows, or replace those that are there under the same key."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    others = {name: statement.excluded[name] for name in rows[0] if name != key}
    await connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=others), rows)
