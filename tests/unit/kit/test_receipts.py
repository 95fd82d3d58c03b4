"""Waiting for the record's answers."""

import asyncio
import json

import pytest
from services.kit.receipts import ReceiptInbox

from contracts.envelope import Receipt, Refusal

DIGEST = "a" * 64


class FakeBus:
    def __init__(self) -> None:
        self.receive: object = None

    async def listen(self, receive: object) -> str:
        self.receive = receive
        return "_INBOX.mine"

    async def say(self, *items: object) -> None:
        await self.receive(json.dumps(items).encode())  # type: ignore[operator]


@pytest.fixture
def bus() -> FakeBus:
    return FakeBus()


@pytest.fixture
async def inbox(bus: FakeBus) -> ReceiptInbox:
    inbox = ReceiptInbox()
    await inbox.open(bus)  # type: ignore[arg-type]
    return inbox


def receipt(event_id: str, index: int = 0) -> dict[str, object]:
    return {"event_id": event_id, "index": index, "digest": DIGEST}


async def test_every_event_must_be_answered(bus: FakeBus, inbox: ReceiptInbox) -> None:
    assert inbox.subject == "_INBOX.mine"
    waiting = inbox.expect(["c1.1", "c1.2"])
    await bus.say(receipt("c1.1"), receipt("c9.9"))
    assert not waiting.done()
    await bus.say({"event_id": "c1.2", "code": "gap", "detail": "d", "expected_sequence": 1})
    answers = await waiting
    assert answers["c1.1"] == Receipt(event_id="c1.1", index=0, digest=DIGEST)
    assert answers["c1.2"] == Refusal(event_id="c1.2", code="gap", detail="d", expected_sequence=1)


async def test_two_who_wait_for_the_same_event_both_get_it(bus: FakeBus, inbox: ReceiptInbox) -> None:
    first, second = inbox.expect(["c1.1"]), inbox.expect(["c1.1", "c1.2"])
    await bus.say(receipt("c1.1"))
    assert first.done()
    assert not second.done()
    await bus.say(receipt("c1.2"))
    assert set(await second) == {"c1.1", "c1.2"}


async def test_who_gives_up_leaves_nothing_behind(bus: FakeBus, inbox: ReceiptInbox) -> None:
    waiting = inbox.expect(["c1.1"])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await waiting
    await asyncio.sleep(0)
    assert inbox._waiting == {}
    await bus.say(receipt("c1.1"))


async def test_nothing_to_wait_for_is_done_at_once(inbox: ReceiptInbox) -> None:
    assert await inbox.expect([]) == {}


@pytest.mark.parametrize("body", [b"", b"{}x", b'[{"event_id": 1}]', b"[1]", b"7", b"\xff"])
async def test_a_reply_that_cannot_be_read_answers_nobody(
    bus: FakeBus, inbox: ReceiptInbox, body: bytes
) -> None:
    waiting = inbox.expect(["c1.1"])
    await bus.receive(body)  # type: ignore[operator]
    assert not waiting.done()
    waiting.cancel()
