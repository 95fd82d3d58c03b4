"""R03: the suspension from duty. It rests on causes; each ends by itself, and the suspension with the last of them."""

from contracts.base import Digest
from contracts.case import about, number_in
from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.case import CompleteTask
from contracts.commands.removal import LiftSuspension, ReportInvestigation, ReportRelease, Suspend
from contracts.events.removal import (
    DutySuspended,
    InvestigationEnded,
    InvestigationReported,
    SuspensionLifted,
)
from contracts.matter import INVESTIGATIONS, Investigation, Suspending
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import TaskState
from workflows.kinds.removal import seat
from workflows.kinds.removal.case import DECIDED, Removal, Work
from workflows.kinds.removal.closing import close_if_over
from workflows.procedure.case import Task
from workflows.procedure.hands import Hand
from workflows.procedure.kind import Signing
from workflows.procedure.rights import may_ask
from workflows.procedure.signatures import Alone
from workflows.rules.forms import Minutes, read
from workflows.rules.verdict import Refused

CAUSES: tuple[Suspending, ...] = (*INVESTIGATIONS, Cause.CHAIR_DECISION)
"""A task names its own by its number here, from 1."""
CAUSE = "cause"
"""Stands in a task's `about` before that number."""
PROPOSAL = "suspend-duty"


def propose(draft: Work, cause: Investigation, document: Digest | None) -> None:
    """Detention and investigation propose a suspension by themselves; the chair meeting decides."""
    draft.emit(InvestigationReported(cause=cause, document_digest=document))
    _ask(draft, cause)


def inherit(draft: Work, left: tuple[Investigation, ...], resting: tuple[Investigation, ...]) -> None:
    """What earlier removals of the seat left is known here too; where the duties rest for it nothing is proposed."""
    for cause in left:
        if cause not in draft.case.investigated:
            draft.emit(InvestigationReported(cause=cause))
            if cause not in resting:
                _ask(draft, cause)


def unanswered(case: Removal) -> tuple[Investigation, ...]:
    """What lasts of detention and investigation, and was put to the chair meeting here, and cut off by the end."""
    last = {_cause(task): task for task in case.tasks.values() if task.kind == PROPOSAL}
    cut_off = {cause for cause, task in last.items() if task.state is TaskState.CANCELLED}
    return tuple(one for one in INVESTIGATIONS if one in case.investigated and one in cut_off)


def ask_on(draft: Work) -> None:
    """The removal is over, and the member has the seat: the chair meeting is asked all the same."""
    if not draft.case.gone:
        for cause in unanswered(draft.case):
            _ask(draft, cause)


def _ask(draft: Work, cause: Suspending) -> None:
    draft.open(PROPOSAL, about=about(CAUSE, CAUSES.index(cause) + 1))


def decide_again(draft: Work, hand: Hand) -> None:
    """Somebody with a conflict wrote down that the duties rest for this cause, or no longer: the chair meeting decides
    anew, written down by another. Until then the duties do not rest for it.

    Nothing where others have decided otherwise since, or are asked already.
    """
    cause = next(one for one in CAUSES if one.value == hand.matter)
    stands = (hand.event == DutySuspended.type) == (cause in draft.case.suspended)
    if stands and not any(_cause(asked) is cause for asked in draft.case.open_tasks(PROPOSAL)):
        lift(draft, cause)
        _ask(draft, cause)


def propose_again(draft: Work, task: Task) -> None:
    """The chair meeting decides anew on the cause of this task; nothing rests on what was decided before."""
    cause = _cause(task)
    lift(draft, cause)
    if cause is Cause.CHAIR_DECISION or cause in draft.case.investigated:
        draft.open(PROPOSAL, about=task.about)


def lift(draft: Work, cause: Cause, document: Digest | None = None) -> None:
    """The suspension ends as far as it rests on this cause; nothing where it does not."""
    if cause in draft.case.suspended:
        left = tuple(one for one in draft.case.suspended if one is not cause)
        draft.emit(SuspensionLifted(cause=cause, left=left, document_digest=document))
        # What a smaller body decided lets the duties rest as well, until the plenary has voted (R09).
        if not left and (draft.case.ended or draft.case.urgent != DECIDED):
            seat.resumes(draft)


