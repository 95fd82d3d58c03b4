"""How far a service has followed the record, and which cases wait: kept beside the effects, in their transaction (D4).

The two tables belong to whoever follows; its first migration makes them, and dropping them with the rest means starting
from the first entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from contracts.base import NO_DIGEST, Digest
from services.kit.db import Unit

TABLES = MetaData()
_FOLLOWED = Table(
    "followed",
    TABLES,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("entry_index", BigInteger, nullable=False),
    Column("entry_hash", Text, nullable=False),
    CheckConstraint("one = 1", name="followed_one"),
)
_STUCK = Table(
    "stuck",
    TABLES,
    Column("case_id", Text, primary_key=True),
    Column("entry_index", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
)
# Each is made once: making a statement and its key in the library's cache costs as much as running it.
_PLACE = select(_FOLLOWED.c.entry_index, _FOLLOWED.c.entry_hash)
_HOLD = _PLACE.with_for_update()
_MOVE = update(_FOLLOWED).values(entry_index=bindparam("to_index"), entry_hash=bindparam("to_hash"))
_WAITING = select(_STUCK.c.case_id).where(_STUCK.c.case_id.in_(bindparam("cases", expanding=True)))
RIGHTS = {"followed": "SELECT, UPDATE", "stuck": "SELECT, INSERT, UPDATE, DELETE"}
"""All that the follower's own role needs on them."""


@dataclass(frozen=True, slots=True)
class Place:
    """The last entry that was applied: its index, and the hash that covers everything up to it."""

    index: int
    entry_hash: Digest


START = Place(-1, NO_DIGEST)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A case that waits: from which entry on, and the kind of error that it met there."""

    case_id: str
    index: int
    why: str


def create(unit: Unit) -> None:
    """Make both tables, standing before the first entry; for a migration."""
    TABLES.create_all(unit)
    unit.execute(insert(_FOLLOWED).values(one=1, entry_index=START.index, entry_hash=START.entry_hash))


def place(unit: Unit) -> Place:
    """How far it is."""
    return Place(*unit.execute(_PLACE).one())


def hold(unit: Unit) -> Place:
    """Like `place`, and nobody else moves it until the unit's end."""
    return Place(*unit.execute(_HOLD).one())


def move(unit: Unit, to: Place) -> None:
    """Everything up to there is applied, or its case is stuck."""
    unit.execute(_MOVE, {"to_index": to.index, "to_hash": to.entry_hash})


def stuck(unit: Unit) -> list[Stuck]:
    """The cases that wait, the longest first."""
    return [Stuck(*row) for row in unit.execute(select(_STUCK).order_by(_STUCK.c.entry_index))]


def waiting(unit: Unit, cases: Iterable[str]) -> set[str]:
    """Which of these cases wait."""
    return set(unit.execute(_WAITING, {"cases": list(set(cases))}).scalars())


def stick(unit: Unit, case: Stuck) -> None:
    """The case waits from this entry on."""
    free(unit, case.case_id)
    unit.execute(insert(_STUCK).values(case_id=case.case_id, entry_index=case.index, why=case.why))


def free(unit: Unit, case_id: str) -> None:
    """The case has caught up."""
    unit.execute(delete(_STUCK).where(_STUCK.c.case_id == case_id))
