"""The officers' API in this process: its own database, keys and routes, with stand-ins for engine and follower."""

import contextlib
import itertools
import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import make_url
from starlette.datastructures import State

from contracts.actor import SYSTEM, Grant, Signer
from contracts.canonical import canonical
from contracts.commands.base import Accepted, Command
from contracts.envelope import Envelope
from contracts.events.base import Event
from contracts.events.batch import BatchOpened
from contracts.events.nomination import CaseOpened
from contracts.policy import loader
from contracts.vocabulary import Seat
from services.ctl.demo.roster import resident_number
from services.kit.db import Database
from services.kit.gate import Gate
from services.kit.http import within_limits
from services.kit.migrating import migrate
from services.kit.peoplekeys import PersonKeyMaker
from services.kit.recordreader import Entry
from services.officers.app import Limits, make_app
from services.officers.building import Following, build
from services.officers.desk.arrivals import Arrivals
from services.officers.desk.asking_again import AskingAgain
from services.officers.identity.persons import Identity
from services.officers.identity.signin.proving import Offered
from services.officers.identity.signin.showing import Origin
from services.officers.identity.uptake import Uptake
from services.officers.main import TABLES
from services.officers.office import Office
from services.officers.readmodel.own_reads import UnderWay
from services.officers.readmodel.writing import projector
from services.officers.roster.workbook import MAX_BYTES
from services.officers.settings import Settings
from tests import stories
from tests.claims import KeySet
from tests.events import Asked, Story
from tests.invented import name_of, nominee
from tests.person import PASSWORD, Person
from tests.seeding import seed
from tests.standing_in import Reached, StandInEngine

POLICY = "2026.1"
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DIGEST = "d" * 64
HERE = Origin("127.0.0.1", "a test")
"""Where the rig's people sit."""


@dataclass
class Rig:
    """The running API and what a test needs beside it."""

    office: Office
    engine: StandInEngine
    client: httpx2.AsyncClient
    reached: Reached
    arrivals: Arrivals
    asking_again: AskingAgain
    people: PersonKeyMaker
    stories: dict[str, Story] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: itertools.count(1))
    indexes: Any = field(default_factory=itertools.count)

    async def account(self, *grants: Grant, serial: int | None = None) -> Person:
        """An account with these grants, signed in; equal serials are the same natural person."""
        number = serial if serial is not None else 500 + next(self.numbers)
        login = f"u{secrets.token_hex(4)}"
        hashed = await self.office.passwords.hash(PASSWORD)
        identity = Identity(name_of(number), resident_number(number))
        office = self.office
        opened = await seed(office.database, office.persons, login, hashed, identity, grants)
        signed = await office.sessions.sign_in(login, Offered(PASSWORD), HERE)
        return Person(self.client, login, opened.account_id, opened.person_id, signed.token, identity.name)

    def story(
        self, case_id: str, kind: str = "nomination", parent: str = "b1", district: str = "d01"
    ) -> Story:
        """A case to tell."""
        told = Story(
            case_id, self.office.record_keys, self.people, kind=kind, parent=parent, district=district
        )
        self.stories[case_id] = told
        return told

    async def batch(self, batch_id: str = "b1", districts: tuple[str, ...] = ("d01", "d02")) -> Story:
        """A batch in the read model."""
        story = self.story(batch_id, "batch", batch_id, "all")
        await self.tell(story, batch_opened(districts))
        return story

    async def case(self, case_id: str, district: str = "d01", person: str = "", serial: int = 1) -> Story:
        """A nomination with its first task, in the read model."""
        story = self.story(case_id, district=district)
        await self.tell(story, case_opened(person or f"p-{case_id}", serial), task_opened(case_id, "screen"))
        return story

    async def removal(self, case_id: str, person: str = "p-member", district: str = "d01") -> Story:
        """A removal with its first task, in the read model."""
        story = self.story(case_id, "removal", case_id, district)
        opened = stories.removal_opened(person)
        await self.tell(story, opened, task_opened(case_id, "lead"))
        return story

    async def tell(self, story: Story, *events: Event, actor: Signer = SYSTEM) -> None:
        """Add a step to a case and bring it into the read model."""
        asked = None if actor is SYSTEM else Asked(actor, command_id="k0", at=START)
        await self.apply(story.then(*events, asked=asked))

    async def record(self, command: Command, *events: Event) -> Accepted:
        """The step of a command, as its case would record it; what the case answers."""
        story = self.stories[command.target]
        actor = command.actor
        role = actor.grants[0].role if actor.grants else ""
        signer = Signer(account_id=actor.account_id, person_id=actor.person_id, role=role)
        asked = Asked(signer, command.command_id, command.claim, START)
        index = await self.apply(story.then(*events, asked=asked))
        return Accepted(case_id=command.target, sequence=story.events[-1].sequence, index=index)

    async def apply(self, envelopes: Iterable[Envelope]) -> int:
        """Bring events into the read model as the follower does; the index of the last."""
        entries = [Entry(next(self.indexes), DIGEST, canonical(one)) for one in envelopes]
        whole = projector.with_accounts(Uptake(self.office.record_keys, self.office.policy))
        await self.office.database.unit(lambda unit: whole(unit, entries))
        self.arrivals.told(entries)
        self.office.standings.changed(entries)
        self.reached.move(entries[-1].index)
        return entries[-1].index


