"""Whose fact a reported fact is, and whether it can be at all (domain §8.8.4 and .12)."""

from datetime import date

from contracts.nominee import Fact, Nominee
from contracts.numbers import credit_code_fault, resident_id_fault
from contracts.policy.model import NegativeItem, Policy, Text
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from contracts.vocabulary import Subject
from workflows.rules.calendar import same_date
from workflows.rules.negative_list import MONTHS_A_YEAR
from workflows.rules.papers import impossible, silent
from workflows.rules.verdict import ALLOWED, Refused, Verdict


def strange(fact: Fact, nominee: Nominee, today: date, policy: Policy) -> Verdict:
    """Allowed when the fact is sound and, unless it is sent as unmatched, this person's; otherwise why not.

    Identity is by ID number and credit code; the check digits are verified. The name is not asked.
    """
    unsound = unsound_fact(fact, today, policy)
    if unsound is not None:
        return Refused(RefusalCode.FORM_INVALID, unsound)
    theirs = _is_theirs(fact, nominee)
    if fact.unmatched:
        return (
            Refused(RefusalCode.FORM_INVALID, say("number-is-theirs").at("unmatched")) if theirs else ALLOWED
        )
    return ALLOWED if theirs else NOT_THEIRS[Subject(fact.subject)]


def reportable(fact: Fact, nominee: Nominee, today: date, policy: Policy) -> Verdict:
    """Whether this fact can be reported of this person: under an item in force, sound, and the person's own."""
    item = next((item for item in policy.negative_list if item.code == fact.item), None)
    problem = _off_the_list(item, fact)
    return (
        Refused(RefusalCode.FORM_INVALID, problem)
        if problem is not None
        else strange(fact, nominee, today, policy)
    )


def _off_the_list(item: NegativeItem | None, fact: Fact) -> Saying | None:
    if item is None or item.retired or not item.on:
        return say("fact-not-listed", item=fact.item).at("item")
    if Subject(fact.subject) not in item.subject:
        said = say("fact-about", item=fact.item, subjects=item.subject, subject=fact.subject)
        return said.at("subject")
    return None


def unsound_fact(fact: Fact, today: date, policy: Policy) -> Saying | None:
    """What can be true of nobody: a wrong check digit, a day to come, a paper without issuer or number; or None."""
    fault = number_fault(Subject(fact.subject), fact.subject_id, today)
    if fault is not None:
        return say("fault", fault=fault).at("subject_id")
    served = policy.item(fact.item).anchor == "sentence-end"
    last = same_date(today, policy.longest_sentence_years * MONTHS_A_YEAR) if served else today
    return (
        silent({"issuer": fact.issuer, "document_no": fact.document_no, "text": fact.text})
        or impossible({"anchor": fact.anchor}, last, policy)
        or impossible({"fetched_on": fact.fetched_on}, today, policy)
    )


def number_fault(subject: Subject, number: str, today: date) -> Text | None:
    """What is wrong with the number by which such a subject is known, or None."""
    match subject:
        case Subject.PERSON:
            return resident_id_fault(number, today)
        case Subject.ENTERPRISE:
            return credit_code_fault(number)


def namesake(fact: Fact, nominee: Nominee) -> bool:
    """Whether an unmatched fact is about somebody of the same name: a warning to whoever looks at it."""
    names = {Subject.PERSON: {nominee.name}, Subject.ENTERPRISE: {nominee.firm, *_firms(nominee)}}
    return fact.name in names[Subject(fact.subject)]


NOT_THEIRS = {
    Subject.PERSON: Refused(
        RefusalCode.NOT_THIS_PERSON,
        say("not-this-person"),
    ),
    Subject.ENTERPRISE: Refused(
        RefusalCode.NOT_THIS_FIRM,
        say("not-this-firm"),
    ),
}


def _is_theirs(fact: Fact, nominee: Nominee) -> bool:
    numbers = {Subject.PERSON: {nominee.id_number}, Subject.ENTERPRISE: nominee.credit_codes}
    return fact.subject_id in numbers[Subject(fact.subject)]


def _firms(nominee: Nominee) -> set[str]:
    return {firm.name for firm in nominee.firms}
