"""How fast the record takes steps by request and reply, against a bare loop over the same statements and commits.

Both sides run in turns on the same disk with the same steps, each commit synced. The bare side is a loop of an event
loop's process on one bare connection: step by step it runs the statements that the registry runs for a step, and
commits (on SQLite in a thread, one hop a step); no broker, nothing read, proven, judged, answered or published. The
registry is the real process behind a real broker; many callers wait for their answers, as workers do.

    PYTHONPATH=. python tests/bench/record.py [--steps 4000] [--rounds 3] [--callers 48] [--databases sqlite,postgresql]
"""

import argparse
import asyncio
import contextlib
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from contracts.names import APPEND_SUBJECT, LOOK_SUBJECT
from contracts.record import Look, Recorded
from services.kit import jetstream, logs
from services.kit.db import Database
from services.kit.errors import UnavailableError
from services.registry.intake import Head, Intake, Known
from services.registry.ledger import Entry, StepMark
from services.registry.main import TABLES
from services.registry.proof import Proof
from services.registry.steps import Submission, read
from services.registry.store.reading import Reading
from services.registry.store.statements import HEAD, LOCK, TIPS, USED
from tests.bench.saying import Verdict, ratio, spread
from tests.claims import KeySet
from tests.record_steps import history, message
from tests.registry_rig import read_answer, settings
from tests.servers import postgres, start_nats

PER_CASE = 20
TARGET = 0.8
Row = tuple[list[Entry], StepMark]


@dataclass(frozen=True)
class Sent:
    """The steps of one run: as they travel, and as rows."""

    cases: list[list[bytes]]
    rows: list[Row]


