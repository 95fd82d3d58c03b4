"""Registry, worker and one or two processes' worth of the officers' API, whole, on real servers, in this process."""

import asyncio
import contextlib
import itertools
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from contracts.actor import Grant
from services.officers import main as officers
from services.officers.routes.rosters import XLSX
from services.officers.settings import Settings as OfficersSettings
from services.registry import main as registry
from services.registry.settings import Settings as RegistrySettings
from services.worker import main as worker
from services.worker.settings import Settings as WorkerSettings
from tests.claims import KeySet
from tests.invented import id_number, name_of
from tests.person import PASSWORD, Person
from tests.servers import HOST, free_port
from tests.unit.officers.sheets import row, sheet
from tests.waiting import reachable, until

POLICY = "2026.1-demo"
_SECRETS = ("registry_token", "notices_token", "signing_key", "match_key", "admin_password")


@dataclass
class Part:
    """A service that can be stopped and started again."""

    serve: Callable[[asyncio.Event], Awaitable[None]]
    port: int
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    async def start(self) -> None:
        """Run it; returns when it answers."""
        self._stop = asyncio.Event()
        self._running = asyncio.ensure_future(self.serve(self._stop))
        await reachable(f"{self.url}/healthz", self._running, healthy=False)

    async def stop(self) -> None:
        """Let it finish and end."""
        if self._running is not None:
            self._stop.set()
            await self._running
            self._running = None


@dataclass
class Whole:
    """The running system and who acts on it."""

    registry: Part
    worker: Part
    apis: list[Part]
    clients: list[httpx2.AsyncClient]
    admin: Person
    numbers: Any = field(default_factory=lambda: itertools.count(500))

    async def account(self, *grants: Grant, serial: int | None = None) -> Person:
        """An account with these grants, signed in; equal serials are the same natural person."""
        number = serial if serial is not None else next(self.numbers)
        login = f"u{secrets.token_hex(4)}"
        body = {"login": login, "password": PASSWORD, "name": name_of(number), "id_number": id_number(number)}
        opened = await self.admin.post(
            "/v1/accounts", {**body, "grants": [one.model_dump() for one in grants]}
        )
        assert opened.status_code == 201, opened.text
        return await sign_in(self.clients[0], login, PASSWORD, opened.json()["person_id"])

    async def batch(self, people: int = 1) -> list[str]:
        """A batch with so many nominees, opened and filled through the API; the ids of their cases."""
        office = await self.account(Grant(role="ELECTION_OFFICE"))
        nominator = await self.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
        made = await office.post("/v1/batches", {"title": "换届", "districts": ["d01"], "policy": POLICY})
        assert made.status_code == 201, made.text
        sent = await nominator.post(
            f"{made.headers['Location']}/roster",
            headers={"Content-Type": XLSX},
            content=sheet([row(number) for number in range(1, people + 1)]),
            params={"dry_run": "false"},
        )
        assert sent.status_code == 201, sent.text

        async def opened() -> list[str]:
            cases = (await office.get("/v1/tasks", view="all", kind="screen")).json()["items"]
            return [one["case_id"] for one in cases] if len(cases) == people else []

        found: list[str] = await until(opened, 30)
        return found


async def sign_in(client: httpx2.AsyncClient, login: str, password: str, person_id: str = "") -> Person:
    """The holder of the account."""
    signed = await client.post("/v1/sessions", json={"login": login, "password": password})
    assert signed.status_code == 201, signed.text
    return Person(client, login, signed.json()["account_id"], person_id, signed.json()["token"])


async def task_of(person: Person, kind: str, **narrowed: str) -> dict[str, Any]:
    """The caller's first open task of this kind."""

    async def found() -> Any:
        items = (await person.get("/v1/tasks", kind=kind, **narrowed)).json()["items"]
        return items and items[0]

    task: dict[str, Any] = await until(found)
    return task


def outcome(task: dict[str, Any], word: str, **more: Any) -> dict[str, Any]:
    """The body that completes the task so."""
    return {"outcome": word, "seen": task["content_digest"], **more}


@contextlib.asynccontextmanager
async def whole(
    database_url: str, nats_url: str, temporal_address: str, directory: Path, apis: int = 1
) -> AsyncIterator[Whole]:
    """The system on the caller's servers; the API keeps its rows in the database of the URL."""
    parts = _parts(database_url, nats_url, temporal_address, directory, apis)
    async with contextlib.AsyncExitStack() as stack:
        for part in parts:
            stack.push_async_callback(part.stop)
            await part.start()
        clients = [
            await stack.enter_async_context(httpx2.AsyncClient(base_url=part.url, timeout=60))
            for part in parts[2:]
        ]
        password = (directory / "admin_password").read_text()
        admin = await sign_in(clients[0], "admin", password)
        yield Whole(parts[0], parts[1], parts[2:], clients, admin)


def _parts(database_url: str, nats_url: str, temporal_address: str, directory: Path, apis: int) -> list[Part]:
    keys = KeySet.make(directory / "keys").keys
    for name in _SECRETS:
        (directory / name).write_text(secrets.token_urlsafe(32))
    record, work, *own = (free_port() for _ in range(2 + apis))
    recording = RegistrySettings(
        database_url=f"sqlite+aiosqlite:///{directory / 'record.db'}",
        migrate_on_start=True,
        nats_url=nats_url,
        port=record,
        token_file=directory / "registry_token",
        public_keys_dir=keys.public,
        entry_key_file=keys.signing("entry"),
    )
    working = WorkerSettings(
        nats_url=nats_url,
        port=work,
        temporal_address=temporal_address,
        record_keys_dir=keys.keyring("record"),
        engine_keys_dir=keys.keyring("engine"),
        public_keys_dir=keys.public,
        step_key_file=keys.signing("step"),
        errand_key_file=keys.signing("errand"),
        record_seconds=2,
    )
    answering = [
        OfficersSettings(
            database_url=database_url,
            migrate_on_start=True,
            nats_url=nats_url,
            port=port,
            temporal_address=temporal_address,
            registry_url=f"http://{HOST}:{record}",
            registry_token_file=directory / "registry_token",
            notices_url=f"http://{HOST}:9",
            notices_token_file=directory / "notices_token",
            record_keys_dir=keys.keyring("record"),
            engine_keys_dir=keys.keyring("engine"),
            own_keys_dir=keys.keyring("officers/store"),
            public_keys_dir=keys.public,
            claim_key_file=keys.signing("claim"),
            signing_key_file=directory / "signing_key",
            match_key_file=directory / "match_key",
            admin_password_file=directory / "admin_password",
            command_wait=4,
        )
        for port in own
    ]
    return [
        Part(lambda stop: registry.serve(recording, stop), record),
        Part(lambda stop: worker.serve(working, stop), work),
        *(Part(_api(one), one.port) for one in answering),
    ]


def _api(settings: OfficersSettings) -> Callable[[asyncio.Event], Awaitable[None]]:
    return lambda stop: officers.serve(settings, stop)
