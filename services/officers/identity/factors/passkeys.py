"""Passkeys (WebAuthn): taken up by whoever is signed in, and a sign-in of their own, for they are two factors in one.

The library checks what the browser sends; here stands what is believed: our own names only, a person who was verified
by the device, each challenge once.
"""

import hashlib
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import exceptions, options_to_json, structs

from contracts.sealed import Sealed
from services.kit.db import Database, Session
from services.kit.sealing import Keyring, open_sealed, seal
from services.officers.identity import store as people
from services.officers.identity.factors import store
from services.officers.identity.factors.second import where
from services.officers.identity.factors.tables import FactorRow
from services.officers.identity.signin.failing import FailedError, Whose
from services.officers.identity.signin.slowdown import Slowdown
from services.officers.identity.signin.tickets import ANYBODY, CHALLENGE_BYTES, Kind, Ticket, Tickets
from services.officers.identity.tables import AccountRow
from services.officers.web.problems import RefusedError

PASSKEY = "passkey"
TICKETS = Kind("qx-passkey+jwt", "passkey-wrong")
NAME = "Qingxuan 清选"
LONGEST_ID = 2000
"""Characters of a passkey's id by which failures are told apart."""
_MALFORMED = (exceptions.WebAuthnException, ValueError, TypeError, KeyError, IndexError)
"""What the library raises for what no browser sends."""


@dataclass(frozen=True)
class Place:
    """The origin of our pages, as `https://` and a name; empty where there are no passkeys."""

    origin: str

    @property
    def domain(self) -> str:
        """The name that passkeys are made for."""
        return urlsplit(self.origin).hostname or ""


@dataclass(frozen=True)
class Challenge:
    """What the browser is asked, and the ticket that comes back with its answer."""

    options: dict[str, Any]
    ticket: str


@dataclass(frozen=True)
class PasskeyShown:
    """Whose passkey it is. What was shown is spent in the transaction of what it is shown for."""

    account: AccountRow
    ticket: Ticket
    factor_id: str
    counter: int
    methods: str = PASSKEY
    shown_at: datetime | None = None

    async def spend(self, session: Session) -> None:
        """RefusedError `passkey-wrong` when the answer was used before, or the passkey is gone or has a copy."""
        if not await store.use_ticket(session, self.ticket.ticket_id, self.ticket.until, datetime.now(UTC)):
            raise FailedError("passkey-wrong", self.account)
        if not await store.count(session, self.factor_id, self.counter):
            raise FailedError("passkey-wrong", self.account)


