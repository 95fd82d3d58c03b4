"""Whoever is elected holds a seat from then on, and the seat has a case of its own (domain §8.4, last block)."""

from contracts.case import CaseKind
from contracts.commands.batch import SeatTaken
from contracts.commands.tenure import OpenTenure
from contracts.names import tenure_id
from workflows.kinds.nomination.case import Work
from workflows.procedure.case import Task, calendar_of
from workflows.rules.calendar import local_day


def take_seat(draft: Work, task: Task) -> None:
    """The tenure begins with the day of the election, by an errand, and the batch knows of it.

    A version from before tenures has none.
    """
    case = draft.case
    if CaseKind.TENURE not in draft.policy.procedures or case.nominee is None:
        return
    began = local_day(case.election_at or draft.now, calendar_of(case, draft.policy))
    ident = tenure_id(case.district, case.seat, case.person_id, began.isoformat())
    opening = OpenTenure(
        claim=draft.claim,
        parent=ident,
        district=case.district,
        policy=case.policy,
        policy_digest=case.policy_digest,
        calendar_years=case.years,
        person_id=case.person_id,
        seat=case.seat,
        began=began,
        evaluated_until=case.valid_until,
        nomination=case.case_id,
        member=case.nominee,
    )
    draft.owe_start({ident: opening})
    draft.owe_tell(CaseKind.BATCH, [case.parent], SeatTaken(claim=draft.claim, tenure=ident))
