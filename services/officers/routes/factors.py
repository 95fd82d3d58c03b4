"""One's own second factor: taken up, confirmed, given up."""

from fastapi import APIRouter, Response

from services.officers.routes.caller import AtOffice, OpaquePath, Permitted
from services.officers.routes.sessions import PROVING, FromWhere
from services.officers.views.base import problems
from services.officers.views.factors import BegunView, CodeBody, CodesView, FactorsView, TakenUpBody, TotpBody
from services.officers.views.sessions import ChallengeView, OfferedBody
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/factors", tags=["sessions"])
CHANGING = {**PROVING, **problems(404, 409)}


@router.get("", responses=problems(401, 429, 503))
async def own_factors(who: Permitted, office: AtOffice) -> FactorsView:
    """One's own factors."""
    return FactorsView.of(await office.enrolling.of(who.actor.account_id))


@router.post("/totp", status_code=201, responses=CHANGING)
async def begin_totp(
    body: TotpBody, who: Permitted, office: AtOffice, origin: FromWhere, response: Response
) -> BegunView:
    """Begin with an authenticator program; it is asked for once it is confirmed."""
    response.headers["Cache-Control"] = "no-store"
    return BegunView.of(await office.enrolling.begin(who.presence, body.label, body.offered, origin))


@router.post("/passkey/challenge", responses=CHANGING)
async def begin_passkey(
    body: OfferedBody, who: Permitted, office: AtOffice, origin: FromWhere, response: Response
) -> ChallengeView:
    """What the browser is asked for a new passkey."""
    response.headers["Cache-Control"] = "no-store"
    return ChallengeView.of(await office.enrolling.begin_passkey(who.presence, body.offered, origin))


@router.post("/passkey", status_code=201, responses=CHANGING)
async def confirm_passkey(
    body: TakenUpBody, who: Permitted, office: AtOffice, origin: FromWhere, response: Response
) -> CodesView:
    """Take up the passkey that the browser made. From now on the password alone is no sign-in."""
    response.headers["Cache-Control"] = "no-store"
    taken = (body.ticket, body.credential, body.label)
    return CodesView(recovery_codes=await office.enrolling.confirm_passkey(who.presence, *taken, origin))


@router.post("/recovery-codes", status_code=201, responses=CHANGING)
async def draw_codes(
    body: OfferedBody, who: Permitted, office: AtOffice, origin: FromWhere, response: Response
) -> CodesView:
    """Draw other recovery codes; those that are left are good for nothing any more."""
    response.headers["Cache-Control"] = "no-store"
    codes = await office.enrolling.draw_codes(who.presence, body.offered, origin)
    return CodesView(recovery_codes=codes)


@router.post("/{factor_id}/confirmation", responses=CHANGING)
async def confirm(
    factor_id: OpaquePath,
    body: CodeBody,
    who: Permitted,
    office: AtOffice,
    origin: FromWhere,
    response: Response,
) -> CodesView:
    """Show by a code that the program has the secret. From now on it is asked for; every other session ends."""
    response.headers["Cache-Control"] = "no-store"
    codes = await office.enrolling.confirm(who.presence, factor_id, body.code, origin)
    return CodesView(recovery_codes=codes)


@router.post("/{factor_id}/removal", status_code=204, responses=CHANGING)
async def remove(
    factor_id: OpaquePath, body: OfferedBody, who: Permitted, office: AtOffice, origin: FromWhere
) -> Response:
    """Give the factor up."""
    await office.enrolling.remove(who.presence, factor_id, body.offered, origin)
    return Response(status_code=204)
