"""R10 and R12: who is told of a seat that was lost, and what begins elsewhere because of it."""

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeAlias, get_args

from contracts.case import CaseKind
from contracts.commands.opening import AS_RELEASED
from contracts.commands.removal import OpenRemoval
from contracts.commands.tenure import LinkedSeatLost
from contracts.events.removal import VacancyOpened
from contracts.lifecycles import ENDS_OF
from contracts.matter import OtherSeat
from contracts.names import linked_removal_id
from contracts.vocabulary import CaseState, Seat
from workflows.kinds.removal import seat
from workflows.kinds.removal.aftermath import VACANCY, released
from workflows.kinds.removal.case import Removal, Work
from workflows.kinds.removal.closing import close
from workflows.kinds.removal.reviews import FIRST
from workflows.passages.barring import kept_out
from workflows.procedure.case import Task
from workflows.procedure.kind import Consequence, Signing
from workflows.procedure.serving import all_served
from workflows.procedure.signatures import Alone

Left: TypeAlias = Literal[CaseState.REMOVED, CaseState.RESIGNED]
"""How a seat is lost."""
LOST = frozenset(get_args(Left))


def leave(draft: Work, reason: Left, since: date) -> None:
    """The seat is vacant; at each other level where the member sits a case of its own begins, and may keep them.

    Where a case follows the seat there, it begins that case itself: under that level's version, and it knows which
    removals of the seat are open.
    """
    case = draft.case
    draft.emit(VacancyOpened(seat=case.seat))
    if case.tenure is None:
        # Where a case follows the seat, it asks the election office itself.
        draft.open(VACANCY)
    seat.lost(draft, reason, since)
    followed, unfollowed = _elsewhere(case)
    lost = LinkedSeatLost(
        claim=draft.claim,
        removal=case.case_id,
        person_id=case.person_id,
        lead=case.lead,
        barred=kept_out(draft),
    )
    draft.owe_tell(CaseKind.TENURE, followed, lost)
    linked = [_linked(draft, other) for other in unfollowed]
    draft.owe_start({opening.target: opening for opening in linked})


def begun_elsewhere(case: Removal) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The seats at other levels that were told of the loss, and the removals that it began where none is followed."""
    if case.state not in LOST:
        return (), ()
    followed, unfollowed = _elsewhere(case)
    return followed, tuple(_ident(case, there) for there in unfollowed)


def _elsewhere(case: Removal) -> tuple[tuple[str, ...], tuple[OtherSeat, ...]]:
    ours = [other for other in case.other_seats if other.here]
    followed = tuple(other.tenure for other in ours if other.tenure)
    return followed, tuple(other for other in ours if not other.tenure)


def _ident(case: Removal, there: OtherSeat) -> str:
    return linked_removal_id(case.case_id, there.district, _seat(there))


def _seat(there: OtherSeat) -> Seat:
    if there.seat is None:
        raise ValueError("a seat in a federation says which it is")
    return there.seat


def served(draft: Work, task: Task) -> None:
    """The letters are served: the member's term for a review begins, or the file is closed."""
    _ON_SERVICE[draft.case.state](draft, task)


def _linked(draft: Work, there: OtherSeat) -> OpenRemoval:
    """Losing one seat ends no other: the other level decides for itself, and opens nothing further.

    Nobody there says under which version: the district's own, where it has one, else this one.
    """
    case = draft.case
    ident = _ident(case, there)
    own = next((one.version for one in draft.policy.districts if one.code == there.district), None)
    elsewhere = own not in {None, case.policy}
    return OpenRemoval(
        claim=draft.claim.model_copy(update={"target": ident}),
        parent=case.case_id,
        district=there.district,
        policy=own or case.policy,
        policy_digest=AS_RELEASED if elsewhere else case.policy_digest,
        as_released=elsewhere,
        calendar_years=case.years,
        person_id=case.person_id,
        seat=_seat(there),
        source="linked-seat",
        lead=case.lead,
        other_seats=tuple(other for other in case.other_seats if not other.here),
        recommended_by=case.recommended_by,
        barred=kept_out(draft),
        years_from=case.years_from or case.tenure,
    )


def _term(draft: Work, task: Task) -> None:
    if draft.case.gone:
        close(draft)
        return
    draft.open(FIRST)


def _lapsed(draft: Work, task: Task) -> None:
    # A hold that ran out ends a case of any kind: what is a removal's own is made good here.
    released(draft, task)
    close(draft)


_ON_SERVICE: Mapping[CaseState, Consequence[Removal]] = {
    **dict.fromkeys(ENDS_OF["removal"], close),
    CaseState.REMOVED: _term,
    CaseState.LAPSED: _lapsed,
}
SIGNING: dict[str, Signing[Removal]] = {"serve": Alone({"SERVED": served}, check=all_served)}
