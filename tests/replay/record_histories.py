"""Record the histories that every later version must replay: `python -m tests.replay.record_histories RELEASE`.

A history is added for a release and never edited. It is recorded without the sealing codec, over invented people,
under the demonstration policy, so that the server's own clock decides.
"""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from contracts import names
from contracts.canonical import digest_of
from contracts.commands.batch import CallElection, SubmitRoster
from contracts.commands.case import ClaimTask
from contracts.commands.opening import Opening
from contracts.commands.removal import Suspend
from contracts.events.task import TaskClaimed
from contracts.policy import loader
from contracts.settling import EventDraft, Proposal
from services.kit.process import end
from tests.asking import ENTRY, asks, batch_opening, opening, removal_opening, somebody
from tests.commission import Commission
from tests.desks import RefusedError
from tests.engine import WORKFLOWS, Clock, WorkflowDesk, resumption, start
from tests.fakes import FakeCases, FakeRecord, activities
from tests.office import MINUTES, Office, finding
from tests.replay.other_rules import otherwise
from tests.servers import executable
from workflows import options
from workflows.kinds.nomination import kind

HISTORIES = Path(__file__).parent / "histories"
VERSION = "2026.1-demo"
CHAIR = somebody("LEADER_IN_CHARGE", "p-chair")
VOTES: dict[str, object] = {"members": 131, "present": 131, "votes_for": 131}

Play = Callable[[WorkflowDesk[Any]], Awaitable[WorkflowDesk[Any] | None]]


async def after(desk: WorkflowDesk[Any], limit: str) -> None:
    """Wait until the limit and every rung of its ladder have passed."""
    seconds = timedelta(seconds=loader.released(VERSION).limits[limit].n + 10)
    await desk.until(await desk.clock.now() + seconds)


async def clean(desk: WorkflowDesk[Any]) -> None:
    """From roster to file, elected."""
    office = Office(desk)
    await office.ready()
    await office.election(await desk.clock.now() + timedelta(seconds=30))
    await office.confirmed()
    await desk.until(await desk.clock.now() + timedelta(seconds=31))
    await office.counted("ELECTED", present=131, votes_for=131)
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def vetoed(desk: WorkflowDesk[Any]) -> None:
    """A repair, then a hard veto after an explanation that never came."""
    office = Office(desk)
    await office.act("screen", "RETURN")
    await office.act("screen-sign", "CONFIRM")
    await office.act("repair", "REPAIRED", form={"phone": "000-1111"})
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await after(desk, "explanation")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")


async def silent(desk: WorkflowDesk[Any]) -> None:
    """A key source through every rung, one last extension, a hold, an answer; then a withdrawal."""
    office = Office(desk)
    await office.screened()
    await office.replies("police")
    await after(desk, "consultation")
    await office.act("conference", "EXTENDED")
    await after(desk, "conference_extension")
    await office.reply("police")
    await office.withdraw()


async def taken_over(desk: WorkflowDesk[Any]) -> None:
    """Another's step stands on the record; then an act that is refused on it, and one that is not."""
    office = Office(desk)
    one, two = somebody("SCREENER", "p-one"), somebody("SCREENER", "p-two")
    task = await office.task("screen")
    claimed = TaskClaimed(task_id=task.id, person_id="p-one")
    draft = EventDraft(type=claimed.type, version=claimed.version, payload=claimed.plain())
    step = Proposal(events=(draft,), signer=desk.record.events()[0].actor, at=await desk.clock.now())
    desk.record.stand(desk.case_id, step, "elsewhere", digest_of("elsewhere"))
    await refused(office.asks(ClaimTask, two, task_id=task.id))
    await office.act("screen", "PASS", actor=one)
    await desk.handle.execute_update(names.CATCH_UP_UPDATE, 99, id="up", result_type=int)


async def local_failed(desk: WorkflowDesk[Any]) -> None:
    """The record fails, and a step's answer is lost."""
    office = Office(desk)
    desk.record.fail_local, desk.record.fail_ordinary = 1, 1
    await office.act("screen", "PASS")
    desk.record.lose_answers = 1
    await office.act("screen-sign", "CONFIRM")
    await after(desk, "declaration")


async def resumed(desk: WorkflowDesk[Any]) -> WorkflowDesk[Any]:
    """The engine lost the case; it is taken up from the record, and goes on."""
    await Office(desk).act("screen", "PASS")
    await desk.handle.terminate("the engine lost it")
    again = await start(desk.handle._client, resumption(opening(VERSION)), desk.clock, desk.record)
    office = Office(again)
    await office.appears("screen-sign")
    await office.act("screen-sign", "CONFIRM")
    await after(again, "declaration")
    return again


