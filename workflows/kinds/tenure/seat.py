"""The seat as its removals leave it: suspended, kept, vacant, restored; and how a vacancy and a term end (R09, R12)."""

from datetime import date, datetime

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.removal import ReportInvestigation, ReportRelease
from contracts.commands.tenure import (
    LeadReported,
    LinkedSeatLost,
    NameVacancy,
    SeatEnded,
    SeatKept,
    SeatLifted,
    SeatRestored,
    SeatSuspended,
)
from contracts.events.removal import InvestigationEnded
from contracts.events.tenure import (
    MemberReinstated,
    RemovalClosed,
    SeatRested,
    SeatResumed,
    SeatVacated,
    VacancyClosed,
    VacancyNamed,
)
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.tenure.case import REVIEWED, Tenure, Work
from workflows.kinds.tenure.keeping import raise_kept, raise_or_keep
from workflows.kinds.tenure.leads import earlier_over, investigated, left_by
from workflows.passages.barring import bar
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.kind import Lapsing, Signing
from workflows.procedure.signatures import Alone
from workflows.rules.calendar import end_of
from workflows.rules.verdict import Refused


def suspended(draft: Work, command: SeatSuspended) -> Refused | None:
    """A removal suspended the member from duty; the seat is held, or may be again."""
    if refused := _held(draft, outlasts=True):
        return refused
    if draft.case.suspended.get(command.removal) is not command.cause:
        draft.emit(SeatRested(removal=command.removal, cause=command.cause))
    return None


def lifted(draft: Work, command: SeatLifted) -> Refused | None:
    """Its suspension has ended."""
    if command.removal in draft.case.suspended:
        draft.emit(SeatResumed(removal=command.removal))
    return None


def kept(draft: Work, command: SeatKept) -> Refused | None:
    """A removal ended, and the member keeps the seat; what the duties rest for all the same ends by itself."""
    case = draft.case
    told_before = command.removal in case.past and command.removal not in {*case.suspended, *case.removals}
    if command.investigated or not told_before:
        draft.emit(
            RemovalClosed(
                removal=command.removal, suspended=command.suspended, investigated=command.investigated
            )
        )
        bar(draft, command.barred)
        waited_for = command.removal in case.removals[:1]
        if (waited_for or command.investigated) and not (case.ended or case.vacated):
            earlier_over(draft, command.removal)
    return None


def known(draft: Work, command: ReportInvestigation) -> Refused | None:
    """A detention or investigation became known in one removal: every other that is open knows it as well."""
    told_by = command.claim.owed_by
    if told_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("release-at-removal"))
    if command.cause not in draft.case.investigated.get(told_by.case_id, ()):
        investigated(draft, command.cause, command.document_digest, told_by.case_id)
    return None


def released(draft: Work, command: ReportRelease) -> Refused | None:
    """A detention or investigation is over, by a paper that was shown to one removal: the others hear of it as well."""
    case, told_by = draft.case, command.claim.owed_by
    if told_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("release-at-removal"))
    left = [one for one, causes in left_by(case).items() if command.cause in causes]
    if left:
        draft.emit(InvestigationEnded(cause=command.cause, document_digest=command.document_digest))
    know = dict.fromkeys((*left, *case.removals))
    draft.owe_tell(CaseKind.REMOVAL, tuple(one for one in know if one != told_by.case_id), command)
    return None


def ended(draft: Work, command: SeatEnded) -> Refused | None:
    """A removal took the seat, or its resignation was accepted."""
    if refused := _held(draft):
        return refused
    vacate(draft, command.reason, Cause.REMOVAL, command.since, command.removal)
    return None


