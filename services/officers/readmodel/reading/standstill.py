"""Which tasks are late for nobody, because their clock stands: a rule of `workflows.procedure.clock` as a condition."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from contracts.events.case import CaseHeld
from services.officers.readmodel.tables import CaseRow, EventRow, TaskRow

ENDS_A_HOLD = ("resume", "resume-sign")
"""Kinds of task that end a hold, and run meanwhile."""


def clock_stands(while_held: Collection[str]) -> ColumnElement[bool]:
    """Whether the clock of the task at hand stands: its letter was not served, or its case is held.

    What was asked before a hold stands, and what is asked in it at every stage but those that go on (`while_held`).
    """
    held = select(CaseRow.case_id).where(col(CaseRow.held_cause).is_not(None))
    since = (
        select(func.max(EventRow.at))
        .where(col(EventRow.case_id) == col(TaskRow.case_id), col(EventRow.type) == CaseHeld.type)
        .correlate(TaskRow)
        .scalar_subquery()
    )
    stopped = or_(col(TaskRow.stage).not_in(sorted(while_held)), col(TaskRow.opened) <= since)
    waits = and_(col(TaskRow.case_id).in_(held), col(TaskRow.kind).not_in(ENDS_A_HOLD), stopped)
    return or_(col(TaskRow.unserved), waits)
