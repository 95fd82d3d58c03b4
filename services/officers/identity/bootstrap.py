"""The first accounts: one asks for all others, one approves them, one witnesses. So they are for three people."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from services.kit.db import Database, Session
from services.kit.logs import logger
from services.kit.settings import SettingsError
from services.officers.identity import codes
from services.officers.identity import store as people
from services.officers.identity.persons import Identity, Persons
from services.officers.identity.scope import AUDITOR, SECURITY_ADMIN, SYS_ADMIN
from services.officers.identity.signin.noting import Journal, Note, What
from services.officers.identity.tables import AccountRow, GrantRow


@dataclass(frozen=True)
class First:
    """An account of the first start. Its person has no ID number, so no other account is ever the same person's."""

    login: str
    role: str
    identity: Identity


FIRST = (
    First("admin", SYS_ADMIN, Identity(name="系统管理员", id_number="first-administrator")),
    First("security", SECURITY_ADMIN, Identity(name="安全管理员", id_number="first-security-administrator")),
    First("audit", AUDITOR, Identity(name="审计管理员", id_number="first-audit-administrator")),
)


async def bootstrap(
    database: Database, persons: Persons, journal: Journal, given: dict[str, str] | None = None
) -> dict[str, str]:
    """Open the first accounts if there is no account at all, and note each in the journal: no request tells of them.

    Returns by login the one-time code that sets the password, once; nothing when there are accounts already. Codes
    are drawn where none are `given`; they count until they are used.
    """
    async with database.write() as session:
        if await people.any_account(session):
            return {}
        chosen = {one.login: (given or {}).get(one.login) or codes.drawn() for one in FIRST}
        known = await persons.ensure(session, [one.identity for one in FIRST])
        for one in FIRST:
            account_id = await _open(session, one, known[one.identity.id_number], chosen[one.login])
            note = Note(
                What.OPENED_FIRST, account_id, known[one.identity.id_number], "", codes.FIRST, one.role
            )
            await journal(session, note)
    logger.info("first accounts opened", logins=[one.login for one in FIRST])
    return chosen


async def _open(session: Session, one: First, person_id: str, code: str) -> str:
    parts = codes.split(code)
    if parts is None or min(map(len, parts)) < codes.BYTES:
        raise SettingsError(
            f"the first code of {one.login} must be three parts of {codes.BYTES} characters or more"
        )
    account_id = "a" + secrets.token_hex(12)
    row = AccountRow(
        account_id=account_id, login=one.login, person_id=person_id, created_at=datetime.now(UTC)
    )
    session.add(row)
    await session.flush()
    session.add(GrantRow(account_id=account_id, role=one.role, unit="", district="*"))
    await codes.give(session, account_id, codes.FIRST, code)
    return account_id
