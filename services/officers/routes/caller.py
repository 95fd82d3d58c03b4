"""What routes depend on: who is calling, what they may see, and under which key they ask for something."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request, Security
from fastapi.responses import JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from contracts.actor import Actor
from contracts.claim import Claim
from contracts.policy.model import Text
from services.officers.desk.ask import Ask, Reply, command_id
from services.officers.desk.keeping import request_digest
from services.officers.identity import freshness
from services.officers.identity.scope import Scope, scope_of
from services.officers.identity.standing import Presence
from services.officers.identity.tokens import Claims
from services.officers.office import Office
from services.officers.routes.rights import RULES, Rule
from services.officers.web.language import Language, language_of
from services.officers.web.problems import RefusedError

OPAQUE = r"^[a-zA-Z0-9][a-zA-Z0-9_.:\-]{0,120}$"
KEY = r"^[A-Za-z0-9._~:\-]{1,120}$"
KEY_HEADER = "Idempotency-Key"

bearer = HTTPBearer(auto_error=False, description="The token that POST /v1/sessions gave")
Word = Annotated[str, Query(max_length=121, pattern=f"{OPAQUE}|^$")]
"""A code, or an id, by which a list is narrowed; empty narrows nothing."""
OpaquePath = Annotated[str, Path(pattern=OPAQUE, max_length=121)]


@dataclass(frozen=True)
class Caller:
    """Who is calling, from the verified token only (D12), what they may see, and the language they read."""

    presence: Presence
    scope: Scope
    language: Language
    allowed: bool
    """Whether the rule of the route lets them use it."""

    @property
    def actor(self) -> Actor:
        """The account, the person and what they may do."""
        return self.presence.actor

    @property
    def claims(self) -> Claims:
        """What the token says beside that."""
        return self.presence.claims

    def shown_within(self, minutes: int | None) -> None:
        """RefusedError `stale-authentication` when it was longer ago that the caller showed who they are.

        It says how to go on (RFC 9470); None asks for nothing. The token tells, so no database is asked.
        """
        if minutes is None or datetime.now(UTC) - self.claims.authenticated_at <= timedelta(minutes=minutes):
            return
        sentence = Text(
            zh=f"此项须在 {minutes} 分钟内验证过身份，请重新验证。",
            en=f"This needs that you showed who you are within {minutes} minutes: do so again.",
        )
        asked = f'Bearer error="insufficient_user_authentication", max_age="{60 * minutes}"'
        extra = {"max_age": 60 * minutes, "way_out": "/v1/sessions/fresh"}
        raise RefusedError("stale-authentication", sentence, extra=extra, headers={"WWW-Authenticate": asked})

    def holds(self, *roles: str) -> bool:
        """Whether one of the roles is among the caller's grants."""
        return bool(self.scope.roles.intersection(roles))

    def insist(self) -> None:
        """RefusedError `wrong-role` unless the rule of the route lets them use it."""
        if not self.allowed:
            raise RefusedError("wrong-role")


async def office_of(request: Request) -> Office:
    """The running service's parts."""
    office: Office = request.app.state.office
    return office


AtOffice = Annotated[Office, Depends(office_of)]


def rule_of(request: Request) -> Rule:
    """The rule of the route that answers; there is one, or the service had not started."""
    return RULES[f"{request.method} {request.scope['route'].path}"]


async def caller(
    request: Request,
    office: AtOffice,
    presented: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)] = None,
) -> Caller:
    """The caller, whether the route is theirs to use or not. RefusedError `unauthenticated` without a good token."""
    if presented is None:
        raise RefusedError("unauthenticated", headers={"WWW-Authenticate": "Bearer"})
    presence = await office.standings.presence(presented.credentials)
    async with office.holding.late():
        office.throttle.ask(presence.actor.person_id)
    language = language_of(request.headers.get("accept-language", ""))
    scope = scope_of(presence.actor, office.policy)
    return Caller(presence, scope, language, rule_of(request).lets(scope, office.policy))


async def permitted(who: Annotated[Caller, Depends(caller)]) -> Caller:
    """The caller, who may use the route. RefusedError `wrong-role` for anybody else."""
    who.insist()
    return who


Permitted = Annotated[Caller, Depends(permitted)]


@dataclass(frozen=True)
class Asking:
    """A write: the caller, what they ask for as which command, and by which rule they may."""

    caller: Caller
    ask: Ask
    roles: tuple[str, ...]
    """The roles that the rule asks for; none where it asks for no role."""
    minutes: int | None
    """Within how many minutes the caller must have shown who they are; None asks for nothing."""

    def insist(self) -> None:
        """RefusedError `wrong-role` unless the route is theirs to use, `stale-authentication` when it asks who they
        are. Call it where refusals are recorded."""
        self.caller.insist()
        self.caller.shown_within(self.minutes)

    def claim(self, target: str = "none") -> Claim:
        """What the caller claims. The first grant is the role that signs: those by which they may come first.

        RefusedError `wrong-role` for whoever the rule does not let in, so that no route can forget to ask.
        """
        self.caller.insist()
        grants = sorted(self.caller.actor.grants, key=lambda grant: grant.role not in self.roles)
        actor = self.caller.actor.model_copy(update={"grants": tuple(grants)})
        return self.ask.claim(actor, datetime.now(UTC), target)


async def asking(
    request: Request,
    who: Annotated[Caller, Depends(caller)],
    office: AtOffice,
    key: Annotated[
        str,
        Header(
            alias=KEY_HEADER,
            pattern=KEY,
            description="One key per act; the same key and body get the same answer",
        ),
    ],
) -> Asking:
    """The write. Without a usable key the answer is `idempotency-key-missing`; while too much was refused, 429."""
    async with office.holding.late():
        office.refusals.check(who.actor.account_id)
    target = next(iter(request.path_params.values()), "")
    ident = command_id(who.actor.account_id, key)
    rule = rule_of(request)
    minutes = freshness.for_act(office.policy, rule.act) if rule.act else None
    ask = Ask(who.actor, ident, request.scope["route"].name, str(target))
    return Asking(who, ask, rule.holding(office.policy), minutes)


Asks = Annotated[Asking, Depends(asking)]


async def digest_of_request(request: Request, office: AtOffice) -> str:
    """What tells a repeat from another request, for writes that no command says."""
    content = await request.json() if await request.body() else None
    url = request.url
    return request_digest(office.digest_secret, request.method, url.path, url.query, content)


RequestDigest = Annotated[str, Depends(digest_of_request)]


def answer(reply: Reply) -> JSONResponse:
    """The response to a write."""
    return JSONResponse(dict(reply.body), reply.status, {"Cache-Control": "no-store", **reply.headers})
