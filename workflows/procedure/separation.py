"""Separation of duty over natural persons (domain §8.5, SOD-01 to SOD-06). Nobody is exempt (D9)."""

from contracts.actor import Actor
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from workflows.procedure.case import Case, Task
from workflows.rules.verdict import ALLOWED, Refused, Verdict

ANY_ACT = "*"
"""Stands in the policy's groups for every act on the case (SOD-04)."""


def may_sign(case: Case, task: Task, actor: Actor, policy: Policy) -> Verdict:
    """Whether this natural person may complete this task, given who did what on the case before."""
    person = actor.person_id
    if person in case.conflicted:
        return Refused(RefusalCode.CONFLICT_OF_INTEREST, "you declared a conflict on this case (SOD-06)")
    if person == case.person_id and task.role not in policy.self_roles:
        return Refused(RefusalCode.CONFLICT_OF_INTEREST, "nobody acts on their own case (SOD-06)")
    for other in _counterparts(case, task, policy):
        if other.signer == person:
            return Refused(
                RefusalCode.SAME_PERSON,
                f"you signed {other.kind}; this one needs another person (SOD-02, SOD-05)",
            )
    return _groups(case, task, actor, policy)


def _counterparts(case: Case, task: Task, policy: Policy) -> list[Task]:
    """Completed tasks whose signer may not be the signer of this one (`distinct_from`).

    Of the same stage those of the same round or content; of an earlier stage all, whatever the round (SOD-05).
    """
    distinct = policy.task(task.kind).distinct_from
    return [
        other
        for other in case.acted()
        if other.kind in distinct
        if other.stage is not task.stage
        or (
            ((other.unit, other.about) == (task.unit, task.about))
            and (other.round == task.round or other.answer_digest == task.content_digest)
        )
    ]


def _groups(case: Case, task: Task, actor: Actor, policy: Policy) -> Verdict:
    """The policy's groups: one person may act in at most one group of a rule on a case.

    Recommending the nominee is an act in the role NOMINATOR (SOD-01).
    """
    acts = [other for other in case.acted() if other.signer == actor.person_id]
    roles = {act.signer_role for act in acts}
    if actor.person_id in {case.nominator_id, *case.also_nominated_by}:
        roles.add("NOMINATOR")
    done = {act.kind for act in acts} | {f"role:{role}" for role in roles}
    done |= {f"holds:{role}" for role in roles | {grant.role for grant in actor.grants}}
    for rule in policy.separation:
        for group in rule.groups:
            if not _within(group, task):
                continue
            others = {member for other in rule.groups if other is not group for member in other}
            elsewhere = ANY_ACT in others and any(not _within(group, act) for act in acts)
            if done & others or elsewhere:
                code = RefusalCode.RECOMMENDER if rule.code == "SOD-01" else RefusalCode.SEPARATION
                return Refused(code, f"{rule.text.en} ({rule.code})")
    return ALLOWED


def _within(group: tuple[str, ...], task: Task) -> bool:
    return not {task.kind, f"role:{task.role}", f"holds:{task.role}"}.isdisjoint(group)
