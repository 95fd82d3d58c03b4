"""What is asked again of a tenure when somebody with a conflict has acted: the re-evaluation that was begun last."""

from contracts.vocabulary import Stage
from workflows.kinds.tenure.case import Tenure, Work
from workflows.kinds.tenure.evaluation import OWNERS
from workflows.procedure.case import Task
from workflows.procedure.kind import Again


def ask_owner_again(draft: Work, task: Task) -> None:
    """The department answers again; what the others answered stands, and the score waits for it."""
    if _measures(draft) and not any(t.unit == task.unit for t in draft.case.open_tasks(*OWNERS.asked)):
        OWNERS.ask(draft, [task.unit])


def score_again(draft: Work, task: Task) -> None:
    """Others score the member."""
    if _measures(draft):
        draft.open("re-score")


def _measures(draft: Work) -> bool:
    """Whether the member is re-evaluated, from now on when that was over; nobody measures whose seat is vacant."""
    if draft.case.stage is Stage.IN_OFFICE:
        draft.enter(Stage.RE_EVALUATION)
    return draft.case.stage is Stage.RE_EVALUATION


AGAIN: dict[str, Again[Tenure]] = {
    **dict.fromkeys((*OWNERS.asked, OWNERS.conference), Again(ask_owner_again, beside=True)),
    **dict.fromkeys(("re-score", "re-score-sign"), Again(score_again, returns=True)),
}
