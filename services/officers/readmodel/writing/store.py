"""Bring a group of entries into the tables on one bare connection: new rows at once, then what changed in old ones."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, select

from contracts.envelope import Envelope
from services.kit import cursor
from services.kit.db import Unit
from services.kit.statements import add, add_new, change_rows, chunks
from services.officers.readmodel.tables import AnswerRow, BatchRow, CaseRow, ConflictRow, EventRow, TaskRow
from services.officers.readmodel.writing.projection.change import Change, Target

_TABLES: Mapping[Target, tuple[Table, str]] = {
    Target.BATCH: (BatchRow.metadata.tables["batches"], "batch_id"),
    Target.CASE: (CaseRow.metadata.tables["cases"], "case_id"),
    Target.TASK: (TaskRow.metadata.tables["tasks"], "task_id"),
    Target.CONFLICT: (ConflictRow.metadata.tables["conflicts"], "conflict_id"),
}

_CASES = CaseRow.metadata.tables["cases"]
_EVENTS = EventRow.metadata.tables["events"]
_ANSWERS = AnswerRow.metadata.tables["answers"]

Place = tuple[Target, str]


def apply(unit: Unit, envelopes: Sequence[Envelope], made: Iterable[Change]) -> None:
    """Store events and what they change. The caller has seen that they are next for their cases."""
    add(unit, _EVENTS, [_event(envelope) for envelope in envelopes])
    change(unit, made)


def answered(unit: Unit, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep answers; one that is kept already stays."""
    add_new(unit, _ANSWERS, rows)


def forget(unit: Unit) -> None:
    """Empty every table of the read model, and stand before the first entry again."""
    cursor.hold(unit)
    for table in (_EVENTS, _ANSWERS, *(table for table, _ in _TABLES.values())):
        unit.execute(delete(table))
    for case in cursor.stuck(unit):
        cursor.free(unit, case.case_id)
    cursor.move(unit, cursor.START)


def change(unit: Unit, made: Iterable[Change]) -> None:
    """Bring changes into batches, cases, tasks and conflicts: new rows together, then each changed row once."""
    fresh: dict[Place, dict[str, Any]] = {}
    changed: dict[Place, dict[str, Any]] = {}
    facts: dict[str, dict[str, Any]] = {}
    for one in made:
        place = (one.target, one.key)
        if one.new:
            fresh[place] = {}
        # What changes in this group for one row is written once.
        (fresh if place in fresh else changed).setdefault(place, {}).update(one.values)
        if one.facts:
            facts.setdefault(one.key, {}).update(one.facts)
    _gather_facts(unit, fresh, changed, facts)
    for target, (table, name) in _TABLES.items():
        for rows in _alike(target, name, fresh):
            add(unit, table, rows)
        for rows in _alike(target, name, changed):
            change_rows(unit, table, name, rows)


def _gather_facts(
    unit: Unit,
    fresh: Mapping[Place, dict[str, Any]],
    changed: Mapping[Place, dict[str, Any]],
    facts: Mapping[str, dict[str, Any]],
) -> None:
    """Give every case that begins or says something new the whole of its facts."""
    for (target, key), values in fresh.items():
        if target is Target.CASE:
            values["facts"] = facts.get(key, {})
    older = [case_id for case_id in facts if (Target.CASE, case_id) not in fresh]
    for part in chunks(older):
        wanted = select(_CASES.c.case_id, _CASES.c.facts).where(_CASES.c.case_id.in_(part))
        for case_id, said in unit.execute(wanted):
            changed[(Target.CASE, case_id)]["facts"] = {**said, **facts[case_id]}


def _alike(
    target: Target, name: str, rows: Mapping[Place, Mapping[str, Any]]
) -> Iterable[list[dict[str, Any]]]:
    """The rows of a table, those with the same columns together: one statement takes only such."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for (kind, key), values in rows.items():
        if kind is target and values:
            groups.setdefault(tuple(sorted(values)), []).append({name: key, **values})
    return groups.values()


def _event(envelope: Envelope) -> dict[str, Any]:
    return {
        "case_id": envelope.case_id,
        "sequence": envelope.sequence,
        "event_id": envelope.id,
        "type": envelope.type,
        "version": envelope.version,
        "at": envelope.at,
        "role": envelope.actor.role,
        "person_id": envelope.actor.person_id,
        "account_id": envelope.actor.account_id,
        "policy": envelope.policy,
        "payload": envelope.payload,
        "sealed": None if envelope.sealed is None else envelope.sealed.model_dump(),
    }
