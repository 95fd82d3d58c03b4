"""Facts that no task asks for: reported by somebody or by another case, or seen in a low integrity index (§8.1)."""

from contracts.case import CaseKind
from contracts.commands.case import ReportFact
from contracts.commands.nomination import EnterFirm
from contracts.events.review import HitFacts
from contracts.matter import Reading
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.signs import has_visible
from contracts.vocabulary import CaseState, Subject
from workflows.kinds.nomination.amending import amend
from workflows.kinds.nomination.case import Work
from workflows.kinds.nomination.findings import look_at, reportable, today
from workflows.kinds.nomination.seating import tell_seat
from workflows.passages.unmatched import ask_the_desk, comes_back
from workflows.procedure.rights import may_ask
from workflows.rules.identity import number_fault
from workflows.rules.integrity import fact_of, not_passed, said_of
from workflows.rules.verdict import Refused


def report_fact(draft: Work, command: ReportFact) -> Refused | None:
    """A fact comes in, in whatever state: it passes the checks of a department's, and leads to the same.

    While a re-check may still reopen the case it is kept, and the person is heard on it when that is granted. What
    another case tells of the person under a number that is not theirs goes to the screening desk again.
    """
    verdict = _may_report(draft, command)
    if isinstance(verdict, Refused):
        return verdict
    elected = draft.case.state is CaseState.ELECTED
    if draft.case.over_for_good and not elected:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=draft.case.state))
    unreportable = reportable(draft, command.fact)
    again = comes_back(command, unreportable)
    if isinstance(unreportable, Refused) and not again:
        return unreportable
    found = HitFacts(fact=command.fact, source=command.source, reported_by=command.actor.person_id)
    if elected:
        followed = tell_seat(draft, command)
        return None if followed else Refused(RefusalCode.CASE_ENDED, say("ended", state=draft.case.state))
    if again:
        ask_the_desk(draft, CaseKind.NOMINATION, found, draft.case.nominee)
        return None
    if not _known(draft, found):
        look_at(draft, found)
    return None


def _may_report(draft: Work, command: ReportFact) -> Refused | None:
    """Another case needs no role: a claim that names an errand is no person's."""
    if command.claim.owed_by is not None:
        return None
    verdict = may_ask(command.actor, draft.case, command.act, draft.policy)
    return verdict if isinstance(verdict, Refused) else None


def _known(draft: Work, found: HitFacts) -> bool:
    """The same fact from the same source again changes nothing."""
    same = {"fetched_on": found.fact.fetched_on, "text": found.fact.text}
    return any(
        (hit.source, hit.fact.model_copy(update=same)) == (found.source, found.fact)
        for hit in draft.case.hits
        if not hit.ended
    )


def enter_firm(draft: Work, command: EnterFirm) -> Refused | None:
    """A further firm is entered for the nominee; facts of it bind from now on."""
    case, firm = draft.case, command.firm
    verdict = may_ask(command.actor, case, command.act, draft.policy, case.nominating_unit)
    if isinstance(verdict, Refused):
        return verdict
    if case.ended or case.nominee is None:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=case.state))
    fault = number_fault(Subject.ENTERPRISE, firm.credit_code, today(draft))
    if fault is not None:
        return Refused(RefusalCode.FORM_INVALID, say("fault", fault=fault).at("credit_code"))
    if firm.credit_code in case.nominee.credit_codes:
        return Refused(RefusalCode.FORM_INVALID, say("firm-known").at("credit_code"))
    if not has_visible(firm.name):
        return Refused(RefusalCode.FORM_INVALID, say("says-nothing").at("name"))
    nominee = case.nominee.model_copy(update={"firms": (*case.nominee.firms, firm)})
    amend(draft, nominee)
    return None


def look_at_index(draft: Work, reading: Reading, entered_by: str) -> None:
    """A reading on record that lies below the pass line is a fact."""
    if not_passed(reading.index, draft.policy):
        index_too_low(draft, reading.index, said_of(reading), entered_by)


def index_too_low(draft: Work, index: int, document: str, person_id: str) -> None:
    """An integrity index below the pass line is a fact under the item that stands for it, and leads to the same.

    `document` says where the index stands, `person_id` who entered it.
    """
    if draft.case.nominee is None:
        raise RuntimeError("a nomination without a nominee is not scored")
    fact, source = fact_of(index, draft.case.nominee, document, today(draft), draft.policy)
    look_at(draft, HitFacts(fact=fact, source=source, reported_by=person_id))
