"""Who acts in whose place: entered by the person, or for them by the system administrator (SOD-12)."""

from datetime import UTC, datetime

from fastapi import APIRouter

from services.officers.desk.ask import Reply
from services.officers.identity.bonds import store as bonds
from services.officers.identity.bonds.register import Deputising
from services.officers.identity.scope import SYS_ADMIN
from services.officers.routes.caller import Asks, AtOffice, Permitted, RequestDigest, answer
from services.officers.views.base import READS, WRITES
from services.officers.views.deputies import DeputyBody, DeputyView
from services.officers.web.paging import Page
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["deputies"])


@router.post("/deputies", status_code=201, responses=WRITES, response_model=DeputyView)
async def enter_deputy(body: DeputyBody, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Enter who acts in one's place, from when to when."""
    async with office.keeping.here(asks.ask, digest) as write:
        if write.fresh:
            me = asks.caller.actor
            if body.principal not in {None, me.person_id} and not asks.caller.holds(SYS_ADMIN):
                raise RefusedError("wrong-role")
            principal = body.principal or me.person_id
            said = Deputising(principal, body.deputy, body.starts, body.ends, body.reason)
            row = await office.deputies.enter(write.session, said, me.account_id)
            view = DeputyView.model_validate(row.model_dump(exclude={"entered_by"}))
            write.answer(Reply(201, view.model_dump(mode="json")))
    return answer(write.reply)


@router.get("/deputies", responses=READS)
async def deputies(office: AtOffice, who: Permitted) -> Page[DeputyView]:
    """Who acts in one's place and in whose place one acts, now or later."""
    async with office.database.read() as session:
        rows = await bonds.deputies(session, who.actor.person_id, datetime.now(UTC))
    return Page(
        items=[DeputyView.model_validate(row.model_dump(exclude={"entered_by"})) for row in rows], next=None
    )
