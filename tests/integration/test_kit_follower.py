"""Following the record through whatever happens to the messages: the effects are those of the record, each once."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contracts.names import RECORD_STREAM
from services.kit.db import Database
from services.kit.errors import UnavailableError
from services.kit.recordreader import Entry, RecordReader
from tests.follower_rig import Toy, following, make_tables, reader, rebuilt, toy_on
from tests.forged_entries import FORGED
from tests.record_steps import history
from tests.registry_rig import Rig, eventually, registry
from tests.servers import NatsServer, postgres
from tests.waiting import PATIENCE


@pytest.fixture
async def rig(sqlite_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(sqlite_url, nats_server.url, tmp_path) as running:
        yield running


@pytest.fixture
async def toy(tmp_path: Path) -> AsyncIterator[Toy]:
    async with toy_on(f"sqlite+aiosqlite:///{tmp_path / 'toy.db'}") as made:
        yield made


async def many(rig: Rig, mark: str, cases: int = 6) -> int:
    """Record some cases at once; returns the last index."""
    await asyncio.gather(*(rig.record(history(rig.keys, f"{mark}{n}", (2, 1, 3))) for n in range(cases)))
    return (await rig.reading.head()).length - 1


async def test_the_effects_are_those_of_the_record_on_both_databases(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    directory = tmp_path / "registry"
    directory.mkdir()
    url = f"sqlite+aiosqlite:///{directory / 'r.db'}"
    async with registry(url, nats_server.url, directory) as rig, toy_on(database_url) as toy:
        await many(rig, "before")
        async with following(rig, toy) as follower:
            index = await many(rig, "live")
            assert await follower.wait(index, PATIENCE)
            await follower.check()
            assert toy.told == list(range(index + 1))
            assert await toy.digest() == await rebuilt(rig, tmp_path)


async def test_what_is_heard_needs_no_question_to_the_record(
    rig: Rig, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The question after a silence is another promise; on a busy machine a silence comes by itself.
    monkeypatch.setattr("services.kit.follower.SILENCE_SECONDS", 600.0)
    async with reader(rig) as record:
        asked = 0

        class Counting(RecordReader):
            async def after(self, index: int, limit: int = 500) -> list[Entry]:
                nonlocal asked
                asked += 1
                return await record.after(index, limit)

        async with following(rig, toy, Counting(None, "", "")) as follower:  # type: ignore[arg-type]
            assert await follower.wait(await many(rig, "first"), PATIENCE)
            before = asked
            for number in range(20):
                (answer,) = await rig.record(history(rig.keys, f"one{number}", (1,)))
                assert await follower.wait(answer.place.index, PATIENCE)
            # The first catching up may end meanwhile; a question for each entry would be twenty.
            assert asked - before < 10


async def test_a_lost_and_a_restored_stream_leave_the_effects_equal(
    rig: Rig, toy: Toy, nats_server: NatsServer, tmp_path: Path
) -> None:
    store = nats_server.directory / "store"
    async with following(rig, toy) as follower:
        assert await follower.wait(await many(rig, "a"), PATIENCE)
        nats_server.kill()
        shutil.copytree(store, tmp_path / "yesterday")
        nats_server.restart()
        assert await follower.wait(await many(rig, "b"), PATIENCE)
        nats_server.kill()
        shutil.rmtree(store)
        nats_server.restart()
        assert await follower.wait(await many(rig, "c"), PATIENCE)
        nats_server.kill()
        shutil.rmtree(store)
        shutil.copytree(tmp_path / "yesterday", store)
        nats_server.restart()
        assert await follower.wait(await many(rig, "d"), PATIENCE)
        await rig.bus.jetstream.delete_stream(RECORD_STREAM)
        assert await follower.wait(await many(rig, "e"), PATIENCE)
        assert await toy.digest() == await rebuilt(rig, tmp_path)


async def test_what_was_recorded_while_the_broker_was_away_is_fetched(
    rig: Rig, toy: Toy, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with following(rig, toy) as follower:
        index = await many(rig, "a")
        assert await follower.wait(index, PATIENCE)
        for _ in range(3):
            working = asyncio.create_task(many(rig, f"s{index}-"))
            await asyncio.sleep(0.2)
            nats_server.kill()
            await asyncio.sleep(0.2)
            nats_server.restart()
            index = await working
        assert await follower.wait(index, PATIENCE)
        assert await toy.digest() == await rebuilt(rig, tmp_path)


async def test_what_the_registry_did_not_send_has_no_effect(
    rig: Rig, toy: Toy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with following(rig, toy) as follower:
        assert await follower.wait(await many(rig, "a"), PATIENCE)
        for number, name in enumerate(FORGED):
            subject, body, headers = FORGED[name](rig.keys, await rig.reading.head())
            capsys.readouterr()
            await rig.bus.jetstream.publish(subject, body, headers=headers)
            assert await follower.wait(await many(rig, f"after{number}-", 2), PATIENCE)
            events = [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()]
            old = headers.get("Qx-Index") == "0"
            assert old or "alarm: an entry was heard that the registry did not send" in events, headers
        assert await toy.digest() == await rebuilt(rig, tmp_path)


async def test_a_forged_last_message_of_the_stream_stops_no_publisher(
    rig: Rig, toy: Toy, tmp_path: Path
) -> None:
    async with following(rig, toy) as follower:
        assert await follower.wait(await many(rig, "a"), PATIENCE)
        await rig.stop()
        head = await rig.reading.head()
        for subject, body, headers in (forge(rig.keys, head) for forge in FORGED.values()):
            await rig.bus.jetstream.publish(subject, body, headers=headers)
        rig.start()
        assert await follower.wait(await many(rig, "b"), PATIENCE)
        assert await toy.digest() == await rebuilt(rig, tmp_path)


async def test_an_entry_that_cannot_be_applied_makes_its_case_wait_and_no_other(
    rig: Rig, toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.kit.takingup.FIRST_PAUSE", 0.2)
    monkeypatch.setattr("services.kit.takingup.LOOK_SECONDS", 0.1)
    monkeypatch.setattr("services.kit.follower.SILENCE_SECONDS", 0.2)
    toy.chokes_on = lambda entry: entry.envelope.id in ("a2.3", "b1.1")
    async with following(rig, toy) as follower:
        await many(rig, "a")
        index = await many(rig, "b")
        assert await follower.wait(index, PATIENCE)
        assert {(one.case_id, one.why) for one in await follower.stuck()} == {
            ("a2", "RuntimeError"),
            ("b1", "RuntimeError"),
        }
        assert await toy.count() == 12 * 6 - 4 - 6
        await follower.check()
        toy.chokes_on = lambda entry: entry.envelope.id == "b1.1"

        async def only_one() -> bool:
            return [one.case_id for one in await follower.stuck()] == ["b1"]

        assert await eventually(only_one)
    toy.chokes_on = lambda _: False
    async with following(rig, toy) as restarted:

        async def none() -> bool:
            return await restarted.stuck() == []

        assert await eventually(none)
        assert await toy.digest() == await rebuilt(rig, tmp_path)


async def test_a_record_that_is_not_the_one_followed_stops_the_follower_and_is_told(
    rig: Rig, toy: Toy, monkeypatch: pytest.MonkeyPatch, nats_server: NatsServer, tmp_path: Path
) -> None:
    monkeypatch.setattr("services.kit.follower.HEALTHY_SECONDS", 1.0)
    async with following(rig, toy) as follower:
        assert await follower.wait(await many(rig, "a"), PATIENCE)
    await rig.stop()
    before = await toy.digest()
    other = tmp_path / "other"
    other.mkdir()
    async with registry(f"sqlite+aiosqlite:///{other / 'r.db'}", nats_server.url, other) as restored:
        await restored.record(history(restored.keys, "elsewhere", (40,)))
        async with following(restored, toy) as follower:

            async def unwell() -> bool:
                try:
                    await follower.check()
                except UnavailableError:
                    return True
                return False

            await asyncio.sleep(1.5)
            assert await eventually(unwell)
    assert await toy.digest() == before


async def test_a_database_that_is_away_loses_and_doubles_nothing(
    rig: Rig, nats_server: NatsServer, tmp_path: Path
) -> None:
    with postgres() as server:
        async with toy_on(server.create_database("away")) as toy, following(rig, toy) as follower:
            assert await follower.wait(await many(rig, "a"), PATIENCE)
            server.kill()
            index = await many(rig, "b")
            server.restart()
            assert await follower.wait(index, PATIENCE)
            assert await toy.digest() == await rebuilt(rig, tmp_path)


async def test_two_processes_of_a_service_make_each_effect_once(
    rig: Rig, postgres_url: str, tmp_path: Path
) -> None:
    first, second = Database(postgres_url), Database(postgres_url)
    try:
        await first.unit(make_tables)
        toys = Toy(first), Toy(second)
        async with following(rig, toys[0]) as one, following(rig, toys[1]) as other:
            index = await many(rig, "a", 20)
            assert await one.wait(index, PATIENCE)
            assert await other.wait(index, PATIENCE)
        assert sorted(toys[0].told + toys[1].told) == list(range(index + 1))
        assert await toys[0].digest() == await rebuilt(rig, tmp_path)
    finally:
        await first.close()
        await second.close()


async def test_waiting_for_an_index_that_does_not_come_ends_in_time(rig: Rig, toy: Toy) -> None:
    async with following(rig, toy) as follower:
        assert not await follower.wait(7, 0.05)
        assert follower.index == -1
