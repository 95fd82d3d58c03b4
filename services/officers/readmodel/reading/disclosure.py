"""Who is shown how much of a case (domain §8.5, tiers T1 to T4). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.catalogue import EVENTS
from contracts.causes import Cause
from contracts.events.base import Audience
from contracts.policy.model import Disclosure
from contracts.secret import CHECK_A_REPORT, CONFIRM_A_PAUSE, tells_of_pause
from contracts.vocabulary import Stage
from services.officers.identity.grants import DEPARTMENT_ROLES
from services.officers.identity.scope import AUDITOR, EVERYWHERE, Act, Scope, Way
from services.officers.readmodel.tables import CaseRow, TaskRow

KNOWS_REPORTS = frozenset({"REPORT_HANDLER", "NOTICE_OFFICER", "DISC_OFFICER", "DISC_HEAD"})
"""Roles that register reports, check them or sign what a check found: that one is being checked is T4."""
KNOWS_PAUSES = frozenset({"DISC_OFFICER", "DISC_HEAD"})
"""Roles that may know why a case is paused: that somebody is investigated is T4 (§8.8.2)."""

DECISIONS = tuple(sorted({name for (name, _), event in EVENTS.items() if event.decides}))
"""Events that decide something about a case."""

PLAIN_FACTS = frozenset(
    {"seat", "late", "duplicate_of", "also_nominated_by", "notice", "election_at"}
    | {"suspended", "urgent", "restored_since", "review", "reviewed", "instance"}
    | {"began", "ends", "nomination", "vacant_since"}
    | {"right", "answer_by", "answered"}
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
    return asked.named in scope.ids or any(_covers(act, scope.ids, asked) for act in scope.acts)


def has_at_hand(scope: Scope, task: TaskRow, case: CaseRow) -> bool:
    """Whether the caller may act in the task now: nobody claimed it but they, or in whose place they would act."""
    return in_whose_place(scope, task, case) is not None


def in_whose_place(scope: Scope, task: TaskRow, case: CaseRow) -> str | None:
    """In whose place the caller may act in the task now: empty for themselves; None where they may not."""
    asked = Asked.by(task, case)
    if asked.named in scope.ids:
        return ""
    ways = [
        act.deputy_for or ""
        for act in scope.acts
        if _covers(act, scope.ids, asked) and task.claimed_by in {None, *scope.ids, act.deputy_for}
    ]
    # One's own right goes before one held in another's place (SOD-12).
    return min(ways, default=None)


def _covers(act: Act, ids: frozenset[str], asked: Asked) -> bool:
    if act.role != asked.role or act.district not in {EVERYWHERE, asked.district}:
        return False
    match act.way:
        case Way.OWN:
            return asked.person_id in ids
        case Way.BROUGHT:
            return asked.brought_by == act.unit
        case Way.ASKED:
            return asked.unit == act.unit
        case Way.TEAM:
            return True


def may_have_shown(scope: Scope, case: CaseRow, disclosure: Disclosure) -> frozenset[str]:
    """Which personal parts of the case this caller may have shown for a purpose: by a role that has to do with it.

    A department is asked, and has no way to a case but its own tasks; nobody asks for what is their own.
    """
    roles = roles_at(scope, case)
    return frozenset(one.code for one in disclosure.personal if roles.intersection(one.revealed_to))


def roles_at(scope: Scope, case: CaseRow) -> frozenset[str]:
    """The roles by which the caller has to do with the case; none with their own."""
    if case.person_id in scope.ids:
        return frozenset()
    return frozenset(act.role for act in scope.acts if _has_to_do(act, case))


def _has_to_do(act: Act, case: CaseRow) -> bool:
    if act.district not in {EVERYWHERE, case.district}:
        return False
    match act.way:
        case Way.TEAM:
            return True
        case Way.BROUGHT:
            return act.unit == case.unit
        case Way.ASKED | Way.OWN:
            return False


def may_see_dossier(scope: Scope, case: CaseRow) -> bool:
    """Whether the dossier is the caller's to see: the case team, the unit that brought it, the person concerned."""
    own_unit = (case.unit, case.district) in scope.bringing
    return scope.roles != {AUDITOR} and (
        scope.of_team(case.district, case.person_id) or own_unit or case.person_id in scope.ids
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
    if not scope.of_team(case.district, case.person_id):
        return Causes()
    held, ended = (
        None if cause in hidden_causes(scope) else cause for cause in (case.held_cause, case.ended_cause)
    )
    return Causes(held, ended)


def shown_payload(
    scope: Scope, case: CaseRow, payload: Mapping[str, Any], own: frozenset[str]
) -> Mapping[str, Any]:
    """What an event of the timeline says to this caller: why something happened is the team's, unless it is T4.

    Of tasks that it names, those that the caller may see: `own`.
    """
    if isinstance(payload.get("tasks"), list):
        payload = {**payload, "tasks": [one for one in payload["tasks"] if one in own]}
    if not scope.of_team(case.district, case.person_id):
        return {name: value for name, value in payload.items() if name != "cause"}
    standing = payload.get("standing")
    causes = {payload.get("cause"), *(standing if isinstance(standing, list) else ())}
    if hidden_causes(scope).isdisjoint(causes):
        return payload
    return {name: value for name, value in payload.items() if name not in {"cause", "about", "standing"}}


def knows_reports(scope: Scope) -> bool:
    """Whether the caller may know that a report is being checked (T4); the auditor, who reads the record, does."""
    return bool(scope.roles & (KNOWS_REPORTS | {AUDITOR}))


def knows_pauses(scope: Scope) -> bool:
    """Whether the caller may know that a case waits for the end of an investigation (T4), the auditor included."""
    return bool(scope.roles & (KNOWS_PAUSES | {AUDITOR}))


def secret_stages(scope: Scope) -> frozenset[str]:
    """Stages of which the caller may not know whether they took place: they tell of a report or an investigation."""
    return frozenset(() if knows_reports(scope) else {Stage.REPORT_CHECK.value}) | frozenset(
        () if knows_pauses(scope) else {Stage.RULING.value, Stage.SUSPENSION.value}
    )


def hidden_causes(scope: Scope) -> frozenset[str]:
    """Causes of holds, ends and cancellations that are none of the caller's to know, whoever belongs to the team."""
    known = {
        Cause.PAUSE_ITEM.value: knows_pauses(scope),
        Cause.REPORT_UNPROVEN.value: knows_reports(scope),
        Cause.REPORT_RECEIVED.value: knows_reports(scope),
    }
    return frozenset(cause for cause, shown in known.items() if not shown)


def hidden_answer(scope: Scope, task: TaskRow) -> bool:
    """Whether it is none of the caller's to know that this task was answered: it confirmed an investigation or checked
    a report, ended what waits for one, or was about such a task."""
    kinds = (
        *(() if knows_reports(scope) else CHECK_A_REPORT),
        *(() if knows_pauses(scope) else CONFIRM_A_PAUSE),
    )
    waits = any(task.about.startswith(cause) for cause in hidden_causes(scope))
    about_one = task.about.startswith("task:") and any(f".{kind}." in task.about for kind in kinds)
    return task.kind in kinds or waits or about_one


def tells_of_report(payload: Mapping[str, Any]) -> bool:
    """Whether an event says that a report came or is being checked, beside those that only name a task of a check."""
    return payload.get("stage") == Stage.REPORT_CHECK or "report" in payload


def shown_event(
    scope: Scope, case: CaseRow, kind: tuple[str, int], payload: Mapping[str, Any], own: frozenset[str]
) -> bool:
    """Whether an event of the timeline is shown, `kind` being its type and version.

    The case team sees everything that is plain, but for what tells of a report or of an investigation; others what the
    event's audience lets them see. `own` are the ids of the tasks that the caller may see.
    """
    if scope.of_team(case.district, case.person_id):
        told = (tells_of_report(payload) and not knows_reports(scope)) or (
            tells_of_pause(payload) and not knows_pauses(scope)
        )
        return not told and payload.get("task_id") in own | {None}
    if tells_of_report(payload):
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
