"""Small writes of many requests in one transaction: whoever comes while one is being written shares the next."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from services.kit.db import Database, Session
from services.officers.web.problems import RefusedError

T = TypeVar("T")
MOST = 64
"""Writes in one transaction."""


@dataclass
class _Write:
    job: Callable[[Session], Awaitable[Any]]
    done: asyncio.Future[Any] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class SharedWrites:
    """Runs small independent jobs, several to a commit. Each caller hears after the commit that holds its job.

    A job may refuse (RefusedError): that is its own answer and the others' writes stand, so it must refuse
    before it writes. Any other error fails the whole transaction, for everybody in it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Write] = []
        self._writing: asyncio.Task[None] | None = None

    async def run(self, job: Callable[[Session], Awaitable[T]]) -> T:
        """The job's result, once it is committed."""
        write = _Write(job)
        self._waiting.append(write)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        result: T = await asyncio.shield(write.done)
        return result

    async def _write_all(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
            try:
                results = await self._commit(together)
            except BaseException as error:
                for write in together:
                    _end(write.done, error)
                if not isinstance(error, Exception):
                    raise
            else:
                for write, result in zip(together, results, strict=True):
                    _end(write.done, result)

    async def _commit(self, together: list[_Write]) -> list[Any]:
        results: list[Any] = []
        async with self._database.write() as session:
            for write in together:
                try:
                    results.append(await write.job(session))
                except RefusedError as refusal:
                    results.append(refusal)
        return results


def _end(done: asyncio.Future[Any], result: Any) -> None:
    if done.done():
        return
    if isinstance(result, BaseException):
        done.set_exception(result)
        # Whoever asked may have gone; an error that nobody fetches is not one of the loop's.
        done.exception()
    else:
        done.set_result(result)
