"""The officers' read model behind the follower, on a real broker and both databases."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import DBAPIError

from contracts.actor import Grant
from contracts.canonical import canonical
from contracts.events.review import OpinionGiven
from contracts.events.task import TaskClaimed, TaskReleased
from contracts.record import ENTRY_PURPOSE
from services.kit import jetstream
from services.kit.db import Unit
from services.kit.follower import Follower
from services.kit.recordreader import Entry, RecordReader
from services.kit.settings import ServiceSettings
from services.kit.signing import SigningKey, Verifier
from services.officers.base_table import OfficersTable
from services.officers.readmodel.writing import projector, store
from tests.claims import KeySet
from tests.events import Story
from tests.follower_rig import at_work
from tests.officers_ground import settings_in
from tests.officers_rig import Rig, batch_opened, case_opened, officers, running, task_opened
from tests.recorded import FakeRecord
from tests.screening import PASS, TASK, screener
from tests.servers import NatsServer
from tests.waiting import PATIENCE, until

TABLES = ("answers", "batches", "cases", "conflicts", "events", "tasks")
"""All that is made from the record."""


@dataclass
class Followed:
    """The API, a record, and a broker between them."""

    rig: Rig
    record: FakeRecord
    bus: jetstream.Bus
    keys: KeySet

    @contextlib.asynccontextmanager
    async def following(self, rig: Rig | None = None) -> AsyncIterator[Follower]:
        """The read model follows the record."""
        of = rig or self.rig
        async with httpx2.AsyncClient() as client:
            reader = RecordReader(client, self.record.url, "token")
            seals = Verifier(self.keys.keys.public / "entry", ENTRY_PURPOSE)
            follower = Follower(self.bus, reader, seals, of.office.database, projector.apply)
            async with at_work(follower):
                yield follower

    async def publish(self, first: int) -> None:
        """Let everybody hear the entries from there on."""
        await self.record.publish(self.bus, first)

    def story(self, case_id: str, events: int = 6) -> Story:
        """A case that is claimed and released, again and again, on the record."""
        story = self.rig.story(case_id)
        told = [case_opened(f"p-{case_id}", 1), task_opened(case_id, "screen")]
        task = f"{case_id}.screen.1.1"
        for number in range(events):
            claimed = TaskClaimed(task_id=task, person_id=f"p{number}")
            told.append(claimed if number % 2 == 0 else TaskReleased(task_id=task))
        self.record.add(story.each(*told))
        return story


async def digest(rig: Rig) -> str:
    """Of everything in the read model."""

    def read(unit: Unit) -> str:
        found = []
        for name in TABLES:
            table = OfficersTable.metadata.tables[name]
            rows = unit.execute(select(table).order_by(*table.primary_key.columns)).all()
            found.append((name, [tuple(row) for row in rows]))
        return hashlib.sha256(repr(found).encode()).hexdigest()

    return await rig.office.database.look(read)


async def timeline(rig: Rig, case_id: str) -> int:
    """How many events of the case are shown."""
    table = OfficersTable.metadata.tables["events"]
    wanted = select(table.c.sequence).where(table.c.case_id == case_id)
    return len(await rig.office.database.look(lambda unit: unit.execute(wanted).all()))


@pytest.fixture
async def followed(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Followed]:
    """The API over an empty database of either kind; nobody follows yet."""
    async with officers(tmp_path, database_url) as rig:
        keys = KeySet.make(tmp_path / "keys")
        key = SigningKey.load(keys.keys.signing("entry"), ENTRY_PURPOSE)
        bus = await jetstream.connect(ServiceSettings(nats_url=nats_server.url), "test")
        record = FakeRecord(key)
        async with record.answering():
            record.add(rig.story("b1", "batch", "b1", "all").then(batch_opened()))
            yield Followed(rig, record, bus, keys)
        await bus.close()


async def test_what_was_heard_and_what_was_missed_end_in_one_read_model(followed: Followed) -> None:
    followed.story("c1")
    async with followed.following() as follower:
        assert await follower.wait(8, PATIENCE)
        followed.story("c2", 40)
        await followed.publish(9)
        assert await follower.wait(50, PATIENCE)
    heard = await digest(followed.rig)
    await followed.rig.office.database.unit(store.forget)
    async with followed.following() as follower:
        assert await follower.wait(50, PATIENCE)
    assert await digest(followed.rig) == heard
    assert await timeline(followed.rig, "c2") == 42


async def test_a_case_that_cannot_be_applied_waits_alone_and_is_taken_up_again(followed: Followed) -> None:
    database = followed.rig.office.database
    # Its third event stands in the timeline already: the real one cannot be stored.
    strange = Entry(0, "0" * 64, canonical(followed.story("c1").events[2]))
    await database.unit(lambda unit: projector.apply(unit, [strange]))
    followed.story("c2")
    async with followed.following() as follower:
        assert await follower.wait(16, PATIENCE)
        assert [one.case_id for one in await follower.stuck()] == ["c1"]
        assert (await timeline(followed.rig, "c1"), await timeline(followed.rig, "c2")) == (3, 8)
        events = OfficersTable.metadata.tables["events"]
        third = delete(events).where(events.c.case_id == "c1", events.c.sequence == 3)
        await database.unit(lambda unit: unit.execute(third))

        async def taken_up() -> bool:
            return not await follower.stuck()

        assert await until(taken_up)
    assert await timeline(followed.rig, "c1") == 8


async def test_an_event_that_nobody_knows_is_never_passed_over(followed: Followed) -> None:
    story = followed.story("c1", 2)
    followed.record.add([story.unreadable()])
    followed.record.add(story.each(TaskReleased(task_id="c1.screen.1.1")))
    followed.story("c2")
    async with followed.following() as follower:
        assert await follower.wait(14, PATIENCE)
        administrator = await followed.rig.account(Grant(role="SYS_ADMIN"))
        told = (await administrator.get("/v1/record/waiting")).json()
        assert told == [{"case_id": "c1", "index": 5, "reason": "UnknownEventError"}]
    assert (await timeline(followed.rig, "c1"), await timeline(followed.rig, "c2")) == (4, 8)


async def test_two_processes_over_one_database_apply_each_entry_once(
    followed: Followed, database_url: str, tmp_path: Path
) -> None:
    followed.story("c1", 30)
    async with (
        running(settings_in(tmp_path, database_url)) as other,
        followed.following() as one,
        followed.following(other) as two,
    ):
        assert await one.wait(32, PATIENCE)
        assert await two.wait(32, PATIENCE)
        followed.story("c2", 30)
        await followed.publish(33)
        assert await one.wait(64, PATIENCE)
        assert await two.wait(64, PATIENCE)
    assert (await timeline(followed.rig, "c1"), await timeline(followed.rig, "c2")) == (32, 32)


async def test_refused_acts_cannot_be_changed(followed: Followed) -> None:
    rig = followed.rig
    person = await rig.account(Grant(role="SCREENER", district="d01"))
    await person.post("/v1/batches", {"title": "x", "districts": ["d01"], "policy": "2026.1"})
    for statement in ("UPDATE refusals SET code = 'none'", "DELETE FROM refusals"):
        with pytest.raises(DBAPIError, match="kept"):
            async with rig.office.database.connection() as connection:
                await connection.execute(text(statement))
    auditor = await rig.account(Grant(role="AUDITOR"))
    assert len((await auditor.get("/v1/record/refusals")).json()["items"]) == 1


async def test_filters_pages_and_masks_are_the_same_on_both_databases(followed: Followed) -> None:
    rig = followed.rig
    await rig.batch()
    for number in range(12):
        await rig.case(f"c{number:02d}", "d01" if number % 2 else "d02", serial=number)
    member = await rig.account(Grant(role="MEMBER"))
    removal = await rig.removal("r1", member.person_id)
    person = await rig.account(
        Grant(role="SCREENER", district="d01"), Grant(role="EVALUATOR", district="d02")
    )
    first = (await person.get("/v1/cases", kind="nomination", limit=5)).json()
    rest = (await person.get("/v1/cases", kind="nomination", cursor=first["next"], limit=50)).json()
    assert [one["case_id"] for one in first["items"] + rest["items"]] == [f"c{n:02d}" for n in range(12)]
    assert len((await person.get("/v1/tasks", limit=200)).json()["items"]) == 6
    assert (await person.get("/v1/batches/b1")).json()["cases"] == {"DRAFT": 12}
    shown = (await person.get("/v1/cases", state="DRAFT", district="d02")).json()["items"]
    assert shown[0]["case_id"] == "c00"
    assert (await member.get("/v1/cases")).json()["items"] == []
    await rig.tell(removal, task_opened("r1", "statement"), OpinionGiven(opinion="NEGATIVE"))
    [seen] = (await member.get("/v1/cases")).json()["items"]
    assert (seen["facts"]["seat"], seen["facts"]["opinion"]) == ("standing", None)
    [known] = (await person.get("/v1/cases", kind="removal")).json()["items"]
    assert (known["facts"]["seat"], known["facts"]["opinion"]) == ("standing", "NEGATIVE")


async def test_many_writes_at_once_are_one_effect_each(followed: Followed) -> None:
    rig = followed.rig
    person = await screener(rig)
    keys = [f"k{number % 10}" for number in range(40)]
    answers = await asyncio.gather(*(person.post(f"{TASK}/outcome", PASS, key=key) for key in keys))
    assert {answer.status_code for answer in answers} == {200}
    assert len({command.command_id for command in rig.engine.sent}) == 10
