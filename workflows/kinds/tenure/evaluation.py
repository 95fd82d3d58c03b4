"""The annual re-evaluation (届中复评): the owners of its dimensions are asked, and two people score (domain §8.4)."""

from datetime import datetime

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.case import PolicyAdopted
from contracts.events.tenure import MemberReEvaluated, ReEvaluationBegun, ReEvaluationScores
from contracts.policy.model import Policy
from contracts.vocabulary import Stage
from workflows.kinds.tenure.case import Tenure, Work
from workflows.kinds.tenure.findings import find_issues, names_facts
from workflows.kinds.tenure.leads import raise_removal, seats_of
from workflows.passages.consulting import Consulting
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.kind import Lapsing, Signing
from workflows.procedure.signatures import two
from workflows.rules import re_evaluation
from workflows.rules.calendar import local_day, same_date, start_of
from workflows.rules.deadlines import MONTHS
from workflows.rules.forms import Scoring, read
from workflows.rules.grading import valid_until
from workflows.rules.verdict import Refused


def nothing_found(draft: Work, task: Task) -> None:
    """There is nothing to look at."""


OWNERS: Consulting[Tenure] = Consulting(
    reply="re-reply",
    sign="re-reply-sign",
    conference="re-conference",
    extension="conference_extension",
    answers={"NO_ISSUE": nothing_found, "NO_RECORD": nothing_found, "ISSUE": find_issues},
    check=names_facts,
)


def begins(case: Tenure) -> bool:
    """Whether the seat is held and the member is not being re-evaluated already."""
    return case.stage is Stage.IN_OFFICE and not case.ended


def expiry(case: Tenure) -> datetime | None:
    """When the evaluation expires; one that nobody knows of has expired when the case began."""
    return case.evaluated_until or case.measured


def due(case: Tenure, policy: Policy) -> datetime | None:
    """When the next re-evaluation is due: when a year is over, or earlier when the evaluation expires.

    One that the loss of the seat cut short is due still, and is made when the member has the seat again.
    None under a policy that the case has left: the one that it has adopted says when.
    """
    if policy.version != case.policy:
        return None
    if case.cut_short:
        return case.measured
    over, expires = year_over(case, policy), expiry(case)
    return over if expires is None else min(over, expires)


def year_over(case: Tenure, policy: Policy) -> datetime:
    """The first anniversary of the seat's beginning after the latest re-evaluation began. It runs by date."""
    every, calendar = seats_of(policy).re_evaluation.every, calendar_of(case, policy)
    measured = case.began if case.measured is None else local_day(case.measured, calendar)
    months, passed = every.n * MONTHS[every.unit], 1
    while same_date(case.began, months * passed) <= measured:
        passed += 1
    return start_of(same_date(case.began, months * passed), calendar)


def adopts(case: Tenure) -> bool:
    """Whether another version was announced: it decides from the re-evaluation on that is due (SC-11)."""
    return begins(case) and case.announced is not None


def adopt(draft: Work) -> None:
    """The announced version comes into force; the re-evaluation begins with the next step, under it."""
    if draft.case.announced is not None:
        draft.emit(PolicyAdopted(**dict(draft.case.announced)))


def begin(draft: Work) -> None:
    """The owners of the dimensions that are measured are asked, and nobody else."""
    expires = expiry(draft.case)
    expired = expires is not None and expires <= draft.now
    cause = Cause.EVALUATION_EXPIRED if expired else Cause.YEAR_OVER
    draft.emit(ReEvaluationBegun(cause=cause, at=draft.now))
    draft.enter(Stage.RE_EVALUATION)
    OWNERS.ask(draft, draft.policy.owners(seats_of(draft.policy).re_evaluation.dimensions))


def goes_on(draft: Work) -> None:
    """When every owner has answered, the member is scored."""
    asked = draft.case.open_tasks("re-score", "re-score-sign")
    if draft.case.stage is Stage.RE_EVALUATION and not asked and OWNERS.complete(draft.case):
        draft.open("re-score")


def scores_hold(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Exactly the measured dimensions are scored, each within its maximum."""
    form = read(command.form, Scoring)
    if isinstance(form, Refused):
        return form
    missed = _missed(draft, form)
    return missed if isinstance(missed, Refused) else None


def re_evaluated(draft: Work, task: Task) -> None:
    """The re-evaluation is done. Below the bar a removal opens; the seat is held until that has decided."""
    form = Scoring.model_validate(draft.case.signed_by_first(task).form)
    missed = _missed(draft, form)
    if isinstance(missed, Refused):
        raise RuntimeError("the check lets nobody score what cannot be scored")
    draft.emit(
        MemberReEvaluated(
            passed=not missed,
            evaluated_until=_valid(draft),
            private=ReEvaluationScores(scores=form.scores, index=form.integrity_index, reasons=missed),
        )
    )
    draft.enter(Stage.IN_OFFICE)
    if missed:
        grading = draft.policy.grading
        too_low = form.integrity_index < grading.index_pass
        raise_removal(draft, "re-evaluation", "；".join(missed), item=grading.index_item if too_low else None)


def _missed(draft: Work, form: Scoring) -> tuple[str, ...] | Refused:
    rule = seats_of(draft.policy).re_evaluation
    return re_evaluation.unmet(form.scores, form.integrity_index, rule, draft.policy.grading)


def _valid(draft: Work) -> datetime | None:
    """An annual re-evaluation leaves the evaluation as long valid as it is; one after its expiry is its successor."""
    if draft.case.due_for is Cause.YEAR_OVER:
        return draft.case.evaluated_until
    return valid_until(draft.now, draft.policy.grading, calendar_of(draft.case, draft.policy))


SIGNING: dict[str, Signing[Tenure]] = {
    **OWNERS.signing(),
    **two("re-score", "re-score-sign", {"SCORED": re_evaluated}, check=scores_hold),
}
ADOPTION = Lapsing[Tenure](adopts, due, adopt)
RE_EVALUATION = Lapsing[Tenure](lambda case: begins(case) and not adopts(case), due, begin)
