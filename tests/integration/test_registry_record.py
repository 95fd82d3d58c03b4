"""The record on a real broker, on both databases: what is accepted, refused, repeated."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contracts.canonical import canonical, envelope_digest
from contracts.envelope import Envelope, Receipt, Refusal
from services.kit.db import Database
from services.registry.checking import verify_record
from services.registry.intake import Parcel
from services.registry.ledger import Verified
from services.registry.store import Store
from tests.registry_rig import AT, Rig, eventually, history, registry
from tests.servers import NatsServer


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(database_url, nats_server.url, tmp_path) as running:
        yield running


async def bodies(rig: Rig) -> list[str]:
    return [entry.body async for entry in rig.store.walk()]


async def test_events_are_recorded_in_order_and_receipted(rig: Rig) -> None:
    events = history("c1", 3)
    receipts = await rig.receipts(events)
    assert [r.index for r in receipts] == [0, 1, 2]
    assert [r.digest for r in receipts] == [envelope_digest(e) for e in events]
    assert await bodies(rig) == [canonical(e).decode() for e in events]
    assert await verify_record(rig.store) == Verified(3, (await rig.store.head()).entry_hash)


async def test_a_repeat_gets_the_same_receipt_and_adds_nothing(rig: Rig) -> None:
    events = history("c1", 3)
    first = await rig.receipts(events)
    again = await rig.receipts(events)
    assert again == first
    assert len(await bodies(rig)) == 3


async def test_the_same_event_twice_in_one_batch_is_recorded_once(rig: Rig) -> None:
    await rig.stop()
    events = history("c1", 2)
    waiting = rig.inbox.expect(event.id for event in events)
    await rig.publish(events)
    await rig.publish(events)
    rig.start()
    async with asyncio.timeout(10):
        await waiting
    await rig.receipts(history("c2", 1))
    assert len(await bodies(rig)) == 3


async def test_another_content_under_a_recorded_id_is_refused_and_parked(rig: Rig) -> None:
    await rig.receipts(history("c1", 1))
    forged = history("c1", 1, mark="forged")
    (answer,) = await rig.answers(forged)
    assert isinstance(answer, Refusal)
    assert answer.code == "other-content"
    assert len(await bodies(rig)) == 1
    ((_, parked),) = await rig.store.parked(after=-1, limit=10)
    assert parked.body == canonical(forged[0])
    ((body, headers),) = await rig.parked_stream()
    assert body == canonical(forged[0])
    assert headers["Qx-Parked-Reason"].startswith("other-content")


async def test_a_gap_parks_that_event_only_and_says_what_is_expected(rig: Rig) -> None:
    events = history("c1", 5)
    await rig.receipts(events[:2])
    (answer,) = await rig.answers(events[4:])
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.expected_sequence) == ("gap", 3)
    await rig.receipts(history("c2", 2))
    receipts = await rig.receipts(events[2:])
    assert [r.index for r in receipts] == [4, 5, 6]
    assert isinstance(await verify_record(rig.store), Verified)


async def test_events_that_arrive_swapped_in_one_batch_are_put_in_order(rig: Rig) -> None:
    await rig.stop()
    events = history("c1", 4)
    waiting = rig.inbox.expect(event.id for event in events)
    await rig.publish(reversed(events))
    rig.start()
    async with asyncio.timeout(10):
        answers = await waiting
    assert all(isinstance(answer, Receipt) for answer in answers.values())
    assert await bodies(rig) == [canonical(e).decode() for e in events]


async def test_an_event_that_follows_another_past_is_refused(rig: Rig) -> None:
    await rig.receipts(history("c1", 1))
    second = history("c1", 2, mark="another past")[1]
    (answer,) = await rig.answers([second])
    assert isinstance(answer, Refusal)
    assert answer.code == "other-past"


async def test_an_id_that_does_not_derive_from_case_and_sequence_is_refused(rig: Rig) -> None:
    stranger = history("c1", 1)[0].model_copy(update={"id": "c2.1"})
    (answer,) = await rig.answers([stranger])
    assert isinstance(answer, Refusal)
    assert answer.code == "wrong-event-id"


@pytest.mark.parametrize(
    ("body", "event"),
    [
        (b"not json at all", None),
        (b'{"id": "c9.1"}', "c9.1"),
        (b"\xff\xfe\x00", None),
        (b"[" * 5000, None),
        (b'{"id": "c9.1", "surplus": 1}', "c9.1"),
    ],
    ids=["text", "almost empty", "not unicode", "nested deeply", "surplus field"],
)
async def test_what_cannot_be_read_is_parked_and_the_others_flow(
    rig: Rig, body: bytes, event: str | None
) -> None:
    waiting = rig.inbox.expect([event] if event else [])
    await rig.publish_bytes("task-claimed", body)
    await rig.receipts(history("c1", 3))
    async with asyncio.timeout(10):
        answers = await waiting
        parked = await eventually(lambda: rig.store.parked(after=-1, limit=10))
        stream = await eventually(rig.parked_stream)
    assert all(isinstance(a, Refusal) and a.code == "unreadable" for a in answers.values())
    assert parked[0][1].body == body
    assert stream[0][0] == body


async def test_an_unknown_event_or_version_is_parked_with_a_refusal(rig: Rig) -> None:
    unknown = history("c1", 1, event_type="never-heard-of")
    (answer,) = await rig.answers(unknown)
    assert isinstance(answer, Refusal)
    assert answer.code == "unknown-event"
    assert await bodies(rig) == []


async def test_a_refused_event_repeated_is_kept_once(rig: Rig) -> None:
    unknown = history("c1", 1, event_type="never-heard-of")
    await rig.answers(unknown)
    await rig.answers(unknown)
    assert len(await rig.store.parked(after=-1, limit=10)) == 1


async def test_receipts_go_to_inboxes_only(rig: Rig) -> None:
    event = history("c1", 1)[0]
    await rig.bus.publish(
        "vetting.nomination.x.v1", canonical(event), {"Qx-Receipt-To": "vetting.nomination.y.v1"}
    )
    await rig.receipts(history("c2", 1))
    assert (await rig.bus.jetstream.stream_info("CASES")).state.messages == 2
    assert len(await bodies(rig)) == 2


async def test_every_message_is_settled(rig: Rig) -> None:
    await rig.receipts(history("c1", 20))
    await rig.answers(history("c2", 1, event_type="never-heard-of"))

    async def settled() -> bool:
        return await rig.bus.waiting("registry") == 0

    assert await eventually(settled)


async def test_two_registries_give_out_each_index_once(rig: Rig, database_url: str) -> None:
    cases: list[list[Envelope]] = [history(f"c{n}", 4) for n in range(30)]
    other = Database(database_url)
    stores = [rig.store, Store(other)]
    try:
        await rig.stop()
        parcels = [parcels_of(events) for events in cases]
        await asyncio.gather(*(stores[n % 2].append(batch, []) for n, batch in enumerate(parcels)))
    finally:
        await other.close()
    assert await verify_record(rig.store) == Verified(120, (await rig.store.head()).entry_hash)


def parcels_of(events: list[Envelope]) -> list[Parcel]:
    return [
        Parcel(
            "vetting.x",
            canonical(e),
            AT,
            e,
            "2026-03-02T09:30:00Z",
            envelope_digest(e),
            canonical(e).decode(),
        )
        for e in events
    ]
