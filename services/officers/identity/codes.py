"""One-time codes: how the holder of an account comes to a password that no administrator knows.

A code has three parts: of whoever asked for the account, of whoever approved it, and of a witness. The holder needs all
of them: no two of the three can sign in as somebody else (adr/0023, adr/0035). At rest there are digests only.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import col, select

from services.kit.db import Session
from services.kit.statements import run
from services.officers.identity.tables import AccountRow, CodeRow

SEPARATOR = "."
"""Between the halves; it stands in none of them."""
BYTES = 15
"""Of a part: nobody tries that many."""
FIRST = "first"
"""Stands for the request in codes of the first start."""


class Part(Enum):
    """Which part of a code, in the order in which the holder puts them together."""

    ASKER = "asker"
    APPROVER = "approver"
    WITNESS = "witness"

    @property
    def column(self) -> str:
        """Where the digest of the part is kept."""
        return f"{self.value}_digest"


def digest(part: str) -> str:
    """What is kept of a part. It is random and long, so one pass of SHA-256 hides it."""
    return hashlib.sha256(part.encode()).hexdigest()


def split(code: str) -> tuple[str, ...] | None:
    """The parts of a code, or None when it is none."""
    parts = tuple(code.strip().split(SEPARATOR))
    return parts if len(parts) == len(Part) and all(parts) else None


def drawn() -> str:
    """A whole code at random."""
    return SEPARATOR.join(secrets.token_urlsafe(BYTES) for _ in Part)


async def waiting(session: Session, now: datetime, case_id: str = "") -> list[tuple[CodeRow, AccountRow]]:
    """The codes of requests that wait for their holders, in the order of logins; of one request where it is named."""
    named = (CodeRow.case_id == case_id) if case_id else (col(CodeRow.until).is_not(None))
    wanted = (
        select(CodeRow, AccountRow)
        .join(AccountRow, col(AccountRow.account_id) == col(CodeRow.account_id))
        .where(named, col(AccountRow.disabled).is_(False), *_counting(now))
        .order_by(col(AccountRow.login), col(CodeRow.case_id))
    )
    return list((await session.exec(wanted)).all())


async def hand_out(
    session: Session, case_id: str, part: Part, now: datetime, accounts: Collection[str] | None = None
) -> list[tuple[str, str, str]]:
    """New parts for the codes of a request that were not used: account, login and part, in the order of logins.

    What was handed out before counts no more, so a part that somebody lost is simply asked for again. `accounts` None:
    of all of the request.
    """
    handed = []
    for row, account in await waiting(session, now, case_id):
        if accounts is None or row.account_id in accounts:
            fresh = secrets.token_urlsafe(BYTES)
            setattr(row, part.column, digest(fresh))
            session.add(row)
            handed.append((row.account_id, account.login, fresh))
    return handed


async def fitting(session: Session, account_id: str, code: str, now: datetime) -> CodeRow | None:
    """The code of the account that this is, if it still counts."""
    wanted = select(CodeRow).where(CodeRow.account_id == account_id, *_counting(now))
    rows = (await session.exec(wanted)).all()
    return next((row for row in rows if is_of(row, code)), None)


def is_of(row: CodeRow, code: str) -> bool:
    """Whether this is the code of which the row keeps the digests."""
    given = [digest(part) for part in split(code) or ("",) * len(Part)]
    kept = [getattr(row, part.column) or "" for part in Part]
    return all(hmac.compare_digest(*pair) for pair in zip(given, kept, strict=True))


async def latest_first(session: Session, account_id: str) -> CodeRow | None:
    """What the holder of a first account was handed last, used up or not: that of the first start, or a later one."""
    mine = (CodeRow.account_id == account_id, col(CodeRow.case_id).startswith(FIRST))
    wanted = select(CodeRow).where(*mine).order_by(col(CodeRow.case_id).desc()).limit(1)
    return (await session.exec(wanted)).first()


async def give(
    session: Session,
    account_id: str,
    name: str,
    code: str,
    *,
    until: datetime | None = None,
    used: datetime | None = None,
) -> None:
    """Keep a whole code of the account under a name; one that is `used` is only shown and sets no password."""
    digests = {part.column: digest(said) for part, said in zip(Part, code.split(SEPARATOR), strict=True)}
    session.add(CodeRow(account_id=account_id, case_id=name, until=until, used_at=used, **digests))


async def spend(session: Session, account_id: str, code: str, now: datetime) -> str | None:
    """Use a code of the account up: the request that gave it, or `first`. Of two at one instant, one uses it.

    None when it is none, or counts no more.
    """
    row = await fitting(session, account_id, code, now)
    if row is None:
        return None
    here = (col(CodeRow.account_id) == account_id, col(CodeRow.case_id) == row.case_id)
    using = update(CodeRow).where(*here, col(CodeRow.used_at).is_(None)).values(used_at=now)
    return row.case_id if (await run(session, using)).rowcount == 1 else None


def _counting(now: datetime) -> tuple[Any, ...]:
    return (
        col(CodeRow.used_at).is_(None),
        or_(col(CodeRow.until).is_(None), col(CodeRow.until) > now),
    )
