"""Whether a code shows the second factor of an account. A code is good once, whoever shows it and however often."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from contracts.sealed import Sealed
from services.kit.db import Database, Session
from services.kit.sealing import Keyring, open_sealed
from services.officers.identity.factors import recovery, store
from services.officers.identity.factors.tables import FactorRow
from services.officers.identity.factors.totp import matched_step
from services.officers.identity.signin.failing import FailedError, Whose
from services.officers.identity.signin.slowdown import Slowdown
from services.officers.web.problems import RefusedError

TOTP, RECOVERY = "totp", "recovery-code"


class Door(Enum):
    """Where a code is shown. Wrong ones are counted apart: what strangers get wrong closes no door to its owner."""

    PASSWORD_SHOWN = "password shown"  # noqa: S105
    PAUSE = "pause"
    """No password was looked at yet: the login is slowed down for this address."""


@dataclass(frozen=True)
class Proof:
    """What a code showed. A recovery code is spent in the transaction of what it is shown for."""

    method: str
    digest: str = ""

    async def spend(self, session: Session, whose: Whose) -> None:
        """RefusedError `second-factor-wrong` when another use of the recovery code was first."""
        if self.digest and not await store.use_code(session, whose.account_id, self.digest):
            raise FailedError("second-factor-wrong", whose)


class SecondFactor:
    """Reads codes. `now` is the time of the world in seconds, `clock` one that never goes back."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        now: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._now = now
        self._clock = clock
        self._slowdown = Slowdown()

    async def proof(self, account_id: str, code: str, door: Door) -> Proof | None:
        """What the code shows; None: nothing. RefusedError `too-many-attempts` after many wrong ones.

        Recovery codes are never slowed down: nobody guesses one.
        """
        digest = recovery.digest(account_id, code)
        if digest is not None:
            async with self._database.read() as session:
                return Proof(RECOVERY, digest) if await store.has_code(session, account_id, digest) else None
        pair, now = (account_id, door.value), self._clock()
        wait = self._slowdown.wait(pair, now)
        if wait:
            raise RefusedError("too-many-attempts", headers={"Retry-After": str(wait)})
        self._slowdown.began(pair, now)
        async with self._database.write() as session:
            for factor in await store.factors_of(session, account_id):
                if factor.kind == TOTP and factor.confirmed and await self.used(session, factor, code):
                    self._slowdown.succeeded(pair)
                    return Proof(TOTP)
        return None

    async def used(self, session: Session, factor: FactorRow, code: str) -> bool:
        """Whether the code is the factor's and of no step that was used; then the step is used."""
        step = matched_step(self.secret(factor), code, int(self._now()))
        return step is not None and await store.use_step(session, factor.factor_id, step)

    def secret(self, factor: FactorRow) -> bytes:
        """The secret of the factor, opened."""
        sealed = Sealed.model_validate(factor.sealed)
        return bytes.fromhex(str(open_sealed(sealed, where(factor.factor_id), self._keyring)["secret"]))


def where(factor_id: str) -> str:
    """Where a factor's secret belongs: sealed for one place it opens in no other."""
    return f"factor:{factor_id}"
