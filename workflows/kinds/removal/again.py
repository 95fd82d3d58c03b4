"""What is asked again of a removal when somebody with a conflict has acted."""

from contracts.causes import Cause
from contracts.vocabulary import TaskState
from workflows.kinds.removal.case import Removal, Work
from workflows.kinds.removal.entry import LOOK
from workflows.kinds.removal.stages import OPINION, PLAN, VERIFY
from workflows.kinds.removal.suspension import lift
from workflows.procedure.case import Task
from workflows.procedure.consequences import Then
from workflows.procedure.kind import Again, Consequence


def opinion_again(draft: Work, task: Task) -> None:
    """Others draft and sign the opinion."""
    draft.lift(Cause.OPINION_DEFERRED, why=Cause.CONFLICT)
    OPINION(draft, task)


def meeting_again(draft: Work, task: Task) -> None:
    """Others write down what the meetings decide, from the first that the plan asks for."""
    urgent = draft.case.acted("plan")[-1].outcome == "URGENT"
    draft.open("urgent-decision" if urgent else "vote")


def unsuspend(draft: Work, task: Task) -> None:
    """What an urgent decision had suspended is over when that decision is void."""
    urgent = [one for one in draft.case.tasks.values() if one.kind == "urgent-decision"]
    if any((one.state, one.outcome) == (TaskState.VOID, "SUSPENDED") for one in urgent[-1:]):
        lift(draft, Cause.CHAIR_DECISION)


def _each(ask: Consequence[Removal], *kinds: str) -> dict[str, Again[Removal]]:
    return dict.fromkeys(kinds, Again(Then(unsuspend, ask)))


AGAIN: dict[str, Again[Removal]] = {
    **_each(LOOK, "first-look", "first-look-sign"),
    **_each(VERIFY, "verify"),
    **_each(opinion_again, "removal-opinion", "removal-opinion-head", "removal-opinion-leader"),
    **_each(PLAN, "plan-department", "plan-party-group", "plan"),
    **_each(meeting_again, "urgent-decision", "vote", "ratify"),
}
