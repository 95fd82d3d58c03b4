"""How each act of the table (act_table.py) is answered. Whether the caller may, the rules say."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from contracts.commands.case import ReportConflict
from services.officers.desk.others import Named, about, called, known
from services.officers.office import Office
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.routes import batches, cases
from services.officers.routes.act_table import ACTS, Act
from services.officers.routes.caller import OPAQUE, Asks, AtOffice, Caller, answer
from services.officers.routes.writes import add_write
from services.officers.views.acts import ActBody
from services.officers.views.conflicts import OthersConflictBody
from services.officers.web.etags import check_match, conditional
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute)


def _route(act: Act) -> Callable[..., Coroutine[Any, Any, object]]:
    ident = act.path.partition("{")[2].partition("}")[0]

    async def acts(
        named: Annotated[str, Path(alias=ident, pattern=OPAQUE, max_length=121)],
        body: act.body,  # type: ignore[name-defined]
        request: Request,
        asks: Asks,
        office: AtOffice,
    ) -> object:
        async with office.desk.asked(asks.ask, Wanted(act.what, named, asks.caller.scope)) as write:
            claim = asks.claim()
            if write.fresh:
                seen = write.seen
                if act.kind is not None and seen.kind != act.kind:
                    raise RefusedError(f"unknown-{act.what.value}")
                asks.insist()
                if conditional(request.headers):
                    check_match(request.headers, await _version(office, asks.caller, act.what, named))
            # Only now: whether the office knows somebody is told to nobody who may not ask.
            said = await _found(office, body, write.district)
            command = said.command(claim)
            if write.fresh and isinstance(command, ReportConflict):
                command = about(command, await known(office.database, [command.person_id]))
            return answer(await write.send(command))

    return acts


async def _found(office: Office, body: ActBody, district: str) -> ActBody:
    """What was sent, of the officer whom it names by name."""
    if not isinstance(body, OthersConflictBody) or body.named_officer is None:
        return body
    named = Named(body.named_officer.name, body.named_officer.unit, district)
    return body.of(await called(office.database, office.persons, office.policy, named))


async def _version(office: Office, who: Caller, what: What, named: str) -> str:
    """What stands for the thing as this caller sees it; asked only where a write hangs on it."""
    of = batches.version_of if what is What.BATCH else cases.version_of
    return await of(office, who, named)


for one in ACTS:
    add_write(router, _route(one), path=one.path, name=one.name, body=one.body, status=one.status)
