"""A kind that the product has never heard of, carried end to end by the product's own services over real servers."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import Replayer

from contracts import names
from contracts.actor import Grant
from contracts.policy.model import Policy
from services.kit.temporal import connect, data_converter
from services.officers.desk.engine import Pending
from services.officers.desk.gateway import TemporalEngine
from services.worker.sandbox import runner
from tests.claims import claimed
from tests.engine import time_skipping
from tests.person import Person
from tests.servers import NatsServer, start_nats
from tests.toy_kind.asking import TEXT, opening
from tests.toy_kind.kind import Memo
from tests.toy_kind.wire import KIND
from tests.toy_kind.workflow import MemoWorkflow
from tests.waiting import until
from tests.whole_parts import Ground
from tests.whole_rig import Whole, on, outcome, task_of

DISTRICT = "d01"


@dataclass
class House:
    """Every service, a memo that was opened as the API opens a case, and the people who know of it."""

    ground: Ground
    client: Client
    clerk: Person
    archivist: Person
    front: Person

    @property
    def memo(self) -> WorkflowHandle[Any, Any]:
        """The memo's workflow."""
        return self.client.get_workflow_handle(names.workflow_id(KIND, "m1"), result_type=str)

    async def filed(self) -> None:
        """Everybody does what is asked of them."""
        for person, kind, word in (
            (self.clerk, "settle-memo", "SIGNED"),
            (self.clerk, "serve", "SERVED"),
            (self.archivist, "file", "FILED"),
        ):
            task = await task_of(person, kind)
            done = await person.post(_path(task), outcome(task, word, reason="done"))
            assert done.status_code == 200, done.text


@pytest.fixture
def nats(tmp_path: Path) -> Iterator[NatsServer]:
    server = start_nats(tmp_path / "nats")
    yield server
    server.kill()


@pytest.fixture
async def engine() -> AsyncIterator[str]:
    """The address of a time-skipping server."""
    async with await time_skipping() as env:
        yield env.client.service_client.config.target_host


@pytest.fixture
async def house(added: Policy, nats: NatsServer, engine: str, tmp_path: Path) -> AsyncIterator[House]:
    folder = tmp_path / "system"
    folder.mkdir()
    ground = Ground(nats.url, engine, folder)
    async with on(ground, ground.database("officers"), letters=True) as system:
        client = await connect(engine, "default", ground.keys.engine)
        opened = TemporalEngine(engine, "default", ground.keys.engine, wait=8).open(
            KIND, claimed(opening(added), ground.keys.claim)
        )
        assert await opened == Pending()
        yield House(ground, client, *await _people(system))


async def test_it_is_decided_recorded_shown_told_of_and_replayed(house: House, added: Policy) -> None:
    task = await task_of(house.clerk, "settle-memo")
    assert (task["names"]["kind"], task["policy"]) == ("Settle the memo", added.version)
    forbidden = await house.archivist.post(_path(task), outcome(task, "SIGNED", reason="done"))
    assert forbidden.json()["code"] == "wrong-role"
    await _told(house)
    await house.filed()
    assert await house.memo.result() == "LAPSED"
    known = await house.memo.query(names.STATE_QUERY, result_type=Memo)
    assert (known.noted, known.filed) == (True, True)
    await _shown(house)
    _sealed(house)
    await _replays(house)


async def _shown(house: House) -> None:
    """The read model shows case and timeline out of what all kinds share."""
    case = (await house.clerk.get("/v1/cases/m1")).json()
    assert (case["kind"], case["state"], case["facts"], case["open_tasks"]) == (KIND, "LAPSED", None, [])
    assert case["names"]["kind"] == "Memo"
    assert case["filed_at"]
    items = (await house.clerk.get("/v1/cases/m1/timeline", limit=100)).json()["items"]
    events = [one["type"] for one in items]
    assert events[:3] == ["memo-noted", "stage-entered", "task-opened"]
    assert events[-1] == "case-filed"


async def _told(house: House) -> None:
    """The letter went out by its trigger, to whom the policy names, and to nobody else."""

    async def letters(reader: Person) -> list[Any]:
        found: list[Any] = (await reader.get("/v1/notices")).json()["items"]
        return [one["case_id"] for one in found if one["type"] == "N90"]

    assert await until(lambda: letters(house.front)) == ["m1"]
    assert await letters(house.archivist) == []


def _sealed(house: House) -> None:
    """What is personal stands nowhere in clear."""
    files = list(house.ground.directory.glob("*.db*"))
    assert len(files) >= 3
    assert not [file.name for file in files if TEXT.encode() in file.read_bytes()]


async def _replays(house: House) -> None:
    replayer = Replayer(
        workflows=[MemoWorkflow],
        namespace="default",
        data_converter=data_converter(house.ground.keys.engine),
        workflow_runner=runner(),
    )
    await replayer.replay_workflow(await house.memo.fetch_history())


async def _people(system: Whole) -> list[Person]:
    roles = ("CLERK", "ARCHIVIST", "UFWD")
    return [await system.account(Grant(role=role, district=DISTRICT)) for role in roles]


def _path(task: dict[str, Any]) -> str:
    return f"/v1/tasks/{task['task_id']}/outcome"
