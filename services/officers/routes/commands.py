"""Where to ask for a write that was accepted before the record had it."""

from fastapi import APIRouter

from services.officers.routes.caller import AtOffice, OpaquePath, Permitted, answer
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/commands", tags=["commands"])


@router.get("/{command_id}", responses={**READS, **WRITES}, response_model=DoneView)
async def command(command_id: OpaquePath, office: AtOffice, who: Permitted) -> object:
    """The answer to one's own command as it would have been given, or 202 while it is being recorded."""
    known = await office.desk.known(who.actor.account_id, command_id)
    if known is None:
        raise RefusedError("unknown-command")
    return answer(await office.desk.answer(known))
