"""How a request for accounts ends."""

from contracts.causes import Cause
from contracts.events.case import CaseEnded, CaseFiled
from contracts.vocabulary import CaseState
from workflows.kinds.access.case import Work


def close(draft: Work, state: CaseState, cause: Cause) -> None:
    """No letter is served about it, and its file needs nobody's hand."""
    draft.cancel(draft.case.open_tasks(), cause)
    draft.emit(CaseEnded(state=state, cause=cause, right=False))
    draft.emit(CaseFiled(retention=draft.policy.kept(state)))
