"""One evaluation is kept in step by the cases that share it, also after both were graded (SOD-08, SC-19, §8.8.5)."""

from contracts.causes import Cause
from contracts.commands.nomination import ShareEvaluation
from contracts.events.conflict import PapersVoided
from contracts.nominee import Evaluation
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Stage
from workflows.kinds.nomination.again import AGAIN
from workflows.kinds.nomination.case import Work, graded_by
from workflows.kinds.nomination.grades import GRADED, grade_again, taken_back, tell_fallen, tell_giver
from workflows.kinds.nomination.sharing import ask_the_short_round, know, take
from workflows.procedure.redoing import ORDER
from workflows.rules.verdict import Refused

PUT_OFF = (Cause.OPINION_DEFERRED, Cause.DECISION_DEFERRED)
"""What is asked anew anyhow when the case has gone back."""


def share(draft: Work, command: ShareEvaluation) -> Refused | None:
    """Another case about the same person was evaluated: what this one still asks for that is asked no more.

    A grade that it gave here already follows it; one that the case has of itself is kept. Where the case has ended
    all of this follows when a granted re-check reopens it.
    """
    case, evaluation, giver = draft.case, command.evaluation, command.given_by
    if evaluation.of not in case.sisters or giver not in {None, case.case_id}:
        return Refused(RefusalCode.NOT_THIS_PERSON, say("other-persons-case"))
    if case.over_for_good:
        return None
    if giver is not None:
        _ruled_there(draft, evaluation)
    elif evaluation.fallen:
        _fell(draft, evaluation)
    elif case.scores is None:
        take(draft, evaluation)
    elif graded_by(case, evaluation.of) and _same_scores(draft, evaluation):
        know(draft, evaluation)
        _follow(draft)
    return None


def come_back(draft: Work) -> None:
    """The case was reopened: it follows what it heard of the shared evaluation when it had ended."""
    ask_the_short_round(draft)
    if draft.case.scores is None and ORDER.index(draft.case.stage) > ORDER.index(Stage.GRADING):
        _go_back(draft)
    _follow(draft)


def take_back(draft: Work) -> None:
    """The grade that this case gave is void: nor does it stand where it is shared."""
    void = [name for event in draft.events if isinstance(event, PapersVoided) for name in event.tasks]
    if any(draft.case.tasks[name].kind == GRADED for name in void) and taken_back(draft.case):
        tell_fallen(draft, draft.case.sisters)


def _ruled_there(draft: Work, evaluation: Evaluation) -> None:
    """What a panel ruled where this evaluation is used counts here as well: one person has one grade (domain §8.3)."""
    if (evaluation.of in draft.case.minor_at) != evaluation.minor:
        know(draft, evaluation, given_by=draft.case.case_id)
        tell_giver(draft)
        _follow(draft)


def _follow(draft: Work) -> None:
    """The grade follows the evaluation, while the case is under way."""
    if not draft.case.ended:
        grade_again(draft)


def _same_scores(draft: Work, evaluation: Evaluation) -> bool:
    """Whether it is still the one evaluation, and only what caps it is another."""
    known = draft.case.scores
    return known is not None and (known.scores, known.index) == (evaluation.scores, evaluation.index)


def _fell(draft: Work, evaluation: Evaluation) -> None:
    """It gives no grade any more: whoever was not asked because of it is, and what followed the grade is done anew."""
    case, graded = draft.case, graded_by(draft.case, evaluation.of)
    if not graded and (case.shared is None or case.shared.of != evaluation.of):
        return
    know(draft, evaluation)
    if not graded:
        return
    tell_fallen(draft, case.sisters)
    if not case.ended:
        _go_back(draft)


def _go_back(draft: Work) -> None:
    """Nothing that followed the grade stands: whoever was not heard is asked."""
    case = draft.case
    later = [task for task in case.open_tasks(*AGAIN) if _follows_a_grade(task.kind, task.stage)]
    draft.cancel(later, Cause.CONFLICT)
    for cause in PUT_OFF:
        draft.lift(cause, why=Cause.CONFLICT)
    if ORDER.index(case.stage) > ORDER.index(Stage.CONSULTATION):
        draft.enter(Stage.CONSULTATION)


def _follows_a_grade(kind: str, stage: Stage) -> bool:
    return not AGAIN[kind].beside and ORDER.index(stage) > ORDER.index(Stage.GRADING)
