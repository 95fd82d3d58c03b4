"""Which tasks are late for nobody, because their clock stands: a rule of `workflows.procedure.clock` as a condition."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, and_, func, not_, or_, type_coerce
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar as Select

from contracts.events.case import CaseEnded, CaseHeld, CaseResumed
from contracts.vocabulary import CaseState, TaskState
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.disclosure import hidden_causes
from services.officers.readmodel.reading.timing import Span
from services.officers.readmodel.tables import CaseRow, EventRow, TaskRow

ENDS_A_HOLD = ("resume", "resume-sign")
"""Kinds of task that end a hold, and run meanwhile."""


@dataclass(frozen=True)
class Holds:
    """What a hold stops as far as a reader may know of it: every stage but those that go on meanwhile.

    One for a `hidden` cause is none to whoever may not know it, unless the case is shown as held (domain §8.8.7).
    """

    go_on: frozenset[str]
    hidden: frozenset[str] = frozenset()

    @classmethod
    def known_to(cls, scope: Scope) -> "Holds":
        """As this caller may know of them."""
        return cls(scope.while_held, hidden_causes(scope))

    def cases(self) -> Select[str]:
        """The cases that are held."""
        cause = col(CaseRow.held_cause)
        told = or_(cause.not_in(sorted(self.hidden)), col(CaseRow.state) == CaseState.HELD)
        return select(CaseRow.case_id).where(cause.is_not(None), told)


def clock_stands(holds: Holds) -> ColumnElement[bool]:
    """Whether the clock of the task at hand stands: its letter was not served, or its case is held.

    What was asked before a hold stands, and what is asked in it at every stage but those that go on. Of several holds
    the first counts since when: what is asked between them at such a stage runs.
    """
    since = (
        select(func.min(EventRow.at))
        .where(col(EventRow.case_id) == col(TaskRow.case_id), col(EventRow.type) == CaseHeld.type)
        .where(col(EventRow.sequence) > _freed())
        .correlate(TaskRow)
        .scalar_subquery()
    )
    stopped = or_(col(TaskRow.stage).not_in(sorted(holds.go_on)), col(TaskRow.opened) <= since)
    waits = and_(col(TaskRow.case_id).in_(holds.cases()), col(TaskRow.kind).not_in(ENDS_A_HOLD), stopped)
    return or_(col(TaskRow.unserved), waits)


def within(span: Span, holds: Holds) -> ColumnElement[bool]:
    """Whether the task at hand is open and its deadline lies in the span: shown there, and with its clock running."""
    key, stands = col(TaskRow.due_key), clock_stands(holds)
    in_it = or_(key > span.after, stands) if span.standing else and_(key > span.after, not_(stands))
    return and_(col(TaskRow.state) == TaskState.OPEN, key <= span.until, in_it)


def _freed() -> ColumnElement[int]:
    """The place in its case's record where the last of the holds before this one ended: 0 where none did."""
    event = aliased(EventRow)
    none_left = type_coerce(col(event.payload), Text).like('%"standing":[]%')
    last_ended = and_(col(event.type) == CaseResumed.type, none_left)
    freed = (
        select(func.max(event.sequence))
        .where(col(event.case_id) == col(TaskRow.case_id))
        .where(or_(col(event.type) == CaseEnded.type, last_ended))
        .correlate(TaskRow)
        .scalar_subquery()
    )
    return func.coalesce(freed, 0)
