"""A removal of the seat that was registered at the desk counts as one that is raised here, and is told the same."""

from contracts.case import CaseKind
from contracts.commands.case import KnownYears, WantYears
from contracts.commands.removal import KnownOfSeat
from contracts.commands.tenure import RecordDeath, RecordSeat, RemovalBegun
from contracts.events.tenure import RemovalNoted, YearsWanted
from workflows.kinds.tenure.case import Work
from workflows.kinds.tenure.leads import asked, lasting
from workflows.passages.barring import kept_out
from workflows.rules.verdict import Refused


def begun(draft: Work, command: RemovalBegun) -> Refused | None:
    """Whichever came first counts: a lead that is raised from now on is its duplicate, or it is another's.

    Also of a seat that is vacant: the member may have it again. Said again it changes nothing.
    """
    removal = command.removal
    if removal in _known(draft):
        return None
    earlier = command.open_removal
    if earlier is not None and earlier not in _known(draft):
        # One of the days before removals told of themselves, which the desk knew.
        draft.emit(RemovalNoted(removal=earlier))
    draft.emit(RemovalNoted(removal=removal))
    _answer(draft, removal)
    return None


def _known(draft: Work) -> set[str]:
    return {*draft.case.removals, *draft.case.past}


def _answer(draft: Work, removal: str) -> None:
    """What a removal that is raised here is opened with, and what those that are open have been told since."""
    case = draft.case
    word = KnownOfSeat(
        claim=draft.claim,
        case=case.case_id,
        open_removal=next((one for one in case.removals if one != removal), None),
        investigated=lasting(case),
        resting=asked(case, removal),
        barred=kept_out(draft),
    )
    draft.owe_tell(CaseKind.REMOVAL, (removal,), word)
    _tell_years(draft, removal)
    for held in case.others:
        if held.until is None:
            seat = RecordSeat(claim=draft.claim, other=held.other, since=held.since)
            draft.owe_tell(CaseKind.REMOVAL, (removal,), seat)
    if case.gone and case.vacated is not None and case.death_paper is not None:
        death = RecordDeath(claim=draft.claim, died_on=case.vacated.since, document_digest=case.death_paper)
        draft.owe_tell(CaseKind.REMOVAL, (removal,), death)


def years_wanted(draft: Work, command: WantYears) -> Refused | None:
    """A removal was begun because this seat was lost, and no case follows the other: it counts by the same days.

    It hears, once, of the years that are known here, and of those to come.
    """
    if command.case not in draft.case.hearers:
        draft.emit(YearsWanted(case=command.case))
        _tell_years(draft, command.case)
    return None


def _tell_years(draft: Work, removal: str) -> None:
    """What a removal that is raised here would be opened with."""
    word = KnownYears(claim=draft.claim, case=draft.case.case_id, years=draft.case.years)
    draft.owe_tell(CaseKind.REMOVAL, (removal,), word)
