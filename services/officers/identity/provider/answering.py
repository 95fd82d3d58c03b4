"""What somebody brings back from the provider, and what of it is believed.

Nothing else is gone by: no account is opened, no name, address or group is taken over, and whoever the provider does
not answer for comes in by password or passkey or not at all.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NoReturn, TypeVar

import httpx2

from services.kit.db import Database
from services.kit.logs import logger
from services.officers.identity.factors import store as tickets
from services.officers.identity.matching import Matcher
from services.officers.identity.provider import idtoken
from services.officers.identity.provider.asking import Asked, Question, address
from services.officers.identity.provider.fetching import Fetching
from services.officers.identity.provider.registration import Registration
from services.officers.identity.provider.trust import DoubtError, SilenceError, UnsignedError
from services.officers.identity.signin.failing import FailedError, Whose
from services.officers.identity.signin.slowdown import Slowdown
from services.officers.identity.signin.tickets import ANYBODY, CHALLENGE_BYTES, Kind, Ticket, Tickets
from services.officers.identity.signin.turns import Turns
from services.officers.web.problems import RefusedError

LIFE = timedelta(minutes=10)
"""How long somebody may take at the provider."""
AT_ONCE = 8
"""Codes that are being redeemed at the same time."""
COME_AGAIN = {"Retry-After": "5"}

Result = TypeVar("Result")


@dataclass(frozen=True)
class Started:
    """Where to send somebody, and the ticket to bring back with the answer."""

    ticket: str
    address: str


@dataclass(frozen=True)
class Answer:
    """What the provider's redirect brought, and the ticket with which it was begun."""

    ticket: str
    code: str
    state: str
    iss: str | None = None
    """From whom the answer says that it is (RFC 9207)."""


@dataclass(frozen=True)
class Believed:
    """One of the provider's people, by the key under which they may be linked, and how they showed it."""

    subject_key: str
    shown_at: datetime
    vouched: bool
    """Whether the provider asked for what stands for our second factor."""


class Provider:
    """RefusedError `provider-off` where the installation has none, `provider-away` while it does not answer,
    `too-many-attempts`, `sign-in-busy`; FailedError `provider-refused` for every answer that is not believed."""

    def __init__(
        self,
        database: Database,
        client: httpx2.AsyncClient,
        registered: Registration | None,
        secret: str,
        matcher: Matcher,
        max_age: timedelta,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`max_age`: for how long the provider may go by what somebody showed it before."""
        self._database = database
        self._registered = registered
        self._fetching = None if registered is None else Fetching(registered, client)
        self._secret = secret.encode()
        self._matcher = matcher
        self._max_age = max_age
        self._now = now
        self._tickets = {
            asked: Tickets(secret, Kind(asked.value, "provider-refused", LIFE)) for asked in Asked
        }
        self._slowdown = Slowdown()
        self._turns = Turns(AT_ONCE)

    async def ask(self, asked: Asked, whose: Whose | None = None) -> Started:
        """Begin: `whose` account it is about, of whoever is signed in."""
        registered, fetching = self._on()
        where = await _spoken(fetching.endpoints())
        challenge = secrets.token_bytes(CHALLENGE_BYTES)
        account_id = ANYBODY if whose is None else whose.account_id
        question, max_age = Question.of(self._secret, challenge), int(self._max_age.total_seconds())
        return Started(
            self._tickets[asked].issue(account_id, challenge, self._now()),
            address(where, registered, question, asked, max_age),
        )

    async def answered(
        self, asked: Asked, answer: Answer, place: str, whose: Whose | None = None
    ) -> Believed:
        """Who it is, for the one purpose for which it was begun. Those that fail slow down their own address."""
        registered, fetching = self._on()
        pair, now = (hashlib.sha256(answer.ticket.encode()).hexdigest(), place), time.monotonic()
        wait, doubted = self._slowdown.wait(pair, now), self._slowdown.doubted(pair, now)
        if wait:
            raise RefusedError("too-many-attempts", headers={"Retry-After": str(wait)})
        self._slowdown.began(pair, now)
        try:
            ticket = self._tickets[asked].read(answer.ticket, whose, self._now())
            async with self._turns.turn(doubted=doubted):
                believed = await self._believed(registered, fetching, asked, answer, ticket)
        except DoubtError as error:
            self._slowdown.failed(pair, now)
            _refuse(whose, error)
        except FailedError:
            self._slowdown.failed(pair, now)
            raise
        self._slowdown.succeeded(pair)
        return believed

    async def _believed(
        self, registered: Registration, fetching: Fetching, asked: Asked, answer: Answer, ticket: Ticket
    ) -> Believed:
        question = Question.of(self._secret, ticket.challenge)
        if not hmac.compare_digest(answer.state.encode(), question.state.encode()):
            raise DoubtError("the answer to another question")
        where = await _spoken(fetching.endpoints())
        if answer.iss != registered.issuer and (where.names_itself or answer.iss is not None):
            raise DoubtError("the answer of another provider")
        async with self._database.write() as session:
            if not await tickets.use_ticket(session, ticket.ticket_id, ticket.until, self._now()):
                raise DoubtError("an answer that was brought before")
        token = await _spoken(fetching.id_token(answer.code, question.verifier))
        head = idtoken.header(token, where.algorithms)
        expected = idtoken.Expected(
            registered.issuer, registered.client_id, question.nonce, self._shown_since(asked, ticket)
        )
        said = await self._read(fetching, token, head, expected)
        return Believed(
            self._matcher.provider_key(registered.issuer, said.subject),
            datetime.fromtimestamp(said.authenticated_at, UTC),
            registered.vouches(said.acr, said.amr),
        )

    async def _read(
        self, fetching: Fetching, token: str, head: idtoken.Header, expected: idtoken.Expected
    ) -> idtoken.Said:
        now = int(self._now().timestamp())
        try:
            key = await _spoken(fetching.key(head.kid, head.algorithm))
            return idtoken.read(token, key, head.algorithm, expected, now)
        except UnsignedError:
            # A provider with one key may name none, and then only the signature tells that it has another by now.
            key = await _spoken(fetching.key(head.kid, head.algorithm, doubted=True))
            return idtoken.read(token, key, head.algorithm, expected, now)

    def _shown_since(self, asked: Asked, ticket: Ticket) -> int:
        """Whoever is to show it again must have done so after they were asked."""
        begun = ticket.until - LIFE if asked is not Asked.SIGN_IN else self._now() - self._max_age
        return int(begun.timestamp())

    def _on(self) -> tuple[Registration, Fetching]:
        if self._registered is None or self._fetching is None:
            raise RefusedError("provider-off")
        return self._registered, self._fetching


def _refuse(whose: Whose | None, error: DoubtError) -> NoReturn:
    logger.info("the identity provider's answer is not believed", reason=str(error))
    raise FailedError("provider-refused", whose) from error


async def _spoken(asked: Awaitable[Result]) -> Result:
    try:
        return await asked
    except SilenceError as error:
        logger.warning("the identity provider is away", reason=str(error))
        raise RefusedError("provider-away", headers=COME_AGAIN) from error
