"""The grade that scores and rulings give, and the grade given again when a ruling changes it (domain §8.3, §8.8.5)."""

from collections.abc import Iterator

from contracts.case import CaseKind
from contracts.commands.nomination import RequestResult, ShareEvaluation
from contracts.events.nomination import ResultRequested
from contracts.events.review import CaseGraded, Scores
from contracts.nominee import Evaluation
from contracts.policy.model import Grading
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Ruling, TaskState
from workflows.kinds.nomination.case import QUESTIONS, Nomination, Question, Work, graded_by
from workflows.passages.consulting import CLOSED
from workflows.procedure.rights import may_ask
from workflows.procedure.signatures import CONFIRM
from workflows.rules.grading import GradeResult, grade
from workflows.rules.verdict import Refused

GRADED = "score-sign"
"""The signature that gives a grade."""


def graded(
    draft: Work, scores: dict[str, int], index: int, shared: Evaluation | None = None
) -> GradeResult | Refused:
    """The grade of these scores and this index, with what the case knows today; `shared`: whose evaluation they are."""
    return _grade(draft.case, scores, index, shared, draft.policy.grading)


def regraded(case: Nomination, grading: Grading) -> GradeResult | Refused | None:
    """The grade that the scores on record give by this grading and what the case knows today; None without scores."""
    if case.scores is None:
        return None
    return _grade(case, case.scores.scores, case.scores.index, _graded_as_shared(case), grading)


def _grade(
    case: Nomination, scores: dict[str, int], index: int, shared: Evaluation | None, grading: Grading
) -> GradeResult | Refused:
    caps = _caps(case, shared)
    return grade(
        scores,
        index,
        minor=caps["minor"],
        closed_no_reply=caps["unheard"],
        veto=_ruled(case, Ruling.VETO),
        grading=grading,
    )


def _graded_as_shared(case: Nomination) -> Evaluation | None:
    """The evaluation of another case, where this one has its grade from it."""
    return case.shared if case.shared is not None and graded_by(case, case.shared.of) else None


def scored(
    draft: Work,
    result: GradeResult,
    scores: dict[str, int],
    index: int,
    source: str,
    shared: Evaluation | None = None,
) -> Scores:
    """What a grade rests on, to be kept with it; `source` says whose index it is."""
    said = {"scores": scores, "index": index, "index_source": source}
    why = {"total": result.total, "reasons": result.reasons, **_caps(draft.case, shared)}
    return Scores.model_validate({**said, **why})


def grade_again(draft: Work) -> None:
    """A ruling came, or fell, after the grading: the same scores give another grade, valid as long as the first.

    It is that of the cases that share the evaluation as well.
    """
    before, case = draft.case.scores, draft.case
    result = regraded(case, draft.policy.grading)
    if before is None or result is None:
        return
    if isinstance(result, Refused):
        raise TypeError(f"scores that were taken give no grade: {result.said}")
    if result.grade is not case.grade:
        shared = _graded_as_shared(case)
        private = scored(draft, result, before.scores, before.index, before.index_source, shared)
        draft.emit(CaseGraded(grade=result.grade, veto=False, valid_until=case.valid_until, private=private))
        tell_sisters(draft)


def tell_sisters(draft: Work) -> None:
    """This case was evaluated: the others about the same person share the result.

    Whose own ruling is all that caps it hears of no cap here: when that is cancelled nothing else is in the way.
    """
    case, evaluation = draft.case, own_evaluation(draft.case)
    if evaluation is None:
        return
    here = _ruled(case, Ruling.MINOR) or (case.shared is not None and case.shared.minor)
    capped = () if here or len(case.minor_at) > 1 else case.minor_at
    tell(draft, evaluation, tuple(one for one in case.sisters if one not in capped))
    tell(draft, evaluation.model_copy(update={"minor": False}), capped)


def tell_giver(draft: Work) -> None:
    """The case whose evaluation is used here hears whether a panel ruled an item minor here: one person has one grade.

    Not what was ruled there itself: it would hear that back when it has let it go.
    """
    case, shared = draft.case, draft.case.shared
    if shared is None or shared.of not in case.sisters:
        return
    minor = _ruled(case, Ruling.MINOR) or bool(case.minor_at)
    said = shared.model_copy(update={"of": case.case_id, "minor": minor, "unheard": False})
    word = ShareEvaluation(claim=draft.claim, evaluation=said, given_by=shared.of)
    draft.owe_tell(CaseKind.NOMINATION, (shared.of,), word)


def own_evaluation(case: Nomination) -> Evaluation | None:
    """The evaluation of this case, as others may use it."""
    if case.scores is None or case.valid_until is None:
        return None
    said = case.scores.model_dump(include={"scores", "index", "minor", "unheard"})
    return Evaluation(of=case.case_id, valid_until=case.valid_until, **said)


def taken_back(case: Nomination) -> bool:
    """Whether it was graded, and the grade is void since and not given again."""
    void = any(t.kind == GRADED and t.state is TaskState.VOID for t in case.tasks.values())
    return void and case.scores is None


def tell_fallen(draft: Work, sisters: tuple[str, ...]) -> None:
    """The evaluation stands no more where it is shared."""
    of = draft.case.case_id
    tell(draft, Evaluation(of=of, valid_until=draft.now, scores={}, index=0, fallen=True), sisters)


def tell(draft: Work, evaluation: Evaluation, sisters: tuple[str, ...]) -> None:
    """These cases about the same person hear of the evaluation."""
    word = ShareEvaluation(claim=draft.claim, evaluation=evaluation)
    draft.owe_tell(CaseKind.NOMINATION, sisters, word)


def request_result(draft: Work, command: RequestResult) -> Refused | None:
    """The nominee is told the result on request, as often as they ask and also after the end (N09)."""
    verdict = may_ask(command.actor, draft.case, command.act, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    if draft.case.grade is None:
        return _no_result(draft.case)
    draft.emit(ResultRequested(grade=draft.case.grade))
    return None


def _no_result(case: Nomination) -> Refused:
    """There is none yet, or there will be none."""
    if case.ended:
        return Refused(RefusalCode.NO_RESULT, say("ended-ungraded", state=case.state))
    return Refused(RefusalCode.NO_RESULT_YET, say("no-result-yet"))


def unheard(case: Nomination) -> list[str]:
    """What departments were closed on without a reply, and have not answered when they were asked it anew since."""
    heard = {name for question in QUESTIONS for name in _heard_since(case, question)}
    return [name for name in case.unanswered if name not in heard]


def _heard_since(case: Nomination, question: Question) -> Iterator[str]:
    """Departments that answered this very question after they had been closed on it."""
    closed = {t.unit: t.opened for t in case.acted(question.conference) if t.outcome == CLOSED}
    for answer in case.acted(*question.heard):
        if answer.outcome == CONFIRM and answer.unit in closed and answer.opened > closed[answer.unit]:
            yield question.to(answer.unit)


def _caps(case: Nomination, shared: Evaluation | None) -> dict[str, bool]:
    """What keeps the grade from an A: here, in the case whose evaluation this is, or in one that uses it."""
    minor, closed = (shared.minor, shared.unheard) if shared else (False, False)
    ruled = _ruled(case, Ruling.MINOR) or bool(case.minor_at)
    return {"minor": minor or ruled, "unheard": closed or bool(unheard(case))}


def _ruled(case: Nomination, ruling: Ruling) -> bool:
    return any(hit.ruling is ruling and not hit.cancelled for hit in case.hits)
