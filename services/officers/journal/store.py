"""The way to the journal's table: add to it, read it. Nothing changes or goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from services.kit.db import Session, Unit
from services.kit.statements import add
from services.officers.journal.chain import NOTHING, Head, chained
from services.officers.journal.notes import RESTORED, Noted
from services.officers.journal.tables import JournalRow

LOCK = 0x71785F6A6F75726E
"""Key of the advisory lock under which numbers are given out on PostgreSQL; SQLite has one writer anyway."""

_HEAD = "SELECT number, chained FROM journal ORDER BY number DESC LIMIT 1"
_JOURNAL = JournalRow.metadata.tables["journal"]


def append(unit: Unit, rows: Sequence[dict[str, Any]]) -> Head:
    """Number the rows, chain them to the last one and add them; nobody else adds until the unit ends."""
    if unit.dialect.name == "postgresql":
        unit.exec_driver_sql("SELECT pg_advisory_xact_lock($1)", (LOCK,))
    here = head(unit)
    placed = []
    for row in rows:
        here = chained(here, row)
        placed.append({**row, "number": here.number, "chained": here.chained})
    add(unit, _JOURNAL, placed)
    return here


def head(unit: Unit) -> Head:
    """Where the journal stands."""
    last = unit.exec_driver_sql(_HEAD).first()
    return NOTHING if last is None else Head(last[0], last[1])


def restored(unit: Unit, after: int, until: int) -> tuple[str, ...]:
    """The accounts that were given back to lost administrators in these rows, after the one and up to the other."""
    row = _JOURNAL.c
    wanted = select(row.account_id).where(row.number > after, row.number <= until)
    told = wanted.where(row.what == Noted.ACCOUNT.value, row.fields.like(f"{RESTORED}%"))
    return tuple(dict.fromkeys(unit.execute(told.order_by(row.number)).scalars()))


@dataclass(frozen=True)
class Wanted:
    """What a list of the journal is narrowed to; an empty string narrows nothing."""

    case_id: str = ""
    subject: str = ""
    reader: str = ""
    what: str = ""


async def of_case(session: Session, case_id: str) -> Sequence[JournalRow]:
    """Every line about a case, oldest first."""
    wanted = select(JournalRow).where(JournalRow.case_id == case_id).order_by(col(JournalRow.number))
    return (await session.exec(wanted)).all()


async def signed_in_since(session: Session, account_ids: Sequence[str], since: datetime) -> bool:
    """Whether one of the accounts was signed in to since then."""
    mine = (col(JournalRow.account_id).in_(account_ids), JournalRow.what == Noted.SIGN_IN.value)
    wanted = select(JournalRow.number).where(*mine, col(JournalRow.at) >= since).limit(1)
    return (await session.exec(wanted)).first() is not None


async def after(session: Session, wanted: Wanted, number: int, limit: int) -> Sequence[JournalRow]:
    """A page of the journal in its order, after the row of this number."""
    pairs = (
        (col(JournalRow.case_id), wanted.case_id),
        (col(JournalRow.subject), wanted.subject),
        (col(JournalRow.person_id), wanted.reader),
        (col(JournalRow.what), wanted.what),
    )
    found = select(JournalRow).where(
        col(JournalRow.number) > number, *[column == value for column, value in pairs if value]
    )
    return (await session.exec(found.order_by(col(JournalRow.number)).limit(limit))).all()
