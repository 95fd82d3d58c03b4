"""What is learnt of somebody who was elected already: they are nominated no more, so it leads to a removal (R01)."""

from typing import Literal

from contracts.commands.case import ReportFact
from contracts.commands.nomination import RegisterReport
from contracts.commands.removal import OpenRemoval
from contracts.matter import Lead
from contracts.names import removal_id
from workflows.kinds.nomination.case import Work


def raise_removal(
    draft: Work, command: ReportFact | RegisterReport, source: Literal["hit", "other"], lead: Lead
) -> None:
    """Owe the opening of a removal from the seat, by the lead and under the claim of whoever told it."""
    case = draft.case
    opening = OpenRemoval(
        claim=command.claim,
        parent=case.case_id,
        district=case.district,
        policy=case.policy,
        policy_digest=case.policy_digest,
        calendar_years=case.years,
        person_id=case.person_id,
        seat=case.seat,
        source=source,
        lead=lead,
    )
    draft.owe_start({removal_id(command.command_id): opening})
