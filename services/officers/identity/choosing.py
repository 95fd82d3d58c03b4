"""A password that the holder of an account chose: held against the rule, then hashed."""

from services.kit.db import Database
from services.officers.identity.passwords import Passwords, password_fault
from services.officers.identity.persons import Persons
from services.officers.identity.tables import AccountRow
from services.officers.web.problems import RefusedError


async def chosen(
    database: Database, persons: Persons, passwords: Passwords, account: AccountRow, password: str
) -> str:
    """The hash to store. RefusedError `password-unfit` with what is wrong, before anything is hashed."""
    async with database.read() as session:
        name = await persons.name(session, account.person_id)
    fault = password_fault(password, account.login, name)
    if fault is not None:
        raise RefusedError("password-unfit", fault)
    return await passwords.hash(password)
