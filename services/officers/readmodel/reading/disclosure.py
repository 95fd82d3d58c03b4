"""Who is shown how much of a case (domain §8.5, tiers T1 to T4). Pure."""

from collections.abc import Mapping
from typing import Any

from contracts.vocabulary import Stage
from services.officers.identity.grants import DEPARTMENT_ROLES
from services.officers.identity.scope import EVERYWHERE, Scope
from services.officers.readmodel.tables import CaseRow, TaskRow

CONTACT = ("phone", "email")
CONTACT_ROLES = frozenset({"NOMINATOR", "NOMINEE", "SCREENER", "SECOND_CHECKER", "CLERK"})
"""Roles that need to reach the nominee or to check how they can be reached."""

DECISIONS = (
    "hit-ruled",
    "case-graded",
    "opinion-given",
    "notice-posted",
    "report-answered",
    "votes-counted",
    "case-held",
    "case-resumed",
    "case-ended",
)
"""Events that decide something about the case."""

OUTSIDE = frozenset(
    {
        "case-opened",
        "case-amended",
        "stage-entered",
        "withdrawal-signed",
        "notice-posted",
        "votes-counted",
        "case-ended",
        "case-filed",
        "election-scheduled",
    }
)
"""Events that the nominee and the nominating unit may see besides their own tasks'. No report is among them."""

OF_TASKS = frozenset(
    {
        "task-opened",
        "task-completed",
        "task-extended",
        "task-cancelled",
        "task-claimed",
        "task-released",
        "task-reassigned",
    }
)


def may_act(scope: Scope, task: TaskRow, case: CaseRow) -> bool:
    """Whether one of the caller's rights covers the task; who acted before and who claimed it is not asked."""
    for act in scope.acts:
        if act.role != task.role or act.district not in {EVERYWHERE, task.district}:
            continue
        if act.role == "NOMINEE":
            if case.person_id == scope.nominee:
                return True
        elif act.role == "NOMINATOR":
            if act.unit == case.nominating_unit:
                return True
        elif not act.unit or act.unit == task.unit:
            return True
    return False


def dossier(nominee: Mapping[str, Any], scope: Scope, *, acting: bool) -> dict[str, Any]:
    """The nominee as this caller may see them: who acts needs the numbers, few need to reach them."""
    shown = dict(nominee)
    if not (acting and scope.roles & CONTACT_ROLES):
        for name in CONTACT:
            shown.pop(name, None)
    if not acting:
        shown.pop("id_number", None)
    return shown


def may_see_dossier(scope: Scope, case: CaseRow) -> bool:
    """Whether name and firm are the caller's to see: the case team, the unit that nominated, the person."""
    own_unit = (case.nominating_unit, case.district) in scope.nominating
    return scope.roles != {"AUDITOR"} and (
        scope.of_team(case.district, case.person_id) or own_unit or case.person_id == scope.nominee
    )


def shown_event(
    scope: Scope, case: CaseRow, kind: str, payload: Mapping[str, Any], own: frozenset[str]
) -> bool:
    """Whether an event of the timeline is shown; `own` are the ids of the tasks that the caller may see.

    The case team sees everything that is plain. A department sees what concerns its own tasks, nominee and
    nominating unit besides that the case's course; that a report was received is shown to neither.
    """
    if scope.of_team(case.district, case.person_id):
        return True
    if kind in OF_TASKS:
        return payload.get("task_id") in own
    if scope.roles <= DEPARTMENT_ROLES:
        return kind in {"case-opened", "case-ended"}
    return kind in OUTSIDE and payload.get("stage") != Stage.REPORT_CHECK
