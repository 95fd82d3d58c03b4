"""Negative facts about a sitting member: one that counts under the list in force raises a removal (domain §8.1)."""

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.case import CompleteTask, EndFact, ReportFact
from contracts.commands.nomination import KnowIndex
from contracts.events.review import FactDismissed, FactEnded, HitFacts, HitFound
from contracts.matter import Investigation
from contracts.nominee import Fact
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Effect, Subject
from workflows.kinds.tenure.case import Work
from workflows.kinds.tenure.conduct import may_record, today
from workflows.kinds.tenure.keeping import raise_or_keep, tell_end
from workflows.passages.ended_fact import end_fact as ended
from workflows.passages.unmatched import ask_the_desk, comes_back
from workflows.procedure.case import Task
from workflows.rules import identity
from workflows.rules.forms import Findings, read
from workflows.rules.integrity import fact_of, is_reading, not_passed, said_of
from workflows.rules.negative_list import counts
from workflows.rules.verdict import Refused, Verdict


def report_fact(draft: Work, command: ReportFact) -> Refused | None:
    """A fact comes from a screening, a letter, a court; the same fact again changes nothing.

    What another case tells of the member under a number that is not theirs goes to the screening desk again.
    """
    refused = may_record(draft, command, outlasts=True)
    if refused is not None:
        return refused
    verdict = reportable(draft, command.fact)
    found = HitFacts(fact=command.fact, source=command.source, reported_by=draft.signer.person_id)
    if comes_back(command, verdict):
        ask_the_desk(draft, CaseKind.TENURE, found, draft.case.member)
        return None
    if isinstance(verdict, Refused):
        return verdict
    look_at(draft, found)
    return None


def end_fact(draft: Work, command: EndFact) -> Refused | None:
    """The removal that rests on the fact hears that it has ended, or never meant the member (§8.1)."""
    refused = ended(draft, command)
    if refused is None:
        tell_end(draft, command)
    return refused


def know_index(draft: Work, command: KnowIndex) -> Refused | None:
    """An index of a sitting member is on record: below the pass line it is a fact as well (§8.8.9), which the next one
    that passes ends (§8.1)."""
    if command.claim.owed_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("index-by-batch"))
    refused = may_record(draft, command, outlasts=True)
    if refused is not None:
        return refused
    reading, member = command.reading, draft.case.member
    if member is None:
        return None
    if not_passed(reading.index, draft.policy):
        fact, source = fact_of(reading.index, member, said_of(reading), today(draft), draft.policy)
        look_at(draft, HitFacts(fact=fact, source=source, reported_by=draft.signer.person_id))
        return None
    source = draft.policy.item(draft.policy.grading.index_item).sources[0]
    for fact in [one for one in draft.case.standing.values() if is_reading(one, draft.policy)]:
        found = HitFacts(fact=fact, source=source, reported_by=draft.signer.person_id)
        draft.emit(FactEnded(cause="over", private=found))
        tell_end(draft, EndFact(claim=draft.claim, fact=fact, source=source, cause="over"))
    return None


def names_facts(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """An ISSUE must name facts of items on the list, each the member's own."""
    if command.outcome != "ISSUE":
        return None
    form = read(command.form, Findings)
    if isinstance(form, Refused):
        return form
    for index, fact in enumerate(form.findings):
        verdict = reportable(draft, fact)
        if isinstance(verdict, Refused):
            return Refused(verdict.code, verdict.said.at(f"findings.{index}"))
    return None


def find_issues(draft: Work, task: Task) -> None:
    """The facts that a department reported are looked at, one by one."""
    reported = draft.case.signed_by_first(task)
    for fact in Findings.model_validate(reported.form).findings:
        look_at(draft, HitFacts(fact=fact, source=reported.unit, reported_by=reported.signer))


def reportable(draft: Work, fact: Fact) -> Verdict:
    """Whether this fact can be reported of this member."""
    if draft.case.member is None:
        raise RuntimeError("a tenure without a member takes no facts")
    return identity.reportable(fact, draft.case.member, today(draft), draft.policy)


def look_at(draft: Work, found: HitFacts) -> None:
    """A fact that counts opens a removal, once; every other is kept as what it is.

    While the seat is vacant it waits until the member has it again.
    """
    fact = found.fact
    if fact.key in draft.case.facts:
        return
    if fact.unmatched:
        ask_the_desk(draft, CaseKind.TENURE, found, draft.case.member)
        return
    item = draft.policy.item(fact.item)
    verdict = counts(
        item, subject=Subject(fact.subject), liable=fact.liable, anchor=fact.anchor, cut_off=today(draft)
    )
    if isinstance(verdict, Refused):
        draft.emit(FactDismissed(cause=Cause(verdict.code), private=found))
        return
    draft.emit(HitFound(hit=draft.case.hits + 1, effect=item.effect, private=found))
    words = f"{item.code} {item.name.zh}，{fact.issuer}，{fact.document_no}。{fact.text}"
    # While an investigation is open nothing is recorded as guilt, and the suspension is proposed at once (R03).
    state: Investigation | None = Cause.UNDER_INVESTIGATION if item.effect is Effect.PAUSE else None
    raise_or_keep(draft, "hit", words, item=item.code, investigation=state, fact=fact)
