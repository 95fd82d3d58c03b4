"""Signing in and out."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from services.kit.db import Database
from services.officers.identity import store as people
from services.officers.identity.lockout import Lockout
from services.officers.identity.passwords import Passwords
from services.officers.identity.standing import Standings
from services.officers.identity.tokens import Tokens
from services.officers.web.problems import RefusedError


@dataclass(frozen=True)
class SignedIn:
    """A fresh token and until when it is good."""

    token: str
    expires_at: datetime
    account_id: str


class Sessions:
    """Exchanges a login and a password for a token. Every wrong pair is answered alike, in the same time."""

    def __init__(
        self, database: Database, passwords: Passwords, tokens: Tokens, standings: Standings
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._tokens = tokens
        self._standings = standings
        self._lockout = Lockout()

    async def sign_in(self, login: str, password: str) -> SignedIn:
        """A token. RefusedError `credentials-wrong`, or `too-many-attempts` while the login rests."""
        wait = self._lockout.wait(login, time.monotonic())
        if wait:
            raise RefusedError("too-many-attempts", headers={"Retry-After": str(wait)})
        # Counted before the password is tried: a hundred attempts at once are a hundred attempts.
        self._lockout.failed(login, time.monotonic())
        async with self._database.read() as session:
            account = await people.account_by_login(session, login)
        stored = account.password_hash if account is not None and not account.disabled else None
        if not await self._passwords.fits(stored, password) or account is None:
            raise RefusedError("credentials-wrong")
        self._lockout.succeeded(login)
        token, expires_at = self._tokens.issue(
            account.account_id, account.token_generation, datetime.now(UTC)
        )
        return SignedIn(token, expires_at, account.account_id)

    async def sign_out(self, account_id: str) -> None:
        """End every token of the account."""
        async with self._database.write() as session:
            await people.end_tokens(session, account_id)
        self._standings.forget(account_id)
