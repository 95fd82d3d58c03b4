"""Sign-in by the office's identity provider: asked, answered, shown again; and one's own link with it."""

from fastapi import APIRouter, Response

from services.officers.identity.provider.asking import Asked
from services.officers.routes.caller import AtOffice, Permitted
from services.officers.routes.sessions import PROVING, FromWhere
from services.officers.views.base import problems
from services.officers.views.providers import AnswerBody, LinkView, SecondBody, StartedView
from services.officers.views.sessions import OfferedBody, SignedInView
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["sessions"])
ASKING = problems(401, 409, 422, 429, 503)
ANSWERED = {**PROVING, **problems(404, 409)}


@router.post("/sessions/provider/challenge", responses=problems(409, 422, 429, 503))
async def ask_to_sign_in(office: AtOffice, response: Response) -> StartedView:
    """Where to send somebody who signs in by the provider, and the ticket to keep for the answer."""
    response.headers["Cache-Control"] = "no-store"
    return StartedView.of(await office.provider.ask(Asked.SIGN_IN))


@router.post("/sessions/provider", status_code=201, responses=ANSWERED)
async def sign_in_by_provider(
    body: AnswerBody, office: AtOffice, origin: FromWhere, response: Response
) -> SignedInView:
    """Exchange what the provider's redirect brought for the first token of a session."""
    response.headers["Cache-Control"] = "no-store"
    shown = await office.by_provider.shown(body.answer, origin.address)
    return SignedInView.of(await office.sessions.begin(shown, origin))


@router.post("/sessions/provider/second", status_code=201, responses=PROVING)
async def second_factor_after_provider(
    body: SecondBody, office: AtOffice, origin: FromWhere, response: Response
) -> SignedInView:
    """Show the second factor where the provider asked for none: the ticket is that of `second-factor-needed`."""
    response.headers["Cache-Control"] = "no-store"
    shown = await office.by_provider.second(body.ticket, body.code)
    return SignedInView.of(await office.sessions.begin(shown, origin))


@router.post("/sessions/fresh/provider/challenge", responses=ASKING)
async def ask_again(who: Permitted, office: AtOffice, response: Response) -> StartedView:
    """Where to send whoever is to show again who they are: the provider asks them anew."""
    response.headers["Cache-Control"] = "no-store"
    return StartedView.of(await office.provider.ask(Asked.AGAIN, who.actor))


@router.post("/sessions/fresh/provider", responses=ANSWERED)
async def show_again_by_provider(
    body: AnswerBody, who: Permitted, office: AtOffice, origin: FromWhere, response: Response
) -> SignedInView:
    """A further token, for acts that ask for a fresh sign-in."""
    response.headers["Cache-Control"] = "no-store"
    shown = await office.by_provider.shown(body.answer, origin.address, who.actor)
    return SignedInView.of(await office.sessions.fresh(who.presence, shown, origin))


@router.post("/sessions/fresh/provider/second", responses=PROVING)
async def second_factor_shown_again(
    body: SecondBody, who: Permitted, office: AtOffice, origin: FromWhere, response: Response
) -> SignedInView:
    """Likewise, with the second factor where the provider asked for none."""
    response.headers["Cache-Control"] = "no-store"
    shown = await office.by_provider.second(body.ticket, body.code, who.actor)
    return SignedInView.of(await office.sessions.fresh(who.presence, shown, origin))


@router.get("/provider-link", responses=problems(401, 429, 503))
async def own_link(who: Permitted, office: AtOffice) -> LinkView:
    """Since when one's own account is linked with one of the provider's people."""
    return LinkView.of(await office.linking.of(who.actor.account_id))


@router.post("/provider-link/challenge", responses=ANSWERED)
async def begin_link(
    body: OfferedBody, who: Permitted, office: AtOffice, origin: FromWhere, response: Response
) -> StartedView:
    """Where to go to be linked: one shows again who one is, here and at the provider."""
    response.headers["Cache-Control"] = "no-store"
    return StartedView.of(await office.linking.begin(who.presence, body.offered, origin))


@router.post("/provider-link", status_code=204, responses=ANSWERED)
async def confirm_link(body: AnswerBody, who: Permitted, office: AtOffice, origin: FromWhere) -> Response:
    """Link one's own account with whom the provider answered for."""
    await office.linking.confirm(who.presence, body.answer, origin)
    return Response(status_code=204)


@router.post("/provider-link/removal", status_code=204, responses=ANSWERED)
async def remove_link(body: OfferedBody, who: Permitted, office: AtOffice, origin: FromWhere) -> Response:
    """Undo the link: the provider opens this account no more."""
    await office.linking.remove(who.presence, body.offered, origin)
    return Response(status_code=204)
