"""R01 to R09: lead, first look, statement, verification, opinion, persuasion, plan, vote (domain §8.4)."""

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.removal import LeadVerified
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.removal.case import Removal, Work
from workflows.passages.hearing import Hearing
from workflows.passages.opinion import opinion
from workflows.passages.vote import Leads, vote
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Holds, Opens, Then, enters
from workflows.procedure.kind import Consequence, Signing
from workflows.procedure.signatures import Alone, Together, two
from workflows.rules.verdict import Refused
from workflows.rules.voting import Result

INVESTIGATED = frozenset({Cause.DETAINED, Cause.UNDER_INVESTIGATION})
"""Causes of a suspension during which nobody is persuaded to resign (L2, Art. 52)."""
LOOK = enters(Stage.FIRST_LOOK, "first-look")
VERIFY = enters(Stage.VERIFICATION, "verify")
OPINION = enters(Stage.REMOVAL_OPINION, "removal-opinion")
PLAN = enters(Stage.PLAN, "plan")


def may_resign(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Nobody resigns out of an investigation: the suspension for it is lifted first (R07)."""
    if command.outcome == "RESIGNED" and draft.case.suspended in INVESTIGATED:
        detail = "the member is under investigation; lift the suspension first, or choose REFUSED"
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, detail)
    return None


def _found(finding: str, then: Consequence[Removal]) -> Consequence[Removal]:
    def find(draft: Work, task: Task) -> None:
        """What the verifiers found is recorded; of two findings the milder one holds."""
        draft.emit(LeadVerified(finding=finding))

    return Then(find, then)


STATEMENT = Hearing(
    "statement",
    {"STATED": VERIFY, "HEARING_ASKED": Opens("hearing")},
    silent=Cause.NOT_STATED,
    unheard=VERIFY,
)
SIGNING: dict[str, Signing[Removal]] = {
    "lead": Alone(
        {
            "OPENED": LOOK,
            "DUPLICATE": Ends(CaseState.MERGED, Cause.LEAD_DUPLICATE),
        }
    ),
    **two(
        "first-look",
        "first-look-sign",
        {
            "NO_CASE": Ends(CaseState.NO_CASE, Cause.FIRST_LOOK),
            "CASE": enters(Stage.STATEMENT, "statement"),
            "RESIGNATION_PATH": enters(Stage.PERSUASION, "persuade"),
        },
    ),
    "persuade": Alone(
        {
            "RESIGNED": Ends(CaseState.RESIGNED, Cause.PERSUADED),
            "REFUSED": enters(Stage.STATEMENT, "statement"),
        },
        check=may_resign,
    ),
    **STATEMENT.signing,
    "hearing": Alone({"HEARD": VERIFY}),
    # The mildest first: nobody is worse off for having defended themselves (L2, Art. 43).
    "verify": Together(
        ("verify",),
        {
            "UNPROVEN": _found("UNPROVEN", Ends(CaseState.NO_CASE, Cause.UNPROVEN)),
            "PARTLY": _found("PARTLY", OPINION),
            "PROVEN": _found("PROVEN", OPINION),
        },
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
    "plan": Alone(
        {"APPROVED": enters(Stage.VOTE, "vote"), "STOPPED": Ends(CaseState.KEPT, Cause.PLAN_STOPPED)}
    ),
    **vote(
        "vote",
        {
            Result.PASSED: Leads("REMOVED", Ends(CaseState.REMOVED, Cause.VOTE)),
            Result.FAILED: Leads("KEPT", Ends(CaseState.KEPT, Cause.VOTE)),
            Result.NO_QUORUM: Leads("NOT_HELD", Opens("vote")),
        },
    ),
}
