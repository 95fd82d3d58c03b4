"""Nobody who writes the record can change it: triggers on both databases, rights on PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

from services.kit.db import Database
from services.kit.migrating import migrate
from services.kit.revisions import NotMigratedError, ensure_current
from services.registry.checking import verify_record
from services.registry.ledger import Broken, Verified
from services.registry.main import TABLES
from services.registry.tables import AttemptRow, EntryRow, StepRow
from tests.record_steps import history
from tests.registry_rig import Rig, registry
from tests.servers import NatsServer, PostgresServer


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(database_url, nats_server.url, tmp_path) as running:
        await fill(running)
        yield running


async def fill(rig: Rig) -> None:
    """Three entries of two steps, and an attempt."""
    await rig.record(history(rig.keys, "c1", (1, 2)))
    assert await rig.declined(b"nonsense") == "unreadable"


CHANGES = [
    "UPDATE entries SET body = 'x' WHERE entry_index = 1",
    "DELETE FROM entries WHERE entry_index = 2",
    "UPDATE steps SET signature = 'x' WHERE first = 2",
    "DELETE FROM steps",
    "UPDATE attempts SET detail = 'x'",
    "DELETE FROM attempts",
]


@pytest.mark.parametrize("statement", CHANGES)
async def test_no_row_can_be_changed_or_removed(rig: Rig, statement: str) -> None:
    with pytest.raises(Exception, match="append-only"):
        async with rig.database.connection() as connection:
            await connection.exec_driver_sql(statement)
    assert isinstance(await verify_record(rig.reading, proof=rig.proof), Verified)


@pytest.mark.parametrize("key", ["0, 'c9', 1", "3, 'c1', 2", "9, 'c9', 1"])
async def test_sqlite_replaces_nothing_and_leaves_no_gap(
    tmp_path: Path, nats_server: NatsServer, key: str
) -> None:
    async with registry(f"sqlite+aiosqlite:///{tmp_path / 'r.db'}", nats_server.url, tmp_path) as rig:
        await fill(rig)
        values = f"{key}, 'k', 't', 1, 'd', 'h', 'b'"
        with pytest.raises(Exception, match="append-only"):
            async with rig.database.connection() as connection:
                await connection.exec_driver_sql(f"INSERT OR REPLACE INTO entries VALUES ({values})")
        assert isinstance(await verify_record(rig.reading, proof=rig.proof), Verified)


async def test_a_reader_s_session_cannot_write(rig: Rig) -> None:
    with pytest.raises(Exception, match=r"read-only|does not answer") as caught:
        async with rig.database.read() as session:
            await (await session.connection()).exec_driver_sql("DELETE FROM attempts")
    assert "read" in f"{caught.value} {caught.value.__cause__}".replace("-", "")
    assert len(await rig.reading.attempts(after=-1, limit=10)) == 1


async def test_the_tables_are_what_the_code_says(rig: Rig) -> None:
    def differences(connection: object) -> object:
        context = MigrationContext.configure(connection)  # type: ignore[arg-type]
        own = SQLModel.metadata.__class__()
        for table in (EntryRow.__table__, StepRow.__table__, AttemptRow.__table__):  # type: ignore[attr-defined]
            table.to_metadata(own)
        return [d for d in compare_metadata(context, own) if "registry_revision" not in str(d)]

    async with rig.database.connection() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(rig: Rig) -> None:
    await asyncio.gather(*(migrate(rig.settings.dsn(), TABLES.package) for _ in range(3)))
    await ensure_current(rig.database, TABLES.package)
    assert isinstance(await verify_record(rig.reading, proof=rig.proof), Verified)


async def test_a_database_that_was_never_migrated_is_refused_by_name(database_url: str) -> None:
    database = Database(database_url)
    try:
        with pytest.raises(NotMigratedError, match=r"services\.registry migrate"):
            await ensure_current(database, TABLES.package)
    finally:
        await database.close()


async def test_the_registry_s_role_may_read_and_add_and_nothing_else(
    postgres_server: PostgresServer, postgres_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    name = postgres_url.rpartition("/")[2]
    owner, app = f"owner_{name}", f"app_{name}"
    postgres_server.execute(f"CREATE ROLE {owner} NOLOGIN")
    postgres_server.execute(f"CREATE ROLE {app} LOGIN PASSWORD 'only-for-tests'")
    postgres_server.execute(f"GRANT ALL ON SCHEMA public TO {owner}", name)
    try:
        for _ in range(2):
            await migrate(postgres_url, TABLES.package, owner_role=owner, app_role=app, grants=TABLES.rights)
        url = postgres_server.url(name, app)
        async with registry(url, nats_server.url, tmp_path, migrated=True) as rig:
            await fill(rig)
            for statement in (
                *CHANGES,
                "TRUNCATE entries",
                "DROP TABLE entries",
                "ALTER TABLE entries DISABLE TRIGGER ALL",
                "ALTER TABLE entries OWNER TO CURRENT_USER",
                "CREATE TABLE mine (x int)",
                "SET session_replication_role = replica",
                "COPY entries TO PROGRAM 'true'",
                "DELETE FROM registry_revision",
                f"SET ROLE {owner}",
            ):
                with pytest.raises(Exception, match=r"denied|must be owner|append-only"):
                    async with rig.database.connection() as connection:
                        await connection.exec_driver_sql(statement)
            assert isinstance(await verify_record(rig.reading, proof=rig.proof), Verified)
        with postgres_server.connect(name) as superuser:
            rows = superuser.execute(
                "SELECT t.tgenabled::text, pg_get_userbyid(c.relowner) FROM pg_trigger t "
                "JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relname IN ('entries', 'steps', 'attempts') "
                "AND NOT t.tgisinternal"
            ).fetchall()
            assert set(rows) == {("A", owner)}
            assert len(rows) == 6
    finally:
        postgres_server.execute(f"DROP OWNED BY {app}", name)
        postgres_server.execute(f"DROP OWNED BY {owner} CASCADE", name)
        postgres_server.execute(f"DROP ROLE {app}")
        postgres_server.execute(f"DROP ROLE {owner}")


async def test_truncate_is_refused_to_the_owner_and_in_replica_mode(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    await migrate(postgres_url, TABLES.package)
    with postgres_server.connect(postgres_url.rpartition("/")[2]) as superuser:
        superuser.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            superuser.execute("TRUNCATE entries")


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("UPDATE entries SET body = replace(body, 'police', 'court') WHERE entry_index = 1", 1),
        ("UPDATE entries SET type = 'task-completed' WHERE entry_index = 2", 2),
        ("DELETE FROM entries WHERE entry_index = 0", 0),
        ("DELETE FROM entries WHERE entry_index = 1", 1),
        ("UPDATE entries SET entry_index = 7 WHERE entry_index = 1", 1),
        ("UPDATE entries SET kind = 'removal' WHERE entry_index = 3", 3),
        ("UPDATE steps SET signature = (SELECT signature FROM steps WHERE until = 1) WHERE until = 3", 2),
        ("UPDATE steps SET key_id = 's0' WHERE until = 1", 0),
        ("UPDATE steps SET command_id = 'k-other' WHERE until = 4", 3),
        ("UPDATE steps SET first = 3 WHERE until = 3", 2),
        ("DELETE FROM steps WHERE until = 3", 2),
        ("INSERT INTO steps VALUES ('c1', 2, 2, 'k-new', 's0', '')", 1),
        ("INSERT INTO steps VALUES ('c9', 1, 1, 'k-new', 's0', '')", 4),
    ],
)
async def test_what_an_owner_of_the_file_changes_is_named(
    nats_server: NatsServer, tmp_path: Path, statement: str, index: int
) -> None:
    path = tmp_path / "r.db"
    async with registry(f"sqlite+aiosqlite:///{path}", nats_server.url, tmp_path) as rig:
        await rig.record(history(rig.keys, "c1", (1, 2, 1)))
        with sqlite3.connect(path) as attacker:
            for table in ("entries", "steps"):
                for trigger in ("update", "delete"):
                    attacker.execute(f"DROP TRIGGER {table}_{trigger}")
            attacker.execute(statement)
        attacker.close()
        result = await verify_record(rig.reading, proof=rig.proof)
        assert isinstance(result, Broken)
        assert result.index == index


async def test_a_cut_off_end_shows_against_a_head_noted_down_elsewhere(
    nats_server: NatsServer, tmp_path: Path
) -> None:
    path = tmp_path / "r.db"
    async with registry(f"sqlite+aiosqlite:///{path}", nats_server.url, tmp_path) as rig:
        await rig.record(history(rig.keys, "c1", (1, 2, 1)))
        noted = (3, (await rig.reading.head()).entry_hash)
        assert isinstance(await verify_record(rig.reading, noted), Verified)
        with sqlite3.connect(path) as attacker:
            for table, where in (("entries", "entry_index = 3"), ("steps", "until = 4")):
                attacker.execute(f"DROP TRIGGER {table}_delete")
                attacker.execute(f"DELETE FROM {table} WHERE {where}")
        attacker.close()
        assert isinstance(await verify_record(rig.reading, proof=rig.proof), Verified)
        result = await verify_record(rig.reading, noted)
        assert isinstance(result, Broken)
        assert result.index == 3
        other = await verify_record(rig.reading, (2, "f" * 64))
        assert isinstance(other, Broken)
        assert "noted down" in other.reason
