"""What the record asks its tables for every batch of steps, in each database's own words: beneath the ORM."""

import json
from collections.abc import Sequence
from typing import Any

from contracts.base import NO_DIGEST
from contracts.envelope import Envelope
from services.kit.db import Unit
from services.registry import owed
from services.registry.intake import Head, Known, Tip, Used
from services.registry.steps import Submission

LOCK = 0x71785F7265636F72
"""Key of the advisory lock under which indexes are given out on PostgreSQL; SQLite has one writer anyway."""

HEAD = "SELECT entry_index, entry_hash FROM entries ORDER BY entry_index DESC LIMIT 1"

TIPS = {
    "sqlite": (
        "SELECT e.case_id, e.sequence, e.digest FROM json_each(?) c CROSS JOIN entries e ON e.case_id = c.value "
        "AND e.sequence = (SELECT max(sequence) FROM entries WHERE case_id = c.value)"
    ),
    "postgresql": (
        "SELECT e.case_id, e.sequence, e.digest FROM unnest($1::text[]) AS wanted (case_id) CROSS JOIN LATERAL "
        "(SELECT * FROM entries WHERE case_id = wanted.case_id ORDER BY sequence DESC LIMIT 1) e"
    ),
}
USED = {
    "sqlite": (
        "SELECT s.command_id, s.case_id, s.first, s.until, e.entry_index, e.digest "
        "FROM json_each(?) c CROSS JOIN steps s ON s.command_id = c.value "
        "CROSS JOIN entries e ON e.case_id = s.case_id AND e.sequence = s.until"
    ),
    "postgresql": (
        "SELECT s.command_id, s.case_id, s.first, s.until, e.entry_index, e.digest "
        "FROM unnest($1::text[]) AS wanted (command_id) JOIN steps s USING (command_id) "
        "JOIN entries e ON e.case_id = s.case_id AND e.sequence = s.until"
    ),
}
# A case numbers its errands from 1 without a gap. One is asked for at a time: few steps answer to any.
OWED = {
    "sqlite": "SELECT body FROM entries WHERE case_id = ? AND type = 'errand-owed' ORDER BY sequence LIMIT 1 OFFSET ?",
    "postgresql": (
        "SELECT body FROM entries WHERE case_id = $1 AND type = 'errand-owed' ORDER BY sequence LIMIT 1 OFFSET $2"
    ),
}


def known(unit: Unit, submissions: Sequence[Submission]) -> Known:
    """What decides about these steps, nobody else adding until the unit ends."""
    dialect = unit.dialect.name
    if dialect == "postgresql":
        unit.exec_driver_sql("SELECT pg_advisory_xact_lock($1)", (LOCK,))
    cases = _list(dialect, {one.first.case_id for one in submissions})
    commands = _list(dialect, {one.first.command_id for one in submissions})
    answered = {errand for one in submissions if (errand := owed.answered(one.first.claim)) is not None}
    return Known(
        head(unit),
        {row[0]: Tip(row[1], row[2]) for row in unit.exec_driver_sql(TIPS[dialect], cases)},
        {row[0]: Used(*row[1:]) for row in unit.exec_driver_sql(USED[dialect], commands)},
        dict(found for errand in answered if (found := _owed(unit, errand)) is not None),
    )


def _owed(unit: Unit, errand: owed.Errand) -> tuple[owed.Errand, owed.Promised] | None:
    body = unit.exec_driver_sql(OWED[unit.dialect.name], (errand.case_id, errand.number - 1)).scalar()
    found = None if body is None else owed.owed(Envelope.model_validate_json(body))
    return found if found is not None and found[0] == errand else None


def head(unit: Unit) -> Head:
    """Where the record stands."""
    last = unit.exec_driver_sql(HEAD).first()
    return Head(0, NO_DIGEST) if last is None else Head(last[0] + 1, last[1])


def _list(dialect: str, values: set[str]) -> tuple[Any]:
    return (json.dumps(list(values)) if dialect == "sqlite" else list(values),)
