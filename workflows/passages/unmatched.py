"""A fact that was reported under another number goes to the screening desk: two people find out whom it means."""

from contracts.case import CaseKind
from contracts.commands.case import ReportFact
from contracts.commands.enquiry import OpenEnquiry
from contracts.events.review import FactUnmatched, HitFacts
from contracts.inquired import Inquired
from contracts.names import enquiry_id
from contracts.nominee import Nominee
from contracts.refusals import RefusalCode
from workflows.procedure.case import C
from workflows.procedure.draft import Draft
from workflows.rules import identity
from workflows.rules.verdict import Refused, Verdict

NOT_THEIRS = frozenset({RefusalCode.NOT_THIS_PERSON, RefusalCode.NOT_THIS_FIRM})


def comes_back(command: ReportFact, verdict: Verdict) -> bool:
    """Whether another case tells of the person, under a number that is not theirs, what it holds to be theirs.

    A person reads a refusal and says it rightly; of a case that is refused nobody would ever hear.
    """
    return command.claim.owed_by is not None and isinstance(verdict, Refused) and verdict.code in NOT_THEIRS


def ask_the_desk(draft: Draft[C], kind: CaseKind, found: HitFacts, person: Nominee | None) -> None:
    """Keep it as another's, as far as anybody can tell, and begin an enquiry.

    Until that is answered nothing follows; a policy without enquiries keeps the fact as it is.
    """
    found = found.model_copy(update={"fact": found.fact.model_copy(update={"unmatched": True})})
    same_name = person is not None and identity.namesake(found.fact, person)
    draft.emit(FactUnmatched(namesake=same_name, private=found))
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
