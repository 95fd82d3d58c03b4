"""What is asked again of a removal when somebody with a conflict has acted."""

from contracts.causes import Cause
from contracts.vocabulary import TaskState
from workflows.kinds.removal import seat
from workflows.kinds.removal.aftermath import nothing_stands
from workflows.kinds.removal.case import ACCEPTANCE, DECIDED, Removal, Work
from workflows.kinds.removal.entry import LOOK, REGISTER
from workflows.kinds.removal.stages import OPINION, PLAN, VERIFY
from workflows.kinds.removal.suspension import PROPOSAL, lift, propose_again
from workflows.procedure.case import Task
from workflows.procedure.consequences import Then
from workflows.procedure.kind import Again, Consequence

HEARINGS = ("statement", "hearing", "hearing-sign", "persuade")
"""What is asked of the member, or said to them, because two people found a case."""


def unheard(draft: Work, task: Task) -> None:
    """Until two others have found a case nobody hears or persuades the member."""
    draft.cancel(draft.case.open_tasks(*HEARINGS), Cause.CONFLICT)


def opinion_again(draft: Work, task: Task) -> None:
    """Others draft and sign the opinion."""
    draft.lift(Cause.OPINION_DEFERRED, why=Cause.CONFLICT)
    OPINION(draft, task)


def meeting_again(draft: Work, task: Task) -> None:
    """Others write down what the meetings decide, from the first that the plan asks for."""
    urgent = draft.case.acted("plan")[-1].outcome == "URGENT"
    draft.open("urgent-decision" if urgent else "vote")


def suspend_again(draft: Work, task: Task) -> None:
    """What the meeting said of the duties is over, and another writes down what it says, while the cause lasts."""
    if not draft.case.open_tasks(PROPOSAL):
        propose_again(draft, task)


def accept_again(draft: Work, task: Task) -> None:
    """Somebody else decides on the resignation that was tendered."""
    if not draft.case.open_tasks(ACCEPTANCE):
        draft.open(ACCEPTANCE, digest=task.content)


def unsuspend(draft: Work, task: Task) -> None:
    """What an urgent decision had suspended is over when that decision is void."""
    urgent = [one for one in draft.case.tasks.values() if one.kind == "urgent-decision"]
    void = [one.outcome for one in urgent[-1:] if one.state is TaskState.VOID]
    if "SUSPENDED" in void:
        lift(draft, Cause.CHAIR_DECISION)
    if DECIDED in void and not draft.case.suspended:
        seat.resumes(draft)


def unproven(draft: Work, task: Task) -> None:
    """What void papers had proven stands against nobody."""
    void = [t for t in draft.case.tasks.values() if (t.kind, t.state) == ("verify", TaskState.VOID)]
    if void and not draft.case.finding:
        nothing_stands(draft)


def _each(ask: Consequence[Removal], *kinds: str) -> dict[str, Again[Removal]]:
    return dict.fromkeys(kinds, Again(Then(unsuspend, Then(unproven, ask))))


AGAIN: dict[str, Again[Removal]] = {
    **_each(Then(unheard, REGISTER), "lead"),
    **_each(Then(unheard, LOOK), "first-look", "first-look-sign"),
    **_each(VERIFY, "verify"),
    **_each(opinion_again, "removal-opinion", "removal-opinion-head", "removal-opinion-leader"),
    **_each(PLAN, "plan-department", "plan-party-group", "plan"),
    **_each(meeting_again, "urgent-decision", "vote", "ratify"),
    PROPOSAL: Again(suspend_again, beside=True, alone=True),
    ACCEPTANCE: Again(accept_again, beside=True, alone=True),
}
