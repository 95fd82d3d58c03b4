"""Asking for messages: one open request at a time, asked again the moment it runs out."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from services.kit.pulling import Puller

from services.kit.errors import UnavailableError


@dataclass
class FakeListening:
    inbox: str = "_INBOX.fake"
    ended: bool = False

    async def end(self) -> None:
        self.ended = True


@dataclass
class FakeBus:
    """Stands in for the broker: remembers what was asked, and delivers what a test hands it."""

    asked: list[int] = field(default_factory=list)
    listening: FakeListening = field(default_factory=FakeListening)
    receive: object = None

    async def ensure_streams(self) -> None:
        return None

    async def ensure_consumer(self, durable: str, subject: str) -> None:
        return None

    async def subscribe(self, receive: object) -> FakeListening:
        self.receive = receive
        return self.listening

    async def pull(self, durable: str, inbox: str, batch: int, seconds: float) -> None:
        self.asked.append(batch)

    async def deliver(self, *bodies: bytes) -> None:
        for body in bodies:
            raw = SimpleNamespace(reply="$JS.ACK.x", subject="s", data=body, headers=None)
            await self.receive(raw)  # type: ignore[operator]

    async def say(self, status: str, description: str = "") -> None:
        headers = {"Status": status, "Description": description}
        raw = SimpleNamespace(reply="", subject="s", data=b"", headers=headers)
        await self.receive(raw)  # type: ignore[operator]


@pytest.fixture
def bus() -> FakeBus:
    return FakeBus()


@pytest.fixture
async def puller(bus: FakeBus) -> Puller:
    puller = Puller(bus, "d")  # type: ignore[arg-type]
    await puller.restore()
    return puller


async def test_messages_are_handed_out_as_soon_as_there_are_any(bus: FakeBus, puller: Puller) -> None:
    fetching = asyncio.create_task(puller.fetch(10, 5))
    await asyncio.sleep(0)
    await bus.deliver(b"1", b"2")
    assert [m.body for m in await fetching] == [b"1", b"2"]


async def test_one_request_is_open_at_a_time(bus: FakeBus, puller: Puller) -> None:
    assert await puller.fetch(10, 0.01) == []
    assert await puller.fetch(10, 0.01) == []
    assert bus.asked == [10]


async def test_a_request_that_ran_out_is_repeated_during_the_same_wait(bus: FakeBus, puller: Puller) -> None:
    fetching = asyncio.create_task(puller.fetch(10, 5))
    await asyncio.sleep(0)
    await bus.say("408", "Request Timeout")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert bus.asked == [10, 10]
    await bus.deliver(b"1")
    assert len(await fetching) == 1


async def test_the_next_batch_is_asked_for_when_one_is_handed_out(bus: FakeBus, puller: Puller) -> None:
    fetching = asyncio.create_task(puller.fetch(2, 5))
    await asyncio.sleep(0)
    await bus.deliver(b"1", b"2")
    await fetching
    assert bus.asked == [2, 2]


async def test_a_request_lost_in_a_restart_is_repeated_after_its_time(
    bus: FakeBus, puller: Puller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.kit.pulling.ASK_SECONDS", 0.01)
    monkeypatch.setattr("services.kit.pulling.GRACE_SECONDS", 0.01)
    await puller.fetch(10, 0.05)
    await puller.fetch(10, 0.05)
    assert bus.asked == [10, 10]


@pytest.mark.parametrize(
    ("status", "description"), [("409", "Consumer Deleted"), ("503", ""), ("409", "Leadership Change")]
)
async def test_a_consumer_that_is_gone_is_told(
    bus: FakeBus, puller: Puller, status: str, description: str
) -> None:
    fetching = asyncio.create_task(puller.fetch(10, 5))
    await asyncio.sleep(0)
    await bus.say(status, description)
    with pytest.raises(UnavailableError, match=status):
        await fetching
    await puller.restore()
    assert await puller.fetch(10, 0.01) == []


async def test_a_heartbeat_is_no_message_and_no_fault(bus: FakeBus, puller: Puller) -> None:
    fetching = asyncio.create_task(puller.fetch(10, 0.05))
    await asyncio.sleep(0)
    await bus.say("100", "Idle Heartbeat")
    assert await fetching == []


async def test_a_message_is_read_when_it_arrives(bus: FakeBus) -> None:
    puller = Puller(bus, "d", read=lambda message: message.body.upper())  # type: ignore[arg-type]
    await puller.restore()
    await bus.deliver(b"a")
    assert [m.content for m in await puller.fetch(10, 1)] == [b"A"]


async def test_what_was_not_fetched_is_given_back_at_the_end(bus: FakeBus, puller: Puller) -> None:
    await bus.deliver(b"1", b"2", b"3")
    assert len(await puller.fetch(1, 1)) == 1
    assert [m.body for m in await puller.release()] == [b"2", b"3"]
    assert bus.listening.ended


async def test_a_hurried_fetch_does_not_wait(puller: Puller) -> None:
    puller.wake()
    async with asyncio.timeout(1):
        assert await puller.fetch(10, 60) == []


async def test_an_unbound_puller_says_so(bus: FakeBus) -> None:
    with pytest.raises(UnavailableError, match="not bound"):
        await Puller(bus, "d").fetch(10, 1)  # type: ignore[arg-type]
