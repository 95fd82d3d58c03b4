"""What the case that follows the seat is told: begun, resting, lost, kept or had again.

Where no case follows it, the member's integrity file knows which removal of it is open, and nothing else.
"""

from datetime import date
from typing import Any, Literal

from contracts.base import Digest
from contracts.case import CaseKind
from contracts.commands.every import AnyCommand
from contracts.commands.removal import ReportInvestigation, ReportRelease
from contracts.commands.tenure import (
    RemovalBegun,
    SeatEnded,
    SeatKept,
    SeatLifted,
    SeatRestored,
    SeatSuspended,
)
from contracts.matter import Investigation, Suspending
from contracts.vocabulary import CaseState
from workflows.kinds.removal.case import Work
from workflows.passages.barring import kept_out
from workflows.passages.marking import tell_file

OF_WHICH_IS_OPEN = (RemovalBegun, SeatEnded, SeatKept, SeatRestored)
"""Words from which follows which removal of a seat is open: where no case follows it, the member's file is told."""


def begun(draft: Work) -> None:
    """A removal of the seat was registered, which the seat has not raised itself."""
    case = draft.case
    word = RemovalBegun(
        claim=draft.claim,
        removal=case.case_id,
        open_removal=case.open_removal,
        district=case.district,
        seat=case.seat,
    )
    _tell(draft, word)


def rests(draft: Work, cause: Suspending) -> None:
    """The member is suspended from duty."""
    _tell(draft, SeatSuspended(claim=draft.claim, removal=draft.case.case_id, cause=cause))


def investigated(draft: Work, cause: Investigation, document: Digest) -> None:
    """A detention or investigation became known here, where the suspension is proposed: other removals know it, too."""
    _tell(draft, ReportInvestigation(claim=draft.claim, cause=cause, document_digest=document, proposed=True))


def resumes(draft: Work) -> None:
    """The last cause of the suspension has ended."""
    _tell(draft, SeatLifted(claim=draft.claim, removal=draft.case.case_id))


def lost(draft: Work, reason: Literal[CaseState.REMOVED, CaseState.RESIGNED], since: date) -> None:
    """The member holds the seat no longer."""
    _tell(draft, SeatEnded(claim=draft.claim, removal=draft.case.case_id, reason=reason, since=since))


def kept(draft: Work) -> None:
    """The removal has ended, and the member keeps the seat."""
    _tell(draft, SeatKept(claim=draft.claim, removal=draft.case.case_id, **_outlasting(draft)))


def had_again(draft: Work, since: date) -> None:
    """The member holds the seat again."""
    removal = draft.case.case_id
    _tell(draft, SeatRestored(claim=draft.claim, removal=removal, since=since, **_outlasting(draft)))


def cleared(draft: Work, cause: Investigation, document: Digest) -> None:
    """A detention or investigation is over: so is what earlier removals left of it, and later ones hear of that."""
    _tell(draft, ReportRelease(claim=draft.claim, cause=cause, document_digest=document))


def _outlasting(draft: Work) -> dict[str, Any]:
    """What lasts however the removal came out, as each ends by itself (R03): the latest cause for which the duties
    rest, every detention and investigation; and who is kin to the member, or has another conflict."""
    case = draft.case
    return {
        "suspended": next(reversed(case.suspended), None),
        "investigated": case.investigations,
        "barred": kept_out(draft),
    }


def _tell(draft: Work, command: AnyCommand) -> None:
    follows = draft.case.tenure
    if follows is not None:
        draft.owe_tell(CaseKind.TENURE, (follows,), command)
    elif isinstance(command, OF_WHICH_IS_OPEN):
        tell_file(draft, command)
