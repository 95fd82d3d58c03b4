"""Read letters: by id, on public show; who reads which; and take proof of service."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.vocabulary import DeliveryChannel, DeliveryState
from services.kit.db import Database
from services.kit.statements import insert_new, run
from services.notices.letters import Kind
from services.notices.tables import DeliveryRow, LetterRow, ReaderRow, ReceiptRow, ServiceRow

EVERYWHERE = "*"
"""In a grant: every district."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that a reader holds, for a unit or none, in a district or everywhere."""

    role: str
    unit: str
    district: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads letters: a person under every id, and their grants. Nobody in particular reads nothing."""

    ids: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()
    not_cases: tuple[str, ...] = ()
    """Cases of which they see the number only: no letter about one reaches them in a role."""


@dataclass
class Shown:
    """A letter with who may read it, how it travelled, and who took notice of it."""

    letter: LetterRow
    readers: list[ReaderRow] = field(default_factory=list)
    deliveries: list[DeliveryRow] = field(default_factory=list)
    receipts: list[ReceiptRow] = field(default_factory=list)
    service: ServiceRow | None = None


class Letters:
    """The letters in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def one(self, ident: str, reader: Reader | None) -> Shown | None:
        """A letter, or None when there is none that this reader may see."""
        query = select(LetterRow).where(col(LetterRow.letter_id) == ident)
        if reader is not None:
            query = query.where(readable(reader))
        async with self._database.read() as session:
            rows = (await session.exec(query)).all()
            return (await with_the_rest(session, rows))[0] if rows else None

    async def on_show(self, now: datetime, after: int, limit: int) -> list[LetterRow]:
        """Public notices whose names are to be seen now."""
        query = select(LetterRow).where(_on_show(now), col(LetterRow.position) > after)
        async with self._database.read() as session:
            return list((await session.exec(query.order_by(col(LetterRow.position)).limit(limit))).all())

    async def shown(self, ident: str, now: datetime) -> LetterRow | None:
        """The public notice of this id, when its names are to be seen now."""
        query = select(LetterRow).where(col(LetterRow.letter_id) == ident, _on_show(now))
        async with self._database.read() as session:
            return (await session.exec(query)).first()

    async def receive(self, ident: str, person_id: str, at: datetime) -> ReceiptRow:
        """Keep that a person took notice; the first instant stays. What is handed over is then delivered."""
        async with self._database.write() as session:
            row = {"letter_id": ident, "person_id": person_id, "at": at}
            await insert_new(session, ReceiptRow, [row])
            await run(
                session,
                update(DeliveryRow)
                .where(col(DeliveryRow.letter_id) == ident, col(DeliveryRow.channel) == DeliveryChannel.HAND)
                .where(col(DeliveryRow.state) == DeliveryState.PENDING)
                .values(state=DeliveryState.SENT, next_attempt_at=None, settled_at=at),
            )
            return await session.get_one(ReceiptRow, (ident, person_id))

    async def by_type(self) -> dict[str, int]:
        """How many letters there are of each type: one to several addressees on one occasion is one (§8.8.14)."""
        keys = select(LetterRow.type, LetterRow.event_id).distinct().subquery()
        query = select(keys.c.type, func.count()).group_by(keys.c.type)
        async with self._database.read() as session:
            return dict((await session.exec(query)).all())


def ways(reader: Reader) -> list[ColumnElement[bool]]:
    """Each way in which a letter may be addressed to the reader; each is one stretch of an index."""
    ways = [col(ReaderRow.person_id) == ident for ident in reader.ids]
    kept_from = [_of_other_cases(reader.not_cases)] if reader.not_cases else []
    for grant in reader.grants:
        for unit in sorted({"", grant.unit}):
            way = [col(ReaderRow.role) == grant.role, col(ReaderRow.unit) == unit, *kept_from]
            if grant.district != EVERYWHERE:
                way.append(col(ReaderRow.district) == grant.district)
            ways.append(and_(*way))
    return ways or [false()]


def _of_other_cases(case_ids: Sequence[str]) -> ColumnElement[bool]:
    """Whether the letter at hand is about none of these cases."""
    theirs = select(LetterRow.letter_id).where(col(LetterRow.case_id).in_(case_ids))
    return col(ReaderRow.letter_id).not_in(theirs)


def _on_show(now: datetime) -> ColumnElement[bool]:
    """Whether the letter at hand is a public notice whose names are to be seen at this instant."""
    return and_(
        col(LetterRow.kind) == Kind.PUBLIC.value,
        or_(col(LetterRow.off_show_at).is_(None), col(LetterRow.off_show_at) > now),
        or_(col(LetterRow.window_end).is_(None), col(LetterRow.window_end) > now),
    )


def readable(reader: Reader) -> ColumnElement[bool]:
    """Whether the letter at hand is addressed to the reader."""
    return exists().where(col(ReaderRow.letter_id) == col(LetterRow.letter_id), or_(*ways(reader)))


async def with_the_rest(session: AsyncSession, rows: Sequence[LetterRow]) -> list[Shown]:
    """The letters in this order, each with its readers, its ways, its receipts."""
    shown = {row.letter_id: Shown(row) for row in rows}
    readers = await session.exec(select(ReaderRow).where(col(ReaderRow.letter_id).in_(shown)))
    for reader in readers:
        shown[reader.letter_id].readers.append(reader)
    deliveries = await session.exec(select(DeliveryRow).where(col(DeliveryRow.letter_id).in_(shown)))
    for delivery in deliveries:
        shown[delivery.letter_id].deliveries.append(delivery)
    receipts = await session.exec(select(ReceiptRow).where(col(ReceiptRow.letter_id).in_(shown)))
    for receipt in receipts:
        shown[receipt.letter_id].receipts.append(receipt)
    for service in await session.exec(select(ServiceRow).where(col(ServiceRow.letter_id).in_(shown))):
        shown[service.letter_id].service = service
    return list(shown.values())
