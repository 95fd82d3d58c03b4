"""What is asked again of an application when somebody with a conflict has acted (SOD-08).

A title that was recognised is held until others have decided anew, as it is while its withdrawal is proposed.
"""

from contracts.case import number_in
from contracts.vocabulary import Stage
from workflows.kinds.award.case import LOSS, PROPOSAL, Award, Work
from workflows.kinds.award.conduct import MARK, ask_about, drop_decision, may_be_withdrawn
from workflows.procedure.case import Task
from workflows.procedure.consequences import enters
from workflows.procedure.kind import Again


def veto_again(draft: Work, task: Task) -> None:
    """Two others say what the veto leads to, while it stands; nothing is decided any more on what was proposed."""
    number = number_in(MARK, task.about)
    drop_decision(draft)
    if number in draft.case.standing():
        ask_about(draft, number)


def withdrawal_again(draft: Work, task: Task) -> None:
    """Somebody else writes down what becomes of the title, while it is proposed to withdraw it."""
    if may_be_withdrawn(draft.case):
        draft.open("title-decision")


AGAIN: dict[str, Again[Award]] = {
    **dict.fromkeys(("award-check", "award-check-sign"), Again(enters(Stage.AWARD_CHECK, "award-check"))),
    "recognise": Again(enters(Stage.AWARD_DECISION, "recognise")),
    **dict.fromkeys((*LOSS, *PROPOSAL), Again(veto_again, beside=True, alone=True)),
    "title-decision": Again(withdrawal_again, beside=True, alone=True),
}
