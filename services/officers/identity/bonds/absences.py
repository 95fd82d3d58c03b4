"""The register of the absent: dated, entered by the person or for them, over with its time or when the person is back.

Whoever stands in it is given nothing, and what they have claimed goes to the next by itself.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlmodel import col
from sqlmodel import select as rows

from contracts.policy.model import Text
from services.kit.db import Session
from services.officers.identity import store as people
from services.officers.identity.bonds.tables import AbsenceRow
from services.officers.web.problems import NOBODY, RefusedError, at


@dataclass(frozen=True)
class Absence:
    """Who is absent, from when to when, and why."""

    person_id: str
    starts: datetime
    ends: datetime
    reason: str


async def enter(session: Session, said: Absence, account_id: str, now: datetime) -> AbsenceRow:
    """Enter an absence. RefusedError for one that is over before it begins, or of nobody."""
    fault = _fault(said, now)
    if fault is not None:
        raise RefusedError("absence-invalid", fault)
    if await people.person(session, said.person_id) is None:
        raise RefusedError("invalid", at("person_id", NOBODY))
    row = AbsenceRow(
        absence_id="o" + secrets.token_hex(12),
        person_id=said.person_id,
        starts=said.starts.astimezone(UTC),
        ends=said.ends.astimezone(UTC),
        reason=said.reason,
        entered_by=account_id,
    )
    session.add(row)
    return row


async def end(session: Session, row: AbsenceRow, now: datetime) -> AbsenceRow:
    """The person is back: it ends now, and never later than was said."""
    row.ends = min(row.ends, now)
    session.add(row)
    return row


async def one(session: Session, absence_id: str) -> AbsenceRow | None:
    """An entry; None when there is none of this id."""
    return await session.get(AbsenceRow, absence_id)


async def of_person(session: Session, person_id: str, now: datetime) -> Sequence[AbsenceRow]:
    """The person's absences that last, or are to come."""
    wanted = rows(AbsenceRow).where(col(AbsenceRow.person_id) == person_id, col(AbsenceRow.ends) > now)
    return (await session.exec(wanted.order_by(col(AbsenceRow.starts)))).all()


def absent(now: datetime) -> Select[tuple[str]]:
    """The people who are absent at this instant; a table of its own in whatever statement it stands."""
    entry = AbsenceRow.metadata.tables["absences"].alias().c
    return select(entry.person_id).where(entry.starts <= now, entry.ends > now)


def _fault(said: Absence, now: datetime) -> Text | None:
    faults = (
        (said.ends <= said.starts, Text(zh="截止须晚于起始", en="it must end after it starts")),
        (said.ends <= now, Text(zh="该期间已经过去", en="it is over already")),
    )
    return next((text for wrong, text in faults if wrong), None)
