"""A registry in this process, on a real broker and database, and somebody who publishes to it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from uuid import uuid4

from contracts.actor import SYSTEM
from contracts.base import NO_DIGEST
from contracts.canonical import canonical, envelope_digest
from contracts.envelope import Envelope, Receipt, Refusal
from contracts.names import REPLY_HEADER, event_id, subject
from services.kit import jetstream
from services.kit.consumer import Consumer
from services.kit.db import Database
from services.kit.receipts import ReceiptInbox
from services.registry.consumer import DURABLE, Registrar
from services.registry.main import migrate_tables
from services.registry.settings import Settings
from services.registry.store import Store

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TYPE = "task-claimed"
Found = TypeVar("Found")


def history(case_id: str, count: int, event_type: str = TYPE, mark: str = "") -> list[Envelope]:
    """The first `count` events of a case, each following the one before."""
    events: list[Envelope] = []
    previous = NO_DIGEST
    for sequence in range(1, count + 1):
        event = Envelope(
            id=event_id(case_id, sequence),
            type=event_type,
            version=1,
            case_id=case_id,
            batch_id="b1",
            district="d1",
            sequence=sequence,
            previous=previous,
            at=AT,
            actor=SYSTEM,
            command_id=f"command-{sequence}",
            policy="2026.1",
            payload={"task_id": f"{case_id}.reply.1.police.1", "mark": mark},
        )
        previous = envelope_digest(event)
        events.append(event)
    return events


def settings(database_url: str, nats_url: str, directory: Path, **more: object) -> Settings:
    """Settings of a registry whose files lie in `directory`."""
    token = directory / "token"
    token.write_text("only-for-tests")
    values: dict[str, object] = {
        "database_url": database_url,
        "nats_url": nats_url,
        "token_file": token,
        **more,
    }
    return Settings(**values)  # type: ignore[arg-type]


async def eventually(look: Callable[[], Awaitable[Found]], seconds: float = 10) -> Found:
    """What `look` finds as soon as it finds something; its last answer when time is up."""
    found = await look()
    for _ in range(int(seconds / 0.02)):
        if found:
            break
        await asyncio.sleep(0.02)
        found = await look()
    return found


@dataclass
class Rig:
    """The parts of a running registry, within a test's reach."""

    settings: Settings
    database: Database
    bus: jetstream.Bus
    store: Store
    inbox: ReceiptInbox
    known: Callable[[str, int], bool]
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Let the registry consume."""
        registrar = Registrar(self.bus, self.store, self.known)
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(
            Consumer(self.bus, DURABLE, registrar.handle, batch=self.settings.batch, read=registrar.read).run(
                self._stop
            )
        )

    async def stop(self) -> None:
        """Let it finish its batch and end."""
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = None

    async def publish(self, events: Iterable[Envelope]) -> None:
        """Publish as the worker does: a fresh message id each time, receipts to the inbox."""
        for event in events:
            await self.publish_bytes(event.type, canonical(event))

    async def publish_bytes(self, event_type: str, body: bytes) -> None:
        """Publish anything under an event's subject."""
        headers = {REPLY_HEADER: self.inbox.subject}
        await self.bus.publish(subject("nomination", event_type, 1), body, headers, uuid4().hex)

    async def answers(self, events: list[Envelope], seconds: float = 10) -> list[Receipt | Refusal]:
        """Publish and wait for the record's answer to each."""
        waiting = self.inbox.expect(event.id for event in events)
        await self.publish(events)
        async with asyncio.timeout(seconds):
            found = await waiting
        return [found[event.id] for event in events]

    async def receipts(self, events: list[Envelope]) -> list[Receipt]:
        """Like `answers`, when nothing may be refused."""
        found = await self.answers(events)
        refused = [answer for answer in found if isinstance(answer, Refusal)]
        assert not refused, refused
        return [answer for answer in found if isinstance(answer, Receipt)]

    async def parked_stream(self) -> list[tuple[bytes, dict[str, str]]]:
        """What lies in the parked stream."""
        count = (await self.bus.jetstream.stream_info("PARKED")).state.messages
        found = []
        for number in range(1, count + 1):
            message = await self.bus.jetstream.get_msg("PARKED", number)
            found.append((message.data or b"", dict(message.headers or {})))
        return found


def any_event(_type: str, _version: int) -> bool:
    """A catalogue that knows everything called `task-…`."""
    return _type.startswith("task-")


@contextlib.asynccontextmanager
async def registry(
    database_url: str,
    nats_url: str,
    directory: Path,
    known: Callable[[str, int], bool] = any_event,
    migrated: bool = False,
) -> AsyncIterator[Rig]:
    """A registry with fresh tables, consuming."""
    values = settings(database_url, nats_url, directory)
    if not migrated:
        await migrate_tables(values)
    database = Database(values.dsn())
    bus = await jetstream.connect(values, "test")
    await bus.ensure_streams()
    inbox = ReceiptInbox()
    await inbox.open(bus)
    rig = Rig(values, database, bus, Store(database), inbox, known)
    rig.start()
    try:
        yield rig
    finally:
        await rig.stop()
        await bus.close()
        await database.close()