def restored(draft: Work, command: SeatRestored) -> Refused | None:
    """What took the seat does not hold: it is the member's again. Only the case that took it gives it back.

    What was told of the member meanwhile is looked at from now on.
    """
    vacated, kept, over = draft.case.vacated, draft.case.kept, draft.case.ended_of_kept
    if draft.case.ended or vacated is None or vacated.removal != command.removal:
        return Refused(RefusalCode.CASE_ENDED, say("seat-not-taken"))
    draft.cancel(draft.case.open_tasks("vacancy"), Cause.RESTORED)
    draft.emit(
        MemberReinstated(
            removal=command.removal,
            since=command.since,
            filled=draft.case.filled,
            suspended=command.suspended,
            investigated=command.investigated,
        )
    )
    for removal, cause in draft.case.suspended.items():
        if removal != command.removal:
            draft.emit(SeatRested(removal=removal, cause=cause))
    bar(draft, command.barred)
    draft.enter(Stage.IN_OFFICE)
    earlier_over(draft, command.removal)
    raise_kept(draft, kept, over)
    return None


def lost_elsewhere(draft: Work, command: LinkedSeatLost) -> Refused | None:
    """The member lost a seat at another level: a removal begins here, by this level's own rules, and may keep them."""
    if refused := _held(draft, outlasts=True):
        return refused
    if command.person_id != draft.case.person_id:
        return Refused(RefusalCode.NOT_THIS_PERSON, say("seat-of-another"))
    bar(draft, command.barred)
    raise_or_keep(draft, "linked-seat", command.lead.text, item=command.lead.item)
    return None


def reported(draft: Work, command: LeadReported) -> Refused | None:
    """Somebody reported the member where they had been elected: people look at it here (R01)."""
    if refused := _held(draft, outlasts=True):
        return refused
    raise_or_keep(draft, "other", command.lead.text)
    return None


def vacate(draft: Work, state: CaseState, cause: Cause, since: date, removal: str | None = None) -> None:
    """The seat is vacant, and the election office knows of it. What was asked about the member is asked no more."""
    for hold in draft.case.holds:
        draft.lift(hold.cause, hold.about, cause)
    draft.cancel(draft.case.open_tasks(), cause)
    draft.emit(SeatVacated(state=state, cause=cause, since=since, removal=removal))
    draft.enter(Stage.VACANCY)
    draft.open("vacancy")


def named(draft: Work, command: NameVacancy) -> Refused | None:
    """A batch of co-option names the vacancy that it fills; one vacancy is named once."""
    case = draft.case
    if case.vacated is None or case.ended or not case.open_tasks("vacancy"):
        return Refused(RefusalCode.NO_VACANCY, say("seat-not-vacant"))
    if case.named_by not in {None, command.batch}:
        return Refused(RefusalCode.NO_VACANCY, say("vacancy-of-another-batch"))
    if case.named_by is None:
        draft.emit(VacancyNamed(batch=command.batch))
    return None


def filled(draft: Work, task: Task) -> None:
    """Somebody was co-opted into the seat."""
    _close(draft, str(task.form["nomination"]))


def left_vacant(draft: Work, task: Task) -> None:
    """Nobody is co-opted before the term ends."""
    _close(draft, None)


def _close(draft: Work, nomination: str | None) -> None:
    """The case ends, unless a review can still give the seat back."""
    draft.emit(VacancyClosed(nomination=nomination))
    vacated = draft.case.vacated
    if vacated is not None and vacated.state not in REVIEWED:
        draft.end(vacated.state, vacated.cause)


def term_over(case: Tenure, policy: Policy) -> datetime | None:
    """24:00 of the last day of the term."""
    return end_of(case.ends, calendar_of(case, policy))


def end_term(draft: Work) -> None:
    """The term is over: the case ends as the seat was left."""
    vacated = draft.case.vacated
    if vacated is None:
        draft.end(CaseState.TERM_ENDED, Cause.TERM_OVER)
    else:
        draft.end(vacated.state, vacated.cause)


def _held(draft: Work, *, outlasts: bool = False) -> Refused | None:
    if draft.case.occupied or (outlasts and draft.case.may_return):
        return None
    return Refused(RefusalCode.CASE_ENDED, say("seat-empty"))


SIGNING: dict[str, Signing[Tenure]] = {"vacancy": Alone({"CO_OPTED": filled, "LEFT_VACANT": left_vacant})}
TERM_END = Lapsing[Tenure](lambda case: not case.ended, term_over, end_term)
