"""The notices service in this process, with a broker, a database, a record to ask, and a mail server."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import httpx2
from aiosmtpd.controller import Controller

from contracts.envelope import Envelope
from contracts.record import ENTRY_PURPOSE
from services.ctl.keys import Keys
from services.kit import cursor, jetstream
from services.kit.db import Database
from services.kit.sealing import Keyring
from services.kit.signing import SigningKey
from services.kit.tls import nobody
from services.notices.main import TABLES, serve
from services.notices.settings import Settings
from tests.events import Story
from tests.ports import free_port
from tests.recorded import FakeRecord
from tests.servers import HOST, NatsServer
from tests.stories import case_opened, task_opened
from tests.waiting import reachable, until

TOKEN = "only-for-tests"


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
    record_keys: Keyring
    letter_keys: Keyring
    bus: jetstream.Bus
    record: FakeRecord
    mail: MailSink
    client: httpx2.AsyncClient
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None

    async def start(self, *, healthy: bool = True) -> None:
        """Start the service and wait until it is healthy, or only until it answers."""
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(serve(self.settings, self._stop))
        await reachable(f"http://{HOST}:{self.settings.port}/healthz", self._running, healthy=healthy)

    @contextlib.asynccontextmanager
    async def another(self) -> AsyncIterator[None]:
        """A second service over the same tables inside the block."""
        stop, port = asyncio.Event(), free_port()
        running = asyncio.create_task(serve(self.settings.model_copy(update={"port": port}), stop))
        try:
            await reachable(f"http://{HOST}:{port}/healthz", running)
            yield
        finally:
            stop.set()
            await running

    async def stop(self) -> None:
        """Let it finish what it holds and end."""
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = None

    def story(self, case_id: str, **about: str) -> Story:
        """A case to tell."""
        return Story(case_id, self.record_keys, self.settings.rings.people, **about)

    def consulted(self, case_id: str = "c1", district: str = "d1") -> Story:
        """A case that was declared and sent to three departments: four letters."""
        story = self.story(case_id, district=district)
        story.each(case_opened(person_id=f"p-{case_id}"), task_opened(case_id, "declare"))
        story.then(*(task_opened(case_id, "reply", unit=unit) for unit in ("tax", "court", "police")))
        return story

    async def publish(self, events: Iterable[Envelope]) -> None:
        """Record these events and publish them."""
        first = len(self.record.entries)
        self.record.add(events)
        await self.record.publish(self.bus, first)

    async def get(self, path: str, **params: Any) -> dict[str, Any]:
        """The JSON answer to a reader with the token; fails unless it is 200."""
        answer = await self.client.get(path, params=params)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def post(self, path: str, said: Mapping[str, Any]) -> dict[str, Any]:
        """The JSON answer to what is said or asked in a body; fails unless it is 200."""
        answer = await self.client.post(path, json=said)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def letter(self, ident: str, **reader: Any) -> dict[str, Any]:
        """One letter, as this reader sees it."""
        return await self.post(f"/notices/{ident}/reading", reading(**reader))

    async def letters(self, case_id: str | None = None, **reader: Any) -> list[dict[str, Any]]:
        """Every letter to this reader, in order of issue."""
        items: list[dict[str, Any]] = []
        after: int | None = 0
        while after is not None:
            asked = {"reader": reading(**reader), "case_id": case_id, "after": after, "limit": 200}
            page = await self.post("/notices/inbox", asked)
            items += page["items"]
            after = page["next"]
        return items[::-1]

    async def count(self, expected: int, **params: Any) -> list[dict[str, Any]]:
        """The selected letters, once there are so many."""

        async def enough() -> list[dict[str, Any]]:
            found = await self.letters(**params)
            return found if len(found) >= expected else []

        found: list[dict[str, Any]] = await until(enough)
        assert len(found) == expected
        return found

    async def kinds(self, **params: Any) -> list[tuple[str, str]]:
        """Type and round of the selected letters, sorted."""
        return sorted((one["type"], one["round"]) for one in await self.letters(**params))

    async def followed(self) -> int:
        """The index of the entry that was applied last."""
        database = Database(self.settings.dsn())
        try:
            return (await database.look(cursor.place)).index
        finally:
            await database.close()

    async def stuck(self) -> list[dict[str, Any]]:
        """The cases that wait."""
        found: list[dict[str, Any]] = (await self.get("/overview/stuck"))["items"]
        return found


def reading(
    person_id: str = "",
    grants: Sequence[str] = (),
    not_cases: Sequence[str] = (),
    also: Sequence[str] = (),
) -> dict[str, Any]:
    """Who reads; a grant as `ROLE:unit:district`."""
    held = [dict(zip(("role", "unit", "district"), one.split(":"), strict=True)) for one in grants]
    return {"person_id": person_id, "also": list(also), "grants": held, "not_cases": list(not_cases)}


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
    keys = Keys(directory / "keys")
    keys.make()
    record, mail = FakeRecord(SigningKey.load(keys.signing("entry"), ENTRY_PURPOSE)), MailSink()
    settings = _settings(database_url, nats_server, keys, record, mail if mailed else None, **more)
    rings = settings.rings
    record_keys, letter_keys = rings.at(settings.record_keys_dir), rings.at(settings.own_keys_dir)
    if not tables_made:
        await TABLES.migrate(settings)
    bus = await jetstream.connect(settings, "test")
    headers = {"Authorization": f"Bearer {TOKEN}"}
    base = f"http://{HOST}:{settings.port}"
    async with (
        record.answering(),
        httpx2.AsyncClient(base_url=base, headers=headers, timeout=20, verify=nobody()) as client,
    ):
        with mail.listening() if mailed else contextlib.nullcontext():
            rig = Rig(settings, record_keys, letter_keys, bus, record, mail, client)
            await rig.start()
            try:
                yield rig
            finally:
                await rig.stop()
                await bus.close()


def _settings(
    database_url: str,
    nats_server: NatsServer,
    keys: Keys,
    record: FakeRecord,
    mail: MailSink | None,
    **more: object,
) -> Settings:
    token = keys.folder.parent / "token"
    token.write_text(TOKEN)
    values: dict[str, object] = {
        "database_url": database_url,
        "nats_url": nats_server.url,
        "record_keys_dir": keys.keyring("record"),
        "people_keys_dir": keys.people,
        "wrapping_keys_dir": keys.keyring("wrapping"),
        "own_keys_dir": keys.keyring("notices/store"),
        "public_keys_dir": keys.public,
        "port": free_port(),
        "token_file": token,
        "registry_url": record.url,
        "registry_token_file": token,
        "linger_seconds": 0.05,
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
