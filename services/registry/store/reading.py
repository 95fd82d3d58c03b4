"""Read the record, and what was refused."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Select
from sqlmodel import col, select

from services.kit.db import Database
from services.registry.attempts import Attempted
from services.registry.intake import Head
from services.registry.ledger import Entry, Line, StepMark
from services.registry.store.statements import head
from services.registry.tables import AttemptRow, EntryRow, StepRow

PAGE = 250
"""Entries read at a time when the whole record is walked: few enough to leave the process responsive."""

_ENTRIES = EntryRow.metadata.tables["entries"]
_STEPS = StepRow.metadata.tables["steps"]
_ENDS_THERE = (_STEPS.c.case_id == _ENTRIES.c.case_id) & (_STEPS.c.until == _ENTRIES.c.sequence)
_LINES: Select[Any] = (
    select(*_ENTRIES.c, *_STEPS.c).outerjoin(_STEPS, _ENDS_THERE).order_by(_ENTRIES.c.entry_index)
)


class Reading:
    """The record as it is stored."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def head(self) -> Head:
        """Where the record stands."""
        return await self._database.look(head)

    async def entry(self, index: int) -> Line | None:
        """One entry, or None when the record is not that long."""
        found = await self._lines(_LINES.where(_ENTRIES.c.entry_index == index))
        return found[0] if found else None

    async def entries(self, *, case_id: str | None, after: int, limit: int) -> list[Line]:
        """Entries with an index above `after`, of one case or of all, in order."""
        query = _LINES.where(_ENTRIES.c.entry_index > after).limit(limit)
        if case_id is not None:
            query = query.where(_ENTRIES.c.case_id == case_id)
        return await self._lines(query)

    async def newest(self, case_id: str) -> Line | None:
        """The last entry of a case, or None when it has none."""
        query = select(*_ENTRIES.c, *_STEPS.c).outerjoin(_STEPS, _ENDS_THERE)
        last = query.where(_ENTRIES.c.case_id == case_id).order_by(_ENTRIES.c.sequence.desc()).limit(1)
        found = await self._lines(last)
        return found[0] if found else None

    async def attempts(self, *, after: int, limit: int) -> list[tuple[int, Attempted]]:
        """What was refused, with its number, in the order in which it came."""
        number = col(AttemptRow.number)
        query = select(AttemptRow).where(number > after).order_by(number).limit(limit)
        async with self._database.read() as session:
            rows = (await session.exec(query)).all()
        return [(row.number or 0, Attempted(**row.model_dump(exclude={"number"}))) for row in rows]

    async def walk(self) -> AsyncIterator[Line]:
        """Every entry in order of index. Nothing is skipped, so a hole shows in the indexes."""
        last = -1
        while page := await self.entries(case_id=None, after=last, limit=PAGE):
            for line in page:
                yield line
            last = page[-1].entry.entry_index

    async def loose_marks(self) -> list[StepMark]:
        """Marks of steps for which no entry stands there: the first found, if there is any."""
        query = select(*_STEPS.c).outerjoin(_ENTRIES, _ENDS_THERE).where(_ENTRIES.c.entry_index.is_(None))
        async with self._database.read() as session:
            return [StepMark._make(row) for row in (await session.exec(query.limit(1))).all()]

    async def _lines(self, query: Select[Any]) -> list[Line]:
        async with self._database.read() as session:
            return [_line(row) for row in await (await session.connection()).execute(query)]


def _line(row: Any) -> Line:
    mark = tuple(row[len(Entry._fields) :])
    return Line(Entry._make(row[: len(Entry._fields)]), None if mark[0] is None else StepMark._make(mark))
