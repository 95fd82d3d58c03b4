"""How fast the record is, against a bare loop that fetches, inserts the body and acknowledges.

Both sides run on the same broker and database programs with the same stream, the same events, the same batch size
and the same durability: every acknowledged message and every commit is on disk.

    PYTHONPATH=. python tests/bench/record.py [--events 20000] [--rounds 3] [--databases sqlite,postgresql]
"""

import argparse
import asyncio
import contextlib
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import aiosqlite
import asyncpg
import nats
from nats.js.api import ConsumerConfig
from services.kit.consumer import Consumer
from services.kit.messages import Message
from services.registry.consumer import DURABLE, Registrar

from contracts.canonical import canonical
from contracts.names import REPLY_HEADER, STREAM, subject
from services.kit import jetstream, logs
from services.kit.db import Database
from services.registry.main import migrate_tables
from services.registry.settings import Settings
from services.registry.store import Store
from tests.registry_rig import any_event, history, registry, settings
from tests.servers import postgres, start_nats

BATCH = 256
PER_CASE = 20
TARGET = 0.7


@dataclass(frozen=True)
class Place:
    """A broker full of events, an empty database."""

    database_url: str
    nats_url: str
    directory: Path
    events: int


async def bare_loop(place: Place) -> float:
    """Events per second of fetch, insert the body, commit, acknowledge; nothing is checked or answered."""
    client = await nats.connect(place.nats_url)
    stream = client.jetstream()
    await stream.add_consumer(STREAM, ConsumerConfig(durable_name="bare", ack_wait=60, max_ack_pending=4096))
    pull = await stream.pull_subscribe_bind(durable="bare", stream=STREAM)
    async with _bare_insert(place.database_url) as insert:
        done = 0
        begin = time.perf_counter()
        while done < place.events:
            batch = await pull.fetch(BATCH, timeout=1)
            await insert([(done + n, message.data.decode()) for n, message in enumerate(batch)])
            for message in batch:
                await message.ack()
            done += len(batch)
        rate = done / (time.perf_counter() - begin)
    await client.close()
    return rate


async def through_record(place: Place) -> float:
    """Events per second of the registry: read, check, chain, append, acknowledge, answer."""
    values = settings(place.database_url, place.nats_url, place.directory)
    await migrate_tables(values)
    database = Database(values.dsn())
    bus = await jetstream.connect(values, "bench")
    store = Store(database)
    registrar = Registrar(bus, store, any_event)
    stop = asyncio.Event()
    handled = 0

    async def handle(batch: list[Message]) -> None:
        nonlocal handled
        await registrar.handle(batch)
        handled += len(batch)
        if handled >= place.events:
            stop.set()

    consumer = Consumer(bus, DURABLE, handle, batch=BATCH, read=registrar.read)
    begin = time.perf_counter()
    await consumer.run(stop)
    rate = place.events / (time.perf_counter() - begin)
    assert (await store.head()).count == place.events
    await bus.close()
    await database.close()
    return rate


async def latency(place: Place, count: int = 300) -> tuple[float, float]:
    """Milliseconds from publishing one event to holding its receipt, one after the other: median and p99."""
    async with registry(place.database_url, place.nats_url, place.directory) as rig:
        taken = []
        for event in history("latency", count):
            begin = time.perf_counter()
            await rig.receipts([event])
            taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