class Passkeys:
    """RefusedError `passkeys-off` where the installation names no domain for them, `too-many-attempts` after many that
    failed; FailedError `passkey-wrong` for all else."""

    def __init__(self, database: Database, keyring: Keyring, tickets: Tickets, place: Place) -> None:
        self._database = database
        self._keyring = keyring
        self._tickets = tickets
        self._place = place
        self._slowdown = Slowdown()

    def to_take_up(self, account: AccountRow, known: Sequence[FactorRow]) -> Challenge:
        """What a browser is asked for a new passkey of this account; `known` are those that it has."""
        self._on()
        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        asked = webauthn.generate_registration_options(
            rp_id=self._place.domain,
            rp_name=NAME,
            user_id=account.account_id.encode(),
            user_name=account.login,
            challenge=challenge,
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.REQUIRED,
                user_verification=structs.UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[
                structs.PublicKeyCredentialDescriptor(id=bytes.fromhex(str(self.opened(one)["credential"])))
                for one in known
            ],
        )
        ticket = self._tickets.issue(account.account_id, challenge, datetime.now(UTC))
        return Challenge(json.loads(options_to_json(asked)), ticket)

    async def taken_up(
        self, session: Session, whose: Whose, ticket: str, answer: Mapping[str, Any], label: str
    ) -> FactorRow:
        """The passkey that the browser made, added and confirmed."""
        read, now = self._tickets.read(ticket, whose, datetime.now(UTC)), datetime.now(UTC)
        try:
            made = webauthn.verify_registration_response(
                credential=dict(answer),
                expected_challenge=read.challenge,
                expected_rp_id=self._place.domain,
                expected_origin=self._place.origin,
                require_user_verification=True,
            )
        except _MALFORMED as error:
            raise FailedError("passkey-wrong", whose) from error
        if not await store.use_ticket(session, read.ticket_id, read.until, now):
            raise FailedError("passkey-wrong", whose)
        if await store.by_credential(session, _digest(made.credential_id)) is not None:
            # One id is one passkey's: a second of that id would be taken for it at a sign-in, whoever has it.
            raise FailedError("passkey-wrong", whose)
        factor_id = "f" + secrets.token_hex(12)
        content: dict[str, object] = {
            "key": made.credential_public_key.hex(),
            "credential": made.credential_id.hex(),
            "label": label,
        }
        row = FactorRow(
            factor_id=factor_id,
            account_id=whose.account_id,
            kind=PASSKEY,
            label="",
            sealed=seal(content, where(factor_id), self._keyring).model_dump(),
            credential=_digest(made.credential_id),
            confirmed=True,
            counter=made.sign_count,
            added_at=now,
        )
        session.add(row)
        return row

    def to_sign_in(self) -> Challenge:
        """What a browser is asked for a sign-in. Who it is, the passkey says."""
        self._on()
        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        asked = webauthn.generate_authentication_options(
            rp_id=self._place.domain,
            challenge=challenge,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
        ticket = self._tickets.issue(ANYBODY, challenge, datetime.now(UTC))
        return Challenge(json.loads(options_to_json(asked)), ticket)

    async def shown(self, ticket: str, answer: Mapping[str, Any], where_from: str) -> PasskeyShown:
        """Whose passkey answered. One that fails is slowed down with those of its address, as a login is."""
        self._on()
        pair, now = (_digest(repr(answer.get("id"))[:LONGEST_ID].encode()), where_from), time.monotonic()
        wait = self._slowdown.wait(pair, now)
        if wait:
            raise RefusedError("too-many-attempts", headers={"Retry-After": str(wait)})
        self._slowdown.began(pair, now)
        try:
            shown = await self._shown(ticket, answer)
        except FailedError:
            self._slowdown.failed(pair, now)
            raise
        self._slowdown.succeeded(pair)
        return shown

    async def _shown(self, ticket: str, answer: Mapping[str, Any]) -> PasskeyShown:
        read = self._tickets.read(ticket, None, datetime.now(UTC))
        try:
            said = webauthn.helpers.parse_authentication_credential_json(dict(answer))
        except _MALFORMED as error:
            raise FailedError("passkey-wrong") from error
        async with self._database.read() as session:
            factor = await store.by_credential(session, _digest(said.raw_id))
            account = await people.account(session, factor.account_id) if factor is not None else None
        if factor is None or account is None or account.disabled:
            raise FailedError("passkey-wrong", account)
        if said.response.user_handle != account.account_id.encode():
            raise FailedError("passkey-wrong", account)
        try:
            verified = webauthn.verify_authentication_response(
                credential=said,
                expected_challenge=read.challenge,
                expected_rp_id=self._place.domain,
                expected_origin=self._place.origin,
                credential_public_key=bytes.fromhex(str(self.opened(factor)["key"])),
                credential_current_sign_count=factor.counter,
                require_user_verification=True,
            )
        except _MALFORMED as error:
            raise FailedError("passkey-wrong", account) from error
        return PasskeyShown(account, read, factor.factor_id, verified.new_sign_count)

    def opened(self, factor: FactorRow) -> dict[str, object]:
        """What is sealed of a factor, opened: of a passkey its key, its id and what its owner calls it."""
        return open_sealed(Sealed.model_validate(factor.sealed), where(factor.factor_id), self._keyring)

    def _on(self) -> None:
        if not self._place.domain:
            raise RefusedError("passkeys-off")


def _digest(credential_id: bytes) -> str:
    return hashlib.sha256(b"passkey\x1f" + credential_id).hexdigest()
