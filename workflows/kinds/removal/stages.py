"""R04 to R06: the member is heard, others than those who looked first verify the lead, and an opinion is given."""

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.removal import LeadVerified
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Effect, Stage
from workflows.kinds.removal.aftermath import cleared
from workflows.kinds.removal.case import Removal, Work
from workflows.passages.hearing import Hearing
from workflows.passages.marking import mark
from workflows.passages.opinion import opinion
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Holds, Opens, Then, enters
from workflows.procedure.kind import Consequence, Signing
from workflows.procedure.signatures import Together, two
from workflows.rules.verdict import Refused

VERIFY = enters(Stage.VERIFICATION, "verify")
OPINION = enters(Stage.REMOVAL_OPINION, "removal-opinion")
PLAN = enters(Stage.PLAN, "plan-department", "plan-party-group")


def others_verify(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Whoever registered the lead does not verify it; of those who looked first the policy says the same (SOD-05)."""
    if draft.case.registrar_id in command.actor.ids:
        return Refused(RefusalCode.SAME_PERSON, say("lead-by-you"))
    return None


def _found(finding: str, then: Consequence[Removal]) -> Consequence[Removal]:
    def find(draft: Work, task: Task) -> None:
        """What the verifiers found is recorded; of two findings the milder one holds."""
        draft.emit(LeadVerified(finding=finding))

    return Then(find, then)


def enter_item(draft: Work, task: Task) -> None:
    """A hard item that was proven stands against the member, whatever becomes of the seat (§8.3, awards)."""
    item = draft.case.lead.item
    if item is not None and not draft.case.groundless and draft.policy.item(item).effect is Effect.HARD:
        mark(draft, (item,))


STATEMENT = Hearing(
    "statement",
    {"STATED": VERIFY, "HEARING_ASKED": Opens("hearing")},
    silent=Cause.NOT_STATED,
    unheard=VERIFY,
)
SIGNING: dict[str, Signing[Removal]] = {
    **STATEMENT.signing,
    **two("hearing", "hearing-sign", {"HEARD": VERIFY}),
    # The mildest first: nobody is worse off for having defended themselves (L2, Art. 43).
    "verify": Together(
        ("verify",),
        {
            "UNPROVEN": _found("UNPROVEN", Then(Ends(CaseState.NO_CASE, Cause.UNPROVEN), cleared)),
            "PARTLY": _found("PARTLY", OPINION),
            "PROVEN": Then(_found("PROVEN", OPINION), enter_item),
        },
        check=others_verify,
    ),
    **opinion(
        "removal-opinion",
        ("removal-opinion-head", "removal-opinion-leader"),
        {
            "NO_OBJECTION": PLAN,
            "REMINDER": PLAN,
            "DEFER": Holds(Cause.OPINION_DEFERRED),
            "NEGATIVE": PLAN,
        },
    ),
}
