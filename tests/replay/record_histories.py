"""Record the histories that every later version must replay: `python tests/replay/record_histories.py NAME`.

A history is added for a release and never edited. It is recorded without the sealing codec, over invented people,
under the demonstration policy, so that the server's own clock decides.
"""

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from temporalio.client import WorkflowHandle
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from contracts import names
from contracts.canonical import digest_of
from contracts.commands.base import Accepted
from contracts.commands.batch import CallElection, OpenBatch, SubmitRoster
from contracts.policy import loader
from services.kit.process import end
from services.worker.catalogue import WORKFLOWS, activities
from tests.decision_rig import OFFICE, CaseDesk
from tests.fakes import FakeCases, FakeRecord
from tests.office import Office, finding, opening
from tests.servers import executable
from workflows.batch import BatchWorkflow
from workflows.nomination import NominationWorkflow

HISTORIES = Path(__file__).parent / "histories"
VERSION = "2026.1-demo"


def after(limit: str) -> timedelta:
    """Long enough that the limit and every rung of its ladder have passed."""
    return timedelta(seconds=loader.released(VERSION).limits[limit].n + 10)


async def clean(office: Office, env: WorkflowEnvironment) -> None:
    """From roster to file, elected."""
    await office.posted()
    await env.sleep(after("notice"))
    await office.act("close-notice", "NO_REPORT")
    await office.election(await env.get_current_time() + timedelta(seconds=30))
    await office.act("recheck", "CONFIRMED")
    await env.sleep(timedelta(seconds=31))
    await office.act("count", "ELECTED", form={"members": 131, "present": 131, "votes_for": 131})
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def vetoed(office: Office, env: WorkflowEnvironment) -> None:
    """A repair, then a hard veto after an explanation that never came."""
    await office.act("screen", "RETURN")
    await office.act("screen-sign", "CONFIRM")
    await office.act("repair", "REPAIRED", form={"phone": "000-1111"})
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await env.sleep(after("explanation"))
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")


async def silent(office: Office, env: WorkflowEnvironment) -> None:
    """A key source through every rung, one last extension, a hold, an answer; then a withdrawal."""
    await office.screened()
    await office.replies("police")
    await env.sleep(after("consultation"))
    await office.act("conference", "EXTENDED")
    await env.sleep(after("conference_extension"))
    await office.reply("police")
    await office.withdraw()


STORIES: dict[str, Callable[[Office, WorkflowEnvironment], Awaitable[None]]] = {
    "nomination-clean": clean,
    "nomination-vetoed": vetoed,
    "nomination-silent": silent,
}


async def record(release: str) -> None:
    """Play every story and save its history under the release's name."""
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=executable("temporal-test-server"), data_converter=pydantic_data_converter
    ) as env:
        work = activities(FakeRecord(), FakeCases())
        async with Worker(
            env.client, task_queue=names.TASK_QUEUE, workflows=list(WORKFLOWS), activities=work
        ):
            for story, play in STORIES.items():
                desk = await nomination(env, story)
                await play(Office(desk), env)
                await save(desk.handle, f"{story}.{release}")
            await save(await batch(env), f"batch.{release}")


async def nomination(env: WorkflowEnvironment, story: str) -> CaseDesk:
    """A running nomination whose first step is recorded."""
    handle = await env.client.start_workflow(
        NominationWorkflow.run, opening(VERSION, case_id=story), id=story, task_queue=names.TASK_QUEUE
    )
    desk = CaseDesk(loader.released(VERSION), handle)
    await Office(desk).appears("screen")
    return desk


async def batch(env: WorkflowEnvironment) -> WorkflowHandle[BatchWorkflow, None]:
    """A batch that took a roster and called an election."""
    start = OpenBatch(
        command_id="open",
        actor=OFFICE,
        body_digest=digest_of("open"),
        batch_id="b1",
        title="recorded",
        districts=("d01",),
        policy=VERSION,
        policy_digest=loader.digest(VERSION),
    )
    handle = await env.client.start_workflow(BatchWorkflow.run, start, id="b1", task_queue=names.TASK_QUEUE)
    entry = opening(VERSION).entry
    roster = SubmitRoster(
        command_id="roster",
        actor=OFFICE,
        body_digest=digest_of("roster"),
        roster_digest=digest_of("roster"),
        entries=(entry,),
    )
    await handle.execute_update(roster.name, roster, id="roster", result_type=Accepted)
    call = CallElection(
        command_id="election",
        actor=OFFICE,
        body_digest=digest_of("election"),
        election_at=await env.get_current_time() + timedelta(days=1),
    )
    await handle.execute_update(call.name, call, id="election", result_type=Accepted)
    await asyncio.sleep(0.5)
    return handle


async def save(
    handle: WorkflowHandle[NominationWorkflow, str] | WorkflowHandle[BatchWorkflow, None], name: str
) -> None:
    """Write a history; one that is there already is left alone."""
    path = HISTORIES / f"{name}.json"
    if path.exists():
        raise SystemExit(f"{path.name} exists: a recorded history is never edited")
    text = (await handle.fetch_history()).to_json()
    path.write_text(re.sub(r'"identity": "[^"]*"', '"identity": "recorder"', text))


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1]))
    end(0)
