"""Signing in and out, staying signed in, and who one is."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from services.officers.identity import store as people
from services.officers.identity.signin.failing import FailedError
from services.officers.identity.signin.showing import Origin
from services.officers.routes.caller import AtOffice, OpaquePath, Permitted
from services.officers.routes.rights import RULES
from services.officers.views.base import problems
from services.officers.views.sessions import (
    ChallengeView,
    CredentialsBody,
    MeView,
    NewPasswordBody,
    OfferedBody,
    OwnGrantView,
    PasskeyBody,
    SessionsView,
    SessionView,
    SignedInView,
    SignInBody,
)
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["sessions"])

AGENT_LENGTH = 200
"""Characters of what a program says of itself that are kept."""

PROVING = problems(400, 401, 413, 415, 422, 429, 503)
"""What may be answered where it is shown who somebody is."""


async def origin_of(request: Request, office: AtOffice) -> AsyncIterator[Origin]:
    """Where the request comes from. Who fails to show who they are there is noted before they are answered, and who may
    not even try waits for the answer."""
    said = request.headers.get("user-agent", "")[:AGENT_LENGTH]
    agent = "".join(sign for sign in said if sign.isprintable())
    origin = Origin(request.client.host if request.client is not None else "", agent)
    try:
        yield origin
    except RefusedError as error:
        if isinstance(error, FailedError):
            await office.failures.note(error, origin.address)
        await office.holding.back(error.code)
        raise


FromWhere = Annotated[Origin, Depends(origin_of)]


@router.post("/sessions", status_code=201, responses=PROVING)
async def sign_in(body: SignInBody, office: AtOffice, origin: FromWhere, response: Response) -> SignedInView:
    """Exchange login, password and second factor for the first token of a session."""
    response.headers["Cache-Control"] = "no-store"
    return SignedInView.of(await office.sessions.sign_in(body.login, body.offered, origin))


@router.post("/sessions/passkey/challenge", responses=problems(409, 422, 429, 503))
async def passkey_challenge(office: AtOffice, response: Response) -> ChallengeView:
    """What a browser is asked for a sign-in by passkey; nothing is kept of it here."""
    response.headers["Cache-Control"] = "no-store"
    return ChallengeView.of(office.passkeys.to_sign_in())


@router.post("/sessions/passkey", status_code=201, responses={**PROVING, **problems(409)})
async def sign_in_by_passkey(
    body: PasskeyBody, office: AtOffice, origin: FromWhere, response: Response
) -> SignedInView:
    """Exchange a passkey's answer for the first token of a session."""
    response.headers["Cache-Control"] = "no-store"
    return SignedInView.of(await office.sessions.sign_in_by_passkey(body.ticket, body.credential, origin))


@router.get("/sessions", responses=problems(401, 429, 503))
async def own_sessions(who: Permitted, office: AtOffice) -> SessionsView:
    """One's own sessions that stand."""
    rows = await office.sessions.of(who.actor.account_id)
    return SessionsView(items=[SessionView.of(row, who.claims.session_id) for row in rows])


@router.post("/sessions/renewal", responses=problems(401, 422, 429, 503))
async def renew(who: Permitted, office: AtOffice, response: Response) -> SignedInView:
    """A further token of the session that asks, by a person's own use of it and never by a clock."""
    response.headers["Cache-Control"] = "no-store"
    return SignedInView.of(await office.sessions.renew(who.presence))


@router.post("/sessions/fresh", responses=PROVING)
async def show_again(
    body: OfferedBody, who: Permitted, office: AtOffice, origin: FromWhere, response: Response
) -> SignedInView:
    """Show again who one is: a further token, for acts that ask for a fresh sign-in."""
    response.headers["Cache-Control"] = "no-store"
    return SignedInView.of(await office.sessions.show_again(who.presence, body.offered, origin))


@router.post("/sessions/password", status_code=204, responses=PROVING)
async def change_password(
    body: NewPasswordBody, who: Permitted, office: AtOffice, origin: FromWhere
) -> Response:
    """Give one's own account another password; every other session of it ends."""
    await office.own_password.change(who.presence, body.offered, body.new, origin)
    return Response(status_code=204)


@router.post("/credentials", status_code=204, responses=PROVING)
async def set_password(body: CredentialsBody, office: AtOffice, origin: FromWhere) -> Response:
    """Set the password of one's own account with its one-time code, which then counts no more."""
    await office.credentials.set(body.login, body.code, body.password, origin)
    return Response(status_code=204)


@router.delete("/sessions", status_code=204, responses=problems(401, 429, 503))
async def sign_out_everywhere(who: Permitted, office: AtOffice, origin: FromWhere) -> Response:
    """End every session of one's own account, the one that asks among them."""
    await office.sessions.end_all(who.presence, origin)
    return Response(status_code=204)


@router.delete("/sessions/{session_id}", status_code=204, responses=problems(401, 404, 422, 429, 503))
async def sign_out(session_id: OpaquePath, who: Permitted, office: AtOffice, origin: FromWhere) -> Response:
    """End one session of one's own account: the one that asks, or one on a machine that was left."""
    await office.sessions.end(who.presence, session_id, origin)
    return Response(status_code=204)


@router.get("/me", responses=problems(401, 429, 503))
async def me(who: Permitted, office: AtOffice) -> MeView:
    """Account, person and grants of the caller, as they hold now, and the routes that these open to them."""
    actor = who.actor
    async with office.database.read() as session:
        account = await people.account(session, actor.account_id)
        name = await office.persons.name(session, actor.person_id)
    return MeView(
        account_id=actor.account_id,
        person_id=actor.person_id,
        login="" if account is None else account.login,
        name=name,
        units=sorted({grant.unit for grant in actor.grants if grant.unit}),
        grants=[OwnGrantView.of(grant, office.policy.version, who.language) for grant in actor.grants],
        may=sorted(route for route, rule in RULES.items() if rule.lets(who.scope, office.policy)),
    )
