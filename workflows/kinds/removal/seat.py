"""What the case that follows the seat is told: resting, lost, kept or had again. Nothing where no case follows it."""

from datetime import date
from typing import Literal

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.every import AnyCommand
from contracts.commands.tenure import SeatEnded, SeatKept, SeatLifted, SeatRestored, SeatSuspended
from contracts.matter import Suspending
from contracts.vocabulary import CaseState
from workflows.kinds.removal.case import Removal, Work


def rests(draft: Work, cause: Suspending) -> None:
    """The member is suspended from duty."""
    _tell(draft, SeatSuspended(claim=draft.claim, removal=draft.case.case_id, cause=cause))


def resumes(draft: Work) -> None:
    """The last cause of the suspension has ended."""
    _tell(draft, SeatLifted(claim=draft.claim, removal=draft.case.case_id))


def lost(draft: Work, reason: Literal[CaseState.REMOVED, CaseState.RESIGNED], since: date) -> None:
    """The member holds the seat no longer."""
    _tell(draft, SeatEnded(claim=draft.claim, removal=draft.case.case_id, reason=reason, since=since))


def kept(draft: Work) -> None:
    """The removal has ended, and the member keeps the seat."""
    case = draft.case
    _tell(draft, SeatKept(claim=draft.claim, removal=case.case_id, suspended=_resting_for(case)))


def had_again(draft: Work, since: date) -> None:
    """The member holds the seat again."""
    case, resting = draft.case, _resting_for(draft.case)
    _tell(draft, SeatRestored(claim=draft.claim, removal=case.case_id, since=since, suspended=resting))


def _resting_for(case: Removal) -> Cause | None:
    """The latest cause for which the duties rest, however the removal came out: each ends by itself (R03)."""
    return next(reversed(case.suspended), None)


def _tell(draft: Work, command: AnyCommand) -> None:
    follows = draft.case.tenure
    draft.owe_tell(CaseKind.TENURE, (follows,) if follows else (), command)
