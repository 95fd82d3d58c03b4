"""What is there stays or is replaced, as asked, on both databases."""

from collections.abc import AsyncIterator, Sequence
from typing import ClassVar

import pytest
from sqlalchemy import MetaData, bindparam, literal
from sqlalchemy import select as columns_of
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel, select

from services.kit.db import Database, Unit
from services.kit.statements import (
    CHUNK,
    Prepared,
    add,
    add_new,
    change_rows,
    chunks,
    insert_new,
    inserted,
    put,
)


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


async def test_rows_are_changed_by_their_key_on_a_bare_connection(database: Database) -> None:
    table = Base.metadata.tables["named_things"]

    def work(unit: Unit) -> None:
        add(unit, table, [{"name": name, "count": 1} for name in "abc"])
        change_rows(unit, table, "name", [{"name": "a", "count": 2}, {"name": "c", "count": 3}])
        change_rows(unit, table, "count", [{"count": 1, "name": "d"}])
        add(unit, table, [])
        change_rows(unit, table, "name", [])

    await database.unit(work)
    assert await things(database) == {"a": 2, "c": 3, "d": 1}


async def test_a_prepared_read_finds_what_it_is_asked_for_each_time(database: Database) -> None:
    table = Base.metadata.tables["named_things"]
    await database.unit(
        lambda unit: add(unit, table, [{"name": n, "count": c} for c, n in enumerate("abcd")])
    )
    prepared = Prepared(
        columns_of(table.c.name, literal("said"), table.c.count)
        .where(table.c.name.in_(["a", "b", "c"]), table.c.count >= bindparam("least"))
        .where((table.c.name != bindparam("not")) | (table.c.name == bindparam("least_name")))
        .order_by(table.c.name)
    )

    async def found(least: int, other: str) -> list[tuple[object, ...]]:
        given: dict[str, int | str] = {"least": least, "not": other, "least_name": "z"}
        return await database.look(lambda unit: [tuple(row) for row in prepared.run(unit, **given)])

    assert await found(0, "b") == [("a", "said", 0), ("c", "said", 2)]
    assert await found(1, "c") == [("b", "said", 1)]
    assert await found(3, "x") == []


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
