"""Signing in and out, and who one is."""

from datetime import UTC, datetime

from fastapi import APIRouter, Response

from services.officers.routes.caller import AtOffice, Signed
from services.officers.views.base import problems
from services.officers.views.people import CredentialsBody, GrantView, MeView, SignedInView, SignInBody
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["sessions"])


@router.post("/sessions", status_code=201, responses=problems(401, 422, 429, 503))
async def sign_in(body: SignInBody, office: AtOffice, response: Response) -> SignedInView:
    """Exchange login and password for a short-lived token."""
    signed = await office.sessions.sign_in(body.login, body.password)
    response.headers["Cache-Control"] = "no-store"
    remaining = signed.expires_at - datetime.now(UTC)
    return SignedInView(
        token=signed.token,
        expires_at=signed.expires_at,
        expires_in=int(remaining.total_seconds()),
        account_id=signed.account_id,
    )


@router.post("/credentials", status_code=204, responses=problems(401, 422, 429, 503))
async def set_password(body: CredentialsBody, office: AtOffice) -> Response:
    """Set the password of one's own account with its one-time code, which then counts no more."""
    await office.credentials.set(body.login, body.code, body.password)
    return Response(status_code=204)


@router.delete("/sessions", status_code=204, responses=problems(401, 503))
async def sign_out(who: Signed, office: AtOffice) -> Response:
    """End every token of one's own account."""
    await office.sessions.sign_out(who.actor.account_id)
    return Response(status_code=204)


@router.get("/me", responses=problems(401, 503))
async def me(who: Signed) -> MeView:
    """Account, person and grants of the caller, as they hold now."""
    grants = [GrantView.model_validate(grant.model_dump()) for grant in who.actor.grants]
    return MeView(account_id=who.actor.account_id, person_id=who.actor.person_id, grants=grants)
