"""Whether somebody is who they say: one attempt, slowed down after failures, answered alike and in the same time."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from services.kit.db import Database, Session
from services.officers.identity import store as people
from services.officers.identity.factors import store as factors
from services.officers.identity.factors.second import Door, Proof, SecondFactor
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
class Offered:
    """What somebody shows: the password, and a code of the second factor or none."""

    password: str
    code: str = ""


@dataclass(frozen=True)
class Shown:
    """Whose account it is, and by what that was shown."""

    account: AccountRow
    proof: Proof | None

    @property
    def methods(self) -> str:
        """What was shown, in one text."""
        return PASSWORD if self.proof is None else f"{PASSWORD}+{self.proof.method}"


@dataclass(frozen=True)
class _Asked:
    """The account that is to be shown to be one's own, and whether it has a second factor."""

    account: AccountRow
    second: bool


class Proving:
    """Raises RefusedError: `credentials-wrong`, `second-factor-needed`, `second-factor-wrong`, `too-many-attempts`
    during a pause, `sign-in-busy`."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        second: SecondFactor,
        journal: Journal,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._second = second
        self._journal = journal
        self._clock = clock
        self._slowdown = Slowdown()

    async def by_login(self, login: str, offered: Offered, origin: Origin) -> Shown:
        """Whoever signs in under this login."""
        async with self._database.read() as session:
            asked = await _asked(session, await people.account_by_login(session, login))
        return await self._attempt((login, place(origin.address)), asked, offered, origin)

    async def again(self, account_id: str, offered: Offered, origin: Origin) -> Shown:
        """Whoever is signed in to the account. Nobody who is not can make these attempts fail, or be counted."""
        async with self._database.read() as session:
            asked = await _asked(session, await people.account(session, account_id))
        return await self._attempt((f"account {account_id}", ""), asked, offered, origin)

    async def _attempt(self, pair: Pair, asked: _Asked | None, offered: Offered, origin: Origin) -> Shown:
        proof = await self._let_in(pair, asked, offered.code)
        doubted = proof is None and self._slowdown.doubted(pair, self._clock())
        self._slowdown.began(pair, self._clock())
        stored = asked.account.password_hash if asked is not None else None
        if not await self._passwords.fits(stored, offered.password, doubted=doubted) or asked is None:
            await self._failed(pair, asked, origin)
            raise RefusedError("credentials-wrong")
        if asked.second and proof is None:
            proof = await self._second_shown(pair, asked, offered.code, origin)
        self._slowdown.succeeded(pair)
        return Shown(asked.account, proof)

    async def _let_in(self, pair: Pair, asked: _Asked | None, code: str) -> Proof | None:
        """During a pause only whoever shows the second factor first: nobody else's failures keep them out."""
        wait = self._slowdown.wait(pair, self._clock())
        if not wait:
            return None
        proof = None
        if asked is not None and asked.second and code:
            proof = await self._second.proof(asked.account.account_id, code, Door.PAUSE)
        if proof is None:
            raise RefusedError("too-many-attempts", headers={"Retry-After": str(wait)})
        return proof

    async def _second_shown(self, pair: Pair, asked: _Asked, code: str, origin: Origin) -> Proof:
        if not code:
            self._slowdown.took_back(pair)
            raise RefusedError("second-factor-needed")
        proof = await self._second.proof(asked.account.account_id, code, Door.PASSWORD_SHOWN)
        if proof is None:
            await self._failed(pair, asked, origin)
            raise RefusedError("second-factor-wrong")
        return proof

    async def _failed(self, pair: Pair, asked: _Asked | None, origin: Origin) -> None:
        self._slowdown.failed(pair, self._clock())
        account_id = asked.account.account_id if asked is not None else ""
        person_id = asked.account.person_id if asked is not None else ""
        async with self._database.write() as session:
            await self._journal(session, Note(What.REFUSED, account_id, person_id, origin.address))


async def _asked(session: Session, account: AccountRow | None) -> _Asked | None:
    """None for a login that is nobody's, and alike for an account that is closed."""
    if account is None or account.disabled:
        return None
    return _Asked(account, await factors.any_confirmed(session, account.account_id))


async def settle(session: Session, shown: Shown) -> AccountRow:
    """The account, nobody else's to change until this transaction ends; a recovery code that was shown is spent in it.

    `credentials-wrong` when it was closed, or got another password, while the old one was being tried.
    """
    account = await people.locked(session, shown.account.account_id)
    if account is None or account.disabled or account.password_hash != shown.account.password_hash:
        raise RefusedError("credentials-wrong")
    if shown.proof is not None:
        await shown.proof.spend(session, account.account_id)
    return account