def batch_opened(districts: tuple[str, ...] = ("d01", "d02")) -> BatchOpened:
    """The event that opens a batch."""
    digest = loader.digest(POLICY)
    return stories.batch_opened(
        title="测试批次", districts=districts, policy_digest=digest, nomination_closes=None
    )


def case_opened(person: str, serial: int) -> CaseOpened:
    """The event that opens a nomination by the chamber."""
    opened = stories.case_opened(nominee(serial), person, "chamber")
    return opened.model_copy(update={"nominator_id": "p-nominator", "seat": Seat.EXECUTIVE})


def task_opened(case_id: str, kind: str, unit: str = "", round_number: int = 1, **more: object) -> Event:
    """The event that opens a task of this kind, due in two weeks."""
    values = {
        "due": START + timedelta(days=14),
        "counted": (START.date() + timedelta(days=1),),
        "content_digest": DIGEST,
        **more,
    }
    return stories.task_opened(case_id, kind, unit, round_number, **values)


@contextlib.asynccontextmanager
async def officers(
    directory: Path,
    database_url: str | None = None,
    neighbours: Callable[[httpx2.Request], httpx2.Response] | None = None,
    own_role: bool = False,
) -> AsyncIterator[Rig]:
    """The API over a new SQLite database in `directory`, or over the empty database of the URL.

    `neighbours` answers for the registry and the notices; without it nobody does. With `own_role` it works on
    PostgreSQL with the rights that production gives it, and no others.
    """
    settings = settings_in(directory, database_url or f"sqlite+aiosqlite:///{directory / 'officers.db'}")
    if database_url is None:
        await _copy_of_migrated(directory / "officers.db")
    elif own_role:
        settings = await _limited(settings)
    else:
        await TABLES.migrate(settings)
    async with running(settings, neighbours) as rig:
        yield rig


@contextlib.asynccontextmanager
async def running(
    settings: Settings, neighbours: Callable[[httpx2.Request], httpx2.Response] | None = None
) -> AsyncIterator[Rig]:
    """One process of the API over tables that are there."""
    database = Database(settings.dsn())
    engine, reached, arrivals = StandInEngine(), Reached(), Arrivals(now=lambda: START)
    transport = None if neighbours is None else httpx2.MockTransport(neighbours)
    async with httpx2.AsyncClient(transport=transport) as outward:
        office = build(settings, database, outward, outward, engine, Following(reached, UnderWay(), arrivals))
        # Hashing is slow on purpose; here it is only to be there.
        office.passwords._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        office.passwords._nobody = office.passwords._hasher.hash("nobody")
        app = Limits(application(office), settings.address_rate)
        inward = httpx2.ASGITransport(app=within_limits(app, Gate(frozenset({"test"})), 2 * MAX_BYTES))
        async with httpx2.AsyncClient(transport=inward, base_url="http://test") as client:
            people = settings.rings.people
            yield Rig(office, engine, client, reached, arrivals, AskingAgain(database, office.desk), people)
    await database.close()


_applications: list[FastAPI] = []


def application(office: Office) -> FastAPI:
    """The application over these parts. Its routes are the same for every office, and are read once in a process."""
    if not _applications:
        _applications.append(make_app(office, {}))
    app = copy(_applications[0])
    app.state = State({"office": office})
    return app


async def _limited(settings: Settings) -> Settings:
    """Tables in the empty database, and settings to work there under a role of its own."""
    limited = of_the_api(settings.database_url)
    if limited == settings.database_url:
        await TABLES.migrate(settings)
        return settings
    database = Database(settings.database_url)
    async with database.connection() as connection:
        await connection.exec_driver_sql(
            "DO $$ BEGIN CREATE ROLE officers_app LOGIN PASSWORD 'only-for-tests'; "
            "EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
    await database.close()
    await TABLES.migrate(settings.model_copy(update={"app_role": "officers_app"}))
    return settings.model_copy(update={"database_url": limited})


def of_the_api(database_url: str) -> str:
    """The same database under the role that the rig gives the API there; on SQLite there are no roles."""
    url = make_url(database_url)
    if url.get_backend_name() != "postgresql":
        return database_url
    return url.set(username="officers_app", password="only-for-tests").render_as_string(hide_password=False)


_migrated: list[bytes] = []


async def _copy_of_migrated(path: Path) -> None:
    if not _migrated:
        await migrate(f"sqlite+aiosqlite:///{path}", TABLES.package)
        _migrated.append(_whole(path))
    _put(path, _migrated[0])


def _whole(path: Path) -> bytes:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes()


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def settings_in(directory: Path, database_url: str) -> Settings:
    """Settings of a process whose keys and secrets lie in the directory; made there if they are not."""
    keys = KeySet.make(directory / "keys").keys
    files = {}
    for name in ("registry_token_file", "notices_token_file", "signing_key_file", "match_key_file"):
        files[name] = directory / name
        if not files[name].exists():
            files[name].write_text(secrets.token_urlsafe(32))
    return Settings(
        database_url=database_url,
        record_keys_dir=keys.keyring("record"),
        people_keys_dir=keys.people,
        wrapping_keys_dir=keys.keyring("wrapping"),
        engine_keys_dir=keys.keyring("engine"),
        own_keys_dir=keys.keyring("officers/store"),
        public_keys_dir=keys.public,
        claim_key_file=keys.signing("claim"),
        journal_key_file=keys.signing("journal"),
        registry_url="http://127.0.0.1:9",
        notices_url="http://127.0.0.1:10",
        policies_dir=directory / "policies",
        own_reads_wait=0.5,
        command_wait=0.5,
        **files,
    )
