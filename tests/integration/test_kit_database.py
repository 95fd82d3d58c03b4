"""One commit per unit, no lost update, aware instants, and an outage that is told apart, on both databases."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from services.kit.db import AgainError, Database, JsonText, Unit, UtcDateTime, add_rows
from services.kit.errors import UnavailableError
from tests.servers import postgres

TABLES = MetaData()
THINGS = Table(
    "things",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("at", UtcDateTime),
    Column("value", JsonText),
    Column("note", Text),
)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    async with database.connection() as connection:
        await connection.run_sync(TABLES.create_all)
    yield database
    await database.close()


async def count(database: Database) -> int:
    async with database.read() as session:
        return len((await (await session.connection()).execute(select(THINGS))).all())


async def test_a_unit_is_committed_as_a_whole_or_not_at_all(database: Database) -> None:
    async with database.write() as session:
        await (await session.connection()).execute(insert(THINGS).values(id=1, count=0))

    async def half_way() -> None:
        async with database.write() as session:
            await (await session.connection()).execute(insert(THINGS).values(id=2, count=0))
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await half_way()
    assert await count(database) == 1


async def test_no_update_is_lost_between_many_writers(database: Database) -> None:
    async with database.write() as session:
        await (await session.connection()).execute(insert(THINGS).values(id=1, count=0))

    async def add() -> None:
        async with database.write() as session:
            connection = await session.connection()
            query = select(THINGS.c.count).where(THINGS.c.id == 1).with_for_update()
            found = (await connection.execute(query)).scalar_one()
            await asyncio.sleep(0)
            await connection.execute(update(THINGS).values(count=found + 1))

    await asyncio.gather(*(add() for _ in range(60)))
    async with database.read() as session:
        assert (await (await session.connection()).execute(select(THINGS.c.count))).scalar_one() == 60


async def test_instants_come_back_aware_and_in_utc(database: Database) -> None:
    shanghai = datetime(2026, 3, 2, 17, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))
    async with database.write() as session:
        values = {"id": 1, "count": 0, "at": shanghai, "value": {"名": [1, None]}}
        await (await session.connection()).execute(insert(THINGS).values(values))
    async with database.read() as session:
        row = (await (await session.connection()).execute(select(THINGS))).one()
    assert row.at == shanghai
    assert row.at.tzinfo is UTC
    assert row.value == {"名": [1, None]}


async def test_a_naive_instant_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 2)  # noqa: DTZ001
    with pytest.raises(Exception, match="no time zone"):
        async with database.write() as session:
            await (await session.connection()).execute(insert(THINGS).values(id=1, count=0, at=naive))


async def test_many_rows_are_added_in_the_unit_s_transaction(database: Database) -> None:
    def adding(*rows: tuple[object, ...]) -> Callable[[Unit], None]:
        def add(unit: Unit) -> None:
            unit.execute(select(THINGS.c.id))
            add_rows(unit, "things", ("id", "count", "note"), rows)

        return add

    await database.unit(adding(*((number, 0, "甄选\t\\N") for number in range(1000))))
    assert await count(database) == 1000
    with pytest.raises(Exception, match=r"(?i)unique"):
        await database.unit(adding((2000, 0, ""), (5, 0, "")))
    assert await count(database) == 1000


async def test_a_function_is_one_unit_committed_or_not_at_all(database: Database) -> None:
    def half_way(unit: Unit) -> None:
        unit.execute(insert(THINGS).values(id=2, count=0))
        raise RuntimeError("half way")

    def whole(unit: Unit) -> int:
        unit.execute(insert(THINGS).values(id=1, count=0, at=datetime(2026, 3, 2, tzinfo=UTC)))
        return 7

    assert await database.unit(whole) == 7
    with pytest.raises(RuntimeError, match="half way"):
        await database.unit(half_way)
    assert await database.look(lambda unit: unit.execute(select(THINGS.c.id, THINGS.c.at)).all()) == [
        (1, datetime(2026, 3, 2, tzinfo=UTC))
    ]


async def test_a_look_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match=r"read-?only|does not answer"):
        await database.look(lambda unit: unit.execute(insert(THINGS).values(id=1, count=0)))
    assert await count(database) == 0


async def test_functions_and_sessions_together_lose_no_update(database: Database) -> None:
    await database.unit(lambda unit: unit.execute(insert(THINGS).values(id=1, count=0)))
    query = select(THINGS.c.count).where(THINGS.c.id == 1).with_for_update()

    def in_unit(unit: Unit) -> None:
        unit.execute(update(THINGS).values(count=unit.execute(query).scalar_one() + 1))

    async def in_session() -> None:
        async with database.write() as session:
            connection = await session.connection()
            found = (await connection.execute(query)).scalar_one()
            await asyncio.sleep(0)
            await connection.execute(update(THINGS).values(count=found + 1))

    await asyncio.gather(
        *(work() for _ in range(20) for work in (lambda: database.unit(in_unit), in_session))
    )
    assert await database.look(lambda unit: unit.execute(select(THINGS.c.count)).scalar_one()) == 40


async def test_one_holder_of_a_key_at_a_time(postgres_url: str) -> None:
    first, second = Database(postgres_url), Database(postgres_url)
    try:
        async with first.alone(7) as still:
            assert still is not None
            await still()
            async with second.alone(7) as other, second.alone(8) as another:
                assert other is None
                assert another is not None
        async with second.alone(7) as now:
            assert now is not None
    finally:
        await first.close()
        await second.close()


async def test_a_broken_rule_is_no_outage(database: Database) -> None:
    async with database.write() as session:
        await (await session.connection()).execute(insert(THINGS).values(id=1, count=0))
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await (await session.connection()).execute(insert(THINGS).values(id=1, count=0))


async def test_a_mistake_in_a_statement_is_no_outage(database: Database) -> None:
    with pytest.raises(Exception, match="nowhere") as caught:
        async with database.read() as session:
            await (await session.connection()).execute(text("SELECT * FROM nowhere"))
    assert not isinstance(caught.value, UnavailableError)


async def test_two_processes_on_one_file_lose_no_update_and_wait_for_each_other(sqlite_url: str) -> None:
    first, second = Database(sqlite_url), Database(sqlite_url)
    try:
        async with first.connection() as connection:
            await connection.run_sync(TABLES.create_all)
            await connection.execute(insert(THINGS).values(id=1, count=0))

        async def add(database: Database) -> None:
            for _ in range(30):
                async with database.write() as session:
                    connection = await session.connection()
                    found = (await connection.execute(select(THINGS.c.count))).scalar_one()
                    await asyncio.sleep(0)
                    await connection.execute(update(THINGS).values(count=found + 1))

        await asyncio.gather(add(first), add(second))
        async with first.read() as session:
            assert (await (await session.connection()).execute(select(THINGS.c.count))).scalar_one() == 60
    finally:
        await first.close()
        await second.close()


async def test_every_commit_to_sqlite_is_synced(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    try:
        async with database.connection() as connection:
            found = [
                (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
            ]
        assert found == ["wal", 2, 1, 1]
    finally:
        await database.close()


async def test_a_database_that_is_away_is_told_apart_and_comes_back() -> None:
    with postgres() as server:
        database = Database(server.create_database("away"))
        try:
            await database.check()
            server.kill()
            for _ in range(2):
                with pytest.raises(UnavailableError):
                    await database.check()
            server.restart()
            await database.check()
        finally:
            await database.close()


async def test_a_file_that_is_no_database_is_an_outage(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"this is no database file" * 100)
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}")
    try:
        with pytest.raises(UnavailableError):
            await database.check()
    finally:
        await database.close()


def test_another_kind_of_database_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="mysql"):
        Database("mysql+aiomysql://x/y")


async def test_a_deadlock_ends_one_of_the_two_and_is_no_outage(postgres_url: str) -> None:
    database = Database(postgres_url)
    try:
        async with database.connection() as connection:
            await connection.run_sync(TABLES.create_all)
            await connection.execute(insert(THINGS), [{"id": 1, "count": 0}, {"id": 2, "count": 0}])
        met = asyncio.Barrier(2)

        async def cross(first: int, second: int) -> None:
            async with database.write() as session:
                connection = await session.connection()
                await connection.execute(update(THINGS).where(THINGS.c.id == first).values(count=1))
                await met.wait()
                await connection.execute(update(THINGS).where(THINGS.c.id == second).values(count=1))

        ends = await asyncio.gather(cross(1, 2), cross(2, 1), return_exceptions=True)
        [fault] = [end for end in ends if end is not None]
        assert isinstance(fault, AgainError)
        assert (fault.status, fault.headers) == (503, {"Retry-After": "1"})
    finally:
        await database.close()
