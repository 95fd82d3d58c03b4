"""A record for those who follow one: it answers readers and publishes its entries, signed; it checks nothing."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterable
from typing import Any

from fastapi import FastAPI

from contracts.base import NO_DIGEST
from contracts.canonical import canonical, envelope_digest
from contracts.envelope import Envelope
from contracts.record import entry_hash
from services.kit.http import serve_app
from services.kit.jetstream import Bus
from services.kit.signing import SigningKey
from services.registry.ledger import Entry
from services.registry.publisher import outgoing
from tests.ports import free_port
from tests.servers import HOST
from tests.waiting import reachable


class FakeRecord:
    """Entries in order. Nothing is published before `publish`, and a follower fetches what it did not hear."""

    def __init__(self, key: SigningKey) -> None:
        self.port = free_port()
        self.entries: list[Entry] = []
        self._key = key

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def add(self, events: Iterable[Envelope]) -> None:
        """Record these events."""
        for event in events:
            index, digest = len(self.entries), envelope_digest(event)
            hashed = entry_hash(index, digest, self.entries[-1].entry_hash if self.entries else NO_DIGEST)
            repeated = event.case_id, event.sequence, event.kind, event.type, event.version
            self.entries.append(Entry(index, *repeated, digest, hashed, canonical(event).decode()))

    async def publish(self, bus: Bus, first: int) -> None:
        """Publish the entries from this index on, sealed as one commit."""
        for message in outgoing(self.entries[first:], self._key):
            await bus.send(message.subject, message.body, headers=dict(message.headers))
        await bus.flush()

    @contextlib.asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        """Answer readers inside the block."""
        stop = asyncio.Event()
        serving = asyncio.create_task(serve_app(self._app(), HOST, self.port, stop))
        try:
            await reachable(self.url + "/record/entries")
            yield
        finally:
            stop.set()
            await serving

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/record/entries")
        async def entries(case_id: str = "", after: int = -1, limit: int = 200) -> dict[str, Any]:
            every = [
                {
                    "index": one.entry_index,
                    "entry_hash": one.entry_hash,
                    "envelope": json.loads(one.body),
                }
                for one in self.entries
                if one.entry_index > after and case_id in {"", one.case_id}
            ]
            following = every[limit - 1]["index"] if len(every) > limit else None
            return {"items": every[:limit], "next": following}

        return app
