"""Steps on the record: whole or not at all, once, in order, on both databases behind a real broker."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from nats.js.errors import NotFoundError

from contracts.canonical import canonical, envelope_digest
from contracts.names import RECORD_STREAM
from contracts.record import Place, Recorded, Standing
from services.registry.checking import verify_record
from services.registry.ledger import Verified
from tests.record_steps import Step, history, step
from tests.registry_rig import Rig, eventually, registry
from tests.servers import NatsServer


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(database_url, nats_server.url, tmp_path) as running:
        yield running


async def bodies(rig: Rig) -> list[str]:
    return [line.entry.body for line in await rig.reading.entries(case_id=None, after=-1, limit=1000)]


def canon(*steps: Step) -> list[str]:
    return [canonical(event).decode() for one in steps for event in one]


async def test_a_step_is_recorded_with_its_place_and_its_bytes(rig: Rig) -> None:
    first, second = history(rig.keys, "c1", (2, 3))
    answers = await rig.record([first, second])
    assert [answer.place for answer in answers] == [
        Place(until=2, index=1, digest=envelope_digest(first[-1])),
        Place(until=5, index=4, digest=envelope_digest(second[-1])),
    ]
    assert await bodies(rig) == canon(first, second)
    head = await rig.reading.head()
    assert await verify_record(rig.reading, proof=rig.proof) == Verified(5, head.entry_hash, proven=True)


async def test_a_repeat_gets_the_same_answer_and_adds_nothing(rig: Rig) -> None:
    steps = history(rig.keys, "c1", (1, 2, 1))
    first = await rig.record(steps)
    assert await rig.record(steps) == first
    assert len(await bodies(rig)) == 4


async def test_many_requests_at_once_are_each_answered_and_recorded_once(rig: Rig) -> None:
    steps = [history(rig.keys, f"c{number}", (2,))[0] for number in range(40)]
    answers = await asyncio.gather(*(rig.append(one) for one in (*steps, *steps)))
    assert answers[:40] == answers[40:]
    indexes = sorted(one.place.index for one in answers[:40] if isinstance(one, Recorded))
    assert indexes == list(range(1, 81, 2))
    assert isinstance(await verify_record(rig.reading, proof=rig.proof), Verified)


async def test_where_the_place_is_taken_the_steps_that_stand_there_are_shown(rig: Rig) -> None:
    first, second, third = history(rig.keys, "c1", (1, 2, 1))
    await rig.record([first, second, third])
    other = step(rig.keys, "c1", first=2, previous=envelope_digest(first[-1]), command_id="k-other")
    answer = await rig.append(other)
    assert answer == Standing(indexes=(1, 2, 3))
    assert len(await bodies(rig)) == 4
    assert await rig.reading.attempts(after=-1, limit=10) == []


async def test_of_two_steps_for_one_place_at_once_one_is_recorded_and_shown_to_the_other(rig: Rig) -> None:
    rivals = [step(rig.keys, "c1", command_id=f"k-{number}") for number in range(8)]
    answers = await asyncio.gather(*(rig.append(one) for one in rivals))
    assert sum(isinstance(one, Recorded) for one in answers) == 1
    assert sum(one == Standing(indexes=(0,)) for one in answers) == 7


async def test_a_look_shows_whole_steps_after_a_place(rig: Rig) -> None:
    first, second, third = history(rig.keys, "c1", (1, 2, 1))
    await rig.record([first, second, third, *history(rig.keys, "c2", (1,))])
    assert await rig.look("c1", 1) == (Standing(indexes=(1, 2, 3)), canon(second, third))
    assert await rig.look("c1", 2) == (Standing(indexes=(1, 2, 3)), canon(second, third))
    assert await rig.look("c1", 4) == (Standing(indexes=()), [])
    assert await rig.look("nobody", 0) == (Standing(indexes=()), [])


async def test_a_look_at_a_long_case_shows_as_many_whole_steps_as_fit(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = history(rig.keys, "c1", (5,) * 7)
    await rig.record(steps)
    monkeypatch.setattr(
        "services.registry.store.appending.LARGEST_STEP", 2 * len("\n".join(canon(steps[0]))) + 200
    )
    found: list[str] = []
    looks = 0
    while shown := (await rig.look("c1", len(found)))[1]:
        found, looks = found + shown, looks + 1
        assert len(shown) in (5, 10)
    assert (found, looks) == (canon(*steps), 4)


async def test_every_entry_is_published_once_in_order_and_the_groups_are_sealed(rig: Rig) -> None:
    # An empty stream begins at the newest entry; from there on none is left out.
    await rig.record(history(rig.keys, "first", (1,)))
    assert await eventually(lambda: _stored(rig, 1))
    await asyncio.gather(*(rig.record(history(rig.keys, f"c{number}", (2, 1))) for number in range(5)))
    assert await eventually(lambda: _stored(rig, 16))
    lines = await rig.reading.entries(case_id=None, after=-1, limit=100)
    messages = [await rig.bus.jetstream.get_msg(RECORD_STREAM, number) for number in range(1, 17)]
    assert [(one.data or b"").decode() for one in messages] == [line.entry.body for line in lines]
    assert [(one.headers or {})["Qx-Index"] for one in messages] == [str(number) for number in range(16)]
    assert [(one.headers or {})["Qx-Entry-Hash"] for one in messages] == [
        line.entry.entry_hash for line in lines
    ]
    assert {one.subject for one in messages} == {"record.nomination.task-claimed.v1"}
    assert "Qx-Signature" in (messages[-1].headers or {})


async def test_two_registries_on_one_database_give_out_each_index_once_and_publish_in_order(
    postgres_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with (
        registry(postgres_url, nats_server.url, tmp_path) as one,
        registry(postgres_url, nats_server.url, tmp_path, migrated=True) as other,
    ):
        await one.record(history(one.keys, "first", (1,)))
        assert await eventually(lambda: _stored(one, 1))
        steps = [history(one.keys, f"c{number}", (2, 1, 1)) for number in range(20)]
        await asyncio.gather(*((one, other)[n % 2].record(case) for n, case in enumerate(steps)))
        assert isinstance(await verify_record(one.reading, proof=one.proof), Verified)
        assert await eventually(lambda: _stored(one, 81))
        # Whoever publishes goes; the other takes over where the stream ends.
        await one.stop()
        await other.record(history(one.keys, "later", (3,)))
        assert await eventually(lambda: _stored(other, 84))
        messages = [await other.bus.jetstream.get_msg(RECORD_STREAM, number) for number in range(1, 85)]
        assert [(m.headers or {})["Qx-Index"] for m in messages] == [str(number) for number in range(84)]


async def _stored(rig: Rig, count: int) -> bool:
    try:
        return bool((await rig.bus.jetstream.stream_info(RECORD_STREAM)).state.messages >= count)
    except NotFoundError:
        return False


async def test_a_claim_of_an_errand_and_what_time_brings_are_recorded(rig: Rig) -> None:
    assert isinstance(await rig.append(step(None, "c1")), Recorded)
    carried = step(
        None, "c1", first=2, previous=envelope_digest(step(None, "c1")[0]), command_id="carried.c1.1"
    )
    assert isinstance(await rig.append(carried), Recorded)
