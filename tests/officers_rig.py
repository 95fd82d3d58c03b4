"""The officers' API in this process: its own database, keys and routes, with stand-ins for engine and follower."""

import contextlib
import itertools
import secrets
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx2

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
from services.kit.peoplekeys import PersonKeyMaker
from services.kit.recordreader import Entry
from services.officers.app import Limits
from services.officers.building import Following, build
from services.officers.desk.arrivals import Arrivals
from services.officers.desk.asking_again import AskingAgain
from services.officers.identity import passwords
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
from tests.events import Asked, Story
from tests.invented import name_of, nominee
from tests.officers_ground import application, copy_of_migrated, limited_tables, nobody, settings_in
from tests.person import PASSWORD, Person
from tests.seeding import seed
from tests.standing_in import Reached, StandInEngine

POLICY = "2026.1"
START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DIGEST = "d" * 64
HERE = Origin("127.0.0.1", "a test")
"""Where the rig's people sit."""


@dataclass(repr=False)
class Rig:
    """The running API and what a test needs beside it. Told short: whoever runs a fixture may ask for its name."""

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
        return Person(
            self.client,
            login,
            opened.account_id,
            opened.person_id,
            signed.token,
            identity.name,
            identity.id_number,
        )

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
    neighbours: Callable[[httpx2.Request], httpx2.Response] = nobody,
    own_role: bool = False,
) -> AsyncIterator[Rig]:
    """The API over a new SQLite database in `directory`, or over the empty database of the URL.

    `neighbours` answers for the registry and the notices; without it nobody does. With `own_role` it works on
    PostgreSQL with the rights that production gives it, and no others.
    """
    settings = settings_in(directory, database_url or f"sqlite+aiosqlite:///{directory / 'officers.db'}")
    if database_url is None:
        await copy_of_migrated(directory / "officers.db")
    elif own_role:
        settings = await limited_tables(settings)
    else:
        await TABLES.migrate(settings)
    async with running(settings, neighbours) as rig:
        yield rig


@contextlib.asynccontextmanager
async def running(
    settings: Settings, neighbours: Callable[[httpx2.Request], httpx2.Response] = nobody
) -> AsyncIterator[Rig]:
    """One process of the API over tables that are there."""
    database = Database(settings.dsn())
    engine, reached, arrivals = StandInEngine(), Reached(), Arrivals(now=lambda: START)
    async with httpx2.AsyncClient(transport=httpx2.MockTransport(neighbours)) as outward:
        # Hashing is slow on purpose; here it is only to be there.
        with patch.multiple(passwords, MEMORY_KIB=8, PASSES=1):
            office = build(
                settings, database, outward, outward, engine, Following(reached, UnderWay(), arrivals)
            )
        app = Limits(application(office), settings.address_rate, office.standings.knows)
        inward = httpx2.ASGITransport(app=within_limits(app, Gate(frozenset({"test"})), 2 * MAX_BYTES))
        async with httpx2.AsyncClient(transport=inward, base_url="http://test") as client:
            people = settings.rings.people
            yield Rig(office, engine, client, reached, arrivals, AskingAgain(database, office.desk), people)
    await database.close()