async def carried_over(desk: WorkflowDesk[Any]) -> None:
    """A case that continues as new, and goes on; the history is the later run's."""
    options.CONTINUE_AFTER = 30
    office = Office(desk)
    await office.screened()
    await office.reply("tax")
    options.CONTINUE_AFTER = 2_000
    await office.reply("police")
    await after(desk, "consultation")


async def other_rules(desk: WorkflowDesk[Any]) -> None:
    """Whatever these rules do otherwise."""
    office = Office(desk)
    task = await office.task("screen")
    await office.asks(ClaimTask, somebody("SCREENER", "p-one"), task_id=task.id)
    ahead = asks(ClaimTask, somebody("SCREENER", "p-refused"), task_id=task.id)
    # Whoever has seen more than the case knows is refused under the lock only, and that stands in history.
    await refused(desk.send(ahead.model_copy(update={"place": 99})))
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-one"))
    await office.act("screen-sign", "CONFIRM")
    await after(desk, "declaration")


async def removed(desk: WorkflowDesk[Any]) -> None:
    """From lead to file: suspended, silent, removed."""
    commission = Commission(desk)
    await commission.asks(Suspend, CHAIR, cause="detained", minutes_digest="a" * 64)
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "CASE")
    await commission.act("first-look-sign", "CONFIRM")
    await after(desk, "statement")
    await commission.verified()
    await commission.opinion()
    await commission.act("plan", "APPROVED", form=MINUTES)
    await commission.act("vote", "REMOVED", form=VOTES)
    await commission.closed()


async def batch(desk: WorkflowDesk[Any]) -> None:
    """A batch that took a roster and called an election."""
    office = somebody("ELECTION_OFFICE", "p-office")
    await desk.send(asks(SubmitRoster, office, "b1", roster_digest="a" * 64, entries=(ENTRY,)))
    instant = await desk.clock.now() + timedelta(days=1)
    await desk.send(asks(CallElection, office, "b1", election_at=instant))
    async with asyncio.timeout(20):
        while (await desk.case()).owed:
            await asyncio.sleep(0.02)


async def refused(asked: Awaitable[object]) -> None:
    """The act is refused."""
    try:
        await asked
    except RefusedError:
        return
    raise AssertionError("it was not refused")


STORIES: dict[str, tuple[Opening, Play]] = {
    "batch": (batch_opening(VERSION), batch),
    "nomination-clean": (opening(VERSION), clean),
    "nomination-vetoed": (opening(VERSION), vetoed),
    "nomination-silent": (opening(VERSION), silent),
    "nomination-taken-over": (opening(VERSION), taken_over),
    "nomination-local-failed": (opening(VERSION), local_failed),
    "nomination-resumed": (opening(VERSION), resumed),
    "nomination-carried-over": (opening(VERSION), carried_over),
    "nomination-other-rules": (opening(VERSION), other_rules),
    "removal": (removal_opening(VERSION), removed),
}


@asynccontextmanager
async def desk_for(env: WorkflowEnvironment, first: Opening) -> AsyncIterator[WorkflowDesk[Any]]:
    """A worker of its own and a record of its own for one story."""
    record = FakeRecord()
    async with Worker(
        env.client,
        task_queue=names.TASK_QUEUE,
        workflows=list(WORKFLOWS),
        activities=activities(record, FakeCases()),
    ):
        yield await start(env.client, first, Clock(env), record)


async def record_all(release: str) -> None:
    """Play every story and save its history under the release's name."""
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=executable("temporal-test-server"), data_converter=pydantic_data_converter
    ) as env:
        for story, (first, play) in STORIES.items():
            rules = kind.DECIDER
            if play is other_rules:
                kind.DECIDER = otherwise(rules)
            async with desk_for(env, first) as opened:
                desk = await play(opened) or opened
                save(f"{story}.{release}", (await desk.handle.fetch_history()).to_json())
                if desk.decider.closed(await desk.case()) is None:
                    await desk.handle.terminate("its history is recorded")
            kind.DECIDER = rules
    must_fail(release)


def must_fail(release: str) -> None:
    """A history in which another activity was scheduled than the code schedules."""
    path = HISTORIES / "must-fail.json"
    if not path.exists():
        text = (HISTORIES / f"batch.{release}.json").read_text(encoding="utf-8")
        path.write_text(text.replace(f'"name": "{names.CARRY_ACTIVITY}"', '"name": "deliver"'))


def save(name: str, text: str) -> None:
    """Write a history; one that is there already is left alone."""
    path = HISTORIES / f"{name}.json"
    if path.exists():
        raise SystemExit(f"{path.name} exists: a recorded history is never edited")
    told = re.sub(r'"identity": "[^"]*"', '"identity": "recorder"', text)
    told = re.sub(r'"stackTrace": "(?:[^"\\]|\\.)*"', '"stackTrace": ""', told)
    path.write_text(json.dumps(json.loads(told), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(record_all(sys.argv[1]))
    end(0)
