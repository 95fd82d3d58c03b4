"""Statements that both databases know, but that they or the library spell apart; for stores only."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    CursorResult,
    Executable,
    Select,
    Table,
    bindparam,
    insert,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel.ext.asyncio.session import AsyncSession

from services.kit.db import Unit

CHUNK = 400
"""Values in one IN list: SQLite takes a bounded number of parameters."""


class Prepared:
    """A read in the database's own words, made once: for what runs at every act, where making it costs as much.

    Its values and what it finds pass as the driver has them: texts and numbers only.
    """

    def __init__(self, statement: Select[Any] | CompoundSelect[Any]) -> None:
        self._statement = statement
        self._words: dict[str, tuple[str, list[str], Mapping[str, Any]]] = {}

    def run(self, unit: Unit, **given: str | int) -> CursorResult[*tuple[Any, ...]]:
        """Execute it with values for its named parameters."""
        dialect = unit.dialect
        if dialect.name not in self._words:
            made = self._statement.compile(dialect=dialect).construct_expanded_state(given)
            self._words[dialect.name] = (made.statement, list(made.positiontup or ()), made.parameters)
        words, names, fixed = self._words[dialect.name]
        return unit.exec_driver_sql(words, tuple(given.get(name, fixed[name]) for name in names))


async def run(
    session: AsyncSession,
    statement: Executable,
    values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
) -> CursorResult[Any]:
    """Execute in the session's transaction, beneath the ORM: no object of ours is tracked where rows are written.

    With a sequence of values the statement runs once for each.
    """
    return await (await session.connection()).execute(statement, values)


def add(unit: Unit, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, on a bare connection; all of them name the same columns."""
    if rows:
        unit.execute(_adding(table), rows)


def add_new(unit: Unit, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """`insert_new`, on a bare connection."""
    if rows:
        unit.execute(_adding_new(unit.dialect.name, table), rows)


def change_rows(unit: Unit, table: Table, key: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Bring the rows with these values in the column `key` to the other values; all of them name the same columns."""
    if rows:
        others = tuple(name for name in rows[0] if name != key)
        given = [{_GIVEN + name: value for name, value in row.items()} for row in rows]
        unit.execute(_changing(table, key, others), given)


_GIVEN = "given_"
"""Before the name of a column in a statement: a change may not name its values as the columns are named."""


# Statements are kept: making one, and its key in the library's cache, costs as much as running it.
@lru_cache
def _adding(table: Table) -> Any:
    return insert(table)


@lru_cache
def _adding_new(dialect: str, table: Table) -> Any:
    return _insert_into(dialect, table).on_conflict_do_nothing()


@lru_cache(maxsize=1_000)
def _changing(table: Table, key: str, names: tuple[str, ...]) -> Any:
    values: dict[str, Any] = {name: bindparam(_GIVEN + name) for name in names}
    return update(table).where(table.c[key] == bindparam(_GIVEN + key)).values(values)


async def insert_new(session: AsyncSession, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows that no unique constraint refuses; one that is there already stays as it is."""
    if rows:
        await run(session, _insert(session, table).on_conflict_do_nothing(), rows)


async def inserted(session: AsyncSession, table: Any, row: dict[str, Any]) -> bool:
    """Insert the row and say so; False when a unique constraint has it there already."""
    first = next(iter(row))
    statement = (
        _insert(session, table).values(row).on_conflict_do_nothing().returning(table.__table__.c[first])
    )
    return (await run(session, statement)).first() is not None


async def put(session: AsyncSession, table: Any, rows: Sequence[dict[str, Any]], key: str) -> None:
    """Insert the rows, or bring those with the same `key` to the given values."""
    if rows:
        statement = _insert(session, table)
        values = {name: statement.excluded[name] for name in rows[0] if name != key}
        updating = statement.on_conflict_do_update(index_elements=[key], set_=values)
        await run(session, updating, rows)


def chunks(values: Sequence[str]) -> list[Sequence[str]]:
    """The values in pieces that one statement takes."""
    return [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]


def _insert(session: AsyncSession, table: Any) -> Any:
    return _insert_into(session.get_bind().dialect.name, table.__table__)


def _insert_into(dialect: str, table: Table) -> Any:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
