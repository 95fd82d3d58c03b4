"""What breaks underneath the record: the broker dies, the stream or the consumer is gone, the database is away."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from services.kit.pulling import Puller

from contracts.envelope import Receipt
from services.kit.errors import UnavailableError
from services.registry.checking import verify_record
from services.registry.ledger import Verified
from services.registry.main import migrate_tables
from services.registry.store import Store
from tests.registry_rig import Rig, any_event, eventually, history, registry, settings
from tests.servers import NatsServer, postgres


@pytest.fixture
async def rig(sqlite_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(sqlite_url, nats_server.url, tmp_path) as running:
        yield running


async def recorded(rig: Rig) -> int:
    return (await rig.store.head()).count


async def persist(rig: Rig, case: str, count: int) -> list[Receipt]:
    """Publish a case as the worker does: again, under the same event ids, until every receipt is there."""
    events = history(case, count)
    for _ in range(60):
        waiting = rig.inbox.expect(event.id for event in events)
        try:
            async with asyncio.timeout(2):
                await rig.publish(events)
                answers = await waiting
        except (UnavailableError, TimeoutError):
            waiting.cancel()
            await asyncio.sleep(0.2)
            continue
        if all(isinstance(answer, Receipt) for answer in answers.values()):
            return [answer for answer in answers.values() if isinstance(answer, Receipt)]
    raise AssertionError(f"{case} is not on the record")


async def test_three_kills_of_the_broker_lose_and_double_nothing(rig: Rig, nats_server: NatsServer) -> None:
    working = asyncio.gather(*(persist(rig, f"c{n}", 20) for n in range(15)))
    for _ in range(3):
        await asyncio.sleep(0.4)
        nats_server.kill()
        await asyncio.sleep(0.3)
        nats_server.restart()
    receipts = [receipt for case in await working for receipt in case]
    assert sorted(receipt.index for receipt in receipts) == list(range(300))
    assert await verify_record(rig.store) == Verified(300, (await rig.store.head()).entry_hash)


async def test_a_deleted_consumer_is_made_again_and_goes_on(rig: Rig) -> None:
    await rig.receipts(history("c1", 2))
    await rig.bus.jetstream.delete_consumer("CASES", "registry")
    await persist(rig, "c2", 2)
    assert await recorded(rig) == 4


async def test_a_lost_stream_heals_from_what_the_worker_publishes_again(
    rig: Rig, nats_server: NatsServer
) -> None:
    events = history("c1", 4)
    await rig.receipts(events[:2])
    await rig.stop()
    await rig.publish(events[2:])
    # The volume is lost with two events that were acknowledged to the publisher and never recorded.
    nats_server.kill()
    for path in sorted((nats_server.directory / "store").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    nats_server.restart()
    rig.start()
    receipts = await persist(rig, "c1", 4)
    assert sorted(receipt.index for receipt in receipts) == [0, 1, 2, 3]
    assert await verify_record(rig.store) == Verified(4, (await rig.store.head()).entry_hash)


async def test_a_stream_deleted_under_a_running_registry_is_made_again(rig: Rig) -> None:
    await rig.receipts(history("c1", 1))
    await rig.bus.jetstream.delete_stream("CASES")
    await persist(rig, "c2", 1)
    config = (await rig.bus.jetstream.stream_info("CASES")).config
    assert (config.deny_delete, config.deny_purge, str(config.discard), str(config.storage)) == (
        True,
        True,
        "new",
        "file",
    )


async def test_a_frozen_broker_is_waited_for(rig: Rig, nats_server: NatsServer) -> None:
    await rig.receipts(history("c1", 1))
    nats_server.pause()
    working = asyncio.create_task(persist(rig, "c2", 3))
    await asyncio.sleep(2)
    nats_server.resume()
    await working
    assert await recorded(rig) == 4


async def test_a_database_that_is_away_parks_nothing_and_loses_nothing(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    with postgres() as server, server.database("away") as url:
        async with registry(url, nats_server.url, tmp_path) as rig:
            await rig.receipts(history("c1", 2))
            server.kill()
            events = [event for n in range(5) for event in history(f"d{n}", 4)]
            await rig.publish(events)
            await asyncio.sleep(1)
            server.restart()
            assert await eventually(lambda: _reached(rig, 22), 30)
            assert await rig.parked_stream() == []
            assert isinstance(await verify_record(rig.store), Verified)


async def test_an_event_whose_predecessor_is_in_another_hand_waits_for_it(rig: Rig) -> None:
    await rig.stop()
    first, *later = history("c1", 4)
    await rig.publish([first])
    other = Puller(rig.bus, "registry")
    await other.restore()
    (held,) = await other.fetch(1, 5)
    await other.release()
    await rig.publish(later)
    rig.start()
    await asyncio.sleep(1)
    assert (await recorded(rig), await rig.parked_stream()) == (0, [])
    await held.retry(0)
    assert await eventually(lambda: _reached(rig, 4), 10)
    assert await rig.parked_stream() == []
    assert await rig.store.parked(after=-1, limit=10) == []


async def test_many_gaps_among_good_events_are_refused_at_once(rig: Rig) -> None:
    lost = [history(f"c{n}", 2)[1] for n in range(100)]
    good = [history(f"d{n}", 1)[0] for n in range(100)]
    await rig.stop()
    waiting = rig.inbox.expect(event.id for event in (*lost, *good))
    await rig.publish(event for pair in zip(lost, good, strict=True) for event in pair)
    rig.start()
    async with asyncio.timeout(5):
        answers = await waiting
    assert {answers[event.id].code for event in lost} == {"gap"}  # type: ignore[union-attr]
    assert all(isinstance(answers[event.id], Receipt) for event in good)


async def _reached(rig: Rig, count: int) -> bool:
    try:
        return await recorded(rig) == count
    except UnavailableError:
        return False


async def test_a_commit_whose_reply_was_lost_gives_the_same_receipts_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    await rig.stop()
    append = Store.append
    lost = 0

    async def append_and_lose(self: Store, *given: object) -> object:
        nonlocal lost
        answers = await append(self, *given)  # type: ignore[arg-type]
        if lost < 2:
            lost += 1
            raise UnavailableError("the connection broke after the commit")
        return answers

    monkeypatch.setattr(Store, "append", append_and_lose)
    rig.start()
    receipts = await rig.receipts(history("c1", 5))
    assert [receipt.index for receipt in receipts] == [0, 1, 2, 3, 4]
    assert lost == 2
    assert await recorded(rig) == 5


async def test_a_message_that_cannot_be_stored_is_parked_and_the_others_flow(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    await rig.stop()
    append = Store.append

    async def refuse_one(self: Store, parcels: list[object], unread: object) -> object:
        if any(parcel.envelope.case_id == "poison" for parcel in parcels):  # type: ignore[attr-defined]
            raise ValueError("a fault in our own code")
        return await append(self, parcels, unread)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "append", refuse_one)
    monkeypatch.setattr("services.kit.consumer.DELAYS", (0.05,))
    rig.start()
    await rig.publish(history("poison", 1))
    await rig.receipts(history("c1", 5))
    ((_, headers),) = await eventually(rig.parked_stream)
    assert headers["Qx-Parked-Reason"] == "failed 8 times: ValueError"


async def test_a_registry_killed_over_and_over_records_everything_once(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    values = settings(sqlite_url, nats_server.url, tmp_path, port=0)
    await migrate_tables(values)
    environment = {
        **os.environ,
        "QX_REGISTRY_DATABASE_URL": sqlite_url,
        "QX_REGISTRY_NATS_URL": nats_server.url,
        "QX_REGISTRY_TOKEN_FILE": str(values.token_file),
        "QX_REGISTRY_PORT": "0",
    }
    async with registry(sqlite_url, nats_server.url, tmp_path, any_event) as rig:
        await rig.stop()

        async def start() -> asyncio.subprocess.Process:
            with (tmp_path / "registry.log").open("ab") as log:
                return await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "services.registry", env=environment, stderr=log
                )

        process = await start()
        working = asyncio.gather(*(persist(rig, f"c{n}", 10) for n in range(20)))
        try:
            for _ in range(2):
                await eventually(lambda: _grown(rig))
                process.kill()
                await process.wait()
                process = await start()
            receipts = [receipt for case in await working for receipt in case]
            # All the rest may have been recorded before the last kill: this needs the last process at work.
            receipts += await persist(rig, "last", 1)
        finally:
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == 0
        assert sorted(receipt.index for receipt in receipts) == list(range(201))
        assert await verify_record(rig.store) == Verified(201, (await rig.store.head()).entry_hash)


_seen = 0


async def _grown(rig: Rig) -> bool:
    global _seen
    before, _seen = _seen, await recorded(rig)
    return _seen > before
