"""Whether somebody is who they say: one attempt, slowed down after failures, answered alike and in the same time."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from services.kit.db import Database, Session
from services.officers.identity import store as people
from services.officers.identity.passwords import Passwords
from services.officers.identity.signin.noting import Journal, Note, What
from services.officers.identity.signin.slowdown import Pair, Slowdown, place
from services.officers.identity.tables import AccountRow
from services.officers.web.problems import RefusedError

PASSWORD = "password"  # noqa: S105  what was shown, not a secret


@dataclass(frozen=True)
class Origin:
    """Where a request comes from: the address of the connection, never a header that anybody may write."""

    address: str
    agent: str


@dataclass(frozen=True)
class Shown:
    """Whose account it is, and by what that was shown."""

    account: AccountRow
    methods: str


class Proving:
    """Raises RefusedError: `credentials-wrong`, `too-many-attempts` during a pause, `sign-in-busy`."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        journal: Journal,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._journal = journal
        self._clock = clock
        self._slowdown = Slowdown()

    async def by_login(self, login: str, password: str, origin: Origin) -> Shown:
        """Whoever signs in under this login."""
        async with self._database.read() as session:
            account = await people.account_by_login(session, login)
        return await self._attempt((login, place(origin.address)), account, password, origin)

    async def again(self, account_id: str, password: str, origin: Origin) -> Shown:
        """Whoever is signed in to the account. Nobody who is not can make these attempts fail, or be counted."""
        async with self._database.read() as session:
            account = await people.account(session, account_id)
        return await self._attempt((f"account {account_id}", ""), account, password, origin)

    async def _attempt(self, pair: Pair, account: AccountRow | None, password: str, origin: Origin) -> Shown:
        now = self._clock()
        wait = self._slowdown.wait(pair, now)
        if wait:
            raise RefusedError("too-many-attempts", headers={"Retry-After": str(wait)})
        doubted = self._slowdown.doubted(pair, now)
        self._slowdown.began(pair, now)
        stored = account.password_hash if account is not None and not account.disabled else None
        if not await self._passwords.fits(stored, password, doubted=doubted) or account is None:
            await self._failed(pair, account, origin)
            raise RefusedError("credentials-wrong")
        self._slowdown.succeeded(pair)
        return Shown(account, PASSWORD)

    async def _failed(self, pair: Pair, account: AccountRow | None, origin: Origin) -> None:
        self._slowdown.failed(pair, self._clock())
        account_id, person_id = (account.account_id, account.person_id) if account is not None else ("", "")
        async with self._database.write() as session:
            await self._journal(session, Note(What.REFUSED, account_id, person_id, origin.address))


async def still(session: Session, shown: Shown) -> AccountRow:
    """The account, which is nobody else's to change until this transaction ends.

    `credentials-wrong` when it was closed, or got another password, while the old one was being tried.
    """
    account = await people.locked(session, shown.account.account_id)
    if account is None or account.disabled or account.password_hash != shown.account.password_hash:
        raise RefusedError("credentials-wrong")
    return account
