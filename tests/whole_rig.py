"""Registry, worker and one or two processes' worth of the officers' API, whole, on real servers, in this process.

On request also what writes letters.
"""

import contextlib
import itertools
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx2

from contracts.actor import Grant
from services.ctl.demo.roster import resident_number
from services.kit.db import Database
from services.kit.sealing import Keyring
from services.officers.identity.matching import Matcher
from services.officers.identity.passwords import Passwords
from services.officers.identity.persons import Identity, Persons
from services.officers.routes.rosters import XLSX
from tests.invented import name_of
from tests.person import PASSWORD, Person
from tests.seeding import seed
from tests.unit.officers.sheets import row, sheet
from tests.waiting import until
from tests.whole_parts import Ground, Part

POLICY = "2026.1-demo"


@dataclass(frozen=True)
class People:
    """What puts accounts into the tables of the API."""

    database: Database
    persons: Persons
    passwords: Passwords


@dataclass
class Whole:
    """The running system and who acts on it."""

    registry: Part
    worker: Part
    apis: list[Part]
    clients: list[httpx2.AsyncClient]
    people: "People"
    numbers: Any = field(default_factory=lambda: itertools.count(500))

    async def account(self, *grants: Grant, serial: int | None = None) -> Person:
        """An account with these grants, signed in; equal serials are the same natural person."""
        number = serial if serial is not None else next(self.numbers)
        login = f"u{secrets.token_hex(4)}"
        identity = Identity(name_of(number), resident_number(number))
        hashed = await self.people.passwords.hash(PASSWORD)
        opened = await seed(self.people.database, self.people.persons, login, hashed, identity, grants)
        signed = await sign_in(self.clients[0], login, PASSWORD, opened.person_id)
        return replace(signed, name=identity.name)

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

        found: list[str] = await until(opened)
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
    async with on(Ground(nats_url, temporal_address, directory), database_url, apis) as running:
        yield running


@contextlib.asynccontextmanager
async def on(
    ground: Ground, database_url: str, apis: int = 1, *, letters: bool = False
) -> AsyncIterator[Whole]:
    """The system on its ground; with `letters` also what writes them."""
    registry, worker = ground.registry(), ground.worker()
    answering = [ground.officers(database_url) for _ in range(apis)]
    writing = [ground.notices()] if letters else []
    async with contextlib.AsyncExitStack() as stack:
        for part in (registry, worker, *answering, *writing):
            stack.push_async_callback(part.stop)
            await part.start()
        clients = [
            await stack.enter_async_context(
                httpx2.AsyncClient(base_url=part.url, verify=part.verify, timeout=60)
            )
            for part in answering
        ]
        database = Database(database_url)
        stack.push_async_callback(database.close)
        keys = ground.keys.people
        persons = Persons(Keyring(ground.own_keys, keys), Matcher(ground.secret("match_key")), keys)
        people = People(database, persons, Passwords())
        yield Whole(registry, worker, answering, clients, people)
