"""What is asked again of a removal when somebody with a conflict has acted."""

from contracts.causes import Cause
from workflows.kinds.removal.case import Removal, Work
from workflows.kinds.removal.entry import LOOK
from workflows.kinds.removal.stages import OPINION, PLAN, VERIFY
from workflows.procedure.case import Task
from workflows.procedure.kind import Again


def opinion_again(draft: Work, task: Task) -> None:
    """Others draft and sign the opinion."""
    draft.lift(Cause.OPINION_DEFERRED, why=Cause.CONFLICT)
    OPINION(draft, task)


AGAIN: dict[str, Again[Removal]] = {
    **dict.fromkeys(("first-look", "first-look-sign"), Again(LOOK)),
    "verify": Again(VERIFY),
    **dict.fromkeys(
        ("removal-opinion", "removal-opinion-head", "removal-opinion-leader"), Again(opinion_again)
    ),
    **dict.fromkeys(("plan-department", "plan-party-group", "plan"), Again(PLAN)),
}