def report_investigation(draft: Work, command: ReportInvestigation) -> Refused | None:
    """An official paper says that the member is detained or investigated. A state that is known proposes nothing.

    The seat hears of it, and by it every other removal that is open (R07). What another case tells is proposed here
    where it was proposed there, and nobody has answered.
    """
    if command.proposed and draft.case.ended:
        return None
    refused = _not_now(draft, command)
    if refused is not None:
        return refused
    known = command.cause in draft.case.investigated
    if not known:
        draft.emit(InvestigationReported(cause=command.cause, document_digest=command.document_digest))
    if command.claim.owed_by is None:
        if not known:
            _ask(draft, command.cause)
            seat.investigated(draft, command.cause, command.document_digest)
    elif not (command.proposed or is_asked(draft.case, command.cause)):
        _ask(draft, command.cause)
    return None


def is_asked(case: Removal, cause: Cause) -> bool:
    """Whether the duties rest for it here, or the chair meeting is asked."""
    return cause in case.suspended or any(_cause(task) is cause for task in case.open_tasks(PROPOSAL))


def report_release(draft: Work, command: ReportRelease) -> Refused | None:
    """An official paper says that it is over: with the cause the suspension ends, also after the case has ended.

    The seat hears of it from whoever was shown the paper; it told all who hear of it from the seat.
    """
    refused = _may_not(draft, command)
    if refused is not None:
        return refused
    if command.cause in draft.case.investigated:
        draft.emit(InvestigationEnded(cause=command.cause, document_digest=command.document_digest))
    asked = [t for t in draft.case.open_tasks(PROPOSAL) if _cause(t) is command.cause]
    draft.cancel(asked, Cause.CAUSE_ENDED)
    lift(draft, command.cause, command.document_digest)
    if asked:
        close_if_over(draft)
    if command.claim.owed_by is None:
        seat.cleared(draft, command.cause, command.document_digest)
    return None


def suspend(draft: Work, command: Suspend) -> Refused | None:
    """The chair meeting suspends, at any time before the end. A further cause is recorded as well."""
    refused = _not_now(draft, command)
    if refused is not None:
        return refused
    rest(draft, command.cause, command.minutes_digest)
    return None


def lift_suspension(draft: Work, command: LiftSuspension) -> Refused | None:
    """The chair meeting lifts it as far as it rests on one cause, also after the case has ended."""
    verdict = may_ask(command.actor, draft.case, command.act, draft.policy)
    if isinstance(verdict, Refused):
        return verdict
    known = draft.case.investigations
    lift(draft, command.cause, command.minutes_digest)
    for cause in known:
        if cause not in draft.case.investigations:
            seat.cleared(draft, cause, command.minutes_digest)
    return None


def minuted(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Whatever the chair meeting decides stands in its minutes."""
    form = read(command.form, Minutes)
    return form if isinstance(form, Refused) else None


def suspended(draft: Work, task: Task) -> None:
    """The member is suspended from duty for the cause that was reported."""
    rest(draft, _cause(task), Minutes.model_validate(task.form).minutes_digest)
    close_if_over(draft)


def not_suspended(draft: Work, task: Task) -> None:
    """The member goes on with their duties."""
    close_if_over(draft)


def rest(draft: Work, cause: Suspending, minutes: Digest) -> None:
    """The duties rest for this cause as well, unless they do already."""
    known = draft.case.investigations
    if cause not in draft.case.suspended:
        draft.emit(DutySuspended(cause=cause, minutes_digest=minutes))
        seat.rests(draft, cause)
        if cause is not Cause.CHAIR_DECISION and cause not in known:
            seat.investigated(draft, cause, minutes)


def _cause(task: Task) -> Suspending:
    return CAUSES[number_in(CAUSE, task.about) - 1]


def _not_now(draft: Work, command: Suspend | ReportInvestigation) -> Refused | None:
    ended = Refused(RefusalCode.CASE_ENDED, say("ended", state=draft.case.state))
    return _may_not(draft, command) or (ended if draft.case.ended else None)


def _may_not(draft: Work, command: Command) -> Refused | None:
    """What another case owes was decided there: of it nobody's role is asked."""
    if command.claim.owed_by is not None:
        return None
    verdict = may_ask(command.actor, draft.case, command.act, draft.policy)
    return verdict if isinstance(verdict, Refused) else None


SIGNING: dict[str, Signing[Removal]] = {
    PROPOSAL: Alone({"SUSPENDED": suspended, "NOT_SUSPENDED": not_suspended}, check=minuted)
}