def prepare(keys: KeySet, count: int) -> Sent:
    """Steps of one or two events, case by case in turn, as many cases in progress at once give them."""
    cases = [history(keys, f"c{n}", (1, 2) * (PER_CASE // 2)) for n in range(count // PER_CASE)]
    bodies = [[message(step, keys.step) for step in case] for case in cases]
    proof = Proof.load(keys.public)
    intake = Intake(Known(Head(0, "0" * 64), {}, {}))
    rows: list[Row] = []
    for turn in range(PER_CASE):
        for case in bodies:
            step = read(case[turn], proof)
            assert isinstance(step, Submission)
            before = len(intake.entries)
            intake.judge_all([step])
            rows.append((intake.entries[before:], intake.steps[-1]))
    return Sent(bodies, rows)


async def through_record(url: str, broker: str, directory: Path, sent: Sent, callers: int) -> float:
    """Steps per second of the registry's process, so many callers waiting each for its own answer."""
    values = settings(url, broker, directory, migrate_on_start=False)
    await TABLES.migrate(values)
    bus = await jetstream.connect(values, "bench")
    turns = iter(sent.cases)

    async def call() -> None:
        for case in turns:
            for body in case:
                answer, _ = read_answer(await bus.request(APPEND_SUBJECT, body, 30))
                assert isinstance(answer, Recorded)

    async with _process(url, broker, directory):
        await _answering(bus)
        begin = time.perf_counter()
        await asyncio.gather(*(call() for _ in range(callers)))
        rate = len(sent.rows) / (time.perf_counter() - begin)
    database = Database(url)
    assert (await Reading(database).head()).length == sum(len(entries) for entries, _ in sent.rows)
    await database.close()
    await bus.close()
    return rate


@contextlib.asynccontextmanager
async def _process(url: str, broker: str, directory: Path) -> AsyncIterator[None]:
    keys = KeySet.make(directory / "keys")
    environment = {
        **os.environ,
        "QX_REGISTRY_DATABASE_URL": url,
        "QX_REGISTRY_NATS_URL": broker,
        "QX_REGISTRY_TOKEN_FILE": str(directory / "token"),
        "QX_REGISTRY_PUBLIC_KEYS_DIR": str(keys.public),
        "QX_REGISTRY_ENTRY_KEY_FILE": str(keys.keys.signing("entry")),
        "QX_REGISTRY_PORT": "0",
        "QX_REGISTRY_LOG_LEVEL": "error",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "services.registry", env=environment)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _answering(bus: jetstream.Bus) -> None:
    for _ in range(200):
        with contextlib.suppress(UnavailableError):
            await bus.request(LOOK_SUBJECT, Look(case_id="none", after=0).model_dump_json().encode(), 1)
            return
        await asyncio.sleep(0.1)
    raise RuntimeError("the registry does not answer")


async def bare(url: str, broker: str, directory: Path, sent: Sent, callers: int) -> float:
    """Steps per second of the bare loop."""
    await TABLES.migrate(settings(url, broker, directory))
    loop = _bare_sqlite if url.startswith("sqlite") else _bare_postgresql
    begin = time.perf_counter()
    await loop(url, sent.rows)
    return len(sent.rows) / (time.perf_counter() - begin)


def _insert(table: str, columns: Sequence[str], mark: Callable[[int], str]) -> str:
    places = ", ".join(mark(number) for number in range(1, len(columns) + 1))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"


async def _bare_sqlite(url: str, rows: list[Row]) -> None:
    connection = sqlite3.connect(url.partition("///")[2], isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    into_entries = _insert("entries", Entry._fields, lambda _: "?")
    into_steps = _insert("steps", StepMark._fields, lambda _: "?")

    def unit(entries: list[Entry], mark: StepMark) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(HEAD).fetchall()
        connection.execute(TIPS["sqlite"], (f'["{mark.case_id}"]',)).fetchall()
        connection.execute(USED["sqlite"], (f'["{mark.command_id}"]',)).fetchall()
        connection.executemany(into_entries, entries)
        connection.execute(into_steps, mark)
        connection.execute("COMMIT")

    with ThreadPoolExecutor(1) as thread:
        for entries, mark in rows:
            await asyncio.get_running_loop().run_in_executor(thread, unit, entries, mark)
    connection.close()


async def _bare_postgresql(url: str, rows: list[Row]) -> None:
    connection = await asyncpg.connect("postgresql://" + url.partition("://")[2])
    into_entries = _insert("entries", Entry._fields, lambda number: f"${number}")
    into_steps = _insert("steps", StepMark._fields, lambda number: f"${number}")
    for entries, mark in rows:
        async with connection.transaction():
            await connection.fetch("SELECT pg_advisory_xact_lock($1)", LOCK)
            await connection.fetch(HEAD)
            await connection.fetch(TIPS["postgresql"], [mark.case_id])
            await connection.fetch(USED["postgresql"], [mark.command_id])
            await connection.executemany(into_entries, entries)
            await connection.execute(into_steps, *mark)
    await connection.close()


Side = Callable[[str, str, Path, Sent, int], Awaitable[float]]


@contextlib.contextmanager
def _databases(kind: str, home: Path) -> Iterator[Iterator[str]]:
    if kind == "sqlite":
        yield (f"sqlite+aiosqlite:///{home / f'{n}.db'}" for n in range(100))
        return
    with postgres(durable=True) as server:
        # They go with the server.
        yield (server.create_database(f"bench{n}") for n in range(100))


async def measure(kind: str, steps: int, rounds: int, callers: int) -> Verdict:
    """Print both sides for one database; what they come to."""
    sides: dict[Side, list[float]] = {bare: [], through_record: []}
    with tempfile.TemporaryDirectory() as folder, _databases(kind, Path(folder)) as urls:
        sent = prepare(KeySet.make(Path(folder) / "keys"), steps)
        for number in range(rounds):
            # Whoever goes first changes with the round.
            for side in list(sides)[:: 1 if number % 2 == 0 else -1]:
                broker = start_nats(Path(folder) / f"nats-{number}-{side.__name__}")
                try:
                    sides[side].append(await side(next(urls), broker.url, Path(folder), sent, callers))
                finally:
                    broker.kill()
    rates, bare_rates = sides[through_record], sides[bare]
    verdict = Verdict(f"the record on {kind}, beside a bare loop", ratio(rates, bare_rates), TARGET)
    print(
        f"{kind}: {len(sent.rows)} steps, {callers} callers, {rounds} rounds, every commit and message on disk"
    )
    print(f"  bare loop          {spread(bare_rates, '.0f')} steps/s")
    print(f"  through the record {spread(rates, '.0f')} steps/s")
    print(f"  {verdict.line()}")
    return verdict


async def main(arguments: list[str] | None = None) -> list[Verdict]:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--callers", type=int, default=48)
    parser.add_argument("--databases", default="sqlite,postgresql")
    options = parser.parse_args(arguments)
    logs.configure("bench", "error")
    return [
        await measure(kind, options.steps, options.rounds, options.callers)
        for kind in options.databases.split(",")
    ]


if __name__ == "__main__":
    asyncio.run(main())
