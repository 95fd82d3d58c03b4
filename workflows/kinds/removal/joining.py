"""What a removal that was registered at the desk is told of its seat: as much as one that the seat raises (R01)."""

from contracts.causes import Cause
from contracts.commands.case import KnownYears
from contracts.commands.removal import KnownOfSeat
from contracts.events.removal import EarlierRemovalEnded, EarlierRemovalFound
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Stage
from workflows.kinds.removal.case import Work
from workflows.kinds.removal.entry import REGISTER
from workflows.kinds.removal.suspension import inherit
from workflows.passages.barring import bar
from workflows.rules.verdict import Refused

UNDECIDED = frozenset({Stage.FIRST_LOOK, Stage.STATEMENT, Stage.PERSUASION})
"""Stages after the lead was opened at which nobody has found anything yet."""
ASKED = ("first-look", "first-look-sign", "statement", "hearing", "hearing-sign", "persuade")


def known_of_seat(draft: Work, command: KnownOfSeat) -> Refused | None:
    """The case that follows the seat answers, or the member's file where none does."""
    case = draft.case
    if case.ended:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=case.state))
    if command.open_removal != case.open_removal:
        _waits_for(draft, command.open_removal)
    inherit(draft, command.investigated, command.resting)
    bar(draft, command.barred)
    return None


def known_years(draft: Work, command: KnownYears) -> Refused | None:
    """The years that were loaded before; what was handed here since is later."""
    loaded = {year.year for year in draft.case.years}
    years = tuple(year for year in command.years if year.year not in loaded)
    draft.know(years)
    if years:
        draft.recount()
    return None


def _waits_for(draft: Work, earlier: str | None) -> None:
    """The seat says which removal came first: the desk may have named one that is over, or not known of one."""
    case = draft.case
    if earlier is None:
        draft.emit(EarlierRemovalEnded(removal=str(case.open_removal)))
        return
    draft.emit(EarlierRemovalFound(removal=earlier))
    if case.stage in UNDECIDED:
        # It was opened before the seat could say so. People register it anew, and name the case that has it.
        draft.cancel(case.open_tasks(*ASKED), Cause.LEAD_DUPLICATE)
        REGISTER(draft)
