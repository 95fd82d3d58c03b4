"""One evaluation for one person: re-used while it is valid, and shared by cases of two levels (S1, domain §8.3).

Within its validity only a short round is asked: the owners of the dimensions that the policy names. The grade is then
that of the same scores, capped by what capped it there and by this case's own rulings, and valid no longer than it was.
"""

from datetime import datetime

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.nomination import KnowSister
from contracts.events.nomination import EvaluationShared, SisterKnown
from contracts.events.review import CaseGraded
from contracts.matter import Recommender
from contracts.nominee import Evaluation
from contracts.vocabulary import Stage
from workflows.kinds.nomination.case import Work
from workflows.kinds.nomination.consultation import DEPARTMENTS
from workflows.kinds.nomination.grades import (
    graded,
    own_evaluation,
    scored,
    taken_back,
    tell,
    tell_fallen,
    tell_giver,
)
from workflows.procedure.case import Task
from workflows.procedure.consequences import Then, enters
from workflows.rules.grading import GradeResult
from workflows.rules.verdict import Refused


def usable(draft: Work) -> GradeResult | None:
    """What a shared evaluation gives under this case's policy; None without one that fits it.

    It must be valid now, and still be on the day of the election that is called.
    """
    shared = draft.case.shared
    if shared is None or not valid(shared, max(draft.now, draft.case.upcoming or draft.now)):
        return None
    result = graded(draft, shared.scores, shared.index, shared)
    return None if isinstance(result, Refused) else result


def valid(evaluation: Evaluation, now: datetime) -> bool:
    """It ends at 24:00 of its last day, or falls."""
    return not evaluation.fallen and now < evaluation.valid_until


def ask_departments(draft: Work, task: Task | None = None) -> None:
    """Every department of the policy is asked; with a valid evaluation only the owners of what must be seen anew."""
    DEPARTMENTS.ask(draft, _short_round(draft) if usable(draft) else _everybody(draft))


CONSULT = Then(enters(Stage.CONSULTATION), ask_departments)


def all_heard(draft: Work) -> bool:
    """Whether whoever must be heard has been; who was not asked yet, or is needed again, is asked."""
    needed = _short_round(draft) if usable(draft) else _everybody(draft)
    DEPARTMENTS.ask(draft, DEPARTMENTS.not_asked(draft.case, needed))
    return DEPARTMENTS.complete(draft.case, needed)


def _everybody(draft: Work) -> tuple[str, ...]:
    return tuple(department.code for department in draft.policy.departments)


def _short_round(draft: Work) -> tuple[str, ...]:
    return draft.policy.owners(draft.policy.grading.seen_anew)


def know_sister(draft: Work, command: KnowSister) -> Refused | None:
    """Another case about the same person has begun, at another level: it gets the evaluation when there is one.

    Whoever recommends here judges the person there no more than here, so the other is told who that is.
    """
    known = command.case_id in draft.case.sisters
    meet(draft, command.case_id, command.recommended_by)
    if known:
        return None
    if draft.case.recommenders != command.recommended_by:
        _introduce(draft, (command.case_id,))
    evaluation = own_evaluation(draft.case)
    if evaluation is not None and valid(evaluation, draft.now):
        tell(draft, evaluation, (command.case_id,))
    if taken_back(draft.case):
        # The other may have been nominated with the evaluation that was on record then.
        tell_fallen(draft, (command.case_id,))
    return None


def meet(draft: Work, case_id: str, recommended_by: tuple[Recommender, ...] = ()) -> None:
    """A case about the same person is known from now on, and who recommends there."""
    more = tuple(one for one in recommended_by if one not in draft.case.recommended_by)
    if more or case_id not in draft.case.sisters:
        draft.emit(SisterKnown(case_id=case_id, recommended_by=more))


def introduce(draft: Work, sisters: tuple[str, ...]) -> None:
    """Cases about the same person that are under way get to know this one."""
    for sister in sisters:
        meet(draft, sister)
    _introduce(draft, sisters)


def _introduce(draft: Work, sisters: tuple[str, ...]) -> None:
    case = draft.case
    word = KnowSister(claim=draft.claim, case_id=case.case_id, recommended_by=case.recommenders)
    draft.owe_tell(CaseKind.NOMINATION, sisters, word)


def know(draft: Work, evaluation: Evaluation, given_by: str | None = None) -> None:
    """The evaluation that another case gave, or gives no more, is known here; or what came of this one there."""
    said = {"of": evaluation.of, "valid_until": evaluation.valid_until, "fallen": evaluation.fallen}
    draft.emit(EvaluationShared.model_validate({**said, "given_by": given_by, "private": evaluation}))


def take(draft: Work, evaluation: Evaluation) -> None:
    """The evaluation is known; a round under way becomes the short one, and scoring under way is over."""
    know(draft, evaluation)
    if draft.case.hits or draft.case.minor_at:
        tell_giver(draft)
    ask_the_short_round(draft)


def ask_the_short_round(draft: Work) -> None:
    """With an evaluation that can be used nobody else is asked, and nobody scores. No case that has ended asks."""
    if draft.case.ended or draft.case.scores is not None or usable(draft) is None:
        return
    owners = _short_round(draft)
    asked = draft.case.open_tasks("reply", "reply-sign", "conference")
    draft.cancel([task for task in asked if task.unit not in owners], Cause.EVALUATION_SHARED)
    draft.cancel(draft.case.open_tasks("score", "score-sign"), Cause.EVALUATION_SHARED)


def grade_as_shared(draft: Work, result: GradeResult) -> None:
    """The short round is over: the shared evaluation gives this case its grade."""
    shared = draft.case.shared
    if shared is None:
        raise RuntimeError("nothing was shared that could give a grade")
    private = scored(draft, result, shared.scores, shared.index, shared.of, shared)
    draft.emit(CaseGraded(grade=result.grade, veto=False, valid_until=shared.valid_until, private=private))
