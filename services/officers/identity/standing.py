"""From a token to the actor, as the account stands now (D12)."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from contracts.actor import Actor, Grant, Ties
from contracts.case import CaseKind
from contracts.events.access import PersonsMerged, PersonsSplit
from contracts.policy.model import Policy
from services.kit.db import Database, Session, Unit
from services.kit.logs import logger
from services.kit.recordreader import Entry
from services.officers.identity import store as people
from services.officers.identity.bonds import store as bonds
from services.officers.identity.bonds.store import Bonds, Nominations
from services.officers.identity.grants import clash
from services.officers.identity.signin import store as signins
from services.officers.identity.tokens import Claims, TokenError, Tokens
from services.officers.web.problems import RefusedError

MOST_REMEMBERED = 5_000
MERGING = frozenset({PersonsMerged.type, PersonsSplit.type})


@dataclass(frozen=True)
class Presence:
    """Who is there: the actor as the account stands now, and the claims of the token."""

    actor: Actor
    claims: Claims


@dataclass(frozen=True)
class _Standing:
    actor: Actor | None
    sessions: frozenset[str]
    read_at: float


class Standings:
    """Who a token speaks for. An account is read again after `remember` seconds at the latest.

    `policy` says in which roles one person may stand in for another, and what two people may not hold together. A
    change made through this process is in force at once (`forget`), one made elsewhere after that time.
    """

    def __init__(
        self,
        database: Database,
        tokens: Tokens,
        remember: float,
        policy: Policy,
        nominations: Nominations,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._tokens = tokens
        self._remember = remember
        self._policy = policy
        self._nominations = nominations
        self._now = now
        self._known: dict[str, _Standing] = {}
        self._changes = 0
        self._verified: dict[str, Claims] = {}
        """Good tokens. A signature holds for ever, so only the time is asked again."""

    async def presence(self, token: str) -> Presence:
        """Who is there; RefusedError `unauthenticated` for a token that is not good, whatever the cause."""
        now = self._now()
        claims = self._verified.get(token)
        if claims is None or claims.expires_at <= now:
            claims = self._verify(token, now)
        standing = self._known.get(claims.account_id)
        # A session that is not known yet may have begun at another process since the account was read.
        if standing is None or self._old(standing) or claims.session_id not in standing.sessions:
            standing = await self._read(claims.account_id)
        if standing.actor is None or claims.session_id not in standing.sessions:
            raise refusal()
        return Presence(standing.actor, claims)

    async def actor(self, account_id: str) -> Actor | None:
        """Who acts by this account as it stands now, signed in or not; None when it is out of force."""
        standing = self._known.get(account_id)
        if standing is None or self._old(standing):
            standing = await self._read(account_id)
        return standing.actor

    def knows(self, token: str) -> bool:
        """Whether the token is one of ours and has not ended; how its account stands is not asked."""
        now = self._now()
        claims = self._verified.get(token)
        if claims is not None and claims.expires_at > now:
            return True
        try:
            self._verify(token, now)
        except RefusedError:
            return False
        return True

    def _old(self, standing: _Standing) -> bool:
        return time.monotonic() - standing.read_at > self._remember

    def _verify(self, token: str, now: datetime) -> Claims:
        try:
            claims = self._tokens.read(token, now)
        except TokenError as error:
            self._verified.pop(token, None)
            logger.info("token refused", reason=str(error))
            raise refusal() from error
        if len(self._verified) >= MOST_REMEMBERED:
            self._verified.clear()
        self._verified[token] = claims
        return claims

    def changed(self, entries: Iterable[Entry]) -> None:
        """Read accounts anew of which the record says something."""
        for envelope in (entry.envelope for entry in entries):
            if envelope.kind == CaseKind.ACCESS and "account_id" in envelope.payload:
                self.forget(str(envelope.payload["account_id"]))
            elif envelope.type in MERGING:
                # Whose accounts these are stands in the tables alone.
                self._changes += 1
                self._known.clear()

    def forget(self, account_id: str) -> None:
        """Read the account anew at its next request."""
        self._changes += 1
        self._known.pop(account_id, None)

    async def _read(self, account_id: str) -> _Standing:
        read_at, now, changes = time.monotonic(), self._now(), self._changes
        stands, known = await self._database.look(lambda unit: self._stands(unit, account_id, now))
        actor = None
        if stands is not None and not stands.disabled:
            actor = self._bound(account_id, stands, known)
        standing = _Standing(actor, stands.sessions if stands else frozenset(), read_at)
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        # What changed while it was read may not be in it: that is not remembered, or it would be in force on.
        if changes == self._changes:
            self._known[account_id] = standing
        return standing

    def _stands(
        self, unit: Unit, account_id: str, now: datetime
    ) -> tuple[people.Stands | None, dict[str, Bonds]]:
        stands = people.standing(unit, account_id, now)
        return stands, {} if stands is None else bonds.of_person(
            unit, stands.person_id, now, self._nominations
        )

    def _bound(self, account_id: str, stands: people.Stands, known: dict[str, Bonds]) -> Actor:
        """The actor with the roles of those in whose place they act, and with what binds them and those."""
        own = stands.grants
        acting = sorted((one.deputised, person) for person, one in known.items() if one.deputised is not None)
        # What any of them was granted since it was entered, or has by an identity that was merged, counts as well:
        # whoever does not go with those before is stood in for by nobody.
        together, deputised = [*known[stands.person_id].grants], list[Grant]()
        for _, person in acting:
            theirs = known[person].grants
            if clash([*together, *theirs], self._policy) is None:
                together += theirs
                deputised += (
                    grant.model_copy(update={"deputy_for": person})
                    for grant in theirs
                    if grant.role in self._policy.deputisable
                )
        ties = (one.ties(person, (*own, *deputised)) for person, one in known.items())
        return Actor(
            account_id=account_id,
            person_id=stands.person_id,
            grants=(*own, *deputised),
            ties=tuple(one for one in ties if one != Ties(person_id=one.person_id)),
        )


async def still(session: Session, presence: Presence, now: datetime) -> None:
    """RefusedError `unauthenticated` when the session does not stand any more, whatever is remembered of it here.

    For what would outlast it: of its end and this at once, the end wins, and nobody whose account was reset leaves
    themselves a way back.
    """
    if await signins.held(session, presence.claims.session_id, now) is None:
        raise refusal()


def refusal() -> RefusedError:
    return RefusedError("unauthenticated", headers={"WWW-Authenticate": "Bearer"})
