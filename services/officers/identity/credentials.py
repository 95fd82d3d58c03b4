"""How the holder of an account sets the password: with a one-time code, and without anybody else."""

import time
from datetime import UTC, datetime

from services.kit.db import Database
from services.officers.identity import codes
from services.officers.identity import store as people
from services.officers.identity.lockout import Lockout
from services.officers.identity.passwords import Passwords
from services.officers.identity.standing import Standings
from services.officers.web.problems import RefusedError


class Credentials:
    """Takes a code for a password. Every wrong pair of login and code is answered alike."""

    def __init__(self, database: Database, passwords: Passwords, standings: Standings) -> None:
        self._database = database
        self._passwords = passwords
        self._standings = standings
        self._lockout = Lockout()

    async def set(self, login: str, code: str, password: str) -> None:
        """Set the password of the account. RefusedError `code-wrong`, or `too-many-attempts` while the login rests."""
        wait = self._lockout.wait(login, time.monotonic())
        if wait:
            raise RefusedError("too-many-attempts", headers={"Retry-After": str(wait)})
        self._lockout.failed(login, time.monotonic())
        async with self._database.read() as session:
            account = await people.account_by_login(session, login)
            # Asked of an account that is none, too: who exists is not told by the time that it takes.
            account_id = account.account_id if account is not None and not account.disabled else ""
            if await codes.fitting(session, account_id, code, datetime.now(UTC)) is None:
                raise RefusedError("code-wrong")
        # Only for a code that is good: nobody has us hash without one.
        hashed = await self._passwords.hash(password)
        async with self._database.write() as session:
            if not await codes.spend(session, account_id, code, datetime.now(UTC)):
                raise RefusedError("code-wrong")
            await people.set_password(session, account_id, hashed)
        self._lockout.succeeded(login)
        self._standings.forget(account_id)
