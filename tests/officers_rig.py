"""The officers' API in this process: its own database, keys and routes, with a stand-in behind the engine's port."""

import contextlib
import itertools
import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from argon2 import PasswordHasher
from services.kit.casefeed import RecordReader

from contracts import names
from contracts.actor import Grant, Signer
from contracts.base import NO_DIGEST
from contracts.commands.base import Accepted, Command
from contracts.commands.batch import OpenBatch
from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.events.batch import BatchOpened
from contracts.events.case import CaseOpened
from contracts.events.task import TaskOpened
from contracts.nominee import Nominee
from contracts.policy import loader
from contracts.vocabulary import Seat
from services.kit.db import Database
from services.kit.migrating import migrate
from services.kit.sealing import Keyring, seal
from services.officers.app import Limits, make_app
from services.officers.desk.engine import Pending
from services.officers.identity.accounts import NewAccount
from services.officers.identity.numbers import credit_check, resident_check
from services.officers.identity.persons import Identity
from services.officers.main import MIGRATIONS, build, migrate_tables
from services.officers.office import Office
from services.officers.readmodel.writing.projector import Projector
from services.officers.settings import Settings

POLICY = "2026.1"
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PASSWORD = "a long enough password"


def id_number(serial: int) -> str:
    """A well-formed identity number of nobody."""
    body = f"99000119800101{serial:03d}"
    return body + resident_check(body)


def credit_code(serial: int) -> str:
    """A well-formed credit code of no firm."""
    body = f"91990001{serial:09d}"
    return body + credit_check(body)


def name_of(serial: int) -> str:
    """An obviously invented name."""
    return "测试·" + "".join("零一二三四五六七八九"[int(digit)] for digit in str(serial))


def nominee(serial: int) -> Nominee:
    """An invented nominee."""
    return Nominee(
        name=name_of(serial),
        id_number=id_number(serial),
        phone="000-0000",
        email=f"n{serial}@example.invalid",
        firm=f"虚构{serial}有限公司",
        credit_code=credit_code(serial),
        position="董事长",
    )


@dataclass
class StandInEngine:
    """Behind the engine's port: answers what the test says, and remembers what was sent."""

    sent: list[Command] = field(default_factory=list)
    answers: Callable[[Command], Accepted | Pending | Exception] = field(
        default=lambda command: Accepted(case_id="c1", sequence=1, index=7)
    )
    opened: Callable[[OpenBatch], Any] | None = None

    async def send(self, workflow_id: str, command: Command) -> Accepted | Pending:
        """Record the command and answer."""
        self.sent.append(command)
        answer = self.answers(command)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def open_batch(self, command: OpenBatch) -> None:
        """Record the batch; `opened` may put its first event into the read model."""
        self.sent.append(command)
        if self.opened is not None:
            await self.opened(command)

    async def check(self) -> None:
        """Always well."""


@dataclass
class Story:
    """Events of one case, numbered as a workflow numbers them."""

    case_id: str
    batch_id: str = "b1"
    district: str = "d01"
    keyring: Keyring | None = None
    events: list[Envelope] = field(default_factory=list)

    def add(self, event: Event, actor: Signer | None = None, command_id: str = "k0") -> Envelope:
        """The next event of the case, sealed where it is personal."""
        sequence = len(self.events) + 1
        ident = names.event_id(self.case_id, sequence)
        private = event.personal()
        sealed = seal(private, ident, self.keyring) if private is not None and self.keyring else None
        envelope = Envelope(
            id=ident,
            type=event.type,
            version=event.version,
            case_id=self.case_id,
            batch_id=self.batch_id,
            district=self.district,
            sequence=sequence,
            previous=NO_DIGEST,
            at=START + timedelta(minutes=sequence),
            actor=actor or Signer(account_id="a0", person_id="p0", role="SYSTEM"),
            command_id=command_id,
            policy=POLICY,
            payload=event.plain(),
            sealed=sealed,
        )
        self.events.append(envelope)
        return envelope


