"""ST09 and ST10: two bodies propose, the party committee decides."""

from datetime import datetime

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.nomination.assessment import BEGIN_INSPECTION
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.standing import Rereading, nothing_open
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Holds, enters
from workflows.procedure.kind import Check, Signing
from workflows.procedure.signatures import Alone, Together, anything
from workflows.rules.verdict import Refused

BEGIN_DECISION = enters(Stage.DECISION, "decide")


def _asked_to_decide(case: Nomination) -> datetime | None:
    return next((task.opened for task in case.open_tasks("decide")), None)


REREADING = Rereading(Stage.DECISION, "reread-decision", _asked_to_decide)


def _to_go_on(outcome: str, *checks: Check[Nomination]) -> Check[Nomination]:
    """Asked of the one outcome with which the case goes on; the others end it or stop it."""

    def check(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
        asked = checks if command.outcome == outcome else (anything,)
        return next((no for one in asked if (no := one(draft, task, command)) is not None), None)

    return check


def reread(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """The states were read again since the decision was asked for (§8.2, rule 4)."""
    return REREADING.needed(draft.case)


_PROPOSERS = ("propose-department", "propose-party-group")
_PROPOSAL: Signing[Nomination] = Together(
    _PROPOSERS,
    {
        "REJECT": Ends(CaseState.REJECTED, Cause.PROPOSAL_REJECTED),
        "RETURN": BEGIN_INSPECTION,
        "PROPOSE": BEGIN_DECISION,
    },
    check=_to_go_on("PROPOSE", nothing_open),
)
SIGNING: dict[str, Signing[Nomination]] = {
    **dict.fromkeys(_PROPOSERS, _PROPOSAL),
    **REREADING.signing,
    "decide": Alone(
        {
            "APPROVED": enters(Stage.NOTICE, "post-notice"),
            "REJECTED": Ends(CaseState.REJECTED, Cause.COMMITTEE_REJECTED),
            "DEFERRED": Holds(Cause.DECISION_DEFERRED),
        },
        check=_to_go_on("APPROVED", nothing_open, reread),
    ),
}
