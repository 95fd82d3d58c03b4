"""What is there stays or is replaced, as asked, and one holder of a key writes at a time, on both databases."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import ClassVar

import pytest
from sqlalchemy import MetaData, update
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel, select

from services.kit.db import Database
from services.kit.statements import CHUNK, chunks, hold, insert_new, inserted, put, run


class Base(SQLModel, registry=registry()):
    metadata: ClassVar[MetaData]


class Thing(Base, table=True):
    __tablename__ = "named_things"

    name: str = Field(primary_key=True)
    count: int


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    async with database.connection() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield database
    await database.close()


async def things(database: Database) -> dict[str, int]:
    async with database.read() as session:
        return {row.name: row.count for row in await session.exec(select(Thing))}


async def test_new_rows_are_added_and_old_ones_stay(database: Database) -> None:
    async with database.write() as session:
        await insert_new(session, Thing, [{"name": "a", "count": 1}])
        await insert_new(session, Thing, [{"name": "a", "count": 2}, {"name": "b", "count": 2}])
        await insert_new(session, Thing, [])
    assert await things(database) == {"a": 1, "b": 2}


async def test_a_row_says_whether_it_was_there(database: Database) -> None:
    async with database.write() as session:
        said = [await inserted(session, Thing, {"name": "a", "count": number}) for number in (1, 2)]
    assert said == [True, False]
    assert await things(database) == {"a": 1}


async def test_put_rows_replace_those_with_their_key(database: Database) -> None:
    async with database.write() as session:
        await put(session, Thing, [{"name": "a", "count": 1}], key="name")
        await put(session, Thing, [{"name": "a", "count": 2}, {"name": "b", "count": 3}], key="name")
        await put(session, Thing, [], key="name")
    assert await things(database) == {"a": 2, "b": 3}


async def test_who_holds_a_key_is_alone_until_the_commit(database: Database) -> None:
    async with database.write() as session:
        await insert_new(session, Thing, [{"name": "a", "count": 0}])

    async def add() -> None:
        async with database.write() as session:
            await hold(session, 7)
            found = (await session.exec(select(Thing.count).where(Thing.name == "a"))).one()
            await asyncio.sleep(0)
            await run(session, update(Thing).values(count=found + 1))

    await asyncio.gather(*(add() for _ in range(40)))
    assert await things(database) == {"a": 40}


@pytest.mark.parametrize("length", [0, 1, CHUNK, CHUNK + 1])
def test_chunks_hold_every_value_once_and_none_is_too_long(length: int) -> None:
    values: Sequence[str] = [str(number) for number in range(length)]
    parts = chunks(values)
    assert [value for part in parts for value in part] == values
    assert all(0 < len(part) <= CHUNK for part in parts)
