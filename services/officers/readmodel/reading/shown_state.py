"""The state of a case as its reader may know it: what is told to few stands in no state that others see (T4).

A filter would tell as much as a value, so both ask this.
"""

from typing import cast

from sqlalchemy import ColumnElement, and_, case, literal
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from contracts.secret import CONFIRM_A_PAUSE
from contracts.vocabulary import CaseState, TaskState
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.disclosure import KNOWS_PAUSES, KNOWS_REPORTS
from services.officers.readmodel.reading.visible import of_team
from services.officers.readmodel.tables import CaseRow, TaskRow

WAITING = (CaseState.ON_NOTICE.value, CaseState.READY.value)
"""States in which a case that shows nothing else waits for the check of a report."""


def shown_state(scope: Scope) -> ColumnElement[str]:
    """The state that this caller sees: that a report is being checked, or that two people confirm an investigation,
    is told to the roles that may know.
    """
    state = col(CaseRow.state)
    told: list[tuple[ColumnElement[bool], str]] = []
    if scope.roles & KNOWS_PAUSES:
        confirmed = and_(_confirming(), state != CaseState.HELD.value, of_team(scope))
        told.append((confirmed, CaseState.RULING.value))
    if scope.roles & KNOWS_REPORTS:
        checked = and_(col(CaseRow.checking), state.in_(WAITING), of_team(scope))
        told.append((checked, CaseState.CHECKING_REPORT.value))
    # The bare column can use its index.
    return case(*told, else_=state) if told else cast(ColumnElement[str], state)


def _confirming() -> ColumnElement[bool]:
    asked = aliased(TaskRow)
    waiting = select(literal(1)).where(
        col(asked.case_id) == col(CaseRow.case_id),
        col(asked.kind).in_(CONFIRM_A_PAUSE),
        col(asked.state) == TaskState.OPEN.value,
    )
    return waiting.correlate(CaseRow).exists()
