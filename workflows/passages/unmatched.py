"""A fact that was reported under another number goes to the screening desk: two people find out whom it means."""

from contracts.case import CaseKind
from contracts.commands.enquiry import OpenEnquiry
from contracts.events.review import HitFacts
from contracts.inquired import Inquired
from contracts.names import enquiry_id
from workflows.procedure.case import C
from workflows.procedure.draft import Draft


def ask_the_desk(draft: Draft[C], kind: CaseKind, found: HitFacts) -> None:
    """Begin an enquiry. Until it is answered nothing follows; a policy without enquiries keeps the fact as it is."""
    if CaseKind.ENQUIRY not in draft.policy.procedures:
        return
    case = draft.case
    enquiry = enquiry_id(case.case_id, case.errands + 1)
    opening = OpenEnquiry(
        claim=draft.claim,
        parent=case.case_id,
        district=case.district,
        policy=case.policy,
        policy_digest=case.policy_digest,
        calendar_years=case.years,
        source="unmatched",
        about_kind=kind,
        about_case=case.case_id,
        person_id=case.person_id,
        matter=Inquired(fact=found.fact, source=found.source),
    )
    draft.owe_start({enquiry: opening})
