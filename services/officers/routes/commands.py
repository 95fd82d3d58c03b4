"""Where to ask for a write that was accepted before the record had it."""

from fastapi import APIRouter

from contracts.commands.base import Command
from contracts.commands.batch import CallElection, LoadCalendar, OpenBatch, SubmitRoster
from contracts.commands.case import (
    ClaimTask,
    CompleteTask,
    DeclareConflict,
    ReassignTask,
    RegisterReport,
    ReleaseTask,
    Withdraw,
)
from contracts.sealed import Sealed
from services.kit.sealing import open_sealed
from services.officers.desk import store as asked
from services.officers.desk.desk import Errand
from services.officers.desk.idempotency import Ask, Reply, answered
from services.officers.desk.tables import CommandRow
from services.officers.routes.caller import AtOffice, OpaquePath, Signed, answer
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/commands", tags=["commands"])

COMMANDS: dict[str, type[Command]] = {
    command.name: command
    for command in (
        CallElection,
        ClaimTask,
        CompleteTask,
        DeclareConflict,
        LoadCalendar,
        OpenBatch,
        ReassignTask,
        RegisterReport,
        ReleaseTask,
        SubmitRoster,
        Withdraw,
    )
}
"""Every command that the API sends, by its wire name."""


@router.get("/{command_id}", responses={**READS, **WRITES}, response_model=DoneView)
async def command(command_id: OpaquePath, office: AtOffice, who: Signed) -> object:
    """The answer to one's own command as it would have been given, or 202 while it is being recorded."""
    async with office.database.read() as session:
        row = await asked.command(session, who.actor.account_id, command_id)
    if row is None:
        raise RefusedError("unknown-command")
    given = answered(row)
    if given is not None:
        return answer(given)
    if row.sealed is None:
        # Claimed and never accepted: nothing happens by itself, so the request must be sent again.
        raise RefusedError("unknown-command")
    ask = Ask(who.actor, row.idempotency_key, row.body_digest, row.act, row.workflow_id)
    return answer(await _again(row, ask, office))


async def _again(row: CommandRow, ask: Ask, office: AtOffice) -> Reply:
    content = open_sealed(Sealed.model_validate(row.sealed), f"command:{row.command_id}", office.keyring)
    sent = COMMANDS[row.command].model_validate(content)
    if isinstance(sent, OpenBatch):
        return await office.desk.started(ask, sent)
    return await office.desk.resume(ask, Errand(row.workflow_id, sent))
