"""A paper on which the nominee leaves, and whoever must confirm it (domain §8.1, §8.8.6)."""

from contracts.causes import Cause
from contracts.events.leaving import WithdrawalDenied
from workflows.kinds.nomination.case import SEE_LOSS, Work

OF_WITHDRAWAL = ("confirm-withdrawal", "see-withdrawal")
KINDS = (*OF_WITHDRAWAL, SEE_LOSS)
"""The tasks in which somebody confirms a paper, or says no."""


def ask(draft: Work) -> None:
    """Whoever must confirm the paper that is shown is asked; a case that has ended asks once it is reopened.

    What somebody showed who is kept from the case by now is confirmed by nobody.
    """
    case, shown = draft.case, draft.case.shown
    if shown is None or case.ended or case.open_tasks(*KINDS):
        return
    if shown.cause is Cause.WITHDRAWN and shown.by in case.conflicted:
        draft.emit(WithdrawalDenied())
        return
    for code in OF_WITHDRAWAL if shown.cause is Cause.WITHDRAWN else (SEE_LOSS,):
        draft.open(code, digest=shown.paper.document_digest)
