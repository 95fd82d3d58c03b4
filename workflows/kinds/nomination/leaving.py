"""How a nominee leaves before the election: withdrawal, death, loss of capacity (domain §8.1, §8.8.6).

Nobody ends a candidacy by naming a paper: whoever shows it is one person, whoever sees it another.
"""

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.commands.nomination import RecordLoss, Withdraw
from contracts.events.leaving import (
    LossDenied,
    LossRecorded,
    Paper,
    WithdrawalAsked,
    WithdrawalDenied,
)
from contracts.events.nomination import Withdrawal, WithdrawalSigned
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.nomination import papers
from workflows.kinds.nomination.appeal import forgo
from workflows.kinds.nomination.ballot import leave
from workflows.kinds.nomination.case import SEE_LOSS, Nomination, Shown, Work
from workflows.kinds.nomination.doubled import release
from workflows.procedure.case import Task
from workflows.procedure.hands import Hand
from workflows.procedure.kind import Signing
from workflows.procedure.letters import SERVE_LETTER
from workflows.procedure.rights import asks_as_self, may_ask
from workflows.procedure.signatures import CONFIRM, Alone
from workflows.rules.forms import PaperSeen, read
from workflows.rules.verdict import Refused

DENIED = "DENIED"


def withdraw(draft: Work, command: Withdraw) -> Refused | None:
    """Withdraw from every state until the instant of the election at which one is voted on.

    The person at once; the nominating unit on the person's signed paper, which somebody else must confirm.
    """
    case, actor = draft.case, command.actor
    if case.ended:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=case.state))
    verdict = may_ask(actor, case, command.act, draft.policy, case.nominating_unit)
    if isinstance(verdict, Refused):
        return verdict
    if voted_on(draft):
        return Refused(RefusalCode.WITHDRAWAL_TOO_LATE, say("name-on-ballot"))
    if asks_as_self(actor, case, command.act, draft.policy):
        _withdrawn(draft, Withdrawal(reason=command.reason, document_digest=command.document_digest))
        return None
    if command.document_digest is None:
        return Refused(RefusalCode.FORM_INVALID, say("signed-paper-needed").at("document_digest"))
    if case.shown is not None:
        return Refused(RefusalCode.WITHDRAWAL_PENDING, say("paper-shown"))
    paper = Paper(reason=command.reason, document_digest=command.document_digest)
    draft.emit(WithdrawalAsked(shown_by=actor.person_id, private=paper))
    papers.ask(draft)
    return None


def record_loss(draft: Work, command: RecordLoss) -> Refused | None:
    """Record a paper of death or loss of capacity, to be seen by a second person; also while a re-check may come.

    A withdrawal that waits to be confirmed waits until that is seen.
    """
    case, actor = draft.case, command.actor
    if case.over_for_good:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=case.state))
    verdict = may_ask(actor, case, command.act, draft.policy, case.nominating_unit)
    if isinstance(verdict, Refused):
        return verdict
    draft.cancel(case.open_tasks(*papers.KINDS), command.what)
    paper = Paper(document_digest=command.document_digest)
    draft.emit(LossRecorded(cause=command.what, shown_by=actor.person_id, private=paper))
    draft.open(SEE_LOSS, digest=command.document_digest)
    return None


def take_back_paper(draft: Work, hand: Hand) -> None:
    """Whoever showed a paper has a conflict: nobody is asked to confirm it, until somebody else shows it."""
    shown = draft.case.shown
    if shown is None or shown.by != hand.person:
        return
    draft.emit(WithdrawalDenied() if shown.cause is Cause.WITHDRAWN else LossDenied())
    draft.cancel(draft.case.open_tasks(*papers.KINDS), Cause.CONFLICT)
    papers.ask(draft)


def voted_on(draft: Work) -> bool:
    """Whether the election has begun with this name on its ballot."""
    at = draft.case.ballot
    return draft.case.stage is Stage.ELECTION or (at is not None and draft.now >= at)


def sees_the_paper(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """A second person, who names the digest of the very paper that was shown."""
    shown = _shown(draft.case)
    if shown.by in command.actor.ids:
        return Refused(RefusalCode.SAME_PERSON, say("paper-by-you"))
    if command.outcome != CONFIRM:
        return None
    form = read(command.form, PaperSeen)
    if isinstance(form, Refused):
        return form
    if form.document_digest != shown.paper.document_digest:
        return Refused(RefusalCode.FORM_INVALID, say("another-paper").at("document_digest"))
    return None


def withdrawal_confirmed(draft: Work, task: Task) -> None:
    """The withdrawal is confirmed: the case ends."""
    paper = _shown(draft.case).paper
    _withdrawn(draft, Withdrawal(reason=paper.reason, document_digest=paper.document_digest))


def withdrawal_denied(draft: Work, task: Task) -> None:
    """The withdrawal is not confirmed: the case goes on."""
    draft.emit(WithdrawalDenied())
    draft.cancel(draft.case.open_tasks(*papers.OF_WITHDRAWAL), Cause.NOT_CONFIRMED)


def loss_confirmed(draft: Work, task: Task) -> None:
    """The loss is confirmed: the case lapses without a finding, and nobody serves the person a letter any more.

    One that had ended stays as it ended, and no re-check is asked for or answered any more.
    """
    cause = _shown(draft.case).cause
    draft.cancel(draft.case.open_tasks(SERVE_LETTER), cause)
    if draft.case.ended:
        forgo(draft, task, cause)
        return
    leave(draft, Cause.LAPSED)
    draft.end(CaseState.LAPSED, cause)


def loss_denied(draft: Work, task: Task) -> None:
    """The loss is not confirmed: the case goes on, and so does a withdrawal that waited for it."""
    draft.emit(LossDenied())
    papers.ask(draft)


def lapse_papers(draft: Work) -> None:
    """Once the election has begun nobody leaves it by a paper that nobody had confirmed."""
    waiting = draft.case.open_tasks(*papers.OF_WITHDRAWAL)
    if draft.case.stage is Stage.ELECTION and not draft.case.ended and waiting:
        draft.emit(WithdrawalDenied())
        draft.cancel(waiting, Cause.ELECTION_HELD)


def _withdrawn(draft: Work, withdrawal: Withdrawal) -> None:
    leave(draft, Cause.WITHDRAWN)
    draft.emit(WithdrawalSigned(private=withdrawal))
    release(draft)
    draft.end(CaseState.WITHDRAWN, Cause.WITHDRAWN)


def _shown(case: Nomination) -> Shown:
    if case.shown is None:
        raise RuntimeError("a paper is confirmed only while it is shown")
    return case.shown


SIGNING: dict[str, Signing[Nomination]] = {
    "confirm-withdrawal": Alone({CONFIRM: withdrawal_confirmed, DENIED: withdrawal_denied}),
    "see-withdrawal": Alone({CONFIRM: withdrawal_confirmed, DENIED: withdrawal_denied}, check=sees_the_paper),
    SEE_LOSS: Alone({CONFIRM: loss_confirmed, DENIED: loss_denied}, check=sees_the_paper),
}
