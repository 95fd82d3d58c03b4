"""How a person takes up a second factor, and gives one up. Every change asks again who it is."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.kit.db import Database, Session
from services.kit.sealing import Keyring, seal
from services.officers.identity import store as people
from services.officers.identity.factors import recovery, store, totp
from services.officers.identity.factors.passkeys import PASSKEY, Challenge, Passkeys
from services.officers.identity.factors.second import TOTP, SecondFactor, where
from services.officers.identity.factors.tables import FactorRow
from services.officers.identity.signin import store as signins
from services.officers.identity.signin.failing import FailedError
from services.officers.identity.signin.noting import Journal, What, told
from services.officers.identity.signin.proving import Offered, Proving
from services.officers.identity.signin.showing import Origin, by, settle
from services.officers.identity.standing import Presence, Standings, still
from services.officers.web.problems import RefusedError

MOST_FACTORS = 5
"""Authenticator programs of an account."""


@dataclass(frozen=True)
class Begun:
    """What an authenticator program must be given. It is shown this once."""

    factor_id: str
    secret: str
    address: str


@dataclass(frozen=True)
class Held:
    """The factors of an account, what their owner calls each, and how many recovery codes are left."""

    factors: Sequence[FactorRow]
    labels: Mapping[str, str]
    codes_left: int


class Enrolling:
    """RefusedError: see `Proving`; `unknown-factor` for a factor that is not one's own."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        proving: Proving,
        second: SecondFactor,
        passkeys: Passkeys,
        standings: Standings,
        journal: Journal,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._proving = proving
        self._second = second
        self._passkeys = passkeys
        self._standings = standings
        self._journal = journal

    async def of(self, account_id: str) -> Held:
        """What the account has."""
        async with self._database.read() as session:
            factors = await store.factors_of(session, account_id)
            labels = {one.factor_id: self._label(one) for one in factors}
            return Held(factors, labels, await store.codes_left(session, account_id))

    def _label(self, factor: FactorRow) -> str:
        """A row of before has it in clear."""
        return factor.label or str(self._passkeys.opened(factor).get("label", ""))

    async def begin(self, presence: Presence, label: str, offered: Offered, origin: Origin) -> Begun:
        """Draw a secret. It is asked for only once it was confirmed; what was begun before is forgotten."""
        account_id = presence.actor.account_id
        shown = await self._proving.again(account_id, offered)
        factor_id, secret = "f" + secrets.token_hex(12), secrets.token_bytes(totp.SECRET_BYTES)
        row = FactorRow(
            factor_id=factor_id,
            account_id=account_id,
            kind=TOTP,
            label="",
            sealed=seal(
                {"secret": secret.hex(), "label": label}, where(factor_id), self._keyring
            ).model_dump(),
            added_at=datetime.now(UTC),
        )
        async with self._database.write() as session:
            await settle(session, shown)
            await store.remove_unconfirmed(session, account_id)
            if len(await store.factors_of(session, account_id)) >= MOST_FACTORS:
                raise RefusedError("too-many-factors")
            session.add(row)
            await self._journal(session, by(What.FACTOR_BEGUN, shown, origin))
        return Begun(factor_id, totp.written(secret), totp.address(secret, shown.account.login))

    async def confirm(self, presence: Presence, factor_id: str, code: str, origin: Origin) -> list[str]:
        """Show by a code that the program has the secret; with the first factor come the recovery codes.

        Every other session ends: none of them has shown the factor.
        """
        account_id = presence.actor.account_id
        async with self._database.write() as session:
            factors = await self._alone(session, presence)
            begun = next((one for one in factors if one.factor_id == factor_id and not one.confirmed), None)
            if begun is None:
                raise RefusedError("unknown-factor")
            if not await self._second.used(session, begun, code):
                raise FailedError("second-factor-wrong", presence.actor)
            await store.confirm(session, factor_id)
            first = not any(one.confirmed for one in factors if one.factor_id != factor_id)
            codes = await self._added(session, presence, origin, first=first)
        self._standings.forget(account_id)
        return codes

    async def begin_passkey(self, presence: Presence, offered: Offered, origin: Origin) -> Challenge:
        """What the browser is asked for a new passkey."""
        shown = await self._proving.again(presence.actor.account_id, offered)
        async with self._database.write() as session:
            await settle(session, shown)
            factors = await store.factors_of(session, shown.account.account_id)
            await self._journal(session, by(What.FACTOR_BEGUN, shown, origin))
        if len(factors) >= MOST_FACTORS:
            raise RefusedError("too-many-factors")
        return self._passkeys.to_take_up(shown.account, [one for one in factors if one.kind == PASSKEY])

    async def confirm_passkey(
        self, presence: Presence, ticket: str, answer: Mapping[str, Any], label: str, origin: Origin
    ) -> list[str]:
        """Take up the passkey that the browser made: from now on it is a sign-in, and the password alone is none."""
        account_id = presence.actor.account_id
        async with self._database.write() as session:
            factors = await self._alone(session, presence)
            if len(factors) >= MOST_FACTORS:
                raise RefusedError("too-many-factors")
            first = not any(one.confirmed for one in factors)
            await self._passkeys.taken_up(session, presence.actor, ticket, answer, label)
            codes = await self._added(session, presence, origin, first=first)
        self._standings.forget(account_id)
        return codes

    async def remove(self, presence: Presence, factor_id: str, offered: Offered, origin: Origin) -> None:
        """Give a factor up. With the last one go the recovery codes."""
        account_id = presence.actor.account_id
        shown = await self._proving.again(account_id, offered)
        async with self._database.write() as session:
            await settle(session, shown)
            if not await store.remove(session, account_id, factor_id):
                raise RefusedError("unknown-factor")
            if not await store.any_confirmed(session, account_id):
                await store.replace_codes(session, account_id, [])
            await self._journal(session, by(What.FACTOR_REMOVED, shown, origin))

    async def draw_codes(self, presence: Presence, offered: Offered, origin: Origin) -> list[str]:
        """Other recovery codes in place of those that are left. `unknown-factor` without a factor."""
        account_id = presence.actor.account_id
        shown = await self._proving.again(account_id, offered)
        async with self._database.write() as session:
            await settle(session, shown)
            if not await store.any_confirmed(session, account_id):
                raise RefusedError("unknown-factor")
            await self._journal(session, by(What.CODES_DRAWN, shown, origin))
            return await self._codes(session, account_id)

    async def _alone(self, session: Session, presence: Presence) -> Sequence[FactorRow]:
        """The account's factors, nobody else's to change meanwhile: of two windows that confirm a first factor at once
        one is, and the recovery codes that it was shown are not replaced by the other's."""
        await still(session, presence, datetime.now(UTC))
        return await store.factors_of(session, presence.actor.account_id)

    async def _added(self, session: Session, presence: Presence, origin: Origin, *, first: bool) -> list[str]:
        account_id = presence.actor.account_id
        await people.end_tokens(session, account_id)
        await signins.keep(session, presence.claims.session_id)
        await self._journal(session, told(What.FACTOR_ADDED, presence.actor, origin.address))
        return await self._codes(session, account_id) if first else []

    async def _codes(self, session: Session, account_id: str) -> list[str]:
        codes = recovery.drawn()
        digests = [recovery.digest(account_id, code) for code in codes]
        await store.replace_codes(session, account_id, [one for one in digests if one is not None])
        return codes
