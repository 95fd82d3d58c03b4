"""What breaks underneath the record: broker, stream, database, or its own process."""

import asyncio
import itertools
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nats.js.errors import NotFoundError

from contracts.names import RECORD_STREAM
from contracts.record import Recorded
from services.kit.errors import UnavailableError
from services.registry.checking import verify_record
from services.registry.ledger import Verified
from services.registry.main import TABLES
from services.registry.store.appending import Appending
from tests.record_steps import history, step
from tests.registry_rig import Rig, eventually, registry, settings
from tests.servers import NatsServer, postgres


@pytest.fixture
async def rig(sqlite_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(sqlite_url, nats_server.url, tmp_path) as running:
        yield running


async def recorded(rig: Rig) -> int:
    return (await rig.reading.head()).length


async def whole(rig: Rig, count: int) -> None:
    """The record has so many entries, each proven."""
    head = await rig.reading.head()
    assert await verify_record(rig.reading, proof=rig.proof) == Verified(count, head.entry_hash, proven=True)


async def stored(rig: Rig) -> list[str]:
    """The indexes in the stream, in its order."""
    try:
        state = (await rig.bus.jetstream.stream_info(RECORD_STREAM)).state
    except NotFoundError:
        return []
    messages = [
        await rig.bus.jetstream.get_msg(RECORD_STREAM, number)
        for number in range(state.first_seq, state.last_seq + 1)
    ]
    return [(message.headers or {})["Qx-Index"] for message in messages]


async def ends_with(rig: Rig, index: int) -> bool:
    try:
        return (await stored(rig))[-1:] == [str(index)]
    except Exception:
        return False


async def test_three_kills_of_the_broker_lose_and_double_nothing(rig: Rig, nats_server: NatsServer) -> None:
    working = asyncio.gather(*(rig.record(history(rig.keys, f"c{n}", (2,) * 10)) for n in range(15)))
    for _ in range(3):
        await asyncio.sleep(0.3)
        nats_server.kill()
        await asyncio.sleep(0.3)
        nats_server.restart()
    places = [answer.place.index for case in await working for answer in case]
    assert sorted(places) == list(range(1, 300, 2))
    await whole(rig, 300)
    assert await eventually(lambda: ends_with(rig, 299))
    # Whatever was told twice, nothing was left out and nothing came before its turn.
    told = [int(index) for index in await stored(rig)]
    assert all(later <= before + 1 for before, later in itertools.pairwise(told))


async def test_a_stream_deleted_under_a_running_registry_is_made_again_from_the_newest_entry(
    rig: Rig,
) -> None:
    await rig.record(history(rig.keys, "c1"))
    assert await eventually(lambda: ends_with(rig, 2))
    await rig.bus.jetstream.delete_stream(RECORD_STREAM)
    await rig.record(history(rig.keys, "c2"))
    assert await eventually(lambda: ends_with(rig, 5))
    config = (await rig.bus.jetstream.stream_info(RECORD_STREAM)).config
    assert (config.deny_delete, config.deny_purge, str(config.discard), str(config.storage)) == (
        True,
        True,
        "new",
        "file",
    )


async def test_a_stream_restored_from_yesterday_goes_on_from_its_end(
    rig: Rig, nats_server: NatsServer, tmp_path: Path
) -> None:
    store = nats_server.directory / "store"
    await rig.record(history(rig.keys, "c1"))
    assert await eventually(lambda: ends_with(rig, 2))
    nats_server.kill()
    shutil.copytree(store, tmp_path / "yesterday")
    nats_server.restart()
    await rig.record(history(rig.keys, "c2"))
    assert await eventually(lambda: ends_with(rig, 5))
    nats_server.kill()
    shutil.rmtree(store)
    shutil.copytree(tmp_path / "yesterday", store)
    nats_server.restart()
    await rig.record(history(rig.keys, "c3"))
    assert await eventually(lambda: ends_with(rig, 8))
    told = [int(index) for index in await stored(rig)]
    assert told == list(range(told[0], 9))


async def test_a_stream_ahead_of_the_record_is_an_alarm_and_publishing_goes_on(
    rig: Rig, nats_server: NatsServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await rig.record(history(rig.keys, "c1", (1,) * 5))
    assert await eventually(lambda: ends_with(rig, 4))
    await rig.stop()
    other = tmp_path / "other"
    shutil.copytree(tmp_path / "keys", other / "keys")
    async with registry(f"sqlite+aiosqlite:///{other / 'r.db'}", nats_server.url, other) as restored:
        await restored.record(history(restored.keys, "c2"))
        assert await eventually(lambda: ends_with(restored, 2))
    assert "alarm: the stream ends with what is not on the record" in capsys.readouterr().err


async def test_a_full_stream_stops_no_recording_and_is_told(rig: Rig) -> None:
    await rig.record(history(rig.keys, "c1"))
    assert await eventually(lambda: ends_with(rig, 2))
    config, before = (await rig.bus.jetstream.stream_info(RECORD_STREAM)).config, await stored(rig)
    await rig.bus.jetstream.update_stream(config.evolve(max_msgs=len(before) + 1))
    await rig.record(history(rig.keys, "c2"))
    assert await recorded(rig) == 6
    assert await eventually(lambda: ends_with(rig, 3))
    assert await stored(rig) == [*before, "3"]
    assert rig.publisher is not None
    publisher = rig.publisher

    async def told() -> bool:
        try:
            await publisher.check()
        except UnavailableError:
            return True
        return False

    assert await eventually(told)
    await rig.bus.jetstream.update_stream(config.evolve(max_msgs=-1))
    assert await eventually(lambda: ends_with(rig, 5))
    await publisher.check()


async def test_a_frozen_broker_is_waited_for(rig: Rig, nats_server: NatsServer) -> None:
    await rig.record(history(rig.keys, "c1", (1,)))
    nats_server.pause()
    working = asyncio.create_task(rig.record(history(rig.keys, "c2")))
    await asyncio.sleep(2)
    nats_server.resume()
    await working
    await whole(rig, 4)


async def test_a_database_that_is_away_loses_and_doubles_nothing(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    with postgres() as server:
        async with registry(server.create_database("away"), nats_server.url, tmp_path) as rig:
            await rig.record(history(rig.keys, "c1", (2,)))
            server.kill()
            working = asyncio.gather(*(rig.record(history(rig.keys, f"d{n}", (2, 2))) for n in range(5)))
            await asyncio.sleep(1)
            server.restart()
            await working
            await whole(rig, 22)
            assert await rig.reading.attempts(after=-1, limit=10) == []
            assert await eventually(lambda: ends_with(rig, 21))


async def test_a_registry_with_nothing_to_tell_is_well_again_when_its_database_is(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    with postgres() as server:
        async with registry(server.create_database("quiet"), nats_server.url, tmp_path) as rig:
            await rig.record(history(rig.keys, "c1", (2,)))
            assert await eventually(lambda: ends_with(rig, 1))

            publisher = rig.publisher
            assert publisher is not None

            async def well(answer: bool) -> bool:
                try:
                    await publisher.check()
                except UnavailableError:
                    return not answer
                return answer

            server.kill()
            assert await eventually(lambda: well(False))
            server.restart()
            assert await eventually(lambda: well(True))


async def test_a_commit_whose_answer_was_lost_gives_the_same_answer_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Appending.append
    lost = 0

    async def append_and_lose(self: Appending, *given: object) -> object:
        nonlocal lost
        outcome = await append(self, *given)  # type: ignore[arg-type]
        if lost < 2:
            lost += 1
            raise UnavailableError("the connection broke after the commit")
        return outcome

    monkeypatch.setattr(Appending, "append", append_and_lose)
    answers = await rig.record(history(rig.keys, "c1", (2, 1)))
    assert [answer.place.index for answer in answers] == [1, 2]
    assert lost == 2
    # Nobody handed these to the publisher: it found them.
    assert await eventually(lambda: ends_with(rig, 2))
    await whole(rig, 3)


async def test_a_step_that_cannot_be_written_gets_no_answer_and_the_others_flow(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Appending.append

    async def refuse_one(self: Appending, steps: list[object]) -> object:
        if any(one.first.case_id == "poison" for one in steps):  # type: ignore[attr-defined]
            raise ValueError("a fault in our own code")
        return await append(self, steps)  # type: ignore[arg-type]

    monkeypatch.setattr(Appending, "append", refuse_one)
    poison = asyncio.create_task(rig.append(step(rig.keys, "poison"), seconds=3))
    answers = await asyncio.gather(*(rig.append(step(rig.keys, f"c{n}")) for n in range(30)))
    assert all(isinstance(answer, Recorded) for answer in answers)
    with pytest.raises(TimeoutError):
        await poison
    await whole(rig, 30)


async def test_what_waits_when_the_registry_is_stopped_is_written_and_answered(rig: Rig) -> None:
    working = [asyncio.create_task(rig.append(step(rig.keys, f"c{n}"))) for n in range(50)]
    await asyncio.sleep(0)
    await rig.bus.flush()
    await rig.stop()
    rig.start()
    assert all(isinstance(answer, Recorded) for answer in await asyncio.gather(*working))
    await whole(rig, 50)


async def test_a_registry_killed_over_and_over_records_everything_once(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    values = settings(sqlite_url, nats_server.url, tmp_path, port=0)
    await TABLES.migrate(values)
    environment = {
        **os.environ,
        "QX_REGISTRY_DATABASE_URL": sqlite_url,
        "QX_REGISTRY_NATS_URL": nats_server.url,
        "QX_REGISTRY_TOKEN_FILE": str(values.token_file),
        "QX_REGISTRY_PUBLIC_KEYS_DIR": str(values.public_keys_dir),
        "QX_REGISTRY_ENTRY_KEY_FILE": str(values.entry_key_file),
        "QX_REGISTRY_PORT": "0",
    }
    async with registry(sqlite_url, nats_server.url, tmp_path, migrated=True, started=False) as rig:

        async def start() -> asyncio.subprocess.Process:
            with (tmp_path / "registry.log").open("ab") as log:
                return await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "services.registry", env=environment, stderr=log
                )

        async def grown(before: int) -> bool:
            return await recorded(rig) > before

        process = await start()
        cases = [history(rig.keys, f"c{n}", (1, 2) * 20) for n in range(10)]
        working = asyncio.gather(*(rig.record(case) for case in cases))
        try:
            for _ in range(2):
                before = await recorded(rig)
                await eventually(lambda before=before: grown(before), 20)  # type: ignore[misc]
                process.kill()
                await process.wait()
                process = await start()
            await working
            # All the rest may have been recorded before the last kill: this needs the last process at work.
            await rig.record([step(rig.keys, "last")])
            assert await eventually(lambda: ends_with(rig, 600))
        finally:
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
        await whole(rig, 601)
