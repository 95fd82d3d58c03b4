"""One person nominated in one batch by two units: two cases, of which one is merged into the other (ST02, MERGED).

The later case is not consulted about: it cannot pass the eligibility check while the earlier one stands.
"""

from contracts.case import CaseKind
from contracts.commands.nomination import JoinNomination, NominatedAgain, StandAlone
from contracts.events.nomination import NominatorJoined, OtherNomination, StandsAlone
from contracts.vocabulary import CaseState
from workflows.kinds.nomination.case import Work
from workflows.procedure.case import Task
from workflows.rules.verdict import Refused

ABOUT_THE_NOMINATION = frozenset({CaseState.WITHDRAWN, CaseState.INELIGIBLE})
"""Ends that speak of this nomination and not of the person: another unit's nomination goes on by itself."""


def nominated_again(draft: Work, command: NominatedAgain) -> Refused | None:
    """Another unit nominates the same person. When this nomination is gone the other is told that it stands alone."""
    if draft.case.state in ABOUT_THE_NOMINATION:
        _stand_alone(draft, (command.other,))
    elif not draft.case.ended:
        draft.emit(OtherNomination(other=command.other))
    return None


def join(draft: Work, command: JoinNomination) -> Refused | None:
    """The other case was merged into this one: its nominator is this one's as well (SOD-01)."""
    if not draft.case.ended:
        joined = NominatorJoined(
            other=command.other, nominator_id=command.nominator_id, nominating_unit=command.nominating_unit
        )
        draft.emit(joined)
    return None


def stand_alone(draft: Work, command: StandAlone) -> Refused | None:
    """The earlier nomination is gone: this one may pass."""
    if draft.case.duplicate_of is not None and not draft.case.ended:
        draft.emit(StandsAlone(other=draft.case.duplicate_of))
    return None


def merge(draft: Work, task: Task) -> None:
    """The earlier case is told who else nominated the person."""
    case = draft.case
    if case.duplicate_of is not None:
        word = JoinNomination(
            claim=draft.claim,
            other=case.case_id,
            nominator_id=case.nominator_id,
            nominating_unit=case.nominating_unit,
        )
        draft.owe_tell(CaseKind.NOMINATION, (case.duplicate_of,), word)


def release(draft: Work, task: Task | None = None) -> None:
    """Other nominations of the same person stand alone from now on."""
    _stand_alone(draft, draft.case.others)


def _stand_alone(draft: Work, others: tuple[str, ...]) -> None:
    draft.owe_tell(CaseKind.NOMINATION, others, StandAlone(claim=draft.claim))
