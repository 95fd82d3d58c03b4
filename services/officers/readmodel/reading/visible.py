"""The one filter over what may be seen, as conditions that every list, detail and count carries (D12)."""

from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Text, and_, case, false, literal, or_, true, type_coerce
from sqlmodel import col, select

from contracts.vocabulary import CaseState, Stage
from services.officers.identity.grants import DEPARTMENT_ROLES
from services.officers.identity.scope import EVERYWHERE, Act, Scope
from services.officers.readmodel.tables import BatchRow, CaseRow, ConflictRow, TaskRow

NOMINATOR, NOMINEE = "NOMINATOR", "NOMINEE"
REMEMBERED = 5_000
"""Conditions kept: they are the same for every request of a caller, and building one costs like asking it."""

WHILE_HELD = (Stage.HOLD.value, Stage.CONSULTATION.value, Stage.RULING.value)
"""Stages whose tasks go on while a case is on hold."""


@lru_cache(maxsize=REMEMBERED)
def cases_in(scope: Scope) -> ColumnElement[bool]:
    """The cases that the scope shows."""
    ways: list[ColumnElement[bool]] = [_team(scope)]
    for unit, district in sorted(scope.nominating):
        ways.append(and_(col(CaseRow.nominating_unit) == unit, col(CaseRow.district) == district))
    if scope.nominee is not None:
        ways.append(col(CaseRow.person_id) == scope.nominee)
    if scope.departments:
        asked = select(TaskRow.case_id).where(_of_departments(scope))
        ways.append(col(CaseRow.case_id).in_(asked))
    return or_(false(), *ways)


@lru_cache(maxsize=REMEMBERED)
def tasks_in(scope: Scope) -> ColumnElement[bool]:
    """The tasks that the scope shows: those of the case team's districts, of one's unit, of oneself."""
    ways: list[ColumnElement[bool]] = []
    if scope.districts != frozenset():
        own = select(CaseRow.case_id).where(CaseRow.person_id == scope.person)
        ways.append(and_(_places(scope, col(TaskRow.district)), col(TaskRow.case_id).not_in(own)))
    if scope.departments:
        ways.append(_of_departments(scope))
    for unit, district in sorted(scope.nominating):
        ways.append(_of_nominator(unit, district))
    if scope.nominee is not None:
        ways.append(_of_nominee(scope.nominee))
    return or_(false(), *ways)


@lru_cache(maxsize=REMEMBERED)
def actable(act: Act, person_id: str) -> ColumnElement[bool]:
    """Open tasks that this right to act covers, that nobody else claimed, on cases that may go on."""
    if act.role == NOMINEE:
        covered = _of_nominee(person_id)
    elif act.role == NOMINATOR:
        covered = _of_nominator(act.unit, act.district)
    else:
        parts = [col(TaskRow.role) == act.role]
        if act.unit:
            parts.append(col(TaskRow.unit) == act.unit)
        if act.district != EVERYWHERE:
            parts.append(col(TaskRow.district) == act.district)
        own = select(CaseRow.case_id).where(CaseRow.person_id == person_id)
        covered = and_(*parts, col(TaskRow.case_id).not_in(own))
    declared = (
        select(literal(1))
        .where(ConflictRow.case_id == TaskRow.case_id, ConflictRow.person_id == person_id)
        .exists()
    )
    held = select(literal(1)).where(CaseRow.case_id == TaskRow.case_id, col(CaseRow.held_cause).is_not(None))
    return and_(
        col(TaskRow.state) == "open",
        covered,
        or_(col(TaskRow.claimed_by).is_(None), col(TaskRow.claimed_by) == person_id),
        ~declared,
        or_(col(TaskRow.stage).in_(WHILE_HELD), ~held.exists()),
    )


def batches_in(scope: Scope) -> ColumnElement[bool]:
    """The batches that run in one of the caller's districts, or in which the scope shows a case."""
    if scope.districts is None:
        return true()
    text = type_coerce(col(BatchRow.districts), Text)
    places = scope.districts | {district for _, district in scope.nominating | scope.departments}
    ways = [text.contains(f'"{place}"', autoescape=True) for place in sorted(places)]
    if scope.nominee is not None:
        own = select(CaseRow.batch_id).where(CaseRow.person_id == scope.nominee)
        ways.append(col(BatchRow.batch_id).in_(own))
    return or_(false(), *ways)


def shown_state(scope: Scope) -> ColumnElement[str]:
    """The state as this caller sees it: that a report is being checked is the case team's to know.

    Whoever a report is about must not learn of it, and a filter would tell as much as a value.
    """
    return _shown(scope, col(CaseRow.state), CaseState.CHECKING_REPORT.value, CaseState.ON_NOTICE.value)


def shown_stage(scope: Scope) -> ColumnElement[str]:
    """The stage as this caller sees it, masked like the state."""
    return _shown(scope, col(CaseRow.stage), Stage.REPORT_CHECK.value, Stage.NOTICE.value)


def _shown(scope: Scope, column: Any, hidden: str, instead: str) -> ColumnElement[str]:
    if not (scope.departments or scope.nominating or scope.nominee):
        # Every row that this caller sees is of a case team of theirs: the bare column can use its index.
        return cast(ColumnElement[str], column)
    masked = case((column == hidden, instead), else_=column)
    return case((_team(scope), column), else_=masked)


def _team(scope: Scope) -> ColumnElement[bool]:
    return and_(_places(scope, col(CaseRow.district)), col(CaseRow.person_id) != scope.person)


def _places(scope: Scope, district: Any) -> ColumnElement[bool]:
    if scope.districts is None:
        return true()
    return cast(ColumnElement[bool], district.in_(sorted(scope.districts))) if scope.districts else false()


def _of_departments(scope: Scope) -> ColumnElement[bool]:
    pairs = [
        and_(col(TaskRow.unit) == unit, col(TaskRow.district) == district)
        for unit, district in sorted(scope.departments)
    ]
    return and_(col(TaskRow.role).in_(sorted(DEPARTMENT_ROLES)), or_(*pairs))


def _of_nominator(unit: str, district: str) -> ColumnElement[bool]:
    nominated = select(CaseRow.case_id).where(CaseRow.nominating_unit == unit, CaseRow.district == district)
    return and_(
        col(TaskRow.role) == NOMINATOR,
        col(TaskRow.district) == district,
        col(TaskRow.case_id).in_(nominated),
    )


def _of_nominee(person_id: str) -> ColumnElement[bool]:
    own = select(CaseRow.case_id).where(CaseRow.person_id == person_id)
    return and_(col(TaskRow.role) == NOMINEE, col(TaskRow.case_id).in_(own))
