"""The first account: without one nobody could open any."""

import secrets

from contracts.actor import Grant
from services.kit.db import Database
from services.kit.logs import logger
from services.kit.settings import SettingsError
from services.officers.identity import store as people
from services.officers.identity.accounts import NewAccount, insert_account
from services.officers.identity.passwords import Passwords, password_fault
from services.officers.identity.persons import Identity, Persons
from services.officers.identity.scope import SYS_ADMIN

LOGIN = "admin"
IDENTITY = Identity(name="系统管理员", id_number="first-administrator")
"""Stands for whoever installs the system: no ID number, so no other account is ever the same person's."""


async def bootstrap(
    database: Database, persons: Persons, passwords: Passwords, password: str | None = None
) -> str | None:
    """Open the administrator's account if there is no account at all.

    Returns its password, once; None when there are accounts already. Without `password` one is drawn.
    """
    async with database.read() as session:
        if await people.any_account(session):
            return None
    chosen = password or secrets.token_urlsafe(15)
    fault = password_fault(chosen, LOGIN, IDENTITY.name)
    if fault is not None:
        raise SettingsError(f"admin_password_file: {fault.en}")
    password_hash = await passwords.hash(chosen)
    async with database.write() as session:
        if await people.any_account(session):
            return None
        known = await persons.ensure(session, [IDENTITY])
        new = NewAccount(LOGIN, password_hash, IDENTITY, ((Grant(role=SYS_ADMIN), None),))
        opened = await insert_account(session, known[IDENTITY.id_number], new)
    logger.info("first administrator's account opened", account_id=opened.account_id)
    return chosen
