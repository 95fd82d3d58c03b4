"""The import of members who were elected before this system: a table of seats, taken whole or not at all."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path

from contracts.claim import Claim
from contracts.commands.batch import ImportSeats
from contracts.nominee import Nominee, SeatEntry
from services.officers.identity.persons import Identity
from services.officers.office import Office
from services.officers.routes.caller import OPAQUE, Asks, AtOffice
from services.officers.routes.tables import people_of, take_in
from services.officers.views.base import WRITES, DoneView
from services.officers.views.seats import SeatRow, SeatsBody
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/batches", tags=["batches"])


@router.post("/{batch_id}/seats", status_code=201, responses=WRITES, response_model=DoneView)
async def seats(
    batch_id: Annotated[str, Path(pattern=OPAQUE, max_length=121)],
    body: SeatsBody,
    asks: Asks,
    office: AtOffice,
) -> object:
    """Import sitting members: every faulty cell is named, and with one fault nobody is imported."""

    async def made(claim: Claim, digest: str, rows: Sequence[SeatRow]) -> ImportSeats:
        return ImportSeats(claim=claim, table_digest=digest, entries=await _entries(office, rows))

    return await take_in(office, asks, batch_id, body, body.rows, made)


async def _entries(office: Office, rows: Sequence[SeatRow]) -> tuple[SeatEntry, ...]:
    """The table as the command carries it."""
    table = [row.cells() for row in rows]
    ids = await people_of(office, [Identity(cells["name"], cells["id_number"]) for cells in table])
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
