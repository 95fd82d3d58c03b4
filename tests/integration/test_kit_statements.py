"""What is there stays or is replaced, as asked, on both databases."""

from collections.abc import AsyncIterator, Sequence
from typing import ClassVar

import pytest
from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel, select

from services.kit.db import Database
from services.kit.statements import CHUNK, add_new, chunks, insert_new, inserted, put


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


@pytest.mark.parametrize("length", [0, 1, CHUNK, CHUNK + 1])
def test_chunks_hold_every_value_once_and_none_is_too_long(length: int) -> None:
    values: Sequence[str] = [str(number) for number in range(length)]
    parts = chunks(values)
    assert [value for part in parts for value in part] == values
    assert all(0 < len(part) <= CHUNK for part in parts)


async def test_a_bare_connection_adds_new_rows_and_leaves_old_ones(database: Database) -> None:
    table = Thing.metadata.tables["named_things"]
    for rows in ([{"name": "a", "count": 1}], [{"name": "a", "count": 2}, {"name": "b", "count": 2}], []):
        await database.unit(lambda unit, rows=rows: add_new(unit, table, rows))
    assert await things(database) == {"a": 1, "b": 2}
