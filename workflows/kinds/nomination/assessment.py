"""ST06 to ST08: grading, inspection by two or more, and the integrity opinion with its double signature."""

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.review import CaseGraded
from contracts.vocabulary import CaseState, Grade, Stage
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.facts import index_too_low
from workflows.kinds.nomination.grades import graded, scored, tell_sisters
from workflows.kinds.nomination.indexes import on_record, source_of
from workflows.kinds.nomination.sharing import all_heard, grade_as_shared, usable
from workflows.passages.opinion import opinion
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.consequences import Ends, Enters, Holds, Opens, enters
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import Together, two
from workflows.rules.forms import Scoring, read
from workflows.rules.grading import GradeResult, valid_until
from workflows.rules.integrity import not_passed
from workflows.rules.verdict import Refused

BEGIN_GRADING = enters(Stage.GRADING, "score")
BEGIN_INSPECTION = enters(Stage.INSPECTION, "inspect")
BEGIN_INTEGRITY = enters(Stage.INTEGRITY, "opinion-draft")
BEGIN_PROPOSAL = enters(Stage.PROPOSAL, "propose-department", "propose-party-group")


def gradable(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Scores beyond a maximum or missing are refused, and an index that is not the one on record."""
    result = _graded(draft, command.form)
    return result if isinstance(result, Refused) else None


def give_grade(draft: Work, task: Task) -> None:
    """The grade follows from the confirmed scores. C is not suitable and ends the case; the others are inspected."""
    first = draft.case.signed_by_first(task)
    form = Scoring.model_validate(first.form)
    if not_passed(form.integrity_index, draft.policy):
        # No grade before people have ruled on it: when they clear it the evaluation is scored again.
        index_too_low(draft, form.integrity_index, first.id, first.signer)
        return
    result = _graded(draft, first.form)
    if isinstance(result, Refused):
        raise TypeError(f"scores that were taken give no grade: {result.said}")
    until = valid_until(draft.now, draft.policy.grading, calendar_of(draft.case, draft.policy))
    private = scored(draft, result, form.scores, form.integrity_index, source_of(draft.case))
    draft.emit(CaseGraded(grade=result.grade, veto=False, valid_until=until, private=private))
    tell_sisters(draft)
    GRADES[result.grade](draft, task)


def evaluate(draft: Work) -> None:
    """When whoever must be heard has been, the evaluation is scored; a shared one gives its grade at once."""
    result = usable(draft)
    waiting = draft.case.open_tasks("score", "score-sign")
    if waiting or (draft.case.stage is Stage.CONSULTATION and not all_heard(draft)):
        return
    if result is None:
        BEGIN_GRADING(draft)
    else:
        grade_as_shared(draft, result)
        GRADES[result.grade](draft, None)


def _graded(draft: Work, content: dict[str, object]) -> GradeResult | Refused:
    form = read(content, Scoring)
    if isinstance(form, Refused):
        return form
    return on_record(draft.case, form) or graded(draft, form.scores, form.integrity_index)


GRADES: dict[Grade, Enters | Ends] = {
    Grade.A: BEGIN_INSPECTION,
    Grade.B: BEGIN_INSPECTION,
    Grade.C: Ends(CaseState.REJECTED, Cause.GRADE_C),
}

SIGNING: dict[str, Signing[Nomination]] = {
    **two("score", "score-sign", {"SCORED": give_grade}, check=gradable, still=True),
    "inspect": Together(
        ("inspect",),
        {
            "UNSUITABLE": Ends(CaseState.REJECTED, Cause.INSPECTION_UNSUITABLE),
            "RECHECK": Opens("inspect"),
            "SUITABLE": BEGIN_INTEGRITY,
        },
    ),
    **opinion(
        "opinion-draft",
        ("opinion-head", "opinion-leader"),
        {
            "NO_OBJECTION": BEGIN_PROPOSAL,
            "REMINDER": BEGIN_PROPOSAL,
            "DEFER": Holds(Cause.OPINION_DEFERRED),
            "NEGATIVE": Ends(CaseState.REJECTED, Cause.OPINION_NEGATIVE),
        },
    ),
}