async def fill(place: Place) -> None:
    """Publish the events as the worker does, many at a time."""
    values = Settings(database_url="sqlite+aiosqlite://", nats_url=place.nats_url, token_file=Path("unused"))
    bus = await jetstream.connect(values, "bench")
    await bus.ensure_streams()
    # Case by case in turn, as many cases in progress at once give them.
    cases = [history(f"c{n}", PER_CASE) for n in range(place.events // PER_CASE)]
    events = [case[n] for n in range(PER_CASE) for case in cases]
    headers = {REPLY_HEADER: "_INBOX.bench.nobody"}
    for begin in range(0, len(events), 500):
        await asyncio.gather(
            *(
                bus.publish(subject("nomination", e.type, 1), canonical(e), headers, e.id)
                for e in events[begin : begin + 500]
            )
        )
    await bus.close()


@contextlib.asynccontextmanager
async def _bare_insert(url: str) -> AsyncIterator[object]:
    scheme, _, rest = url.partition("://")
    if scheme.startswith("sqlite"):
        async with aiosqlite.connect(rest[1:], isolation_level=None) as lite:
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                await lite.execute(f"PRAGMA {pragma}")
            await lite.execute("CREATE TABLE bare (number INTEGER PRIMARY KEY, body TEXT NOT NULL)")

            async def into_sqlite(rows: list[tuple[int, str]]) -> None:
                await lite.execute("BEGIN IMMEDIATE")
                await lite.executemany("INSERT INTO bare VALUES (?, ?)", rows)
                await lite.commit()

            yield into_sqlite
    else:
        connection = await asyncpg.connect(f"postgresql://{rest}")
        await connection.execute("CREATE TABLE bare (number BIGINT PRIMARY KEY, body TEXT NOT NULL)")

        async def into_postgresql(rows: list[tuple[int, str]]) -> None:
            async with connection.transaction():
                await connection.executemany("INSERT INTO bare VALUES ($1, $2)", rows)

        yield into_postgresql
        await connection.close()


@contextlib.contextmanager
def _databases(kind: str, home: Path) -> Iterator[Iterator[str]]:
    if kind == "sqlite":
        yield (f"sqlite+aiosqlite:///{home / f'{n}.db'}" for n in range(100))
        return
    with postgres(durable=True) as server:
        # They go with the server.
        yield (server.create_database(f"bench{n}") for n in range(100))


async def measure(kind: str, events: int, rounds: int) -> float:
    """Print both sides for one database and return the median of the rounds' ratios."""
    with tempfile.TemporaryDirectory() as folder, _databases(kind, Path(folder)) as urls:
        broker = start_nats(Path(folder) / "nats")
        try:
            place = Place("", broker.url, Path(folder), events)
            await fill(place)
            bare, record = [], []
            for n in range(rounds):
                # Each side drains the stream with a consumer of its own; whoever goes first changes with the round.
                for side in ("bare", "record") if n % 2 == 0 else ("record", "bare"):
                    here = Place(next(urls), broker.url, Path(folder), events)
                    await _forget_consumers(broker.url)
                    rate = await (bare_loop(here) if side == "bare" else through_record(here))
                    (bare if side == "bare" else record).append(rate)
        finally:
            broker.kill()
        quiet = start_nats(Path(folder) / "quiet")
        try:
            median, p99 = await latency(Place(next(urls), quiet.url, Path(folder), 0))
        finally:
            quiet.kill()
    # Per round, because both sides of a round saw the same machine; then the middle one.
    ratio = statistics.median(one / other for one, other in zip(record, bare, strict=True))
    print(f"{kind}: {events} events, batch {BATCH}, {rounds} rounds, every commit and message on disk")
    print(f"  bare fetch-and-insert {_line(bare)}")
    print(f"  through the record    {_line(record)}")
    print(f"  ratio {ratio:.2f} (target {TARGET}: {'reached' if ratio >= TARGET else 'MISSED'})")
    print(f"  receipt latency, one event at a time: p50 {median:.1f} ms, p99 {p99:.1f} ms")
    return ratio


def _line(rates: list[float]) -> str:
    each = ", ".join(f"{rate:.0f}" for rate in rates)
    return f"{statistics.median(rates):7.0f} events/s (rounds: {each})"


async def _forget_consumers(url: str) -> None:
    client = await nats.connect(url)
    for consumer in await client.jetstream().consumers_info(STREAM):
        await client.jetstream().delete_consumer(STREAM, consumer.name)
    await client.close()


async def main(arguments: list[str] | None = None) -> int:
    """Measure; 0 when every ratio reaches the target."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--databases", default="sqlite,postgresql")
    options = parser.parse_args(arguments)
    logs.configure("bench", "error")
    ratios = [await measure(kind, options.events, options.rounds) for kind in options.databases.split(",")]
    return 0 if all(ratio >= TARGET for ratio in ratios) else 1


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
