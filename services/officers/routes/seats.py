"""The import of members who were elected before this system: a table of seats, taken whole or not at all."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path

from contracts.canonical import digest_of
from contracts.commands.batch import ImportSeats
from contracts.nominee import Nominee, SeatEntry
from services.officers.identity.persons import Identity
from services.officers.office import Office
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.routes.caller import OPAQUE, Asks, AtOffice, answer
from services.officers.views.base import WRITES, DoneView
from services.officers.views.rosters import row_faults, screenful
from services.officers.views.seats import SeatRow, SeatsBody
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/batches", tags=["batches"])
ACT = "import-seats"


@router.post("/{batch_id}/seats", status_code=201, responses=WRITES, response_model=DoneView)
async def seats(
    batch_id: Annotated[str, Path(pattern=OPAQUE, max_length=121)],
    body: SeatsBody,
    asks: Asks,
    office: AtOffice,
) -> object:
    """Import sitting members: every faulty cell is named, and with one fault nobody is imported."""
    async with office.desk.asked(asks.ask, Wanted(What.BATCH, batch_id, asks.caller.scope)) as write:
        roles = office.policy.askers(ACT)
        if write.fresh:
            asks.may_ask(office.policy, ACT)
            faults = row_faults([row.cells() for row in body.rows], datetime.now(UTC).date())
            if faults:
                raise RefusedError("roster-faulty", extra=screenful(faults))
        command = ImportSeats(
            claim=asks.claim(*roles),
            table_digest=digest_of(body.model_dump(mode="json")),
            entries=await _entries(office, body.rows),
        )
        return answer(await write.send(command))


async def _entries(office: Office, rows: list[SeatRow]) -> tuple[SeatEntry, ...]:
    """The table as the command carries it; whoever is new becomes a person."""
    table = [row.cells() for row in rows]
    async with office.database.write() as session:
        ids = await office.persons.ensure(
            session, [Identity(cells["name"], cells["id_number"]) for cells in table]
        )
        for cells in table:
            await office.persons.check_name(session, ids[cells["id_number"]], cells["name"])
    return tuple(
        SeatEntry(
            person_id=ids[cells["id_number"]],
            district=row.district,
            seat=row.seat,
            began=row.began,
            ends=row.ends,
            evaluated_until=row.evaluated_until,
            member=Nominee.model_validate(cells),
        )
        for row, cells in zip(rows, table, strict=True)
    )
