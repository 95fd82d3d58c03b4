"""A record for those who follow one: it answers readers and publishes its entries, signed; it checks nothing."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable
from typing import Any

from fastapi import FastAPI

from contracts import names
from contracts.base import NO_DIGEST
from contracts.canonical import canonical, envelope_digest
from contracts.envelope import Envelope
from contracts.record import entry_hash
from services.kit.http import serve_app
from services.kit.jetstream import Bus, Outgoing
from services.kit.signing import SigningKey
from tests.servers import HOST, free_port
from tests.waiting import reachable


class FakeRecord:
    """Entries in order. Nothing is published before `publish`, and a follower fetches what it did not hear."""

    def __init__(self, key: SigningKey) -> None:
        self.port = free_port()
        self.entries: list[tuple[Envelope, str]] = []
        self._key = key

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def add(self, events: Iterable[Envelope]) -> None:
        """Record these events."""
        for event in events:
            last = self.entries[-1][1] if self.entries else NO_DIGEST
            self.entries.append((event, entry_hash(len(self.entries), envelope_digest(event), last)))

    async def publish(self, bus: Bus, first: int) -> None:
        """Publish the entries from this index on, sealed as one commit."""
        messages = []
        for index, (event, hashed) in enumerate(self.entries[first:], start=first):
            headers = {names.INDEX_HEADER: f"{index}", names.ENTRY_HASH_HEADER: hashed}
            if index == len(self.entries) - 1:
                signature = self._key.sign(hashed.encode())
                headers[names.SEAL_HEADER] = f"{signature.key_id}:{signature.value}"
            subject = names.record_subject(event.kind, event.type, event.version)
            messages.append(Outgoing(subject, canonical(event), headers))
        await bus.ensure_record()
        await bus.store(messages, (await bus.last_stored())[0])

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
                {"index": index, "entry_hash": hashed, "envelope": event.model_dump(mode="json")}
                for index, (event, hashed) in enumerate(self.entries)
                if index > after and case_id in {"", event.case_id}
            ]
            following = every[limit - 1]["index"] if len(every) > limit else None
            return {"items": every[:limit], "next": following}

        return app
