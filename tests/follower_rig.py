"""A toy service that follows the record: one table, whose digest shows whether two of them saw the same."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from sqlalchemy import BigInteger, Column, MetaData, Table, Text, insert, select

from contracts.record import ENTRY_PURPOSE
from services.kit import cursor
from services.kit.db import Database, Unit
from services.kit.follower import Follower
from services.kit.recordreader import Entry, RecordReader
from services.kit.signing import Verifier
from services.registry.app import make_app
from tests.registry_rig import TOKEN, Rig
from tests.waiting import PATIENCE

TABLES = MetaData()
SEEN = Table(
    "seen",
    TABLES,
    Column("event_id", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
)


@dataclass
class Toy:
    """The toy's effects: it wants each case's events in order and each once, and may be told to choke on some."""

    database: Database
    chokes_on: Callable[[Entry], bool] = lambda _: False
    told: list[int] = field(default_factory=list)

    def apply(self, unit: Unit, entries: Sequence[Entry]) -> None:
        """Keep what happened; raises for what it is told to choke on, and when an event of a case is missing."""
        for entry in entries:
            if self.chokes_on(entry):
                raise RuntimeError("told to")
            event = entry.envelope
            last = unit.execute(
                select(SEEN.c.sequence)
                .where(SEEN.c.case_id == event.case_id)
                .order_by(SEEN.c.sequence.desc())
                .limit(1)
            ).scalar()
            assert event.sequence == (last or 0) + 1
            row = {
                "event_id": event.id,
                "case_id": event.case_id,
                "sequence": event.sequence,
                "body": entry.body.decode(),
            }
            unit.execute(insert(SEEN).values(row))

    async def digest(self) -> str:
        """Of everything that the toy has."""
        rows = await self.database.look(
            lambda unit: unit.execute(select(SEEN).order_by(SEEN.c.event_id)).all()
        )
        return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()

    async def count(self) -> int:
        """How many events it has."""
        return len(await self.database.look(lambda unit: unit.execute(select(SEEN.c.event_id)).all()))


def make_tables(unit: Unit) -> None:
    """As the first migration of a service would."""
    TABLES.create_all(unit)
    cursor.create(unit)


@contextlib.asynccontextmanager
async def reader(rig: Rig) -> AsyncIterator[RecordReader]:
    """The registry's own API, without a port."""
    transport = httpx2.ASGITransport(app=make_app(rig.reading, rig.proof, TOKEN, {}))
    async with httpx2.AsyncClient(transport=transport) as client:
        yield RecordReader(client, "http://record", TOKEN)


@contextlib.asynccontextmanager
async def at_work(follower: Follower) -> AsyncIterator[None]:
    """It follows inside the block."""
    stop = asyncio.Event()
    running = asyncio.create_task(follower.run(stop))
    try:
        yield
    finally:
        stop.set()
        await running


@contextlib.asynccontextmanager
async def following(rig: Rig, toy: Toy, record: RecordReader | None = None) -> AsyncIterator[Follower]:
    """A follower at work for the toy."""
    seals = Verifier(rig.keys.public / "entry", ENTRY_PURPOSE)
    async with reader(rig) as plain:
        follower = Follower(
            rig.bus,
            record or plain,
            seals,
            toy.database,
            toy.apply,
            told=lambda entries: toy.told.extend(entry.index for entry in entries),
        )
        async with at_work(follower):
            yield follower


@contextlib.asynccontextmanager
async def toy_on(url: str) -> AsyncIterator[Toy]:
    """A toy with fresh tables in this database."""
    database = Database(url)
    try:
        await database.unit(make_tables)
        yield Toy(database)
    finally:
        await database.close()


async def rebuilt(rig: Rig, directory: Path) -> str:
    """The digest of a toy that followed the whole record from its first entry."""
    index = (await rig.reading.head()).length - 1
    path = directory / f"rebuilt-{index}.db"
    path.unlink(missing_ok=True)
    async with toy_on(f"sqlite+aiosqlite:///{path}") as toy, following(rig, toy) as follower:
        assert await follower.wait(index, PATIENCE)
        return await toy.digest()
