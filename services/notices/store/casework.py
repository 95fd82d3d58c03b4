"""One unit of work over the cases of some entries: what was known before it, and what is stored after it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlmodel import SQLModel

from services.kit import cursor
from services.kit.db import Unit
from services.kit.statements import add_new
from services.notices.letters import Kind
from services.notices.store.fates import Fate
from services.notices.tables import CounterRow, DeliveryRow, FileRow, LetterRow, ReaderRow, ServiceRow

Row: TypeAlias = dict[str, Any]
"""Columns and values of a row to be added. Plain: an object per row would double what a letter costs."""

_TABLES = SQLModel.metadata.tables
_COUNTERS, _DELIVERIES = _TABLES[f"{CounterRow.__tablename__}"], _TABLES[f"{DeliveryRow.__tablename__}"]
_FILES, _LETTERS = _TABLES[f"{FileRow.__tablename__}"], _TABLES[f"{LetterRow.__tablename__}"]
_READERS, _SERVICES = _TABLES[f"{ReaderRow.__tablename__}"], _TABLES[f"{ServiceRow.__tablename__}"]

_TAKE_DOWN = (
    update(_LETTERS)
    .where(_LETTERS.c.case_id == bindparam("of_case"), _LETTERS.c.kind == Kind.PUBLIC.value)
    .where(_LETTERS.c.sequence < bindparam("before"), _LETTERS.c.off_show_at.is_(None))
    .values(off_show_at=bindparam("since"))
)


class OffShow(NamedTuple):
    """The case's public notices of events before this one are no longer shown. Said again, it changes nothing."""

    of_case: str
    before: int
    since: datetime


@dataclass
class Casework:
    """What is known of the cases, and the rows that their entries add. Nothing is stored before `save`."""

    known: Mapping[str, Row]
    """The sealed file of each case that has one."""
    letters: set[str]
    """Ids of the letters that the cases have: what was issued is never issued again."""
    counters: dict[str, int]
    files: dict[str, Row] = field(default_factory=dict)
    """The sealed file of each case that was brought on."""
    written: list[Row] = field(default_factory=list)
    readers: list[Row] = field(default_factory=list)
    deliveries: list[Row] = field(default_factory=list)
    services: list[Row] = field(default_factory=list)
    """Proofs of service that stand on the record."""
    known_fates: list[str] = field(default_factory=list)
    """Letters of which their case says itself that they were served: it need not be told."""
    off_show: list[OffShow] = field(default_factory=list)
    given_out: frozenset[str] = frozenset()
    """Names under which numbers were given out before."""


def load(unit: Unit, cases: Collection[str]) -> Casework:
    """What is known of these cases. Whoever follows holds the place, so nobody else gives out a number."""
    files = unit.execute(select(_FILES).where(_FILES.c.case_id.in_(cases))).all()
    letters = unit.execute(select(_LETTERS.c.letter_id).where(_LETTERS.c.case_id.in_(cases))).scalars()
    counters = {row.name: row.last for row in unit.execute(select(_COUNTERS))}
    return Casework(
        known={row.case_id: row.sealed for row in files},
        letters=set(letters),
        counters=counters,
        given_out=frozenset(counters),
    )


def save(unit: Unit, work: Casework) -> None:
    """Store everything. A letter that was issued before breaks a constraint."""
    for table, rows in ((_LETTERS, work.written), (_READERS, work.readers), (_DELIVERIES, work.deliveries)):
        if rows:
            unit.execute(insert(table), rows)
    files = [Row(case_id=case_id, sealed=sealed) for case_id, sealed in work.files.items()]
    _put(unit, _FILES, "case_id", files, work.known)
    counters = [Row(name=name, last=last) for name, last in work.counters.items()]
    _put(unit, _COUNTERS, "name", counters, work.given_out)
    add_new(unit, _SERVICES, work.services)
    if work.known_fates:
        known = _DELIVERIES.c.letter_id.in_(work.known_fates)
        unit.execute(update(_DELIVERIES).where(known, _DELIVERIES.c.told != "").values(told=Fate.DELIVERED))
    if work.off_show:
        unit.execute(_TAKE_DOWN, [one._asdict() for one in work.off_show])


def forget(unit: Unit) -> None:
    """Stand before the first entry again, without the files. Letters and their numbers stay."""
    cursor.hold(unit)
    unit.execute(delete(_FILES))
    for case in cursor.stuck(unit):
        cursor.free(unit, case.case_id)
    cursor.move(unit, cursor.START)


def _put(unit: Unit, table: Table, key: str, rows: Sequence[Row], there: Collection[str]) -> None:
    """Add the rows, and change those that are there."""
    fresh = [row for row in rows if row[key] not in there]
    changed = [{"of": row[key], **row} for row in rows if row[key] in there]
    if fresh:
        unit.execute(insert(table), fresh)
    if changed:
        unit.execute(update(table).where(table.c[key] == bindparam("of")), changed)