@dataclass
class Rig:
    """The running API and what a test needs beside it."""

    office: Office
    engine: StandInEngine
    client: httpx2.AsyncClient
    projector: Projector
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    async def account(self, *grants: Grant, serial: int | None = None) -> "Person":
        """An account with these grants, signed in; equal serials are the same natural person."""
        number = serial if serial is not None else 500 + next(self.numbers)
        login = f"u{secrets.token_hex(4)}"
        hashed = await self.office.passwords.hash(PASSWORD)
        identity = Identity(name_of(number), id_number(number))
        async with self.office.database.write() as session:
            new = NewAccount(login, hashed, identity, tuple((grant, None) for grant in grants))
            opened = await self.office.accounts.open(session, new)
        signed = await self.office.sessions.sign_in(login, PASSWORD)
        return Person(self, login, opened.account_id, opened.person_id, signed.token)

    def story(self, case_id: str, batch_id: str = "b1", district: str = "d01") -> Story:
        """A case to tell."""
        return Story(case_id, batch_id, district, self.office.keyring)

    async def batch(self, batch_id: str = "b1", districts: tuple[str, ...] = ("d01", "d02")) -> Story:
        """A batch in the read model."""
        story = self.story(batch_id, batch_id, "all")
        story.add(
            BatchOpened(
                title="测试批次",
                districts=districts,
                policy=POLICY,
                policy_digest=loader.digest(POLICY),
                nomination_closes=None,
                cut_off=START.date(),
            )
        )
        await self.projector.project(story.events)
        return story

    async def case(self, case_id: str, district: str = "d01", person: str = "", serial: int = 1) -> Story:
        """A case with its first task, in the read model."""
        story = self.story(case_id, district=district)
        story.add(
            CaseOpened(
                person_id=person or f"p-{case_id}",
                seat=Seat.EXECUTIVE,
                nominating_unit="chamber",
                nominator_id="p-nominator",
                late=False,
                content_digest="d" * 64,
                private=nominee(serial),
            )
        )
        story.add(task_opened(case_id, "screen"))
        await self.projector.project(story.events)
        return story

    async def tell(self, story: Story, *events: Event) -> None:
        """Add events to a case and bring them into the read model."""
        await self.projector.project([story.add(event) for event in events])


@dataclass
class Person:
    """Somebody signed in."""

    rig: Rig
    login: str
    account_id: str
    person_id: str
    token: str

    async def get(self, path: str, headers: dict[str, str] | None = None, **params: Any) -> httpx2.Response:
        """A read."""
        return await self.rig.client.get(path, params=params, headers=self._headers(headers))

    async def post(
        self,
        path: str,
        body: Any = None,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx2.Response:
        """A write under a fresh key, or the given one."""
        said = {"Idempotency-Key": key or secrets.token_hex(8), **(headers or {})}
        if body is not None:
            more["json"] = body
        return await self.rig.client.post(path, headers=self._headers(said), **more)

    def _headers(self, more: dict[str, str] | None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept-Language": "en", **(more or {})}


def task_opened(case_id: str, kind: str, unit: str = "", round_number: int = 1, **more: Any) -> TaskOpened:
    """The event that opens a task of this kind, due in two weeks."""
    spec = loader.released(POLICY).task(kind)
    values: dict[str, Any] = {
        "task_id": names.task_id(case_id, kind, round_number, unit, spec.signature),
        "kind": kind,
        "stage": spec.stage,
        "role": spec.role,
        "unit": unit,
        "signature": spec.signature,
        "round": round_number,
        "outcomes": spec.outcomes,
        "opened": START,
        "due": START + timedelta(days=14),
        "provisional": False,
        "counted": (START.date() + timedelta(days=1),),
        "skipped": (),
        "content_digest": "d" * 64,
    }
    return TaskOpened(**{**values, **more})


@contextlib.asynccontextmanager
async def officers(
    directory: Path,
    database_url: str | None = None,
    neighbours: Callable[[httpx2.Request], httpx2.Response] | None = None,
) -> AsyncIterator[Rig]:
    """The API over a new SQLite database in `directory`, or over the empty database of the URL.

    `neighbours` answers for the registry and the notices; without it nobody does.
    """
    settings = _settings(directory, database_url or f"sqlite+aiosqlite:///{directory / 'officers.db'}")
    if database_url is None:
        await _copy_of_migrated(directory / "officers.db")
    else:
        await migrate_tables(settings)
    database = Database(settings.dsn())
    engine = StandInEngine()
    transport = None if neighbours is None else httpx2.MockTransport(neighbours)
    async with httpx2.AsyncClient(transport=transport) as outward:
        office = build(settings, database, outward, engine)
        # Hashing is slow on purpose; here it is only to be there.
        office.passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        office.passwords._nobody = office.passwords._hasher.hash("nobody")
        record = RecordReader(outward, settings.registry_url, "none")
        projector = Projector(database, record, office.desk.progress)
        inward = httpx2.ASGITransport(app=Limits(make_app(office, {})))
        async with httpx2.AsyncClient(transport=inward, base_url="http://test") as client:
            yield Rig(office, engine, client, projector)
    await database.close()


_migrated: list[bytes] = []


async def _copy_of_migrated(path: Path) -> None:
    if not _migrated:
        await migrate(f"sqlite+aiosqlite:///{path}", MIGRATIONS)
        _migrated.append(_whole(path))
    _put(path, _migrated[0])


def _whole(path: Path) -> bytes:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _settings(directory: Path, database_url: str) -> Settings:
    Keyring.create(directory / "keys")
    files = {}
    for name in ("registry_token_file", "notices_token_file", "signing_key_file", "match_key_file"):
        files[name] = directory / name
        files[name].write_text(secrets.token_urlsafe(32))
    return Settings(
        database_url=database_url,
        keys_dir=directory / "keys",
        registry_url="http://127.0.0.1:9",
        notices_url="http://127.0.0.1:10",
        **files,
    )
