"""Ties that people declare before there is a case: they bind in the whole batch (ST00, SOD-06)."""

from datetime import UTC, datetime

from fastapi import APIRouter

from contracts.commands.batch import DeclareTie
from contracts.matter import Tie
from services.officers.identity.persons import Identity
from services.officers.office import Office
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.routes.caller import Asks, AtOffice, OpaquePath, answer
from services.officers.routes.tables import people_of
from services.officers.views.base import WRITES, DoneView
from services.officers.views.rosters import row_faults, screenful
from services.officers.views.ties import TieBody
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/batches", tags=["batches"])


@router.post("/{batch_id}/ties", status_code=201, responses=WRITES, response_model=DoneView)
async def declare(batch_id: OpaquePath, body: TieBody, asks: Asks, office: AtOffice) -> object:
    """Declare to whom one is tied; of that person's case one sees the number only, from its beginning on."""
    async with office.desk.asked(asks.ask, Wanted(What.BATCH, batch_id, asks.caller.scope)) as write:
        # Also under a key that was used before: what follows makes a person of the number.
        asks.insist()
        write.insist()
        faults = row_faults([body.cells()], datetime.now(UTC).date())
        if faults:
            raise RefusedError("roster-faulty", extra=screenful(faults))
        tie = Tie(of=await _person(office, body), ground=body.ground, reason=body.reason)
        return answer(await write.send(DeclareTie(claim=asks.claim(), tie=tie)))


async def _person(office: Office, body: TieBody) -> str:
    """Whose number it is; whoever is new becomes a person."""
    said = body.cells()
    ids = await people_of(office, [Identity(said["name"], said["id_number"])])
    return ids[said["id_number"]]
