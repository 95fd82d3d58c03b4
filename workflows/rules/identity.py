"""Whose fact a reported fact is, and whether it can be at all (domain §8.8.4 and .12)."""

from datetime import date

from contracts.nominee import Fact, Nominee
from contracts.numbers import credit_code_fault, resident_id_fault
from contracts.policy.model import NegativeItem, Policy, Text
from contracts.refusals import RefusalCode
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
    if unsound:
        return Refused(RefusalCode.FORM_INVALID, unsound)
    theirs = _is_theirs(fact, nominee)
    if fact.unmatched:
        detail = "unmatched: this is the number of the nominee, or of a firm entered for the nominee"
        return Refused(RefusalCode.FORM_INVALID, detail) if theirs else ALLOWED
    return ALLOWED if theirs else NOT_THEIRS[Subject(fact.subject)]


def reportable(fact: Fact, nominee: Nominee, today: date, policy: Policy) -> Verdict:
    """Whether this fact can be reported of this person: under an item in force, sound, and the person's own."""
    item = next((item for item in policy.negative_list if item.code == fact.item), None)
    problem = _off_the_list(item, fact)
    return Refused(RefusalCode.FORM_INVALID, problem) if problem else strange(fact, nominee, today, policy)


def _off_the_list(item: NegativeItem | None, fact: Fact) -> str:
    if item is None or item.retired or not item.on:
        return f"item {fact.item} is not on the negative list in force"
    covered = [subject.value for subject in item.subject]
    if fact.subject not in covered:
        return f"{fact.item} is about {' or '.join(covered)}, not {fact.subject}"
    return ""


def unsound_fact(fact: Fact, today: date, policy: Policy) -> str:
    """What can be true of nobody: a wrong check digit, a day to come, a paper without issuer or number; "" for none."""
    fault = number_fault(Subject(fact.subject), fact.subject_id, today)
    if fault is not None:
        return f"subject_id: {fault.en}"
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
        "not this person: another ID number; send it as unmatched if it must be looked at",
    ),
    Subject.ENTERPRISE: Refused(
        RefusalCode.NOT_THIS_FIRM,
        "not this firm: none with this code is entered for the nominee; enter it first, or send it as unmatched",
    ),
}


def _is_theirs(fact: Fact, nominee: Nominee) -> bool:
    numbers = {Subject.PERSON: {nominee.id_number}, Subject.ENTERPRISE: nominee.credit_codes}
    return fact.subject_id in numbers[Subject(fact.subject)]


def _firms(nominee: Nominee) -> set[str]:
    return {firm.name for firm in nominee.firms}
