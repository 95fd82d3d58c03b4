"""A reader's letters, page by page: newest first, those they took no notice of, or those whose reply is due soonest."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, or_, true, union_all
from sqlalchemy import select as core_select
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from services.kit.db import Database
from services.notices.store.letters import Reader, Shown, readable, ways, with_the_rest
from services.notices.tables import LetterRow, ReaderRow, ReceiptRow


class Show(StrEnum):
    """Which letters of an inbox are wanted."""

    ALL = "all"
    UNRECEIVED = "unreceived"
    """Of which the reader took no notice yet."""
    DUE = "due"
    """Whose reply is still ahead; these come by its due date, the soonest first."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of an inbox: of one case or of all, behind the letter of this position; 0 begins."""

    case_id: str | None = None
    show: Show = Show.ALL
    after: int = 0
    limit: int = 50


class Inbox:
    """What came to whom."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, reader: Reader | None, wanted: Wanted, now: datetime) -> list[Shown]:
        """Letters in the order of `wanted`; only those addressed to `reader` when there is one."""
        query = select(LetterRow).limit(wanted.limit)
        if wanted.case_id is not None:
            query = query.where(col(LetterRow.case_id) == wanted.case_id)
        if reader is not None:
            query = query.where(_addressed(reader, wanted))
        async with self._database.read() as session:
            if wanted.show is Show.DUE:
                last = select(LetterRow.reply_by).where(col(LetterRow.position) == wanted.after)
                ahead = _ahead((await session.exec(last)).first(), wanted.after, now)
                query = query.where(ahead).order_by(col(LetterRow.reply_by), col(LetterRow.position))
            else:
                query = query.where(_before(col(LetterRow.position), wanted.after))
                query = query.order_by(col(LetterRow.position).desc())
            return await with_the_rest(session, (await session.exec(query)).all())


def _addressed(reader: Reader, wanted: Wanted) -> ColumnElement[bool]:
    """Whether the letter at hand is one of the reader's that are wanted."""
    if wanted.case_id is None:
        return col(LetterRow.letter_id).in_(_ids(reader, wanted))
    return and_(readable(reader), _shown(reader, wanted.show, col(LetterRow.letter_id)))


def _ids(reader: Reader, wanted: Wanted) -> Select[tuple[str]]:
    """Ids that hold the reader's next letters: as many from each way as may be needed, read in order from its index.

    In an index there is no due date: of letters by their due dates they are the ids of all.
    """
    columns = (ReaderRow.letter_id, ReaderRow.position)
    parts = [
        select(*columns).where(way, _shown(reader, wanted.show, col(ReaderRow.letter_id)))
        for way in ways(reader)
    ]
    if wanted.show is not Show.DUE:
        parts = [
            part.where(_before(col(ReaderRow.position), wanted.after))
            .order_by(col(ReaderRow.position).desc())
            .limit(wanted.limit)
            for part in parts
        ]
    every = union_all(*(core_select(part.subquery().c.letter_id) for part in parts)).subquery()
    return core_select(every.c.letter_id)


def _shown(reader: Reader, show: Show, letter_id: Mapped[str]) -> ColumnElement[bool]:
    """Whether nothing that the reader did keeps the letter of this id from being shown."""
    if show is not Show.UNRECEIVED:
        return true()
    own = (col(ReceiptRow.letter_id) == letter_id, col(ReceiptRow.person_id).in_(reader.ids))
    return ~exists().where(*own)


def _before(position: Mapped[int], after: int) -> ColumnElement[bool]:
    return position < after if after else true()


def _ahead(last: datetime | None, after: int, now: datetime) -> ColumnElement[bool]:
    """Whether the letter's reply is still ahead, and behind the `last` that was shown, which stood at `after`."""
    reply_by = col(LetterRow.reply_by)
    if last is None:
        return reply_by > now
    behind = or_(reply_by > last, and_(reply_by == last, col(LetterRow.position) > after))
    return and_(reply_by > now, behind)
