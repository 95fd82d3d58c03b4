"""A rule of transition reaches a case: another version decides it, and what that version adds is asked for (SC-11)."""

from contracts.canonical import digest_of
from contracts.commands.case import CompleteTask
from contracts.commands.policy import ApplyPolicy
from contracts.events.case import PolicyAdopted
from contracts.events.policy import TransitionApplied
from contracts.policy.between import asked
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.transition import Applied
from contracts.vocabulary import Stage
from workflows.kinds.nomination.case import ADDED, Nomination, Work
from workflows.kinds.nomination.consultation import DEPARTMENTS, find_issues, names_facts, nothing_found
from workflows.kinds.nomination.grades import grade_again
from workflows.passages.consulting import Consulting
from workflows.procedure.case import Task
from workflows.rules.verdict import Refused

UNDECIDED = frozenset(
    {
        Stage.SCREENING,
        Stage.DECLARATION,
        Stage.CONSULTATION,
        Stage.GRADING,
        Stage.INSPECTION,
        Stage.INTEGRITY,
        Stage.PROPOSAL,
        Stage.DECISION,
    }
)
"""Stages until the committee has decided, which ends the last of them."""


def capped(draft: Work, task: Task) -> None:
    """A grade that was given before is given again: with a department unheard it is capped."""
    grade_again(draft)


SUPPLEMENT: Consulting[Nomination] = Consulting(
    reply="supplement",
    sign="supplement-sign",
    conference=ADDED.conference,
    extension="conference_extension",
    answers={"NO_ISSUE": nothing_found, "NO_RECORD": nothing_found, "ISSUE": find_issues},
    check=names_facts,
    closed=capped,
    question=ADDED.name,
)


def apply_policy(draft: Work, command: ApplyPolicy) -> Refused | None:
    """Before ST10 is decided the version decides the case from the next step on; a later case is untouched.

    One that a granted re-check may still reopen keeps the version that ended it until then.
    """
    case, applied = draft.case, command.applied
    known = {case.policy, case.adopts and case.adopts.policy}
    if case.stage not in UNDECIDED or applied.policy in known:
        return None
    if case.may_return:
        draft.emit(TransitionApplied(applied=applied))
    if not case.ended:
        adopt(draft, applied)
    return None


def adopt(draft: Work, applied: Applied) -> None:
    """The version decides the case, and what it adds is asked of departments that were asked without it.

    Where they were not asked yet they will be, by the new version; a case may have gone back since.
    """
    draft.emit(PolicyAdopted(policy=applied.policy, policy_digest=applied.policy_digest))
    if any(task.kind == DEPARTMENTS.reply for task in draft.case.tasks.values()):
        draft.emit(TransitionApplied(applied=applied))


def ask(draft: Work) -> None:
    """Each department that answers for an item that was added is asked once, whatever stands in the case's way."""
    case, applied = draft.case, draft.case.applied
    if applied is None or case.ended or draft.policy.version != applied.policy:
        return
    content = digest_of({"policy": applied.policy_digest, "items": applied.items})
    if any(task.content == content for task in case.tasks.values()):
        return
    for unit in asked(applied.items, draft.policy):
        draft.open(SUPPLEMENT.reply, unit=unit, digest=content)


def answered(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """The committee does not approve while a department is asked about what the new version adds."""
    waiting = draft.case.open_tasks(SUPPLEMENT.reply, SUPPLEMENT.sign, SUPPLEMENT.conference)
    if waiting:
        return Refused(RefusalCode.SUPPLEMENT_OPEN, say("new-version-asked"))
    return None
