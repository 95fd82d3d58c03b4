"""How the holder of an account sets the password: with a one-time code, and without anybody else."""

import time
from datetime import UTC, datetime

from services.kit.crowd import place
from services.kit.db import Database
from services.officers.identity import codes
from services.officers.identity import store as people
from services.officers.identity.choosing import chosen
from services.officers.identity.passwords import Passwords
from services.officers.identity.persons import Persons
from services.officers.identity.signin.failing import FailedError
from services.officers.identity.signin.noting import Journal, Note, What
from services.officers.identity.signin.showing import Origin
from services.officers.identity.signin.slowdown import Pair, Slowdown
from services.officers.identity.standing import Standings
from services.officers.identity.tables import AccountRow
from services.officers.web.problems import RefusedError


class Credentials:
    """Takes a code for a password. Every wrong pair of login and code is answered alike."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        persons: Persons,
        standings: Standings,
        journal: Journal,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._persons = persons
        self._standings = standings
        self._journal = journal
        self._slowdown = Slowdown()

    async def set(self, login: str, code: str, password: str, origin: Origin) -> None:
        """Set the password of the account.

        FailedError `code-wrong`; RefusedError `password-unfit` with what is wrong, `too-many-attempts` during a pause.
        """
        account = await self._coded((login, place(origin.address)), code)
        # Only for a code that is good: nobody has us hash without one.
        hashed = await chosen(self._database, self._persons, self._passwords, account, password)
        async with self._database.write() as session:
            given_by = await codes.spend(session, account.account_id, code, datetime.now(UTC))
            if given_by is None:
                raise FailedError("code-wrong", account)
            await people.set_password(session, account.account_id, hashed)
            note = Note(What.PASSWORD_SET, account.account_id, account.person_id, origin.address, given_by)
            await self._journal(session, note)
        self._standings.forget(account.account_id)

    async def _coded(self, pair: Pair, code: str) -> AccountRow:
        """The account of this login and code; it is slowed down as a sign-in is."""
        now = time.monotonic()
        wait = self._slowdown.wait(pair, now)
        if wait:
            raise RefusedError("too-many-attempts", headers={"Retry-After": str(wait)})
        self._slowdown.began(pair, now)
        async with self._database.read() as session:
            account = await people.account_by_login(session, pair[0])
            # Asked of an account that is none, too: who exists is not told by the time that it takes.
            account_id = account.account_id if account is not None and not account.disabled else ""
            fitting = await codes.fitting(session, account_id, code, datetime.now(UTC))
        if fitting is None or account is None:
            self._slowdown.failed(pair, now)
            raise FailedError("code-wrong", account)
        self._slowdown.succeeded(pair)
        return account
