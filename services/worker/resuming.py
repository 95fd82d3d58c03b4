"""`python -m services.worker resume`: take every open case up again from the record, after Temporal was lost (D2).

So is one taken up whose workflow stands there and goes no further: no worker can replay its history any more.
"""

import json
import sys
from collections.abc import AsyncIterator, Collection

import httpx2
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from contracts import names
from contracts.commands.every import OPENS
from contracts.commands.opening import Resume
from contracts.envelope import Envelope
from contracts.policy import loader
from contracts.record import ERRAND_PURPOSE
from services.kit import temporal
from services.kit.beginning import begin
from services.kit.recordreader import RecordReader
from services.kit.releases import Releases
from services.kit.settings import read_secret
from services.kit.signing import SigningKey
from services.worker.at_once import each
from services.worker.errands import claimed_errand
from services.worker.reading import entries
from services.worker.settings import Settings
from services.worker.surveying import Owed, Survey

STUCK_AFTER = 3
"""Tries of one workflow task after which a workflow is taken for stuck. A task that goes well takes one."""


async def resume(settings: Settings) -> None:
    """Begin a workflow for each case that is open on the record, or owed, and has none; print how many there were.

    May be run at any time and again: where a workflow runs nothing happens, and where one is stuck another takes its
    place. Each then looks at the record, folds what stands there, and carries what it still owes.
    """
    survey = Survey(settings.rings.at(settings.record_keys_dir))
    async for envelope in _record(settings):
        survey.take_in(envelope)
    engine_keys = settings.rings.at(settings.engine_keys_dir)
    client = await temporal.connect(
        settings.temporal_address, settings.temporal_namespace, engine_keys, login=settings.engine_login
    )
    key = SigningKey.load(settings.errand_key_file, ERRAND_PURPOSE)
    sys.stdout.write(json.dumps(await take_up(client, key, survey)) + "\n")


async def take_up(client: Client, key: SigningKey, survey: Survey) -> dict[str, int]:
    """Begin what is missing and replace what is stuck; how many cases are open on the record, how many of them were
    taken up, how many of those were stuck, and how many were begun anew."""
    owed = await each(survey.missing.values(), lambda one: _begin_owed(client, key, one))
    cases = survey.resumptions(loader.digest)
    looked = await each(cases, lambda one: is_stuck(client, one))
    stuck = {case.case_id for case, found in zip(cases, looked, strict=True) if found}
    resumed = [await each(some, lambda one: _resume(client, one, stuck)) for some in _in_order(cases)]
    return {"open": len(cases), "resumed": sum(map(sum, resumed)), "stuck": len(stuck), "begun": sum(owed)}


async def is_stuck(client: Client, case: Resume) -> bool:
    """Whether the case's workflow runs and comes no further: its task was given to workers again and again.

    A worker that was killed twice over the same task looks alike. To take such a case up is no loss: it stands on the
    record, and goes on from there.
    """
    try:
        told = await client.get_workflow_handle(names.workflow_id(case.kind, case.case_id)).describe()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False
    runs = told.status is WorkflowExecutionStatus.RUNNING
    return runs and told.raw_description.pending_workflow_task.attempt >= STUCK_AFTER


def _in_order(cases: list[Resume]) -> tuple[list[Resume], list[Resume]]:
    # Whoever tells others something comes when they are there.
    own = [case for case in cases if case.case_id == case.parent]
    return [case for case in cases if case.case_id != case.parent], own


async def _resume(client: Client, case: Resume, stuck: Collection[str]) -> bool:
    ends = WorkflowIDConflictPolicy.TERMINATE_EXISTING
    running = ends if case.case_id in stuck else WorkflowIDConflictPolicy.FAIL
    again = WorkflowIDReusePolicy.ALLOW_DUPLICATE
    return await begin(client, case.kind, case.case_id, case, again, running=running)


async def _begin_owed(client: Client, key: SigningKey, owed: Owed) -> bool:
    opening = claimed_errand(owed.opening, key, owed.owing_case, owed.number, owed.opening.target)
    kind = OPENS[opening.act]
    return await begin(client, kind, opening.target, opening, WorkflowIDReusePolicy.ALLOW_DUPLICATE)


async def _record(settings: Settings) -> AsyncIterator[Envelope]:
    token = read_secret(settings.registry_token_file, "QX_WORKER_REGISTRY_TOKEN_FILE")
    async with httpx2.AsyncClient(verify=settings.verify) as http:
        reader = RecordReader(http, settings.registry_url, token)
        await Releases(settings.policies_dir, reader).look()
        async for envelope in entries(reader):
            yield envelope
