"""Record the histories that every later version must replay: `python -m tests.replay.record_histories RELEASE`.

A history is added for a release and never edited. It is recorded without the sealing codec, over invented people,
under the demonstration policy, so that the server's own clock decides.
"""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from contracts import names
from contracts.commands.opening import Opening
from services.kit.process import end
from services.worker.catalogue import WORKFLOWS
from tests.engine import Clock, WorkflowDesk, start, time_skipping
from tests.fakes import FakeCases, FakeRecord, activities
from tests.replay.nominations import NOMINATIONS, other_rules
from tests.replay.other_rules import otherwise
from tests.replay.others import OTHERS
from tests.replay.plays import Stories
from tests.replay.removals import REMOVALS
from tests.waiting import UNHURRIED
from workflows.kinds.nomination import kind

HISTORIES = Path(__file__).parent / "histories"
STORIES: Stories = {**OTHERS, **NOMINATIONS, **REMOVALS}


@asynccontextmanager
async def desk_for(env: WorkflowEnvironment, first: Opening) -> AsyncIterator[WorkflowDesk[Any]]:
    """A worker of its own and a record of its own for one story."""
    record = FakeRecord()
    async with Worker(
        env.client,
        task_queue=names.TASK_QUEUE,
        workflows=list(WORKFLOWS),
        activities=activities(record, FakeCases()),
        debug_mode=UNHURRIED,
    ):
        yield await start(env.client, first, Clock(env), record)


async def record_all(release: str) -> None:
    """Play every story and save its history under the release's name."""
    for story, (first, play) in STORIES.items():
        rules = kind.DECIDER
        if play is other_rules:
            kind.DECIDER = otherwise(rules)
        # A server for each: the clock of one that skipped years would be the next story's.
        async with (
            await time_skipping(data_converter=pydantic_data_converter) as env,
            desk_for(env, first) as opened,
        ):
            desk = await play(opened) or opened
            save(f"{story}.{release}", (await desk.handle.fetch_history()).to_json())
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
