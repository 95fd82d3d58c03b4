"""The one filter over what may be seen, as conditions that every list, detail and count carries (D12)."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Text, and_, false, literal, or_, true, type_coerce, union_all
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from contracts.secret import CONFIRM_A_PAUSE, OF_A_REPORT
from contracts.vocabulary import CaseState, Stage, TaskState
from services.officers.identity.grants import DEPARTMENT_ROLES
from services.officers.identity.scope import EVERYWHERE, Act, Scope, Way
from services.officers.readmodel.reading.disclosure import (
    hidden_causes,
    knows_pauses,
    knows_reports,
)
from services.officers.readmodel.tables import BatchRow, CaseRow, ConflictRow, TaskRow

REMEMBERED = 5_000
"""Conditions kept: they are the same for every request of a caller, and building one costs like asking it."""

# Under names of their own: whoever asks may be looking at cases or tasks already. Made once, because a name costs more
# to make than all the rest of a condition.
_MERGED = aliased(CaseRow)
_GIVEN, _BESIDE = aliased(TaskRow), aliased(TaskRow)


@lru_cache(maxsize=REMEMBERED)
def cases_in(scope: Scope) -> ColumnElement[bool]:
    """The cases that the scope shows."""
    return and_(or_(false(), *ways_to_cases(scope), own_or_named(scope)), ~hangs_under_barred(scope))


@lru_cache(maxsize=REMEMBERED)
def ways_to_cases(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """One condition for each way in which many cases are shown: a list asks each by itself, along an index."""
    ways: list[ColumnElement[bool]] = []
    if scope.districts != frozenset():
        ways.append(of_team(scope))
    if scope.only:
        ways.append(col(CaseRow.kind).in_(sorted(scope.only)))
    for unit, district in sorted(scope.bringing):
        ways.append(and_(col(CaseRow.unit) == unit, col(CaseRow.district) == district))
    if scope.departments:
        asked = select(TaskRow.case_id).where(_of_departments(scope))
        ways.append(col(CaseRow.case_id).in_(asked))
    return tuple(ways)


@lru_cache(maxsize=REMEMBERED)
def own_or_named(scope: Scope) -> ColumnElement[bool]:
    """The few cases that are the caller's own, or in which a task was given to them by name."""
    ways: list[ColumnElement[bool]] = []
    if scope.own_roles:
        ways.append(_known_to_the_person(scope))
    if scope.acts:
        ways.append(col(CaseRow.case_id).in_(select(TaskRow.case_id).where(_named(scope))))
    return or_(false(), *ways)


@lru_cache(maxsize=REMEMBERED)
def tasks_in(scope: Scope) -> ColumnElement[bool]:
    """The tasks that the scope shows: those of the case team's districts, of one's unit, of oneself."""
    return or_(false(), *ways_to_tasks(scope))


