"""The notices service in this process, with a broker, a database, a record to ask, and a mail server."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import httpx2
from aiosmtpd.controller import Controller
from fastapi import FastAPI, Query

from contracts.canonical import canonical, envelope_digest
from contracts.envelope import Envelope
from contracts.names import subject
from contracts.policy.loader import released
from services.kit import jetstream
from services.kit.casefeed import RecordReader
from services.kit.db import Database
from services.kit.http import serve_app
from services.kit.sealing import Keyring
from services.notices.desk import Desk
from services.notices.issuing import Issuer
from services.notices.main import migrate_tables, serve
from services.notices.settings import Settings
from tests.servers import HOST, NatsServer, free_port

TOKEN = "only-for-tests"


class FakeRecord:
    """A record that answers readers over HTTP. What is not in it is not recorded, whatever the stream brings."""

    def __init__(self) -> None:
        self.port = free_port()
        self.entries: list[Envelope] = []
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def add(self, events: Iterable[Envelope]) -> None:
        """Record these events; like the real one it takes a case's events in order only."""
        for event in events:
            assert event.sequence == 1 + sum(one.case_id == event.case_id for one in self.entries), event.id
            self.entries.append(event)

    @contextlib.asynccontextmanager
    async def answering(self) -> AsyncIterator[None]:
        """Answer readers inside the block."""
        stop = asyncio.Event()
        serving = asyncio.create_task(serve_app(self._app(), HOST, self.port, stop))
        try:
            await reachable(self.url + "/record/digests")
            yield
        finally:
            stop.set()
            await serving

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/record/entries")
        async def entries(case_id: str, after: int = -1, limit: int = 200) -> dict[str, Any]:
            self.asked.append(case_id)
            every = [(i, e) for i, e in enumerate(self.entries) if e.case_id == case_id and i > after]
            items = [{"index": i, "envelope": e.model_dump(mode="json")} for i, e in every[:limit]]
            return {"items": items, "next": every[limit - 1][0] if len(every) > limit else None}

        @app.get("/record/digests")
        async def digests(event_id: Annotated[list[str], Query()] = []) -> dict[str, Any]:  # noqa: B006
            return {"digests": {e.id: envelope_digest(e) for e in self.entries if e.id in event_id}}

        return app


class MailSink:
    """A mail server. `replies` are given one by one to the next recipients; afterwards everything is taken."""

    def __init__(self) -> None:
        self.port = free_port()
        self.replies: list[str] = []
        self.taken: list[tuple[list[str], EmailMessage]] = []
        self.tries = 0

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Take mail inside the block."""
        controller = Controller(self, hostname=HOST, port=self.port)
        controller.start()
        try:
            yield
        finally:
            controller.stop()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Answer as told."""
        self.tries += 1
        if self.replies:
            return self.replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the mail as the server parses it."""
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append((list(envelope.rcpt_tos), message))
        return "250 OK"


@dataclass
class Rig:
    """A running service and everything around it."""

    settings: Settings
    keyring: Keyring
    bus: jetstream.Bus
    record: FakeRecord
    mail: MailSink
    client: httpx2.AsyncClient
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the service and wait until it is healthy."""
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(serve(self.settings, self._stop))
        await reachable(f"http://{HOST}:{self.settings.port}/healthz", self._running)

    async def stop(self) -> None:
        """Let it finish what it holds and end."""
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = None

    async def publish(self, events: Iterable[Envelope], *, recorded: bool = True) -> None:
        """Publish as the worker does; `recorded` puts them on the record first."""
        events = list(events)
        if recorded:
            self.record.add(events)
        for event in events:
            await self.publish_bytes(event.type, canonical(event))

    async def publish_bytes(self, event_type: str, body: bytes) -> None:
        """Publish anything under an event's subject."""
        await self.bus.publish(subject("nomination", event_type, 1), body, {}, uuid4().hex)

    async def get(self, path: str, **params: Any) -> dict[str, Any]:
        """The JSON answer to a reader with the token; fails unless it is 200."""
        answer = await self.client.get(path, params=params)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def letters(self, **params: Any) -> list[dict[str, Any]]:
        """Every letter that the parameters select."""
        items: list[dict[str, Any]] = []
        after: int | None = 0
        while after is not None:
            page = await self.get("/notices", after=after, limit=200, **params)
            items += page["items"]
            after = page["next"]
        return items

    async def kinds(self, **params: Any) -> list[tuple[str, str]]:
        """Type and round of the selected letters, sorted."""
        return sorted((one["type"], one["round"]) for one in await self.letters(**params))

    async def parked(self) -> list[dict[str, Any]]:
        """What is set aside."""
        found: list[dict[str, Any]] = (await self.get("/notices/parked"))["items"]
        return found

    @contextlib.asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        """The service's heart alone, on the same database and record."""
        database = Database(self.settings.dsn())
        async with httpx2.AsyncClient() as client:
            record = RecordReader(client, self.record.url, TOKEN)
            try:
                issuer = Issuer(self.keyring, lambda: datetime.now(UTC), "")
                yield Desk(database, record, issuer, released, record_wait=0.2)
            finally:
                await database.close()


