"""SQLite and PostgreSQL behind one door: engine, sessions, one commit per unit of work."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Dialect, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.types import DateTime, Text, TypeDecorator
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit import sqlite
from services.kit.errors import ServiceError, UnavailableError

Session = AsyncSession
"""A unit of work as others may name it in a signature: only stores write statements for it."""

Unit = Connection
"""A bare connection in one transaction, likewise."""

Found = TypeVar("Found")

SQLITE_AWAY = frozenset({5, 6, 7, 8, 10, 11, 13, 14, 15, 26})
"""SQLite's busy, locked, out of memory, read-only file, disk errors, full disk, damaged or missing file."""

POSTGRESQL_AWAY = ("08", "53", "57", "58")
"""Classes of PostgreSQL's errors: connection, resources (a full disk), operator's intervention, system."""

RETRYABLE = frozenset({"40001", "40P01"})
"""PostgreSQL's serialization failure and deadlock: the whole unit may be run again."""


class Database:
    """Where a service keeps its rows.

    `await database.unit(work)` runs a plain function as one unit on a bare connection, beneath the ORM: committed
    when it returns, rolled back when it raises. `await database.look(work)` does the same for a short read, which
    sees one state and cannot write. The function is given the connection and uses SQLAlchemy's statements or the
    driver's own; on SQLite the whole of it is one hop to a thread (a look: none), on PostgreSQL it runs over asyncpg.

    `async with database.write() as session:` is a unit that may await between its statements, `read()` a look that
    may. When the database does not answer all of them raise UnavailableError; other errors pass.
    """

    def __init__(self, url: str) -> None:
        self.dialect = make_url(url).get_backend_name()
        self._file: sqlite.File | None = None
        # One connection writes to a file: the units of this process queue here, not at the file's lock.
        self._turn = asyncio.Lock()
        if self.dialect == "sqlite":
            self._writer, self._reader = sqlite.sessions(url)
            self._file = sqlite.File(url)
        elif self.dialect == "postgresql":
            self._writer = create_async_engine(url, pool_size=8, max_overflow=4, pool_timeout=10)
            self._reader = self._writer.execution_options(postgresql_readonly=True)
        else:
            raise ValueError(
                f"database_url names {self.dialect}: it must be sqlite+aiosqlite or postgresql+asyncpg"
            )

    async def unit(self, work: Callable[[Unit], Found]) -> Found:
        """What `work` returns, once it is committed. It must not await, and may be run again by its caller only."""
        with _guarded():
            if self._file is not None:
                async with self._turn:
                    return await self._file.write(work)
            async with self._writer.begin() as connection:
                return await connection.run_sync(work)

    async def look(self, work: Callable[[Unit], Found]) -> Found:
        """What `work` returns. Only for reads of some rows: on SQLite the event loop waits for them."""
        with _guarded():
            if self._file is not None:
                return self._file.read(work)
            async with self._reader.begin() as connection:
                return await connection.run_sync(work)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session in one transaction; on SQLite it holds the write lock from the start."""
        with _guarded():
            async with (
                self._turn if self._file is not None else nullcontext(),
                AsyncSession(self._writer, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that sees one state of the database and cannot change it."""
        with _guarded():
            async with AsyncSession(self._reader, expire_on_commit=False) as session, session.begin():
                yield session

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """A connection in one transaction, for migrations."""
        with _guarded():
            async with self._writer.begin() as connection:
                yield connection

    @asynccontextmanager
    async def alone(self, key: int) -> AsyncIterator[Callable[[], Awaitable[None]] | None]:
        """Whether this process holds `key` until the end: None when another does.

        What is given is asked before each thing that only one may do; it raises UnavailableError when the key was
        lost with its connection. On SQLite one process writes anyway.
        """
        if self._file is not None:
            yield _nothing
            return
        with _guarded():
            async with self._writer.connect() as plain:
                connection = await plain.execution_options(isolation_level="AUTOCOMMIT")
                held = await connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": key})

                async def still() -> None:
                    with _guarded():
                        await connection.exec_driver_sql("SELECT 1")

                try:
                    yield still if held else None
                finally:
                    # The lock is the connection's, so this one must not go back to the others.
                    await connection.invalidate()

    async def check(self) -> None:
        """Ask the database anything; raises UnavailableError when it does not answer."""
        async with self.read() as session:
            await (await session.connection()).exec_driver_sql("SELECT 1")

    async def close(self) -> None:
        """Close every connection."""
        if self._file is not None:
            await self._file.close()
        await self._reader.dispose()
        await self._writer.dispose()


def add_rows(unit: Unit, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add many rows in a unit: for what runs once for every event.

    `table` and `columns` are names from the code, never from outside. On PostgreSQL it may not be the unit's first
    statement.
    """
    if unit.dialect.name == "postgresql":
        import asyncpg  # type: ignore[import-untyped]  # on use: SQLite does without it

        # COPY asks for the right to INSERT and fires its triggers like any other way in, at half the cost a row.
        adapted: Any = unit.connection.dbapi_connection
        try:
            adapted.run_async(lambda raw: raw.copy_records_to_table(table, columns=columns, records=rows))
        except (
            asyncpg.PostgresConnectionError,
            asyncpg.OperatorInterventionError,
            asyncpg.InterfaceError,
        ) as error:
            raise UnavailableError("the database does not answer") from error
        return
    names, places = ", ".join(columns), ", ".join("?" for _ in columns)
    unit.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({places})", list(rows))  # noqa: S608


class AgainError(ServiceError):
    """PostgreSQL asks to run the unit again (serialization, deadlock), and is not away. Nothing was done; callers bound
    the tries, and whoever asked may send the same request again."""

    status, code, title = UnavailableError.status, UnavailableError.code, UnavailableError.title

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "1"})


async def _nothing() -> None:
    return


@contextmanager
def _guarded() -> Iterator[None]:
    try:
        yield
    except (PoolTimeout, OSError) as error:
        raise UnavailableError("the database does not answer") from error
    except DBAPIError as error:
        if _away(error):
            # The text of a database error quotes the statement and its values, so only its kind goes on.
            raise UnavailableError("the database does not answer") from error
        if getattr(error.orig, "sqlstate", None) in RETRYABLE:
            raise AgainError from error
        raise


def _away(error: DBAPIError) -> bool:
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return number & 0xFF in SQLITE_AWAY
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return error.connection_invalidated or str(state).startswith(POSTGRESQL_AWAY)
    # Without a state it is the driver that complains: a connection died in the middle of something.
    return isinstance(error, OperationalError | InterfaceError | InternalError)


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
