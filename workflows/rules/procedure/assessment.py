"""ST06 to ST08: grading, inspection by two, and the integrity opinion with its double signature."""

from contracts.commands.case import CompleteTask
from contracts.events.review import CaseGraded, OpinionGiven, Scores
from contracts.vocabulary import CaseState, Grade, Ruling, Stage
from workflows.rules.case import Task, calendar_of
from workflows.rules.draft import Draft
from workflows.rules.forms import Scoring, read
from workflows.rules.grading import GradeResult, grade, valid_until
from workflows.rules.opinions import stricter
from workflows.rules.procedure.handling import Handler, ask_second, confirmed
from workflows.rules.verdict import Refused

DEFERRED_OPINION = "opinion-deferred"
"""Cause of the hold after the integrity opinion DEFER."""
INSPECTORS = (1, 2)
"""Signature numbers of the inspection: at least two inspectors sign (domain §8.1, ST07)."""


def begin_grading(draft: Draft) -> None:
    """Every department answered and every hit is ruled on: the evaluation is scored."""
    draft.enter(Stage.GRADING)
    draft.open("score")


def score(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The evaluator scored: scores beyond a maximum or missing are refused; a second person confirms."""
    result = _graded(draft, command.form)
    if isinstance(result, Refused):
        return result
    ask_second(draft, task, "score-sign")
    return None


def score_sign(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The panel's chair confirmed the scores: the grade follows from them. C is not suitable and ends the case."""
    first = confirmed(draft, task, "score")
    if first is None:
        return None
    result = _graded(draft, first.form)
    form = read(first.form, Scoring)
    if isinstance(result, Refused):
        return result
    if isinstance(form, Refused):
        return form
    grading = draft.policy.grading
    until = valid_until(draft.now, grading, calendar_of(draft.case, draft.policy))
    private = Scores(
        scores=form.scores, index=form.integrity_index, total=result.total, reasons=tuple(result.reasons)
    )
    draft.emit(CaseGraded(grade=result.grade, veto=False, valid_until=until, private=private))
    if result.grade is Grade.C:
        draft.end(CaseState.REJECTED, "grade-c")
    else:
        begin_inspection(draft)
    return None


def _graded(draft: Draft, content: dict[str, object]) -> GradeResult | Refused:
    form = read(content, Scoring)
    if isinstance(form, Refused):
        return form
    return grade(
        form.scores,
        form.integrity_index,
        minor=any(hit.ruling is Ruling.MINOR for hit in draft.case.hits),
        closed_no_reply=bool(draft.case.unanswered),
        veto=any(hit.ruling is Ruling.VETO for hit in draft.case.hits),
        grading=draft.policy.grading,
    )


def begin_inspection(draft: Draft) -> None:
    """Two inspectors are asked, each for their own signature."""
    draft.enter(Stage.INSPECTION)
    _open_inspection(draft)


def _open_inspection(draft: Draft) -> None:
    for signature in INSPECTORS:
        draft.open("inspect", signature=signature)


def inspect(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """An inspector signed; when both have, one UNSUITABLE ends the case and one RECHECK repeats the inspection."""
    if draft.case.open_tasks("inspect"):
        return None
    outcomes = {t.outcome for t in draft.case.acted() if t.kind == "inspect" and t.round == task.round}
    if "UNSUITABLE" in outcomes:
        draft.end(CaseState.REJECTED, "inspection-unsuitable")
    elif "RECHECK" in outcomes:
        _open_inspection(draft)
    else:
        begin_integrity(draft)
    return None


def begin_integrity(draft: Draft) -> None:
    """The discipline group is asked for its opinion."""
    draft.enter(Stage.INTEGRITY)
    draft.open("opinion-draft")


def opinion_draft(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The discipline officer drafted: the group's head and the leader in charge each sign over that draft."""
    ask_second(draft, task, "opinion-head")
    ask_second(draft, task, "opinion-leader")
    return None


def opinion_sign(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """One of two signed; when both have, the stricter opinion holds (SC-14)."""
    kinds = ("opinion-head", "opinion-leader")
    if draft.case.open_tasks(*kinds):
        return None
    signed = [t for t in draft.case.acted() if t.kind in kinds and t.round == task.round]
    opinion = signed[0].outcome
    for other in signed[1:]:
        opinion = stricter(opinion, other.outcome, draft.policy.opinions)
    draft.emit(OpinionGiven(opinion=opinion))
    if opinion == "NEGATIVE":
        draft.end(CaseState.REJECTED, "integrity-opinion-negative")
    elif opinion == "DEFER":
        draft.hold(DEFERRED_OPINION, Stage.INTEGRITY)
    else:
        begin_proposal(draft)
    return None


def begin_proposal(draft: Draft) -> None:
    """The united-front department and the federation's party group are asked to propose."""
    draft.enter(Stage.PROPOSAL)
    draft.open("propose-department")
    draft.open("propose-party-group")


HANDLERS: dict[str, Handler] = {
    "score": score,
    "score-sign": score_sign,
    "inspect": inspect,
    "opinion-draft": opinion_draft,
    "opinion-head": opinion_sign,
    "opinion-leader": opinion_sign,
}
