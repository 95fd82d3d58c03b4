"""A proposal for the policy as one value: one task of another policy administrator, and what follows it."""

from contracts.canonical import digest_of
from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.commands.policy import ApplyPolicy, ProposePolicy
from contracts.events.policy import PolicyProposed, PolicyReleased, TransitionApproved
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.transition import Applied, Transition
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.policy.case import FOLDING, Work
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Then
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Kind
from workflows.procedure.signatures import Alone
from workflows.rules.verdict import Refused


def open_proposal(draft: Work, opening: ProposePolicy) -> None:
    """A version is laid before a second person by its digest; a rule of transition by a digest over the whole of it."""
    draft.emit(
        PolicyProposed(
            policy_version=opening.version,
            version_digest=opening.version_digest,
            author=opening.actor.person_id,
            transition=opening.transition,
            content_digest=_signed_over(opening),
        )
    )
    draft.know(opening.calendar_years)
    draft.enter(Stage.POLICY_APPROVAL)
    draft.open("approve-policy")


def _signed_over(opening: ProposePolicy) -> str:
    if opening.transition is None:
        return opening.version_digest
    return digest_of(opening.model_dump(mode="json", include={"version", "version_digest", "transition"}))


def by_another(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Author and approver are two people (SOD-09)."""
    if draft.case.author in command.actor.ids:
        return Refused(RefusalCode.SAME_PERSON, say("proposal-by-you"))
    return None


def put_in_force(draft: Work, task: Task) -> None:
    """The version is released, or the batches are told of the rule of transition."""
    case = draft.case
    if case.transition is None:
        draft.emit(PolicyReleased(policy_version=case.version, version_digest=case.version_digest))
    else:
        _tell_batches(draft, case.transition)


def _tell_batches(draft: Work, transition: Transition) -> None:
    case = draft.case
    draft.emit(
        TransitionApproved(
            policy_version=case.version, version_digest=case.version_digest, transition=transition
        )
    )
    applied = Applied(
        policy=case.version,
        policy_digest=case.version_digest,
        transition=case.case_id,
        items=transition.items,
    )
    draft.owe_tell(CaseKind.BATCH, transition.batches, ApplyPolicy(claim=draft.claim, applied=applied))


POLICY = Kind(
    name=CaseKind.POLICY,
    folding=FOLDING,
    signing={
        "approve-policy": Alone(
            {
                "APPROVED": Then(put_in_force, Ends(CaseState.IN_FORCE, Cause.POLICY_APPROVED)),
                "REFUSED": Ends(CaseState.TURNED_DOWN, Cause.POLICY_TURNED_DOWN),
            },
            check=by_another,
        ),
        **common({}),
    },
    acts={},
)


DECIDER = of_kind(POLICY, open_proposal)
