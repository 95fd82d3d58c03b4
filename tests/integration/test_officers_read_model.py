"""The officers' read model on a real broker and both databases: order, repeats, holes, crashes, many writers."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from services.kit.casefeed import RecordReader
from services.officers.readmodel.writing.feed import Feed
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from contracts.actor import Grant
from contracts.canonical import canonical, envelope_digest
from contracts.envelope import Envelope
from contracts.events.task import TaskClaimed, TaskReleased
from contracts.names import subject
from services.kit import jetstream
from services.kit.db import Database
from services.kit.settings import ServiceSettings
from services.officers.identity.scope import Scope
from services.officers.readmodel import positions
from services.officers.readmodel.own_reads import Progress
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.reading.tasks import START as TOP
from services.officers.readmodel.reading.tasks import TaskFilter
from services.officers.readmodel.writing import changes
from services.officers.readmodel.writing.projector import Arrived, Projector
from tests.officers_rig import Rig, Story, officers
from tests.servers import NatsServer

EVERYTHING = Scope("p-nobody", districts=None)


class Record(RecordReader):
    """A record that has these entries."""

    def __init__(self, entries: list[Envelope]) -> None:
        self.entries = entries
        self.asked = 0

    async def get(self, path: str, params: Any = None) -> dict[str, Any]:
        """All entries of the case in one page, or the digests of these events."""
        if path == "/record/digests":
            wanted = [one for one in self.entries if one.id in params["event_id"]]
            return {"digests": {one.id: envelope_digest(one) for one in wanted}}
        self.asked += 1
        found = [one for one in self.entries if one.case_id == params["case_id"]]
        return {"items": [{"envelope": one.model_dump(mode="json")} for one in found], "next": None}


@pytest.fixture
async def rig(database_url: str, tmp_path: Path) -> AsyncIterator[Rig]:
    """The API over an empty database of either kind."""
    async with officers(tmp_path, database_url) as running:
        yield running


async def told(rig: Rig, events: int = 6) -> Story:
    """A case that is claimed and released, again and again; not yet in the read model beyond its opening."""
    await rig.batch()
    story = await rig.case("c1")
    for number in range(events):
        task = "c1.screen.1.1"
        story.add(
            TaskClaimed(task_id=task, person_id=f"p{number}")
            if number % 2 == 0
            else TaskReleased(task_id=task)
        )
    return story


async def shown(rig: Rig, case_id: str = "c1") -> tuple[int, int, str | None]:
    """Position, length of the timeline, and who has the task."""
    async with rig.office.database.read() as session:
        position = (await positions.reached(session, [case_id]))[case_id]
        timeline = await cases.timeline(session, case_id, 0, 1000)
        found = await tasks.visible_after(session, EVERYTHING, TaskFilter(case=case_id), TOP, 10)
    return position, len(timeline), found[0]["claimed_by"]


async def test_every_order_of_arrival_ends_in_the_same_read_model(rig: Rig) -> None:
    story = await told(rig)
    late = story.events[2:]
    projector = Projector(rig.office.database, Record(story.events), rig.office.desk.progress)
    for place in (3, 1, 3, 0, 1, 5, 2, 4, 0):
        await projector.project([late[place]])
        await projector.bring_on()
    while await projector.bring_on():
        pass
    assert await shown(rig) == (8, 8, None)
    async with rig.office.database.read() as session:
        assert await changes.parked_cases(session, 10) == []


async def test_a_batch_in_the_wrong_order_is_applied_in_the_right_one(rig: Rig) -> None:
    story = await told(rig, 5)
    await rig.projector.project([*reversed(story.events), *story.events])
    assert await shown(rig) == (7, 7, "p4")


async def test_a_hole_is_refilled_from_the_record_and_stops_no_other_case(rig: Rig) -> None:
    story = await told(rig)
    record = Record([])
    projector = Projector(rig.office.database, record, rig.office.desk.progress)
    await projector.project([story.events[-1]])
    assert await projector.bring_on() == 1
    other = await rig.case("c2", serial=2)
    assert other.events[-1].sequence == 2
    assert (await shown(rig))[0] == 2
    record.entries = story.events
    assert await projector.bring_on() == 0
    assert record.asked == 2
    assert await shown(rig) == (8, 8, None)


async def test_an_unknown_version_waits_and_is_never_passed_over(rig: Rig) -> None:
    story = await told(rig, 4)
    strange = story.events[3].model_copy(update={"version": 9})
    record = Record([*story.events[:3], strange, *story.events[4:]])
    projector = Projector(rig.office.database, record, rig.office.desk.progress)
    await projector.project([story.events[2], strange, *story.events[4:]])
    assert await projector.bring_on() == 1
    assert (await shown(rig))[0] == 3
    # A stray of that number on the stream is no part of the case: what the record has is.
    record.entries = story.events
    assert await projector.bring_on() == 0
    assert (await shown(rig))[:2] == (6, 6)


async def test_what_is_not_on_the_record_is_shown_to_nobody(rig: Rig) -> None:
    story = await told(rig, 4)
    record = Record(story.events[:3])
    projector = Projector(rig.office.database, record, rig.office.desk.progress)
    forged = story.events[3].model_copy(update={"payload": {**story.events[3].payload, "task_id": "c9.x"}})
    await projector.take([Arrived(one, canonical(one)) for one in (*story.events[2:5], forged)])
    assert (await shown(rig))[0] == 3
    assert await projector.bring_on() == 1
    record.entries = story.events
    await projector.take([Arrived(forged, canonical(forged))])
    assert (await shown(rig))[0] == 3
    assert await projector.bring_on() == 0
    assert await shown(rig) == (6, 6, None)


async def test_two_processes_that_project_the_same_apply_each_event_once(rig: Rig, database_url: str) -> None:
    story = await told(rig, 30)
    databases = [Database(database_url) for _ in range(3)]
    projectors = [Projector(one, Record(story.events), Progress(one)) for one in databases]
    await asyncio.gather(
        *(
            projector.project(story.events[start : start + 8])
            for start in range(0, 32, 4)
            for projector in projectors
        )
    )
    while await projectors[0].bring_on():
        pass
    assert (await shown(rig))[:2] == (32, 32)
    for one in databases:
        await one.close()


async def test_from_the_stream_once_however_often_it_comes(
    rig: Rig, nats_server: NatsServer, tmp_path: Path
) -> None:
    story = await told(rig, 40)
    settings = ServiceSettings(nats_url=nats_server.url, keys_dir=tmp_path / "keys")
    bus = await jetstream.connect(settings, "test")
    await bus.ensure_streams()
    stop = asyncio.Event()
    feed = Feed(bus, Projector(rig.office.database, Record(story.events), rig.office.desk.progress))
    running = asyncio.create_task(feed.run(stop))
    try:
        await bus.publish("vetting.nomination.strange.v1", b"no envelope")
        for envelope in [*story.events, *story.events[5:20], *story.events]:
            name = subject("nomination", envelope.type, envelope.version)
            # Canonical bytes and others: the event counts, not its spelling.
            spelt = envelope.model_dump_json().encode() if envelope.sequence % 2 else canonical(envelope)
            await bus.publish(name, spelt)
        assert await rig.office.desk.progress.wait("c1", 42, 10)
        await feed.check()
    finally:
        stop.set()
        await running
        await bus.close()
    assert await shown(rig) == (42, 42, None)


async def test_what_was_not_committed_comes_again(rig: Rig, nats_server: NatsServer, tmp_path: Path) -> None:
    story = await told(rig, 10)
    settings = ServiceSettings(nats_url=nats_server.url, keys_dir=tmp_path / "keys")
    bus = await jetstream.connect(settings, "test")
    await bus.ensure_streams()
    for envelope in story.events[2:]:
        await bus.publish("vetting.nomination.x.v1", envelope.model_dump_json().encode())

    failing = True

    class Crashing(Projector):
        async def project(self, envelopes: Any, early: Any = ()) -> None:
            if failing:
                raise ConnectionError("as if the process had ended before the commit")
            await super().project(envelopes, early)

    crashing = Crashing(rig.office.database, Record(story.events), rig.office.desk.progress)
    stop = asyncio.Event()
    running = asyncio.create_task(Feed(bus, crashing).run(stop))
    try:
        assert not await rig.office.desk.progress.wait("c1", 3, 0.5)
        failing = False
        assert await rig.office.desk.progress.wait("c1", 12, 20)
    finally:
        stop.set()
        await running
        await bus.close()
    assert (await shown(rig))[:2] == (12, 12)


async def test_refused_acts_cannot_be_changed(rig: Rig, database_url: str) -> None:
    person = await rig.account(Grant(role="SCREENER", district="d01"))
    await person.post("/v1/batches", {"title": "x", "districts": ["d01"], "policy": "2026.1"})
    for statement in ("UPDATE refusals SET code = 'none'", "DELETE FROM refusals"):
        with pytest.raises(DBAPIError, match="kept"):
            async with rig.office.database.connection() as connection:
                await connection.execute(text(statement))
    auditor = await rig.account(Grant(role="AUDITOR"))
    assert len((await auditor.get("/v1/record/refusals")).json()["items"]) == 1


async def test_filters_pages_and_masks_are_the_same_on_both_databases(rig: Rig) -> None:
    await rig.batch()
    for number in range(12):
        await rig.case(f"c{number:02d}", "d01" if number % 2 else "d02", serial=number)
    person = await rig.account(
        Grant(role="SCREENER", district="d01"), Grant(role="EVALUATOR", district="d02")
    )
    first = (await person.get("/v1/cases", limit=5)).json()
    rest = (await person.get("/v1/cases", cursor=first["next"], limit=50)).json()
    assert [one["case_id"] for one in first["items"] + rest["items"]] == [f"c{n:02d}" for n in range(12)]
    mine = (await person.get("/v1/tasks", limit=200)).json()["items"]
    assert len(mine) == 6
    assert (await person.get("/v1/batches/b1")).json()["cases"] == {"DRAFT": 12}
    assert (await person.get("/v1/cases", state="DRAFT", district="d02")).json()["items"][0][
        "case_id"
    ] == "c00"


async def test_many_writes_at_once_are_one_effect_each(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1")
    person = await rig.account(Grant(role="SCREENER", district="d01"))
    body = {"outcome": "PASS", "seen": "d" * 64}
    path = "/v1/tasks/c1.screen.1.1/outcome"
    keys = [f"k{number % 10}" for number in range(40)]
    answers = await asyncio.gather(*(person.post(path, body, key=key) for key in keys))
    assert {answer.status_code for answer in answers} == {200}
    assert len({command.command_id for command in rig.engine.sent}) == 10
