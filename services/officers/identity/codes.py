"""One-time codes: how the holder of an account comes to a password that no administrator knows.

A code has two halves. Whoever asked for the account gets the one, whoever approved it the other, and the holder needs
both: neither administrator alone can sign in as somebody else (adr/0023). At rest there are digests only.
"""

import hashlib
import hmac
import secrets
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
"""Of a half: nobody tries that many."""
FIRST = "first"
"""Stands for the request in codes of the first start."""


class Half(Enum):
    """Which half of a code."""

    ASKER = "asker"
    APPROVER = "approver"


def digest(half: str) -> str:
    """What is kept of a half. It is random and long, so one pass of SHA-256 hides it."""
    return hashlib.sha256(half.encode()).hexdigest()


def split(code: str) -> tuple[str, str] | None:
    """The halves of a code, or None when it is none."""
    halves = code.strip().split(SEPARATOR)
    return (halves[0], halves[1]) if len(halves) == 2 and all(halves) else None


async def hand_out(session: Session, case_id: str, half: Half, now: datetime) -> list[tuple[str, str, str]]:
    """New halves for every code of a request that was not used: account, login and half, in the order of logins.

    What was handed out before counts no more, so a half that somebody lost is simply asked for again.
    """
    wanted = (
        select(CodeRow, AccountRow.login)
        .join(AccountRow, col(AccountRow.account_id) == col(CodeRow.account_id))
        .where(CodeRow.case_id == case_id, *_counting(now))
        .order_by(col(AccountRow.login))
    )
    handed = []
    for row, login in (await session.exec(wanted)).all():
        fresh = secrets.token_urlsafe(BYTES)
        setattr(row, f"{half.value}_digest", digest(fresh))
        session.add(row)
        handed.append((row.account_id, login, fresh))
    return handed


async def fitting(session: Session, account_id: str, code: str, now: datetime) -> CodeRow | None:
    """The code of the account that this is, if it still counts."""
    wanted = select(CodeRow).where(CodeRow.account_id == account_id, *_counting(now))
    rows = (await session.exec(wanted)).all()
    return next((row for row in rows if is_of(row, code)), None)


def is_of(row: CodeRow, code: str) -> bool:
    """Whether this is the code of which the row keeps the digests."""
    kept = (row.asker_digest or "", row.approver_digest or "")
    given = tuple(digest(half) for half in split(code) or ("", ""))
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
    first, second = code.split(SEPARATOR)
    row = CodeRow(account_id=account_id, case_id=name, until=until, used_at=used)
    row.asker_digest, row.approver_digest = digest(first), digest(second)
    session.add(row)


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
