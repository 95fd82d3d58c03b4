"""Whoever is elected holds a seat from then on, and the seat has a case of its own (domain §8.4, last block)."""

from datetime import date

from contracts.case import CaseKind
from contracts.commands.batch import SeatTaken
from contracts.commands.every import AnyCommand
from contracts.commands.tenure import OpenTenure
from contracts.names import tenure_id
from workflows.kinds.nomination.case import Work
from workflows.passages.barring import kept_out
from workflows.procedure.case import Task, calendar_of
from workflows.rules.calendar import local_day


def take_seat(draft: Work, task: Task) -> None:
    """The tenure begins with the day of the election, by an errand, and the batch knows of it.

    A version from before tenures has none.
    """
    case, ident = draft.case, _seat_of(draft)
    if ident is None or case.nominee is None:
        return
    opening = OpenTenure(
        claim=draft.claim,
        parent=ident,
        district=case.district,
        policy=case.policy,
        policy_digest=case.policy_digest,
        calendar_years=case.years,
        person_id=case.person_id,
        seat=case.seat,
        began=_began(draft),
        evaluated_until=case.valid_until,
        nomination=case.case_id,
        member=case.nominee,
        recommended_by=case.recommenders,
        barred=kept_out(draft),
    )
    draft.owe_start({ident: opening})
    draft.owe_tell(
        CaseKind.BATCH, [case.parent], SeatTaken(claim=draft.claim, tenure=ident, person_id=case.person_id)
    )


def tell_seat(draft: Work, command: AnyCommand) -> bool:
    """Tell the case that follows the seat of whoever was elected: what comes now is about the seat (§8.1, R01).

    It knows which removal of the seat is open, and the member's other seats. False where no case follows it.
    """
    ident = _seat_of(draft)
    draft.owe_tell(CaseKind.TENURE, (ident,) if ident else (), command)
    return ident is not None


def _seat_of(draft: Work) -> str | None:
    case = draft.case
    if CaseKind.TENURE not in draft.policy.procedures:
        return None
    return tenure_id(case.district, case.seat, case.person_id, _began(draft).isoformat())


def _began(draft: Work) -> date:
    """The day of the election."""
    return local_day(draft.case.election_at or draft.now, calendar_of(draft.case, draft.policy))
