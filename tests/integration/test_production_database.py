"""deploy/postgres/init.sql on a real PostgreSQL: who may do what in production."""

import importlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.access import databases
from tests.matrix import differences, matrix
from tests.production_roles import CLOSE, INIT, NAMES, SERVICES, migrated, passwords, run, settings_of
from tests.servers import HOST, PostgresServer, postgres


@pytest.fixture(scope="module")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return passwords(tmp_path_factory.mktemp("secrets"))


@pytest.fixture(scope="module")
def server(secrets: Path) -> Iterator[PostgresServer]:
    with postgres() as started:
        done = run(started, secrets, INIT)
        assert done.returncode == 0, done.stderr
        yield started


def _as(server: PostgresServer, role: str, database: str, secret: str) -> psycopg.Connection:
    return psycopg.connect(
        host=HOST,
        port=server.port,
        user=role,
        password=f"only-for-this-test-{secret}",
        dbname=database,
        autocommit=True,
    )


def test_running_it_again_changes_nothing_and_succeeds(server: PostgresServer, secrets: Path) -> None:
    assert run(server, secrets, INIT).returncode == 0


def test_a_missing_secret_stops_it(server: PostgresServer, tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / f"postgres-{name}").write_text("x" if name != "registry" else "")
    done = run(server, tmp_path, INIT)
    assert done.returncode != 0
    assert "secrets" in done.stderr
    with _as(server, "qx_registry", "qx_registry", "registry"):
        pass


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_reaches_its_own_database_and_no_other(server: PostgresServer, service: str) -> None:
    with _as(server, f"qx_{service}", f"qx_{service}", service):
        pass
    for other in {"qx_officers", "qx_registry", "qx_notices", "postgres", "template1"} - {f"qx_{service}"}:
        for role, secret in ((f"qx_{service}", service), (f"qx_{service}_migrate", f"migrate-{service}")):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                _as(server, role, other, secret)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_may_make_no_table_and_become_nobody_else(server: PostgresServer, service: str) -> None:
    with _as(server, f"qx_{service}", f"qx_{service}", service) as connection:
        for statement in (
            "CREATE TABLE stray (id int)",
            f"SET ROLE qx_{service}_owner",
            "SET ROLE postgres",
            f"SET ROLE qx_{service}_migrate",
            f"ALTER ROLE qx_{service}_migrate SUPERUSER",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


@pytest.mark.parametrize("service", SERVICES)
def test_a_migration_becomes_its_own_owner_and_nobody_else(server: PostgresServer, service: str) -> None:
    with _as(server, f"qx_{service}_migrate", f"qx_{service}", f"migrate-{service}") as connection:
        connection.execute(f"SET ROLE qx_{service}_owner".encode())
        connection.execute("RESET ROLE")
        others = [f"qx_{other}_owner" for other in SERVICES if other != service]
        for role in (*others, *(f"qx_{other}" for other in SERVICES), "postgres"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SET ROLE {role}".encode())


def test_the_tables_that_the_migrator_makes_belong_to_the_owner(server: PostgresServer) -> None:
    with _as(server, "qx_registry_migrate", "qx_registry", "migrate-registry") as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE too_early (id int)")
        connection.execute("SET ROLE qx_registry_owner")
        connection.execute("CREATE TABLE first (id int)")
        connection.execute("GRANT SELECT, INSERT ON first TO qx_registry")
        owner = connection.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'first'").fetchone()
    assert owner == ("qx_registry_owner",)
    with _as(server, "qx_registry", "qx_registry", "registry") as connection:
        connection.execute("INSERT INTO first VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE first SET id = 2")
    with server.connect("qx_registry") as superuser:
        superuser.execute("DROP TABLE first")


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_migrates_and_then_starts_under_its_own_role(
    server: PostgresServer, secrets: Path, service: str
) -> None:
    main = importlib.import_module(f"services.{service}.main")
    settings = settings_of(server, secrets, service)
    for _ in range(2):
        await migrated(server, secrets, service)
    async with main.TABLES.opened(settings(f"qx_{service}", service)):
        pass
    with _as(server, f"qx_{service}", f"qx_{service}", service) as connection:
        rows = connection.execute(
            "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        assert len(rows) > 2
        for table, owner in rows:
            assert owner == f"qx_{service}_owner"
            connection.execute(f'SELECT count(*) FROM "{table}"'.encode())
            for statement in (f'DROP TABLE "{table}"', f'TRUNCATE "{table}"'):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement.encode())


@pytest.mark.parametrize(
    ("service", "role", "secret"),
    [("officers", "qx_officers_migrate", "migrate-officers"), ("notices", "qx_notices", "notices")],
)
async def test_what_follows_from_the_record_is_forgotten_by_whom_the_page_says(
    server: PostgresServer, secrets: Path, service: str, role: str, secret: str
) -> None:
    main = importlib.import_module(f"services.{service}.main")
    await migrated(server, secrets, service)
    await main.rebuild(settings_of(server, secrets, service)(role, secret))


def test_the_registrys_own_role_can_change_nothing_that_is_recorded(server: PostgresServer) -> None:
    with _as(server, "qx_registry", "qx_registry", "registry") as connection:
        for statement in (
            "UPDATE entries SET body = ''",
            "DELETE FROM entries",
            "UPDATE steps SET signature = ''",
            "DELETE FROM steps",
            "UPDATE attempts SET detail = ''",
            "DELETE FROM attempts",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())


def test_after_the_migrations_nobody_logs_in_as_one_or_becomes_an_owner(
    server: PostgresServer, secrets: Path
) -> None:
    with _as(server, "qx_registry_migrate", "qx_registry", "migrate-registry") as still_open:
        still_open.execute("SET ROLE qx_registry_owner")
        assert run(server, secrets, CLOSE).returncode == 0
        with pytest.raises(psycopg.OperationalError):
            still_open.execute("ALTER TABLE entries DISABLE TRIGGER ALL")
    with server.connect("qx_registry") as superuser:
        members = superuser.execute(
            "SELECT roleid::regrole::text, member::regrole::text FROM pg_auth_members "
            "WHERE roleid::regrole::text LIKE 'qx_%'"
        ).fetchall()
    assert members == []
    for service in SERVICES:
        with pytest.raises(psycopg.OperationalError):
            _as(server, f"qx_{service}_migrate", f"qx_{service}", f"migrate-{service}")
    # The next upgrade opens again.
    assert run(server, secrets, INIT).returncode == 0
    with _as(server, "qx_registry_migrate", "qx_registry", "migrate-registry") as migration:
        migration.execute("SET ROLE qx_registry_owner")


async def test_every_role_does_what_the_page_says(server: PostgresServer, secrets: Path) -> None:
    """docs/access-matrix.md, after the migrations and with the door closed behind them."""
    for service in SERVICES:
        await migrated(server, secrets, service)
    assert run(server, secrets, CLOSE).returncode == 0
    said = matrix("PostgreSQL")
    assert len([act for act in said if act.startswith(f"{databases.EACH}: ")]) >= 30

    def connect(role: str, secret: str, database: str) -> psycopg.Connection:
        return _as(server, role, database, secret)

    try:
        found = databases.found(connect, said)
        assert databases.surplus(connect) == []
        with server.connect("qx_registry") as superuser:
            superuser.execute("GRANT UPDATE (body) ON entries TO qx_registry")
            superuser.execute("GRANT pg_read_server_files TO qx_notices")
        assert databases.surplus(connect) == [
            "qx_registry has UPDATE on entries",
            "qx_notices belongs to pg_read_server_files",
        ]
    finally:
        with server.connect("qx_registry") as superuser:
            superuser.execute("REVOKE UPDATE (body) ON entries FROM qx_registry")
            superuser.execute("REVOKE pg_read_server_files FROM qx_notices")
        assert run(server, secrets, INIT).returncode == 0
    assert differences(said, found) == []
