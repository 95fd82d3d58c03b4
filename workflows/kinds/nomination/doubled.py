"""One person nominated in one batch by two units: two cases, of which one is merged into the other (ST02, MERGED).

The later case is not consulted about: it cannot pass the eligibility check while the earlier one stands. When that is
gone the next takes its place, and those after it stand behind that one: never are two consulted about.
"""

from contracts.case import CaseKind
from contracts.commands.batch import NominationLeft
from contracts.commands.nomination import JoinNomination, NominatedAgain, StandAlone
from contracts.events.nomination import NominatorJoined, OtherNomination, StandsAlone
from contracts.vocabulary import CaseState
from workflows.kinds.nomination.case import Work
from workflows.procedure.case import Task
from workflows.rules.verdict import Refused

GONE = frozenset({CaseState.WITHDRAWN, CaseState.INELIGIBLE, CaseState.MERGED})
"""Ends that speak of this nomination and not of the person: another unit's nomination goes on by itself."""


def nominated_again(draft: Work, command: NominatedAgain) -> Refused | None:
    """Another unit nominates the same person. When this nomination is gone the other is told who has its place.

    One that a granted re-check may still reopen knows it as well: who recommends, and who goes on without it.
    """
    case = draft.case
    if case.over_for_good and case.state not in GONE:
        return None
    heirs = case.others
    if command.other in heirs:
        return None
    draft.emit(OtherNomination(other=command.other, recommended_by=command.recommended_by))
    if case.state in GONE:
        _tell(draft, (command.other,), behind=next(iter(heirs), None))
        again = NominatedAgain(claim=draft.claim, other=command.other, recommended_by=command.recommended_by)
        draft.owe_tell(CaseKind.NOMINATION, heirs[:1], again)
    return None


def join(draft: Work, command: JoinNomination) -> Refused | None:
    """The other case was merged into this one: its nominator is this one's as well (SOD-01)."""
    if not draft.case.over_for_good:
        joined = NominatorJoined(
            other=command.other, nominator_id=command.nominator_id, nominating_unit=command.nominating_unit
        )
        draft.emit(joined)
    return None


def stand_alone(draft: Work, command: StandAlone) -> Refused | None:
    """The earlier nomination is gone: this one may pass, and the others stand behind it; or it stands behind another.

    Where this one is gone as well the next takes the place, behind which it stands should it be reopened.
    """
    case = draft.case
    if case.duplicate_of is None:
        return None
    for other in command.others:
        draft.emit(OtherNomination(other=other))
    if case.ended:
        _hand_on(draft, command.others)
    if case.over_for_good or (case.ended and command.others):
        return None
    first = case.duplicate_of
    draft.emit(StandsAlone(other=first, behind=command.behind, recommended_by=command.recommended_by))
    _tell(draft, command.others, behind=case.case_id)
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
    """Other nominations of the same person go on without this one, those of a later roster too."""
    case = draft.case
    _hand_on(draft, case.others)
    draft.owe_tell(CaseKind.BATCH, [case.parent], NominationLeft(claim=draft.claim, nomination=case.case_id))


def come_back(draft: Work) -> None:
    """A nomination that was gone is ruled on again: it stands behind the one that has its place meanwhile (§8.8.15)."""
    heirs = draft.case.others[:1]
    for heir in heirs:
        draft.emit(StandsAlone(other=draft.case.case_id, behind=heir))
    case = draft.case
    again = NominatedAgain(claim=draft.claim, other=case.case_id, recommended_by=case.recommenders)
    draft.owe_tell(CaseKind.NOMINATION, heirs, again)


def _hand_on(draft: Work, heirs: tuple[str, ...]) -> None:
    """The first of these takes the place, and knows who stands behind it."""
    word = StandAlone(claim=draft.claim, others=heirs[1:], recommended_by=draft.case.recommenders)
    draft.owe_tell(CaseKind.NOMINATION, heirs[:1], word)


def _tell(draft: Work, others: tuple[str, ...], behind: str | None) -> None:
    word = StandAlone(claim=draft.claim, behind=behind, recommended_by=draft.case.recommenders)
    draft.owe_tell(CaseKind.NOMINATION, others, word)
