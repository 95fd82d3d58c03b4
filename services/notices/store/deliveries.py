"""Mail deliveries: which are due, who has claimed one, how each ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, select

from contracts.vocabulary import DeliveryChannel
from contracts.vocabulary import DeliveryState as State
from services.kit.db import Database, Session
from services.kit.statements import insert_new, run
from services.notices.letters import Kind
from services.notices.tables import DeliveryRow, LetterRow

SMTP = DeliveryChannel.SMTP
TRYABLE = (State.PENDING, State.FAILED, State.SENDING)
"""`sending` whose lease ran out: its sender died between sending and saying so."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A claimed delivery with its letter's sealed content."""

    letter_id: str
    message_id: str
    attempts: int
    """Tries so far, this one included."""
    issued_at: datetime
    sealed: dict[str, Any]


class Deliveries:
    """The mail queue in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, lease: timedelta) -> Mail | None:
        """Claim the delivery that is due longest, or None. Of two claimers one gets it."""
        due = (
            select(DeliveryRow.letter_id)
            .where(col(DeliveryRow.channel) == SMTP, col(DeliveryRow.state).in_(TRYABLE))
            .where(col(DeliveryRow.next_attempt_at) <= now)
            .order_by(col(DeliveryRow.next_attempt_at))
            .limit(1)
        )
        async with self._database.write() as session:
            letter_id = (await session.exec(due.with_for_update(skip_locked=True))).first()
            if letter_id is None:
                return None
            delivery = await session.get_one(DeliveryRow, (letter_id, SMTP))
            letter = await session.get_one(LetterRow, letter_id)
            delivery.state = State.SENDING
            delivery.attempts += 1
            delivery.next_attempt_at = now + lease
            return Mail(letter_id, delivery.message_id, delivery.attempts, letter.issued_at, letter.sealed)

    async def waiting(self, now: datetime) -> bool:
        """Whether anything is due; a read, so that an idle mailer takes no write lock."""
        query = (
            select(DeliveryRow.letter_id)
            .where(col(DeliveryRow.channel) == SMTP, col(DeliveryRow.state).in_(TRYABLE))
            .where(col(DeliveryRow.next_attempt_at) <= now)
            .limit(1)
        )
        async with self._database.read() as session:
            return (await session.exec(query)).first() is not None

    async def sent(self, mail: Mail, now: datetime) -> None:
        """The server took it."""
        await self._set(mail, state=State.SENT, next_attempt_at=None, last_error="", settled_at=now)

    async def failed(self, mail: Mail, error: str, next_attempt_at: datetime) -> None:
        """This try failed; another follows."""
        await self._set(mail, state=State.FAILED, next_attempt_at=next_attempt_at, last_error=error)

    async def dead(self, mail: Mail, error: str, now: datetime) -> None:
        """Given up. A letter to a person waits to be served (serving.py); of anybody else whoever may read it hands
        it over, as if there had been no address.
        """
        async with self._database.write() as session:
            await _set(
                session, mail, state=State.DEAD, next_attempt_at=None, last_error=error, settled_at=now
            )
            letter = await session.get_one(LetterRow, mail.letter_id)
            if letter.kind != Kind.PERSON.value:
                await insert_new(session, DeliveryRow, [_by_hand(mail.letter_id)])

    async def _set(self, mail: Mail, **values: object) -> None:
        async with self._database.write() as session:
            await _set(session, mail, **values)

    async def figures(self) -> dict[str, dict[str, int]]:
        """How many deliveries are in which state, per channel."""
        query = select(DeliveryRow.channel, DeliveryRow.state, func.count()).group_by(
            col(DeliveryRow.channel), col(DeliveryRow.state)
        )
        async with self._database.read() as session:
            rows = (await session.exec(query)).all()
        found: dict[str, dict[str, int]] = {}
        for channel, state, count in rows:
            found.setdefault(channel, {})[state] = count
        return found


async def _set(session: Session, mail: Mail, **values: object) -> None:
    await run(
        session,
        update(DeliveryRow)
        .where(col(DeliveryRow.letter_id) == mail.letter_id, col(DeliveryRow.channel) == SMTP)
        # A slow sender whose lease ran out must not overwrite what the next one found.
        .where(col(DeliveryRow.attempts) == mail.attempts)
        .values(**values),
    )


def _by_hand(letter_id: str) -> dict[str, Any]:
    return {
        "letter_id": letter_id,
        "channel": DeliveryChannel.HAND,
        "state": State.PENDING,
        "attempts": 0,
        "next_attempt_at": None,
        "last_error": "",
        "message_id": "",
        "settled_at": None,
        "told": "",
    }
