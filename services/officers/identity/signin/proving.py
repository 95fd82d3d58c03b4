"""Whether somebody is who they say: one attempt, slowed down after failures, answered alike and in the same time."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from services.kit.crowd import place
from services.kit.db import Database, Session
from services.officers.identity import store as people
from services.officers.identity.factors import store as factors
from services.officers.identity.factors.second import Door, Proof, SecondFactor
from services.officers.identity.passwords import Passwords
from services.officers.identity.signin.failing import FailedError
from services.officers.identity.signin.showing import Origin
from services.officers.identity.signin.slowdown import Pair, Slowdown
from services.officers.identity.tables import AccountRow
from services.officers.web.problems import RefusedError

PASSWORD = "password"  # noqa: S105  what was shown, not a secret


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
    shown_at: datetime | None = None

    @property
    def methods(self) -> str:
        """What was shown, in one text."""
        return PASSWORD if self.proof is None else f"{PASSWORD}+{self.proof.method}"

    async def spend(self, session: Session) -> None:
        """Spend what is good once. RefusedError when another use was first."""
        if self.proof is not None:
            await self.proof.spend(session, self.account)


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
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._second = second
        self._clock = clock
        self._slowdown = Slowdown()

    async def by_login(self, login: str, offered: Offered, origin: Origin) -> Shown:
        """Whoever signs in under this login."""
        async with self._database.read() as session:
            asked = await _asked(session, await people.account_by_login(session, login))
        return await self._attempt((login, place(origin.address)), asked, offered)

    async def again(self, account_id: str, offered: Offered) -> Shown:
        """Whoever is signed in to the account. Nobody who is not can make these attempts fail, or be counted."""
        async with self._database.read() as session:
            asked = await _asked(session, await people.account(session, account_id))
        # The place is the account's own: one that all shared would let a few failures keep everybody out.
        return await self._attempt((f"account {account_id}", f"account {account_id}"), asked, offered)

    async def _attempt(self, pair: Pair, asked: _Asked | None, offered: Offered) -> Shown:
        proof = await self._let_in(pair, asked, offered.code)
        doubted = proof is None and self._slowdown.doubted(pair, self._clock())
        self._slowdown.began(pair, self._clock())
        stored = asked.account.password_hash if asked is not None else None
        if not await self._passwords.fits(stored, offered.password, doubted=doubted) or asked is None:
            self._slowdown.failed(pair, self._clock())
            raise FailedError("credentials-wrong", None if asked is None else asked.account)
        if asked.second and proof is None:
            proof = await self._second_shown(pair, asked, offered.code)
        self._slowdown.succeeded(pair)
        return Shown(asked.account, proof)

    async def _let_in(self, pair: Pair, asked: _Asked | None, code: str) -> Proof | None:
        """During a pause only whoever shows the second factor first: nobody else's failures keep them out."""
        wait = self._slowdown.wait(pair, self._clock())
        if not wait:
            return None
        later = {"Retry-After": str(wait)}
        if asked is None or not asked.second or not code:
            raise RefusedError("too-many-attempts", headers=later)
        proof = await self._second.proof(asked.account.account_id, code, Door.PAUSE)
        if proof is None:
            cause = "second-factor-wrong"
            raise FailedError("too-many-attempts", asked.account, cause=cause, headers=later)
        return proof

    async def _second_shown(self, pair: Pair, asked: _Asked, code: str) -> Proof:
        if not code:
            self._slowdown.took_back(pair)
            raise FailedError("second-factor-needed", asked.account)
        proof = await self._second.proof(asked.account.account_id, code, Door.PASSWORD_SHOWN)
        if proof is None:
            self._slowdown.failed(pair, self._clock())
            raise FailedError("second-factor-wrong", asked.account)
        return proof


async def _asked(session: Session, account: AccountRow | None) -> _Asked | None:
    """None for a login that is nobody's, and alike for an account that is closed."""
    if account is None or account.disabled:
        return None
    return _Asked(account, await factors.any_confirmed(session, account.account_id))
