"""Letters that mail did not bring to their person, and the proof that somebody served them by hand (送达回证)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, true
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from contracts.minutes import minute_of
from contracts.vocabulary import DeliveryChannel
from contracts.vocabulary import DeliveryState as State
from services.kit.db import Database
from services.kit.statements import insert_new
from services.notices.letters import Kind
from services.notices.store.letters import EVERYWHERE
from services.notices.tables import DeliveryRow, LetterRow, ReaderRow, ReceiptRow, ServiceRow


@dataclass(frozen=True, slots=True)
class Server:
    """Who serves letters by hand: in which districts, and which cases are not theirs to know of."""

    person_id: str
    also: tuple[str, ...]
    """Other ids of the same person."""
    districts: tuple[str, ...]
    not_cases: tuple[str, ...] = ()


class Serving:
    """The letters that wait to be served, in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def undelivered(
        self, server: Server, after: int, limit: int
    ) -> list[tuple[LetterRow, DeliveryRow]]:
        """Letters above a position that nobody brought to their person yet, each with the mail that died."""
        query = (
            select(LetterRow, DeliveryRow)
            .where(col(DeliveryRow.letter_id) == col(LetterRow.letter_id), dead())
            .where(col(LetterRow.position) > after, unserved(), _theirs(server))
            .order_by(col(LetterRow.position))
            .limit(limit)
        )
        async with self._database.read() as session:
            return list((await session.exec(query)).all())

    async def is_theirs(self, server: Server, ident: str) -> bool:
        """Whether the letter is this server's to serve by hand, or was."""
        async with self._database.read() as session:
            return (await session.exec(_to_be_served(server, ident))).first() is not None

    async def waiting(self, server: Server, ident: str) -> LetterRow | None:
        """The letter that is this server's to serve by hand, as long as nobody has; None for any other."""
        async with self._database.read() as session:
            return (await session.exec(_to_be_served(server, ident).where(unserved()))).first()

    async def unprintable(self, server: Server, after: int, limit: int) -> list[LetterRow]:
        """Letters above a position of which no paper could be made when they were issued.

        None to a reporter: that there is one is T4, and a sign of the name would tell who. Whoever checks reports reads
        it as text.
        """
        told = col(LetterRow.kind) != Kind.REPORTER.value
        query = (
            select(LetterRow)
            .where(col(LetterRow.printable).is_(False), told, _of_theirs(server))
            .where(col(LetterRow.position) > after)
            .order_by(col(LetterRow.position))
            .limit(limit)
        )
        async with self._database.read() as session:
            return list((await session.exec(query)).all())

    async def serve(
        self, server: Server, ident: str, at: datetime, how: str, paper: str
    ) -> ServiceRow | None:
        """Keep that the letter was served; what was said first stays. None for a letter that is not theirs to serve.

        Raises ValueError for an instant before the letter was issued.
        """
        async with self._database.write() as session:
            letter = (await session.exec(_to_be_served(server, ident))).first()
            if letter is None:
                return None
            if at < minute_of(letter.issued_at):
                raise ValueError("a letter is served after it was issued")
            row = {"letter_id": ident, "by": server.person_id, "at": at, "how": how, "document_digest": paper}
            await insert_new(session, ServiceRow, [row])
            return await session.get_one(ServiceRow, ident)


def _to_be_served(server: Server, ident: str) -> SelectOfScalar[LetterRow]:
    """The letter, when its mail died and it is theirs."""
    died = exists().where(col(DeliveryRow.letter_id) == ident, dead())
    return select(LetterRow).where(col(LetterRow.letter_id) == ident, _theirs(server), died)


def unserved() -> ColumnElement[bool]:
    """Whether nobody took notice of the letter at hand and nobody served it."""
    took = exists().where(col(ReceiptRow.letter_id) == col(LetterRow.letter_id))
    served = exists().where(col(ServiceRow.letter_id) == col(LetterRow.letter_id))
    return and_(~took, ~served)


def dead() -> ColumnElement[bool]:
    """Whether the delivery at hand is a mail that was given up."""
    return and_(col(DeliveryRow.channel) == DeliveryChannel.SMTP, col(DeliveryRow.state) == State.DEAD)


def _theirs(server: Server) -> ColumnElement[bool]:
    """Letters to persons, in the districts of the one who serves, and none to themselves."""
    to_themselves = exists().where(
        col(ReaderRow.letter_id) == col(LetterRow.letter_id),
        col(ReaderRow.person_id).in_((server.person_id, *server.also)),
    )
    return and_(col(LetterRow.kind) == Kind.PERSON.value, _of_theirs(server), ~to_themselves)


def _of_theirs(server: Server) -> ColumnElement[bool]:
    """Letters of the districts and cases of the one who serves."""
    everywhere = EVERYWHERE in server.districts
    return and_(
        or_(true() if everywhere else col(LetterRow.district).in_(server.districts)),
        col(LetterRow.case_id).not_in(server.not_cases),
    )


def must_be_served(kind: str, deliveries: Sequence[DeliveryRow], proofs: int) -> bool:
    """Whether a letter waits to be served by hand: its deadline runs against somebody who may not know of it."""
    died = any((one.channel, one.state) == (DeliveryChannel.SMTP, State.DEAD) for one in deliveries)
    return kind == Kind.PERSON.value and died and proofs == 0
