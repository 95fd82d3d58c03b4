"""Sessions: begun by a sign-in, renewed by use up to an end that nothing moves, ended by whoever has them."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from services.kit.crowd import place
from services.kit.db import Database, Session
from services.officers.identity import store as people
from services.officers.identity.factors.passkeys import Passkeys
from services.officers.identity.signin import store as signins
from services.officers.identity.signin.noting import Journal, What, told
from services.officers.identity.signin.proving import Offered, Proving
from services.officers.identity.signin.showing import Origin, Showing, by, settle
from services.officers.identity.signin.tables import SessionRow
from services.officers.identity.standing import Presence, Standings, refusal
from services.officers.identity.tokens import Claims, Tokens
from services.officers.web.problems import RefusedError


@dataclass(frozen=True)
class SignedIn:
    """A token, until when it is good, and until when its session can be renewed."""

    token: str
    account_id: str
    session_id: str
    expires_at: datetime
    ends_at: datetime
    authenticated_at: datetime


@dataclass(frozen=True)
class Lasting:
    """How long a session lasts in all, and who says what time it is."""

    at_most: timedelta
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class Sessions:
    """What a person does with their own sessions; nobody else's are ever touched."""

    def __init__(
        self,
        database: Database,
        proving: Proving,
        passkeys: Passkeys,
        tokens: Tokens,
        standings: Standings,
        journal: Journal,
        lasting: Lasting,
    ) -> None:
        self._database = database
        self._proving = proving
        self._passkeys = passkeys
        self._tokens = tokens
        self._standings = standings
        self._journal = journal
        self._lasting = lasting

    async def sign_in(self, login: str, offered: Offered, origin: Origin) -> SignedIn:
        """A session, and its first token. RefusedError: see `Proving`."""
        return await self.begin(await self._proving.by_login(login, offered, origin), origin)

    async def sign_in_by_passkey(self, ticket: str, answer: Mapping[str, Any], origin: Origin) -> SignedIn:
        """Likewise by a passkey alone: it shows possession and person. RefusedError: see `Passkeys`."""
        return await self.begin(await self._passkeys.shown(ticket, answer, place(origin.address)), origin)

    async def begin(self, shown: Showing, origin: Origin) -> SignedIn:
        """A session of whoever has shown who they are, and its first token."""
        now = self._now()
        row = SessionRow(
            session_id="s" + secrets.token_hex(12),
            account_id=shown.account.account_id,
            generation=shown.account.token_generation,
            started_at=now,
            authenticated_at=min(now, shown.shown_at or now),
            renewed_at=now,
            good_until=now + min(self._tokens.life, self._lasting.at_most),
            ends_at=now + self._lasting.at_most,
            methods=shown.methods,
            address=origin.address,
            agent=origin.agent,
        )
        async with self._database.write() as session:
            row.generation = (await settle(session, shown)).token_generation
            for ended in await signins.begin(session, row):
                await self._journal(session, by(What.DISPLACED, shown, origin, ended))
            await self._journal(session, by(What.SIGNED_IN, shown, origin, row.session_id))
        self._standings.forget(row.account_id)
        return self._signed(row)

    async def renew(self, presence: Presence) -> SignedIn:
        """A further token of the same session, never good beyond the session's end. It shows nobody anew."""
        async with self._database.write() as session:
            row = await self._renewed(session, presence)
        return self._signed(row)

    async def show_again(self, presence: Presence, offered: Offered, origin: Origin) -> SignedIn:
        """A further token, after it was shown again who it is. RefusedError: see `Proving`."""
        return await self.fresh(
            presence, await self._proving.again(presence.actor.account_id, offered), origin
        )

    async def fresh(self, presence: Presence, shown: Showing, origin: Origin) -> SignedIn:
        """Likewise, whatever it was shown by."""
        async with self._database.write() as session:
            await settle(session, shown)
            row = await self._renewed(session, presence)
            row.authenticated_at = min(row.renewed_at, shown.shown_at or row.renewed_at)
            row.methods = shown.methods
            await self._journal(session, by(What.SHOWN_AGAIN, shown, origin, row.session_id))
        return self._signed(row)

    async def of(self, account_id: str) -> Sequence[SessionRow]:
        """The sessions of the account that stand."""
        async with self._database.read() as session:
            return await signins.sessions_of(session, account_id, self._now())

    async def end(self, presence: Presence, session_id: str, origin: Origin) -> None:
        """End one of one's own sessions. RefusedError `unknown-session` when there is none of this id."""
        async with self._database.write() as session:
            if not await signins.end(session, presence.actor.account_id, session_id):
                raise RefusedError("unknown-session")
            await self._journal(session, told(What.SIGNED_OUT, presence.actor, origin.address, session_id))
        self._standings.forget(presence.actor.account_id)

    async def end_all(self, presence: Presence, origin: Origin) -> None:
        """End all of one's own sessions, this one among them."""
        async with self._database.write() as session:
            await people.end_tokens(session, presence.actor.account_id)
            await self._journal(session, told(What.ALL_SIGNED_OUT, presence.actor, origin.address))
        self._standings.forget(presence.actor.account_id)

    async def _renewed(self, session: Session, presence: Presence) -> SessionRow:
        """The session, renewed; `unauthenticated` when it does not stand any more, whoever ended it meanwhile."""
        now = self._now()
        row = await signins.held(session, presence.claims.session_id, now)
        if row is None:
            raise refusal()
        row.renewed_at, row.good_until = now, min(now + self._tokens.life, row.ends_at)
        return row

    def _signed(self, row: SessionRow) -> SignedIn:
        ends = row.good_until.replace(microsecond=0)
        claims = Claims(row.account_id, row.session_id, row.authenticated_at, ends)
        token = self._tokens.issue(claims, self._now())
        return SignedIn(
            token, row.account_id, row.session_id, claims.expires_at, row.ends_at, claims.authenticated_at
        )

    def _now(self) -> datetime:
        return self._lasting.now()