@lru_cache(maxsize=REMEMBERED)
def ways_to_tasks(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """One condition for each way in which a task is shown."""
    ways: list[ColumnElement[bool]] = []
    if scope.only:
        own = select(CaseRow.case_id).where(col(CaseRow.kind).in_(sorted(scope.only)))
        ways.append(col(TaskRow.case_id).in_(own))
    if scope.districts != frozenset():
        team = and_(_places(scope, col(TaskRow.district)), col(TaskRow.case_id).not_in(_own(scope.ids)))
        ways.append(and_(team, *_not_secret(scope)))
    if scope.departments:
        ways.append(_of_departments(scope))
    bringing = sorted({act.role for act in scope.acts if act.way is Way.BROUGHT})
    for unit, district in sorted(scope.bringing):
        ways.append(_of_bringing(bringing, unit, district))
    if scope.own_roles:
        ways.append(_of_person(scope.own_roles, scope.ids))
    if scope.acts:
        ways.append(_named(scope))
    return tuple(ways)


def _not_secret(scope: Scope) -> list[ColumnElement[bool]]:
    """A report under check, or an investigation, is told by a task to nobody but whoever acts on that task."""
    found: list[ColumnElement[bool]] = []
    if not knows_reports(scope):
        found.append(col(TaskRow.stage) != Stage.REPORT_CHECK.value)
    if not knows_pauses(scope):
        found.append(or_(~col(TaskRow.kind).in_(CONFIRM_A_PAUSE), col(TaskRow.role).in_(sorted(scope.roles))))
    told = [col(TaskRow.about).startswith(cause) for cause in sorted(hidden_causes(scope))]
    # That such a task is late, or asked of the level above, tells of it as well: the item names it.
    told += [] if knows_reports(scope) else [_about_task(OF_A_REPORT)]
    told += [] if knows_pauses(scope) else [_about_task(CONFIRM_A_PAUSE)]
    return [*found, *(or_(~tells, col(TaskRow.role).in_(sorted(scope.roles))) for tells in told)]


def _about_task(kinds: Iterable[str]) -> ColumnElement[bool]:
    """Whether the task is about another of one of these kinds."""
    return or_(*(col(TaskRow.about).like(f"task:%.{kind}.%") for kind in kinds))


@lru_cache(maxsize=REMEMBERED)
def recused(scope: Scope) -> ColumnElement[bool]:
    """Whether the caller is kept from the case at hand and sees its number only: by a conflict that was declared or
    found, or by one that follows of itself. The own case is not among them: there one is the person concerned."""
    declared = select(literal(1)).where(
        ConflictRow.case_id == CaseRow.case_id,
        col(ConflictRow.person_id).in_(sorted(scope.people | scope.ids)),
        col(ConflictRow.stands),
    )
    return and_(~_about(scope.ids), or_(declared.correlate(CaseRow).exists(), *_tied(scope)))


@lru_cache(maxsize=REMEMBERED)
def barred_cases(scope: Scope) -> Any:
    """Ids of the cases from which the caller is kept, and of what hangs under them."""
    # One after the other: each part is asked along an index, which both in one condition could not be.
    hanging = select(CaseRow.case_id).where(hangs_under_barred(scope))
    return columns(union_all(_kept_from(scope), hanging).subquery().c.case_id)


@lru_cache(maxsize=REMEMBERED)
def hangs_under_barred(scope: Scope) -> ColumnElement[bool]:
    """Whether the case at hand is a request or an enquiry about a case from which the caller is kept.

    It would tell more of that case than its number, which is all that they see: to them there is no such thing.
    """
    return and_(col(CaseRow.hangs_on) != "", col(CaseRow.hangs_on).in_(_kept_from(scope)))


@lru_cache(maxsize=REMEMBERED)
def _kept_from(scope: Scope) -> Any:
    """Ids of the cases of which the caller sees the number only: asked from the few rows that say so."""
    people = sorted(scope.people | scope.ids)
    declared = select(ConflictRow.case_id).where(
        col(ConflictRow.person_id).in_(people), col(ConflictRow.stands)
    )
    ways = or_(col(CaseRow.case_id).in_(declared), *_tied(scope))
    return select(CaseRow.case_id).where(ways, ~_about(scope.ids))


def _tied(scope: Scope) -> list[ColumnElement[bool]]:
    """Conflicts that follow of themselves: the same firm, the same unit that nominated, here or in a merged case; and
    the own case of somebody in whose place the caller acts."""
    firms = type_coerce(col(CaseRow.firms), Text)
    ways = [_about(scope.principals)] if scope.principals else []
    ways += [firms.contains(f'"{firm}"', autoescape=True) for firm in sorted(scope.firms)]
    if scope.nominated_by:
        units = sorted(scope.nominated_by)
        joined = select(literal(1)).where(
            col(_MERGED.person_id) == col(CaseRow.person_id),
            col(_MERGED.parent) == col(CaseRow.parent),
            col(_MERGED.state) == CaseState.MERGED.value,
            col(_MERGED.unit).in_(units),
        )
        ways += [col(CaseRow.unit).in_(units), joined.correlate(CaseRow).exists()]
    return ways


@lru_cache(maxsize=REMEMBERED)
def actable(scope: Scope, act: Act) -> ColumnElement[bool]:
    """Open tasks that this right of the caller covers, that nobody else claimed, on cases that may go on."""
    claimants = scope.ids | ({act.deputy_for} if act.deputy_for else set())
    return and_(
        col(TaskRow.state) == "open",
        _covered(act, scope.ids),
        or_(col(TaskRow.claimed_by).is_(None), col(TaskRow.claimed_by).in_(sorted(claimants))),
        true() if act.way is Way.OWN else col(TaskRow.case_id).not_in(barred_cases(scope)),
        _goes_on(scope),
        *_not_twice(scope),
    )


@lru_cache(maxsize=REMEMBERED)
def named_to(scope: Scope) -> ColumnElement[bool]:
    """Open tasks that the level above gave to the caller, whatever roles they hold."""
    return and_(
        col(TaskRow.state) == "open",
        _named(scope),
        col(TaskRow.case_id).not_in(barred_cases(scope)),
        _goes_on(scope),
    )


def _not_twice(scope: Scope) -> list[ColumnElement[bool]]:
    """Of a paper that several sign, each alone, one's own second one is offered to nobody."""
    if not scope.side_by_side:
        return []
    signed = select(literal(1)).where(
        col(_BESIDE.case_id) == col(TaskRow.case_id),
        col(_BESIDE.kind) == col(TaskRow.kind),
        col(_BESIDE.round) == col(TaskRow.round),
        col(_BESIDE.about) == col(TaskRow.about),
        col(_BESIDE.state) == TaskState.DONE.value,
        col(_BESIDE.signed_by).in_(sorted(scope.people | scope.ids)),
    )
    return [or_(col(TaskRow.kind).not_in(sorted(scope.side_by_side)), ~signed.correlate(TaskRow).exists())]


def _named(scope: Scope) -> ColumnElement[bool]:
    return and_(col(TaskRow.claimed_by).in_(sorted(scope.ids)), col(TaskRow.named))


def _goes_on(scope: Scope) -> ColumnElement[bool]:
    # Asked once, from the few that are held: not of each task, of which there are thousands to count.
    held = select(CaseRow.case_id).where(col(CaseRow.held_cause).is_not(None))
    return or_(col(TaskRow.stage).in_(sorted(scope.while_held)), col(TaskRow.case_id).not_in(held))


def batches_in(scope: Scope) -> ColumnElement[bool]:
    """The batches that run in one of the caller's districts, or in which the scope shows a case."""
    if scope.districts is None:
        return true()
    text = type_coerce(col(BatchRow.districts), Text)
    places = scope.districts | {district for _, district in scope.bringing | scope.departments}
    ways = [text.contains(f'"{place}"', autoescape=True) for place in sorted(places)]
    if scope.own_roles:
        own = select(CaseRow.parent).where(_known_to_the_person(scope))
        ways.append(col(BatchRow.batch_id).in_(own))
    return or_(false(), *ways)


def of_team(scope: Scope) -> ColumnElement[bool]:
    """The cases of the districts whose team the caller belongs to, without the own one."""
    return and_(_places(scope, col(CaseRow.district)), ~_about(scope.ids))


def _known_to_the_person(scope: Scope) -> ColumnElement[bool]:
    """One's own cases, as soon as one may know: from the opening, or from the first task that is one's own."""
    theirs = select(literal(1)).where(
        col(_GIVEN.case_id) == col(CaseRow.case_id), col(_GIVEN.role).in_(sorted(scope.own_roles))
    )
    return and_(_about(scope.ids), or_(col(CaseRow.told), theirs.exists()))


def _places(scope: Scope, district: Any) -> ColumnElement[bool]:
    if scope.districts is None:
        return true()
    return cast(ColumnElement[bool], district.in_(sorted(scope.districts))) if scope.districts else false()


def _covered(act: Act, ids: frozenset[str]) -> ColumnElement[bool]:
    match act.way:
        case Way.OWN:
            return _of_person(frozenset({act.role}), ids)
        case Way.BROUGHT:
            return _of_bringing([act.role], act.unit, act.district)
        case Way.ASKED | Way.TEAM:
            parts = [col(TaskRow.role) == act.role]
            if act.way is Way.ASKED:
                parts.append(col(TaskRow.unit) == act.unit)
            if act.district != EVERYWHERE:
                parts.append(col(TaskRow.district) == act.district)
            return and_(*parts, col(TaskRow.case_id).not_in(_own(ids)))


def _of_departments(scope: Scope) -> ColumnElement[bool]:
    pairs = [
        and_(col(TaskRow.unit) == unit, col(TaskRow.district) == district)
        for unit, district in sorted(scope.departments)
    ]
    return and_(col(TaskRow.role).in_(sorted(DEPARTMENT_ROLES)), or_(*pairs))


def _of_bringing(roles: list[str], unit: str, district: str) -> ColumnElement[bool]:
    brought = select(CaseRow.case_id).where(CaseRow.unit == unit, CaseRow.district == district)
    return and_(
        col(TaskRow.role).in_(roles), col(TaskRow.district) == district, col(TaskRow.case_id).in_(brought)
    )


def _of_person(roles: frozenset[str], ids: frozenset[str]) -> ColumnElement[bool]:
    return and_(col(TaskRow.role).in_(sorted(roles)), col(TaskRow.case_id).in_(_own(ids)))


def _own(ids: frozenset[str]) -> Any:
    return select(CaseRow.case_id).where(_about(ids))


def _about(ids: frozenset[str]) -> ColumnElement[bool]:
    return col(CaseRow.person_id).in_(sorted(ids))
