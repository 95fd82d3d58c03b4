"""Separation of duty over natural persons (domain §8.5, SOD-01 to SOD-06). Nobody is exempt (D9).

A deputy is bound by what binds either of the two people (SOD-12): every question is asked of both.
"""

from collections.abc import Iterator
from datetime import datetime

from contracts.actor import Actor, Ties
from contracts.events.task import TaskExtended
from contracts.policy.model import EVERY, Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import TaskState
from workflows.procedure.case import Case, Task
from workflows.procedure.hands import CONFLICT
from workflows.rules.verdict import ALLOWED, Refused, Verdict

ANY_ACT = "*"
"""Stands in the policy's groups for every act on the case (SOD-04)."""

NOMINATOR = "NOMINATOR"
"""Recommending somebody is an act in this role, of the person and of the unit for which they act (SOD-01)."""

RECOMMENDING = "SOD-01"
"""The rule of the policy that keeps whoever recommends a person from judging them."""


def may_sign(case: Case, task: Task, actor: Actor, policy: Policy, deputy_for: str | None = None) -> Verdict:
    """Whether the actor may complete this task, in nobody's place but `deputy_for`, after what was done before."""
    if task.role in policy.self_roles:
        return ALLOWED
    for person in bound(actor, deputy_for):
        verdict = may_be_given(case, task, person, policy)
        if isinstance(verdict, Refused):
            return verdict
    return ALLOWED


def may_be_given(case: Case, task: Task, person: Ties, policy: Policy) -> Verdict:
    """Whether nothing that is known of a natural person keeps them from this task."""
    refused = conflict(case, person) or _own_conflict(case, task, person)
    if refused is not None:
        return refused
    for other in _counterparts(case, task, policy):
        if person.ids & other.signers:
            return Refused(
                RefusalCode.SAME_PERSON,
                say("signed-by-same", task=other.kind),
            )
    return _groups(case, task, person, policy)


def judged_whom_they_recommend(case: Case, person: str, policy: Policy) -> list[Task]:
    """What the person signed before it was known that they recommend whom the case is about (SOD-01)."""
    ties = Ties(person_id=person)
    signed = ((task, _groups(case, task, ties, policy)) for task in case.acted() if person in task.signers)
    return [t for t, said in signed if isinstance(said, Refused) and said.code is RefusalCode.RECOMMENDER]


def bound(actor: Actor, deputy_for: str | None) -> Iterator[Ties]:
    """The natural persons whom an act binds, each with the roles that they hold, for others too."""
    for person in dict.fromkeys(filter(None, (actor.person_id, deputy_for))):
        tied = actor.tied(person)
        grants = [g for g in actor.grants if person in {actor.person_id, g.deputy_for}]
        nominates = {g.unit for g in grants if g.role == NOMINATOR}
        yield tied.model_copy(
            update={
                "roles": tuple(sorted({*tied.roles, *(g.role for g in grants)})),
                "nominates_for": tuple(sorted({*tied.nominates_for, *nominates})),
            }
        )


def conflict(case: Case, person: Ties) -> Refused | None:
    """Why this person has nothing to do with the case at all: by what was declared or found, or by what they are."""
    grounds = (
        (bool(person.ids & case.conflicted), say("conflict-found")),
        (case.person_id in person.ids, say("conflict-own-case")),
        (bool(case.firms.intersection(person.firms)), say("conflict-own-firm")),
        (bool(case.brought_by.intersection(person.nominated_by)), say("conflict-own-nominator")),
    )
    reason = next((said for holds, said in grounds if holds), None)
    return None if reason is None else Refused(RefusalCode.CONFLICT_OF_INTEREST, reason)


def _own_conflict(case: Case, task: Task, person: Ties) -> Refused | None:
    """Nobody decides on a conflict of their own."""
    what, _, number = task.about.partition(".")
    if what != CONFLICT or case.doubt(int(number)).person not in person.ids:
        return None
    return Refused(RefusalCode.CONFLICT_OF_INTEREST, say("conflict-own-conflict"))


def _counterparts(case: Case, task: Task, policy: Policy) -> list[Task]:
    """Signed tasks whose signer may not be the signer of this one (`distinct_from`).

    Of the same stage those of the same round or content; of an earlier stage all, whatever the round (SOD-05).
    Of a paper that all sign together also those that are void: others do it again (SC-07).
    """
    kind = policy.task(task.kind)
    distinct = kind.distinct_from
    void = [t for t in case.tasks.values() if kind.joint and (t.kind, t.state) == (kind.code, TaskState.VOID)]
    return void + [
        other
        for other in case.acted()
        if other.kind in distinct
        if other.stage is not task.stage
        or (
            ((other.unit, other.about) == (task.unit, task.about))
            and (other.round == task.round or other.answer_digest == task.content_digest)
        )
    ]


def _groups(case: Case, task: Task, person: Ties, policy: Policy) -> Verdict:
    """The policy's groups: one person may act in at most one group of a rule on a case."""
    acts = case.signed_by(*person.ids)
    # Asking for more time is no act beside the task on which it is asked.
    beside = [h for h in case.hands if h.person in person.ids and h.event != TaskExtended.type]
    roles = {act.signer_role for act in acts} | {hand.role for hand in beside}
    recommended = not person.ids.isdisjoint(case.recommending)
    units = case.brought_by | {one.unit for one in case.recommended_by}
    if recommended or units.intersection(person.nominates_for):
        roles.add(NOMINATOR)
    done = {act.kind for act in acts} | {f"role:{role}" for role in roles}
    done |= {f"holds:{role}" for role in roles | held_since(person, case.since)}
    for rule in policy.separation:
        for group in rule.groups:
            named = rule.code == RECOMMENDING and _judges(group, task, policy)
            if not (named or _within(group, task)):
                continue
            others = {member for other in rule.groups if other is not group for member in other}
            elsewhere = ANY_ACT in others and (
                recommended or beside or any(not _within(group, act) for act in acts)
            )
            if done & others or elsewhere:
                code = RefusalCode.RECOMMENDER if rule.code == RECOMMENDING else RefusalCode.SEPARATION
                return Refused(code, say("separation-rule", rule=rule.code))
    return ALLOWED


def _judges(group: tuple[str, ...], task: Task, policy: Policy) -> bool:
    """Whether a case of another kind than the group speaks of judges the person by this task.

    The group names tasks of a nomination; where it names none of a kind of case, whoever acts in the role of one of
    those tasks judges the person there as here. What every kind of case has is left out, as it is in the group.
    """
    for kind, procedure in policy.procedures.items():
        codes = {row.code for row in procedure.tasks}
        if task.kind in codes:
            judging = {row.role for row in policy.tasks if row.code in group}
            return kind != EVERY and codes.isdisjoint(group) and task.role in judging
    return False


def held_since(person: Ties, since: datetime | None) -> frozenset[str]:
    """The roles that the person holds, and those held at any time since then (SOD-03, over the whole batch)."""
    before = {one.role for one in person.held if since is not None and one.until > since}
    return frozenset(person.roles) | before


def _within(group: tuple[str, ...], task: Task) -> bool:
    return not {task.kind, f"role:{task.role}", f"holds:{task.role}"}.isdisjoint(group)
