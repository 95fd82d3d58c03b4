"""R11 as the removal sees it: the member's two terms, the reviews that follow, and a removal that is revoked."""

from collections.abc import Callable, Mapping

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.commands.removal import ReviewDecided
from contracts.commands.review import OpenReview
from contracts.events.removal import ReviewAsked, ReviewHeard, ReviewSigners
from contracts.matter import Attacked, Objection
from contracts.names import review_id
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.removal import seat
from workflows.kinds.removal.aftermath import restore, today
from workflows.kinds.removal.case import Removal, Work
from workflows.kinds.removal.closing import close
from workflows.kinds.removal.merging import go_on
from workflows.kinds.removal.suspension import ask_on
from workflows.passages.barring import bar
from workflows.passages.hearing import Hearing
from workflows.procedure.case import Task
from workflows.procedure.kind import Signing
from workflows.rules.forms import Application, read
from workflows.rules.verdict import Refused

FIRST, SECOND = "apply-review", "apply-second-review"
INSTANCES = {FIRST: 1, SECOND: 2}


def with_grounds(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """An application says why."""
    if command.outcome != "APPLIED":
        return None
    form = read(command.form, Application)
    return form if isinstance(form, Refused) else None


def ask(draft: Work, task: Task) -> None:
    """A review begins, by people of whom none signed what is attacked; the decision is carried out meanwhile."""
    case, instance = draft.case, INSTANCES[task.kind]
    ident = review_id(case.case_id, instance)
    said = Application.model_validate(task.form)
    objection = Objection(grounds=said.grounds, documents=said.documents)
    opening = OpenReview(
        claim=draft.claim.model_copy(update={"target": ident}),
        parent=case.case_id,
        district=case.district,
        policy=case.policy,
        policy_digest=case.policy_digest,
        calendar_years=case.years,
        person_id=case.person_id,
        seat=case.seat,
        instance=instance,
        barred=_barred(case),
        attacked=Attacked(name=case.lead.name, lead=case.lead.text, objection=objection),
    )
    draft.emit(ReviewAsked(review=ident, instance=instance))
    draft.owe_start({ident: opening})


def decided(draft: Work, command: ReviewDecided) -> Refused | None:
    """How the review came out. Asked by the review alone."""
    if command.review != draft.case.reviewing:
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("review-over"))
    draft.emit(
        ReviewHeard(
            review=command.review,
            instance=command.instance,
            outcome=command.outcome,
            private=ReviewSigners(signers=command.signers),
        )
    )
    bar(draft, command.barred)
    _THEN[command.outcome](draft, command.instance)
    return None


def _revoked(draft: Work, instance: int) -> None:
    """The removal is revoked: the member is restored from this day on, and the seat is vacant no more."""
    restore(draft, Cause.REVOKED, today(draft))
    seat.had_again(draft, today(draft))
    ask_on(draft)
    go_on(draft)


def _stands(draft: Work, instance: int) -> None:
    """The removal stands: after the first review the member may ask for the second, after the second no more."""
    if instance == INSTANCES[FIRST] and not draft.case.gone:
        draft.open(SECOND)
    close(draft)


_THEN: Mapping[CaseState, Callable[[Work, int], None]] = {
    CaseState.REVOKED: _revoked,
    CaseState.UPHELD: _stands,
    CaseState.CHANGED: _stands,
    CaseState.LAPSED: _stands,
}


AFTER = frozenset({Stage.SERVICE, Stage.RESTORATION, Stage.FILING})
"""Stages at which nothing of the decision is made: whoever served its letters may serve those of its review."""


def _barred(case: Removal) -> tuple[str, ...]:
    """Everybody who signed on the way to the decision, or its first review, whoever was kept from it by a conflict, and
    whoever recommended the member (SOD-01): the member is none of them."""
    signed = {person for task in case.acted() if task.stage not in AFTER for person in task.signers}
    signed |= {case.registrar_id, *case.review_signers, *case.conflicted}
    signed |= {one.person_id for one in case.recommended_by}
    return tuple(sorted(signed - {case.person_id}))


TERMS = [
    Hearing(
        task, {"APPLIED": ask, "WAIVED": close}, silent=Cause.NOT_APPLIED, unheard=close, check=with_grounds
    )
    for task in INSTANCES
]
SIGNING: dict[str, Signing[Removal]] = {task: said for term in TERMS for task, said in term.signing.items()}
REACHED = {rung: then for term in TERMS for rung, then in term.reached.items()}
