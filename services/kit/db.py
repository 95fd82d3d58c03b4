"""SQLite and PostgreSQL behind one door: engine, sessions, one commit per unit of work."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, Engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.types import DateTime, Text, TypeDecorator
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.errors import UnavailableError

Session = AsyncSession
"""A unit of work as others may name it in a signature: only stores write statements for it."""

BUSY_SECONDS = 10
"""How long SQLite waits for another process's write before it gives up."""

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "foreign_keys=ON",
    # A row that INSERT OR REPLACE would push out asks its DELETE trigger, too.
    "recursive_triggers=ON",
)
SQLITE_AWAY = frozenset({5, 6, 7, 8, 10, 11, 13, 14, 15, 26})
"""SQLite's busy, locked, out of memory, read-only file, disk errors, full disk, damaged or missing file."""

POSTGRESQL_AWAY = ("08", "53", "57", "58")
"""Classes of PostgreSQL's errors: connection, resources (a full disk), operator's intervention, system."""


class Database:
    """Where a service keeps its rows.

    `async with database.write() as session:` is one unit: committed at the end, rolled back on any error.
    `read()` cannot write. When the database does not answer both raise UnavailableError; other errors pass.
    """

    def __init__(self, url: str) -> None:
        self.dialect = make_url(url).get_backend_name()
        if self.dialect == "sqlite":
            self._writer, self._reader = _sqlite(url)
        elif self.dialect == "postgresql":
            self._writer = create_async_engine(url, pool_size=8, max_overflow=4, pool_timeout=10)
            self._reader = self._writer.execution_options(postgresql_readonly=True)
        else:
            raise ValueError(
                f"database_url names {self.dialect}: it must be sqlite+aiosqlite or postgresql+asyncpg"
            )

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session in one transaction; on SQLite it holds the write lock from the start."""
        async with _guarded(), AsyncSession(self._writer, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one state of the database and cannot change it."""
        async with _guarded(), AsyncSession(self._reader, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """A connection in one transaction, for migrations."""
        async with _guarded(), self._writer.begin() as connection:
            yield connection

    async def check(self) -> None:
        """Ask the database anything; raises UnavailableError when it does not answer."""
        async with self.read() as session:
            await (await session.connection()).exec_driver_sql("SELECT 1")

    async def close(self) -> None:
        """Close every connection."""
        await self._reader.dispose()
        await self._writer.dispose()


async def add_rows(
    session: AsyncSession, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Add many rows in the session's transaction, beneath the ORM: for what runs once for every event.

    `table` and `columns` are names from the code, never from outside.
    """
    connection = await session.connection()
    if connection.dialect.name == "postgresql":
        import asyncpg  # type: ignore[import-untyped]  # on use: SQLite does without it

        # COPY asks for the right to INSERT and fires its triggers like any other way in, at half the cost a row.
        raw = await connection.get_raw_connection()
        try:
            await raw.driver_connection.copy_records_to_table(table, columns=columns, records=rows)  # type: ignore[union-attr]
        except (
            asyncpg.PostgresConnectionError,
            asyncpg.OperatorInterventionError,
            asyncpg.InterfaceError,
        ) as error:
            raise UnavailableError("the database does not answer") from error
        return
    names, places = ", ".join(columns), ", ".join("?" for _ in columns)
    await connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({places})", list(rows))  # noqa: S608


@asynccontextmanager
async def _guarded() -> AsyncIterator[None]:
    try:
        yield
    except (PoolTimeout, OSError) as error:
        raise UnavailableError("the database does not answer") from error
    except DBAPIError as error:
        if _away(error):
            # The text of a database error quotes the statement and its values, so only its kind goes on.
            raise UnavailableError("the database does not answer") from error
        raise


def _away(error: DBAPIError) -> bool:
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return number & 0xFF in SQLITE_AWAY
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return error.connection_invalidated or str(state).startswith(POSTGRESQL_AWAY)
    return isinstance(error, OperationalError | InterfaceError)


def _sqlite(url: str) -> tuple[AsyncEngine, AsyncEngine]:
    # `isolation_level: None` hands transactions to us: the driver's own begin would come too late to keep two
    # writers from reading the same state. One connection writes: writers of this process queue for it.
    connect = {"timeout": BUSY_SECONDS, "isolation_level": None}
    writer = create_async_engine(url, connect_args=connect, pool_size=1, max_overflow=0, pool_timeout=30)
    reader = create_async_engine(url, connect_args=connect, pool_size=4, max_overflow=4, pool_timeout=30)
    _prepare(writer.sync_engine, "BEGIN IMMEDIATE", SQLITE_PRAGMAS)
    _prepare(reader.sync_engine, "BEGIN", (*SQLITE_PRAGMAS, "query_only=ON"))
    return writer, reader


def _prepare(engine: Engine, begin: str, pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. It must be aware when stored and comes back in UTC from both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone, so it is cut off there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: store aware instants only")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Back to an aware instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """A JSON value as text, the same in both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """To compact JSON; None stays NULL."""
        return (
            None
            if value is None
            else json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        )

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Back to the value."""
        return None if value is None else json.loads(value)
