"""Who is shown how much of a case (domain §8.5, tiers T1 to T4). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.catalogue import EVENTS
from contracts.events.base import Audience
from contracts.vocabulary import Stage
from services.officers.identity.grants import DEPARTMENT_ROLES
from services.officers.identity.scope import AUDITOR, EVERYWHERE, Act, Scope, Way
from services.officers.readmodel.tables import CaseRow, TaskRow

CONTACT = ("phone", "email")
CONTACT_ROLES = frozenset({"NOMINATOR", "NOMINEE", "SCREENER", "SECOND_CHECKER", "CLERK"})
"""Roles that need to reach the person concerned or to check how they can be reached."""

DECISIONS = tuple(sorted({name for (name, _), event in EVENTS.items() if event.decides}))
"""Events that decide something about a case."""

PLAIN_FACTS = frozenset(
    {"seat", "late", "duplicate_of", "also_nominated_by", "notice", "election_at"}
    | {"suspended", "urgent", "restored_since", "review", "reviewed", "instance"}
    | {"began", "ends", "nomination", "vacant_since"}
)
"""Facts that whoever sees the case may see; of the others the team alone knows."""


@dataclass(frozen=True)
class Asked:
    """Whom a task asks: a role, of a unit or none in particular; and whose case it is, brought by which unit."""

    role: str
    unit: str
    district: str
    person_id: str
    brought_by: str
    named: str = ""
    """Whom the level above named, whatever roles they hold."""

    @classmethod
    def by(cls, task: TaskRow, case: CaseRow) -> "Asked":
        """Whom this task of this case asks."""
        named = task.claimed_by if task.named and task.claimed_by else ""
        return cls(task.role, task.unit, task.district, case.person_id, case.unit, named)


def may_act(scope: Scope, asked: Asked) -> bool:
    """Whether one of the caller's rights covers the task; who acted before and who claimed it is not asked."""
    return scope.person == asked.named or any(_covers(act, scope.person, asked) for act in scope.acts)


def _covers(act: Act, person: str, asked: Asked) -> bool:
    if act.role != asked.role or act.district not in {EVERYWHERE, asked.district}:
        return False
    match act.way:
        case Way.OWN:
            return asked.person_id == person
        case Way.BROUGHT:
            return asked.brought_by == act.unit
        case Way.ASKED:
            return asked.unit == act.unit
        case Way.TEAM:
            return True


def dossier(content: Mapping[str, Any], scope: Scope, *, acting: bool) -> dict[str, Any]:
    """The dossier as this caller may see it: who acts needs the numbers, few need to reach the person."""
    shown = dict(content)
    if not (acting and scope.roles & CONTACT_ROLES):
        for name in CONTACT:
            shown.pop(name, None)
    if not acting:
        shown.pop("id_number", None)
    return shown


def may_see_dossier(scope: Scope, case: CaseRow) -> bool:
    """Whether the dossier is the caller's to see: the case team, the unit that brought it, the person concerned."""
    own_unit = (case.unit, case.district) in scope.bringing
    return scope.roles != {AUDITOR} and (
        scope.of_team(case.district, case.person_id) or own_unit or case.person_id == scope.person
    )


def facts_for(scope: Scope, case: CaseRow) -> dict[str, Any]:
    """The facts of a case that this caller may see."""
    if scope.of_team(case.district, case.person_id):
        return dict(case.facts)
    return {name: value for name, value in case.facts.items() if name in PLAIN_FACTS}


@dataclass(frozen=True)
class Causes:
    """Why a case waits, and why it ended."""

    held: str | None = None
    ended: str | None = None


def causes_for(scope: Scope, case: CaseRow) -> Causes:
    """Why the case waits and why it ended, for the team alone: others would read the grade, a suspicion or a report."""
    team = scope.of_team(case.district, case.person_id)
    return Causes(case.held_cause, case.ended_cause) if team else Causes()


def shown_payload(scope: Scope, case: CaseRow, payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an event of the timeline says to this caller: why something happened is the team's to know."""
    if scope.of_team(case.district, case.person_id):
        return payload
    return {name: value for name, value in payload.items() if name != "cause"}


def sequence_for(scope: Scope, case: CaseRow) -> int:
    """How far the case is for this caller: outside its team only what they may know of moves it."""
    return case.sequence if scope.of_team(case.district, case.person_id) else case.shown_sequence


def shown_event(
    scope: Scope, case: CaseRow, kind: tuple[str, int], payload: Mapping[str, Any], own: frozenset[str]
) -> bool:
    """Whether an event of the timeline is shown, `kind` being its type and version.

    The case team sees everything that is plain; others what the event's audience lets them see. `own` are the ids
    of the tasks that the caller may see. That a report is being checked is the team's to know.
    """
    if scope.of_team(case.district, case.person_id):
        return True
    if payload.get("stage") == Stage.REPORT_CHECK:
        return False
    match EVENTS[kind].audience:
        case Audience.TASK:
            return payload.get("task_id") in own
        case Audience.CONCERNED:
            return not scope.roles <= DEPARTMENT_ROLES
        case Audience.CONSULTED:
            return True
        case Audience.TEAM:
            return False
