"""Whether a person may act on a task at all: the checks that every act passes, in one order."""

from datetime import datetime

from contracts.actor import Actor, Grant
from contracts.commands.case import CompleteTask
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.signs import has_visible
from contracts.vocabulary import TaskState
from workflows.procedure.agenda import expiry
from workflows.procedure.case import Case, Task
from workflows.procedure.clock import stands
from workflows.procedure.separation import may_sign
from workflows.rules.verdict import ALLOWED, Refused, Verdict

ON_HOLD = Refused(RefusalCode.CASE_HELD, say("on-hold"))
"""What a case that waits answers to everybody alike: for what it waits is told to few (domain §8.5, T4)."""


def find(case: Case, task_id: str) -> Task | Refused:
    """The open task with this id, or why there is none to act on."""
    task = case.tasks.get(task_id)
    if task is None:
        return Refused(RefusalCode.UNKNOWN_TASK, say("no-task"))
    if task.state is TaskState.OPEN:
        return task
    if case.ended:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=case.state))
    return Refused(RefusalCode.TASK_CLOSED, say("task-not-open", state=task.state))


def holds(actor: Actor, case: Case, *roles: str, unit: str = "") -> bool:
    """Whether the actor holds one of the roles in the case's district (and for the unit, when one is named)."""
    return any(
        g.role in roles and g.district in {"*", case.district} and unit in {"", g.unit} for g in actor.grants
    )


def is_self(actor: Actor, case: Case, role: str) -> bool:
    """Whether this is the person whom the case is about, acting in that role."""
    return case.person_id in actor.ids and any(g.role == role for g in actor.grants)


def may_ask(actor: Actor, case: Case, act: str, policy: Policy, unit: str = "") -> Verdict:
    """Whether one of the actor's grants is of a role that may ask for this act beside tasks.

    A role of the own case counts for the person concerned, one held per unit for `unit` and for no other.
    """
    roles = policy.askers(act)
    if any(_covers(policy, case, actor, role, unit) for role in roles):
        return ALLOWED
    return Refused(RefusalCode.WRONG_ROLE, say("asked-by-roles", act=act, roles=roles))


def belongs(actor: Actor, case: Case, act: str, policy: Policy) -> bool:
    """Whether the actor has to do with the case in one of the roles that may ask for this act, of whatever unit."""
    roles = set(policy.askers(act))
    as_self = any(is_self(actor, case, role) for role in roles & policy.self_roles)
    return as_self or holds(actor, case, *(roles - policy.self_roles))


def asks_as_self(actor: Actor, case: Case, act: str, policy: Policy) -> bool:
    """Whether the actor may ask for this act as the person whom the case is about."""
    return any(is_self(actor, case, role) for role in policy.self_roles.intersection(policy.askers(act)))


def _covers(policy: Policy, case: Case, actor: Actor, role: str, unit: str) -> bool:
    match policy.role(role).scope:
        case "self":
            return is_self(actor, case, role)
        case "unit":
            return bool(unit) and holds(actor, case, role, unit=unit)
        case "district" | "all":
            return holds(actor, case, role)


def entitled(case: Case, task: Task, actor: Actor, policy: Policy) -> Verdict:
    """Whether one of the actor's grants covers the task's role, district and, for roles held per unit, unit."""
    found = grant_for(case, task, actor, policy)
    return found if isinstance(found, Refused) else ALLOWED


def grant_for(case: Case, task: Task, actor: Actor, policy: Policy) -> Grant | Refused:
    """The grant by which the actor may act on the task: an own one before one held in another's place (SOD-12)."""
    if task.role in policy.self_roles:
        if is_self(actor, case, task.role):
            return Grant(role=task.role)
        return Refused(RefusalCode.WRONG_ROLE, say("own-only"))
    if task.named and task.claimed_by in actor.ids:
        return Grant(role=task.role, unit=task.unit)
    # The joint conference's task names the silent unit, but nobody of that unit acts on it.
    by_unit = policy.role(task.role).scope == "unit"
    unit = task.unit if by_unit else ""
    held = [g for g in actor.grants if g.role == task.role and (g.unit == task.unit or not by_unit)]
    if not held:
        of_unit = say("task-of-unit", role=task.role, unit=unit)
        return Refused(RefusalCode.WRONG_ROLE, of_unit if unit else say("task-of-role", role=task.role))
    here = [g for g in held if g.district in {"*", case.district}]
    if not here:
        return Refused(RefusalCode.WRONG_DISTRICT, say("other-district"))
    return min(here, key=lambda g: g.deputy_for is not None)


def may_act(case: Case, task: Task, actor: Actor, policy: Policy) -> Verdict:
    """Entitled, not held up by a hold, separate from the others who signed, and not before another's claim."""
    grant = grant_for(case, task, actor, policy)
    if isinstance(grant, Refused):
        return grant
    if case.held and task.stage not in policy.stages_while_held:
        return ON_HOLD
    separate = may_sign(case, task, actor, policy, grant.deputy_for)
    if isinstance(separate, Refused):
        return separate
    if task.claimed_by not in {None, *actor.ids, grant.deputy_for}:
        return Refused(RefusalCode.CLAIMED_BY_OTHER, say("claimed"))
    return ALLOWED


def may_complete(case: Case, task: Task, command: CompleteTask, policy: Policy, now: datetime) -> Verdict:
    """May act, with an allowed outcome, having seen the current content, in time, and with a reason if needed."""
    verdict = may_act(case, task, command.actor, policy)
    if isinstance(verdict, Refused):
        return verdict
    if command.outcome not in task.outcomes:
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("outcome-not-offered", outcomes=task.outcomes))
    if command.seen != task.content_digest:
        return Refused(RefusalCode.STALE_DIGEST, say("changed-since"))
    expires = expiry(task)
    if expires is not None and now >= expires and not (task.final or stands(case, task, policy)):
        return Refused(RefusalCode.PAST_DEADLINE, say("deadline-passed", until=expires))
    if command.outcome in policy.task(task.kind).reason_required and not has_visible(command.reason):
        return Refused(
            RefusalCode.REASON_REQUIRED, say("reason-needed", outcome=command.outcome).at("reason")
        )
    return ALLOWED
