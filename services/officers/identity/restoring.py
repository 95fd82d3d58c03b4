"""The way back when the administrators are lost: by two people on the machine, and never in silence.

Each of the two holds what was handed to one of the first three administrators: the code of the first start, or the one
that the last restoring gave instead. Both together give new codes to accounts that administer as they do, and nothing
else: no other right, no password. So nobody comes by this way to the side that neither of them is on. While every side
is able to act there is nothing to restore. Lost is an account that was closed, or whose grant as an administrator ran
out, as well as one of which nobody knows the password: it is opened with that grant, unless its holder has another role
by now.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.kit.db import Database, Session
from services.officers.identity import codes
from services.officers.identity import store as people
from services.officers.identity.bootstrap import FIRST, First
from services.officers.identity.scope import AUDITOR, SECURITY_ADMIN, SYS_ADMIN
from services.officers.identity.signin.noting import Journal, Note, What
from services.officers.identity.tables import AccountRow
from services.officers.journal.store import signed_in_since

ABLE = timedelta(days=7)
"""Whoever signed in within this time is able to act: what they can do by two people nobody does on the machine."""
HOURS = timedelta(hours=72)
"""How long a code counts that restoring gave."""
ADMINISTER = (SYS_ADMIN, SECURITY_ADMIN, AUDITOR)
PEOPLE = 2
HERE = "this machine"
"""Stands in the journal where the address would."""


class NotRestoredError(Exception):
    """Why nothing was restored, as a sentence for whoever stands at the machine."""


@dataclass(frozen=True)
class Restored:
    """By login the code that sets a password, and by the first logins of the two what each keeps from now on."""

    codes: dict[str, str]
    keep: dict[str, str]


async def restore(
    database: Database, journal: Journal, shown: Sequence[str], logins: Collection[str], now: datetime
) -> Restored:
    """New one-time codes for these accounts, on what the two people show. The old ones count no more, for nothing.

    The passwords, second factors and sessions of the accounts end. Raises NotRestoredError; that is noted, too.
    """
    async with database.write() as session:
        here = [one for one in FIRST if await _shows(session, one, shown)]
        lost = {role for role in ADMINISTER if not await _able(session, role, now)}
        fault = await _fault(session, here, logins, lost, now)
        if fault is None:
            given = {login: await _anew(session, journal, login, lost, now) for login in sorted(logins)}
            return Restored(given, {one.login: await _to_keep(session, one.login, now) for one in here})
        await journal(session, Note(What.NOT_RESTORED, "", "", HERE))
    raise NotRestoredError(fault)


async def _shows(session: Session, one: First, shown: Sequence[str]) -> bool:
    first = await people.account_by_login(session, one.login)
    row = None if first is None else await codes.latest_first(session, first.account_id)
    return row is not None and any(codes.is_of(row, code) for code in shown)


async def _fault(
    session: Session, here: Sequence[First], logins: Collection[str], lost: set[str], now: datetime
) -> str | None:
    if len(here) != PEOPLE:
        return "two people must show what was handed to them, and these are not the codes of two"
    if not lost:
        return "an administrator of each kind is able to act: they restore accounts by a request"
    if not logins:
        return "name the accounts of administrators who are lost"
    for login in logins:
        administers = lost & await _administered(session, login)
        if not administers:
            return f"{login} is no account of an administrator who is lost"
        if administers.isdisjoint(one.role for one in here):
            return f"{login} administers as neither of you does: the code of that side must be one of the two"
        if len(administers | await _held(session, login, now)) > 1:
            return f"the holder of {login} has another role by now, and an administrator has none beside"
    return None


async def _able(session: Session, role: str, now: datetime) -> bool:
    """Whether somebody acts in this role: an open account with a password, signed in lately."""
    return await signed_in_since(session, await people.acting(session, role, now), now - ABLE)


async def _administered(session: Session, login: str) -> set[str]:
    """As what the account administers, or did until its grant ran out or it was closed."""
    account = await people.account_by_login(session, login)
    if account is None:
        return set()
    held = (await people.grants_of(session, [account.account_id]))[account.account_id]
    return {one.role for one in held}.intersection(ADMINISTER)


async def _held(session: Session, login: str, now: datetime) -> set[str]:
    """What runs for the holder over all open accounts and this one."""
    account = await _account(session, login)
    theirs = await people.accounts_of(session, account.person_id)
    counting = [one.account_id for one in theirs if not one.disabled or one.login == login]
    held = await people.grants_of(session, counting)
    return {row.role for rows in held.values() for row in rows if row.until is None or row.until > now}


async def _anew(session: Session, journal: Journal, login: str, lost: set[str], now: datetime) -> str:
    account = await _account(session, login)
    how = "opened-again" if await _opened_again(session, account, lost, now) else ""
    await people.forget_credentials(session, account.account_id)
    code = codes.drawn()
    await codes.give(session, account.account_id, _named("restored", now), code, until=now + HOURS)
    await journal(session, Note(What.RESTORED, account.account_id, account.person_id, HERE, how=how))
    return code


async def _opened_again(session: Session, account: AccountRow, lost: set[str], now: datetime) -> bool:
    """Whether it was closed, or its grant had run out; neither is so any more."""
    held = (await people.grants_of(session, [account.account_id]))[account.account_id]
    over = [one for one in held if one.role in lost and one.until is not None and one.until <= now]
    changed = account.disabled or bool(over)
    account.disabled = False
    for one in over:
        one.until = None
    session.add_all([account, *over])
    await session.flush()
    return changed


async def _to_keep(session: Session, login: str, now: datetime) -> str:
    """What the holder shows the next time. It sets no password."""
    code = codes.drawn()
    await codes.give(
        session, (await _account(session, login)).account_id, _named(codes.FIRST, now), code, used=now
    )
    return code


async def _account(session: Session, login: str) -> AccountRow:
    account = await people.account_by_login(session, login)
    if account is None:
        raise RuntimeError("it was there a moment ago, in this transaction")
    return account


def _named(what: str, now: datetime) -> str:
    return f"{what}.{now:%Y%m%dT%H%M%S}"
