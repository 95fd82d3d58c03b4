"""The register of the absent: dated, entered by the person or for them, over with its time or when the person is back.

Whoever stands in it is given nothing, and what they have claimed goes to the next by itself.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, Subquery, func, select, tuple_, union_all
from sqlmodel import col
from sqlmodel import select as rows

from contracts.policy.model import Text
from services.kit.db import Session
from services.kit.sealing import Keyring
from services.officers.identity import store as people
from services.officers.identity.bonds import reasons
from services.officers.identity.bonds.tables import AbsenceRow, MergedRow
from services.officers.web.problems import NOBODY, RefusedError, at

LONGEST = timedelta(days=366)
"""Of one entry: whoever is away for longer gives up the role, and is not kept from tasks by a line in a register."""

_MERGED = MergedRow.metadata.tables["merged_persons"]


@dataclass(frozen=True)
class Absence:
    """Who is absent, from when to when, and why."""

    person_id: str
    starts: datetime
    ends: datetime
    reason: str


async def enter(
    session: Session, said: Absence, account_id: str, now: datetime, keyring: Keyring
) -> AbsenceRow:
    """Enter an absence. RefusedError for one that is over before it begins, of more than a year, or of nobody."""
    fault = _fault(said, now)
    if fault is not None:
        raise RefusedError("absence-invalid", fault)
    if await people.person(session, said.person_id) is None:
        raise RefusedError("invalid", at("person_id", NOBODY))
    ident = "o" + secrets.token_hex(12)
    row = AbsenceRow(
        absence_id=ident,
        person_id=said.person_id,
        starts=said.starts.astimezone(UTC),
        ends=said.ends.astimezone(UTC),
        reason=reasons.sealed(ident, said.reason, keyring, said.person_id),
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


async def of_person(session: Session, ids: Collection[str], now: datetime) -> Sequence[AbsenceRow]:
    """The absences that last, or are to come, of the person of these ids."""
    wanted = rows(AbsenceRow).where(col(AbsenceRow.person_id).in_(sorted(ids)), col(AbsenceRow.ends) > now)
    return (await session.exec(wanted.order_by(col(AbsenceRow.starts)))).all()


async def ever(session: Session, ids: Collection[str]) -> Sequence[AbsenceRow]:
    """Every absence of the person of these ids that there ever was."""
    wanted = rows(AbsenceRow).where(col(AbsenceRow.person_id).in_(sorted(ids)))
    return (await session.exec(wanted.order_by(col(AbsenceRow.starts)))).all()


def away(now: datetime) -> Subquery:
    """The absences that last at this instant, one row for every id under which the person is known.

    `person_id` is that id, and `account_person` the one to which the accounts belong. Two identities of one person are
    absent together, under whichever of them it was entered. Of entries that overlap the first counts: they are one
    absence. A table of its own in whatever statement it stands.
    """
    entry, first = (AbsenceRow.metadata.tables["absences"].alias() for _ in range(2))
    entered, others = _MERGED.alias(), _MERGED.alias()
    account = func.coalesce(entered.c.kept_id, entry.c.person_id)
    earlier = select(first.c.absence_id).where(
        first.c.person_id == entry.c.person_id,
        first.c.starts <= now,
        first.c.ends > now,
        tuple_(first.c.starts, first.c.absence_id) < tuple_(entry.c.starts, entry.c.absence_id),
    )
    lasts = (entry.c.starts <= now, entry.c.ends > now, ~earlier.exists())
    row = (entry.c.absence_id, entry.c.reason, account.label("account_person"))
    begun = entry.outerjoin(entered, entered.c.merged_id == entry.c.person_id)
    own = select(*row, account.label("person_id")).select_from(begun).where(*lasts)
    also = select(*row, others.c.merged_id).select_from(begun.join(others, others.c.kept_id == account))
    return union_all(own, also.where(*lasts)).subquery()


def absent(now: datetime) -> Select[tuple[str]]:
    """The ids of the people who are absent at this instant."""
    return select(away(now).c.person_id)


def _fault(said: Absence, now: datetime) -> Text | None:
    faults = (
        (said.ends <= said.starts, Text(zh="截止须晚于起始", en="it must end after it starts")),
        (said.ends <= now, Text(zh="该期间已经过去", en="it is over already")),
        (
            said.ends - said.starts > LONGEST,
            Text(zh=f"一次登记不得超过{LONGEST.days}日", en=f"one entry lasts {LONGEST.days} days at most"),
        ),
    )
    return next((text for wrong, text in faults if wrong), None)
