"""The consumer's loop over a broker that a test drives: nothing forgotten, nothing blocked."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from services.kit.consumer import ATTEMPTS, Consumer
from services.kit.messages import Message

from services.kit import consumer as module
from services.kit.errors import UnavailableError


class Raw:
    def __init__(self, body: bytes, number: int) -> None:
        self.data, self.subject, self.headers, self.reply = body, "vetting.x", {}, "$JS.ACK.x"
        self.metadata = SimpleNamespace(num_delivered=1, sequence=SimpleNamespace(stream=number))
        self.said: list[str] = []

    async def ack(self) -> None:
        self.said.append("ack")

    async def nak(self, delay: float) -> None:
        self.said.append(f"nak {delay}")

    async def term(self) -> None:
        self.said.append("term")


class FakePuller:
    """Hands out prepared batches, then stops the loop."""

    def __init__(self, *batches: list[Raw] | Exception) -> None:
        self.batches = list(batches)
        self.stop = asyncio.Event()
        self.restored = 0
        self.left: list[Raw] = []

    async def restore(self) -> None:
        self.restored += 1

    async def fetch(self, batch: int, seconds: float) -> list[Message]:
        if not self.batches:
            self.stop.set()
            return []
        found = self.batches.pop(0)
        if isinstance(found, Exception):
            raise found
        return [Message(raw) for raw in found]

    async def waiting(self) -> int:
        return 0

    async def release(self) -> list[Message]:
        left, self.left = self.left, []
        return [Message(raw) for raw in left]

    def wake(self) -> None:
        return None


@pytest.fixture(autouse=True)
def parked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, str]]:
    kept: list[tuple[bytes, str]] = []

    async def park(_bus: object, message: Message, _durable: str, reason: str) -> None:
        kept.append((message.body, reason))
        await message.discard()

    monkeypatch.setattr(module, "park", park)
    monkeypatch.setattr(module, "DELAYS", (0.0,))
    monkeypatch.setattr(module, "SETTLING_SECONDS", 0.0)
    return kept


async def consume(
    puller: FakePuller, handle: Callable[[list[Message]], Awaitable[None]], linger: float = 0.0
) -> None:
    bus: Any = SimpleNamespace()
    consumer = Consumer(bus, "d", handle, linger=linger)
    consumer._puller = puller  # type: ignore[assignment]
    async with asyncio.timeout(5):
        await consumer.run(puller.stop)


def raws(*bodies: bytes) -> list[Raw]:
    return [Raw(body, number) for number, body in enumerate(bodies, 1)]


async def test_a_batch_is_acknowledged_after_the_handler_returned() -> None:
    batch = raws(b"1", b"2")

    async def handle(messages: list[Message]) -> None:
        assert [raw.said for raw in batch] == [[], []]

    await consume(FakePuller(batch), handle)
    assert [raw.said for raw in batch] == [["ack"], ["ack"]]


async def test_one_bad_message_does_not_hold_up_the_others(parked: list[tuple[bytes, str]]) -> None:
    batch = raws(b"1", b"bad", b"3")
    done: list[bytes] = []

    async def handle(messages: list[Message]) -> None:
        if any(m.body == b"bad" for m in messages):
            raise ValueError
        done.extend(m.body for m in messages)

    await consume(FakePuller(batch), handle)
    assert done == [b"1", b"3"]
    assert [raw.said for raw in batch] == [["ack"], ["nak 0.01"], ["ack"]]
    assert parked == []


async def test_a_message_that_keeps_failing_is_parked_with_the_reason(
    parked: list[tuple[bytes, str]],
) -> None:
    async def handle(messages: list[Message]) -> None:
        raise ValueError("甄选")

    tries = [raws(b"bad") for _ in range(ATTEMPTS)]
    await consume(FakePuller(*tries), handle)
    assert parked == [(b"bad", f"failed {ATTEMPTS} times: ValueError")]
    assert tries[-1][0].said == ["term"]


async def test_an_outage_parks_nothing_however_long_it_lasts(parked: list[tuple[bytes, str]]) -> None:
    async def handle(messages: list[Message]) -> None:
        raise UnavailableError("away")

    tries = [raws(b"1", b"2") for _ in range(ATTEMPTS * 2)]
    puller = FakePuller(*tries)
    later = raws(b"3")
    puller.left = later
    await consume(puller, handle)
    assert parked == []
    assert all(raw.said == ["nak 0.01"] for batch in [*tries, later] for raw in batch)


async def test_an_outage_in_the_middle_returns_what_was_not_handled_yet() -> None:
    batch = raws(b"1", b"2", b"3")

    async def handle(messages: list[Message]) -> None:
        if len(messages) > 1:
            raise ValueError
        if messages[0].body == b"2":
            raise UnavailableError("away")

    await consume(FakePuller(batch), handle)
    assert [raw.said for raw in batch] == [["ack"], ["nak 0.01"], ["nak 0.01"]]


async def test_a_lost_consumer_is_made_again() -> None:
    puller = FakePuller(UnavailableError("gone"), raws(b"1"))

    async def handle(messages: list[Message]) -> None:
        return None

    await consume(puller, handle)
    assert puller.restored == 2


@pytest.mark.parametrize("waiting", [3, UnavailableError("gone")])
async def test_silence_while_messages_wait_makes_the_consumer_again(
    waiting: int | Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SILENCE_SECONDS", -1.0)

    class Silent(FakePuller):
        async def waiting(self) -> int:
            if isinstance(waiting, Exception):
                raise waiting
            return waiting

    async def handle(messages: list[Message]) -> None:
        return None

    puller = Silent([], [])
    await consume(puller, handle)
    assert puller.restored == 3


async def test_silence_with_nothing_waiting_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SILENCE_SECONDS", -1.0)

    async def handle(messages: list[Message]) -> None:
        return None

    puller = FakePuller([], [])
    await consume(puller, handle)
    assert puller.restored == 1


async def test_a_message_that_the_handler_settled_is_left_alone() -> None:
    batch = raws(b"1", b"2")

    async def handle(messages: list[Message]) -> None:
        await messages[0].discard()

    await consume(FakePuller(batch), handle)
    assert [raw.said for raw in batch] == [["term"], ["ack"]]


async def test_what_was_fetched_and_not_handled_goes_back_at_the_stop() -> None:
    puller = FakePuller()
    puller.left = left = raws(b"1")

    async def handle(messages: list[Message]) -> None:
        return None

    await consume(puller, handle)
    assert left[0].said == ["nak 0.01"]


async def test_a_lost_acknowledgement_does_not_end_the_loop() -> None:
    class Deaf(Raw):
        async def ack(self) -> None:
            raise ConnectionError

    seen: list[bytes] = []

    async def handle(messages: list[Message]) -> None:
        seen.extend(m.body for m in messages)

    await consume(FakePuller([Deaf(b"1", 1)], raws(b"2")), handle)
    assert seen == [b"1", b"2"]


async def test_a_consumer_that_lingers_handles_what_came_meanwhile_in_the_same_batch() -> None:
    first, second = raws(b"1"), raws(b"2")
    sizes: list[int] = []

    async def handle(messages: list[Message]) -> None:
        sizes.append(len(messages))

    await consume(FakePuller(first, second), handle, linger=0.01)
    assert sizes == [2]
    assert [raw.said for raw in (*first, *second)] == [["ack"], ["ack"]]


async def test_what_was_fetched_before_an_outage_in_the_linger_goes_back() -> None:
    first = raws(b"1")

    async def handle(messages: list[Message]) -> None:
        raise AssertionError("nothing may be handled")

    await consume(FakePuller(first, UnavailableError("the consumer is gone")), handle, linger=0.01)
    assert first[0].said == ["nak 0.01"]
