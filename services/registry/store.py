"""The way to the registry's tables: read the record, add to it. Nothing here changes or removes a row."""

import json
from collections.abc import AsyncIterator, Iterable, Sequence

from sqlalchemy import func, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import NO_DIGEST
from contracts.envelope import Refusal
from services.kit.db import Database, add_rows
from services.kit.statements import hold, insert_new, run
from services.registry.intake import GAP, Head, Intake, Parcel, Parked, Recorded, needed, parked
from services.registry.ledger import Entry
from services.registry.tables import EntryRow, ParkedRow

LOCK = 0x71785F7265636F72
"""Key under which one process at a time gives out indexes."""

PAGE = 250
"""Entries read at a time when the whole record is walked: few enough to leave the process responsive."""

_RECORDED = {
    "sqlite": text(
        "SELECT e.event_id, e.entry_index, e.digest FROM json_each(:places) p CROSS JOIN entries e "
        "ON e.case_id = json_extract(p.value, '$[0]') AND e.sequence = json_extract(p.value, '$[1]')"
    ),
    "postgresql": text(
        "SELECT e.event_id, e.entry_index, e.digest "
        "FROM unnest(CAST(:cases AS text[]), CAST(:sequences AS bigint[])) AS place (case_id, sequence) "
        "JOIN entries e USING (case_id, sequence)"
    ),
}


class Store:
    """The record in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, parcels: list[Parcel], unreadable: Sequence[Parked]) -> list[Recorded | Refusal]:
        """Record what follows, keep what contradicts, in one transaction; an answer per parcel.

        A gap is answered and not kept: only the caller knows whether the predecessor may still be on its way.
        When this returns, everything a receipt speaks of is committed. Raises UnavailableError when the
        database does not answer: whether the batch was committed is then unknown, and it is appended again.
        """
        async with self._database.write() as session:
            # Indexes have no gap: whoever gives them out is alone until the commit.
            await hold(session, LOCK)
            head = await self._head(session)
            intake = Intake(head, await self._recorded(session, needed(parcels)))
            answers = intake.judge_all(parcels)
            if intake.entries:
                await add_rows(session, "entries", Entry._fields, intake.entries)
            answers = await self._expectations(session, parcels, answers)
            refused = [
                parked(parcel, answer)
                for parcel, answer in zip(parcels, answers, strict=True)
                if isinstance(answer, Refusal) and answer.code != GAP
            ]
            await self._keep(session, [*unreadable, *refused])
        return answers

    async def keep(self, refused: Sequence[Parked]) -> None:
        """Keep what was refused after its batch was written. Kept again, it changes nothing."""
        async with self._database.write() as session:
            await self._keep(session, refused)

    async def head(self) -> Head:
        """Where the record stands."""
        async with self._database.read() as session:
            return await self._head(session)

    async def entry(self, index: int) -> Entry | None:
        """One entry, or None when the record is not that long."""
        async with self._database.read() as session:
            row = await session.get(EntryRow, index)
        return None if row is None else _entry(row)

    async def entries(self, *, case_id: str | None, after: int, limit: int) -> list[Entry]:
        """Entries with an index above `after`, of one case or of all, in order."""
        query = select(EntryRow).where(col(EntryRow.entry_index) > after)
        if case_id is not None:
            query = query.where(col(EntryRow.case_id) == case_id)
        async with self._database.read() as session:
            rows = (await session.exec(query.order_by(col(EntryRow.entry_index)).limit(limit))).all()
        return [_entry(row) for row in rows]

    async def digests(self, ids: list[str]) -> dict[str, str]:
        """The digest under which each of these events is recorded; an event that is not is left out."""
        places = []
        for one in ids:
            case, _, sequence = one.rpartition(".")
            if case and sequence.isascii() and sequence.isdigit() and len(sequence) < 16:
                places.append((case, int(sequence)))
        async with self._database.read() as session:
            found = await self._recorded(session, places)
        return {one: found[one].digest for one in ids if one in found}

    async def parked(self, *, after: int, limit: int) -> list[tuple[int, Parked]]:
        """What was not recorded, with its number, in the order in which it came."""
        query = (
            select(ParkedRow)
            .where(col(ParkedRow.number) > after)
            .order_by(col(ParkedRow.number))
            .limit(limit)
        )
        async with self._database.read() as session:
            rows = (await session.exec(query)).all()
        return [(row.number or 0, _parked(row)) for row in rows]

    async def walk(self) -> AsyncIterator[Entry]:
        """Every entry in order of index. Nothing is skipped, so a hole shows in the indexes."""
        last = -1
        while page := await self.entries(case_id=None, after=last, limit=PAGE):
            for entry in page:
                yield entry
            last = page[-1].entry_index

    async def _head(self, session: AsyncSession) -> Head:
        query = (
            select(EntryRow.entry_index, EntryRow.entry_hash)
            .order_by(col(EntryRow.entry_index).desc())
            .limit(1)
        )
        last = (await session.exec(query)).first()
        return Head(0, NO_DIGEST) if last is None else Head(last[0] + 1, last[1])

    async def _recorded(self, session: AsyncSession, places: list[tuple[str, int]]) -> dict[str, Recorded]:
        if not places:
            return {}
        given: dict[str, object]
        if self._database.dialect == "sqlite":
            given = {"places": json.dumps(places)}
        else:
            given = {"cases": [case for case, _ in places], "sequences": [number for _, number in places]}
        rows = await run(session, _RECORDED[self._database.dialect], given)
        return {row[0]: Recorded._make(row) for row in rows}

    async def _expectations(
        self, session: AsyncSession, parcels: list[Parcel], answers: list[Recorded | Refusal]
    ) -> list[Recorded | Refusal]:
        cases = {
            parcel.envelope.case_id
            for parcel, answer in zip(parcels, answers, strict=True)
            if isinstance(answer, Refusal) and answer.code == GAP
        }
        if not cases:
            return answers
        query = select(EntryRow.case_id, func.max(EntryRow.sequence)).where(col(EntryRow.case_id).in_(cases))
        last = dict((await session.exec(query.group_by(EntryRow.case_id))).all())
        return [
            answer.model_copy(update={"expected_sequence": last.get(parcel.envelope.case_id, 0) + 1})
            if isinstance(answer, Refusal) and answer.code == GAP
            else answer
            for parcel, answer in zip(parcels, answers, strict=True)
        ]

    async def _keep(self, session: AsyncSession, refused: Iterable[Parked]) -> None:
        rows = [{name: getattr(one, name) for name in Parked.__slots__} for one in refused]
        await insert_new(session, ParkedRow, rows)


def _entry(row: EntryRow) -> Entry:
    return Entry._make(getattr(row, name) for name in Entry._fields)


def _parked(row: ParkedRow) -> Parked:
    return Parked(**row.model_dump(exclude={"number"}))
