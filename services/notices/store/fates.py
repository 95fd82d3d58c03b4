"""What cases are to be told of letters whose mail died: that one waits to be served, and later that it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, not_, or_, update
from sqlmodel import col, select

from services.kit.db import Database, Session
from services.kit.statements import run
from services.notices.letters import Kind
from services.notices.store.serving import dead, unserved
from services.notices.tables import DeliveryRow, LetterRow, ReceiptRow, ServiceRow


class Fate(StrEnum):
    """What became of a letter that mail did not bring."""

    UNDELIVERED = "undelivered"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Untold:
    """A letter of whose fate its case does not know. `at` and what follows say how it reached its person after all."""

    letter: LetterRow
    fate: Fate
    at: datetime | None = None
    how: str | None = None
    document_digest: str | None = None


class Fates:
    """The letters whose cases wait for a word, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def untold(self, after: int, limit: int) -> list[Untold]:
        """Letters to persons, in order of issue, those after a position; a reminder is none: what it reminds of came
        in another letter.

        Of a letter that reached its person before its case was told anything there is nothing to tell.
        """
        query = (
            select(LetterRow, DeliveryRow.told)
            .where(col(DeliveryRow.letter_id) == col(LetterRow.letter_id), dead(), _waits())
            .where(col(LetterRow.kind) == Kind.PERSON.value, col(LetterRow.reminds).is_(False))
            .where(col(LetterRow.position) > after)
            .order_by(col(LetterRow.position))
            .limit(limit)
        )
        async with self._database.read() as session:
            found = (await session.exec(query)).all()
            reached = await _reached(session, [row.letter_id for row, told in found if told])
        return [reached[row.letter_id] if told else Untold(row, Fate.UNDELIVERED) for row, told in found]

    async def told(self, ident: str, fate: Fate) -> None:
        """The letter's case knows this of it. A word that comes late takes no later one back."""
        before = ("",) if fate is Fate.UNDELIVERED else ("", Fate.UNDELIVERED)
        async with self._database.write() as session:
            await run(
                session,
                update(DeliveryRow)
                .where(col(DeliveryRow.letter_id) == ident, dead(), col(DeliveryRow.told).in_(before))
                .values(told=fate),
            )


def _waits() -> ColumnElement[bool]:
    untold, lost = col(DeliveryRow.told) == "", col(DeliveryRow.told) == Fate.UNDELIVERED
    return or_(and_(untold, unserved()), and_(lost, not_(unserved())))


async def _reached(session: Session, letters: Sequence[str]) -> dict[str, Untold]:
    """How these letters reached their persons: by the proof of who served them, else by what the person said first."""
    rows = (await session.exec(select(LetterRow).where(col(LetterRow.letter_id).in_(letters)))).all()
    receipts = select(ReceiptRow).where(col(ReceiptRow.letter_id).in_(letters))
    services = select(ServiceRow).where(col(ServiceRow.letter_id).in_(letters))
    read = {
        one.letter_id: one.at
        for one in (await session.exec(receipts.order_by(col(ReceiptRow.at).desc()))).all()
    }
    served = {one.letter_id: one for one in (await session.exec(services)).all()}
    found: dict[str, Untold] = {}
    for row in rows:
        proof = served.get(row.letter_id)
        found[row.letter_id] = (
            Untold(row, Fate.DELIVERED, read[row.letter_id])
            if proof is None
            else Untold(row, Fate.DELIVERED, proof.at, proof.how, proof.document_digest)
        )
    return found
