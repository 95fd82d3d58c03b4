"""How an SQLite file is opened: every commit synced, writers one after the other, readers that cannot write."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

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
# `isolation_level: None` hands transactions to us: the driver's own begin would come too late to keep two writers
# from reading the same state.
_CONNECT = {"timeout": BUSY_SECONDS, "isolation_level": None, "check_same_thread": False}

Found = TypeVar("Found")


class File:
    """The bare connections to an SQLite file: one that writes, in a thread of its own, and one that reads here."""

    def __init__(self, url: str) -> None:
        plain = make_url(url).set(drivername="sqlite")
        one = {"connect_args": _CONNECT, "pool_size": 1, "max_overflow": 0, "poolclass": QueuePool}
        self._writer, self._reader = create_engine(plain, **one), create_engine(plain, **one)
        _prepare(self._writer, "BEGIN IMMEDIATE", SQLITE_PRAGMAS)
        _prepare(self._reader, "BEGIN", (*SQLITE_PRAGMAS, "query_only=ON"))
        self._thread = ThreadPoolExecutor(1, "sqlite")

    async def write(self, work: Callable[[Connection], Found]) -> Found:
        """Run `work` in one transaction, in the writing thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._written, work)

    def _written(self, work: Callable[[Connection], Found]) -> Found:
        with self._writer.begin() as connection:
            return work(connection)

    def read(self, work: Callable[[Connection], Found]) -> Found:
        """Run `work` in one reading transaction, here and now."""
        with self._reader.begin() as connection:
            return work(connection)

    async def close(self) -> None:
        """Close both."""
        self._reader.dispose()
        await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.dispose)
        self._thread.shutdown()


def sessions(url: str) -> tuple[AsyncEngine, AsyncEngine]:
    """The engines for sessions on an SQLite file: one that writes, one that reads."""
    writer = create_async_engine(url, connect_args=_CONNECT, pool_size=1, max_overflow=0, pool_timeout=30)
    reader = create_async_engine(url, connect_args=_CONNECT, pool_size=4, max_overflow=4, pool_timeout=30)
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