@contextlib.asynccontextmanager
async def notices(
    database_url: str,
    nats_server: NatsServer,
    directory: Path,
    *,
    mailed: bool = False,
    tables_made: bool = False,
    **more: object,
) -> AsyncIterator[Rig]:
    """A running service on this database and broker; `mailed` sets the mail server."""
    record, mail = FakeRecord(), MailSink()
    settings = _settings(database_url, nats_server, directory, record, mail if mailed else None, **more)
    keyring = Keyring.create(settings.keys_dir)
    if not tables_made:
        await migrate_tables(settings)
    bus = await jetstream.connect(settings, "test")
    await bus.ensure_streams()
    headers = {"Authorization": f"Bearer {TOKEN}"}
    base = f"http://{HOST}:{settings.port}"
    async with (
        record.answering(),
        httpx2.AsyncClient(base_url=base, headers=headers, timeout=20) as client,
    ):
        with mail.listening() if mailed else contextlib.nullcontext():
            rig = Rig(settings, keyring, bus, record, mail, client)
            await rig.start()
            try:
                yield rig
            finally:
                await rig.stop()
                await bus.close()


def _settings(
    database_url: str,
    nats_server: NatsServer,
    directory: Path,
    record: FakeRecord,
    mail: MailSink | None,
    **more: object,
) -> Settings:
    token = directory / "token"
    token.write_text(TOKEN)
    values: dict[str, object] = {
        "database_url": database_url,
        "nats_url": nats_server.url,
        "keys_dir": directory / "keys",
        "port": free_port(),
        "token_file": token,
        "registry_url": record.url,
        "registry_token_file": token,
        "record_wait_seconds": 0.3,
        "refill_seconds": 0.2,
    }
    if mail is not None:
        values |= {
            "smtp_host": HOST,
            "smtp_port": mail.port,
            "smtp_security": "none",
            "smtp_from": "office@example.org",
            "smtp_backoff_seconds": 0.1,
            "smtp_timeout_seconds": 5,
        }
    return Settings(**{**values, **more})  # type: ignore[arg-type]


async def reachable(url: str, running: asyncio.Task[None] | None = None) -> None:
    """Wait until a URL answers with 200; raise what ended the task meanwhile."""
    async with httpx2.AsyncClient() as client:
        async with asyncio.timeout(20):
            while True:
                if running is not None and running.done():
                    await running
                with contextlib.suppress(httpx2.HTTPError):
                    if (await client.get(url)).status_code == 200:
                        return
                await asyncio.sleep(0.02)


async def until(condition: Callable[[], Any], seconds: float = 15) -> Any:
    """Ask again and again until the answer is true, and return it."""
    async with asyncio.timeout(seconds):
        while True:
            found = condition()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(0.02)
