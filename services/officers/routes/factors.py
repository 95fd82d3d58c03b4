"""One's own second factor: taken up, confirmed, given up."""

from fastapi import APIRouter, Response

from services.officers.routes.caller import AtOffice, OpaquePath, Signed
from services.officers.routes.sessions import PROVING, FromWhere
from services.officers.views.base import problems
from services.officers.views.factors import BegunView, CodeBody, CodesView, FactorsView, TotpBody
from services.officers.views.sessions import OfferedBody
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/factors", tags=["sessions"])
CHANGING = {**PROVING, **problems(404, 409)}


@router.get("", responses=problems(401, 429, 503))
async def own_factors(who: Signed, office: AtOffice) -> FactorsView:
    """One's own factors."""
    return FactorsView.of(await office.enrolling.of(who.actor.account_id))


@router.post("/totp", status_code=201, responses=CHANGING)
async def begin_totp(
    body: TotpBody, who: Signed, office: AtOffice, origin: FromWhere, response: Response
) -> BegunView:
    """Begin with an authenticator program; it is asked for once it is confirmed."""
    response.headers["Cache-Control"] = "no-store"
    return BegunView.of(await office.enrolling.begin(who.presence, body.label, body.offered, origin))


@router.post("/recovery-codes", status_code=201, responses=CHANGING)
async def draw_codes(
    body: OfferedBody, who: Signed, office: AtOffice, origin: FromWhere, response: Response
) -> CodesView:
    """Draw other recovery codes; those that are left are good for nothing any more."""
    response.headers["Cache-Control"] = "no-store"
    codes = await office.enrolling.draw_codes(who.presence, body.offered, origin)
    return CodesView(recovery_codes=codes)


@router.post("/{factor_id}/confirmation", responses=CHANGING)
async def confirm(
    factor_id: OpaquePath,
    body: CodeBody,
    who: Signed,
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
    factor_id: OpaquePath, body: OfferedBody, who: Signed, office: AtOffice, origin: FromWhere
) -> Response:
    """Give the factor up."""
    await office.enrolling.remove(who.presence, factor_id, body.offered, origin)
    return Response(status_code=204)
