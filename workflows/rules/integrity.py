"""The integrity index (清廉指数, domain §8.3): its level, and the fact that one below the pass line is (§8.8.9)."""

import re
from datetime import date

from contracts.matter import Reading
from contracts.nominee import Fact, Nominee
from contracts.policy.model import Grading, Policy
from contracts.vocabulary import Subject

_TEXT = "清廉指数{index}，达标线{line}"
_SAID = re.compile(_TEXT.format(index="([0-9]{1,4})", line="[0-9]{1,4}"))


def level(index: int, grading: Grading) -> str:
    """The code of the level that this index comes to: the highest whose lower bound it reaches."""
    reached = [one for one in grading.index_levels if index >= one.lower]
    return reached[-1].code


def not_passed(index: int, policy: Policy) -> bool:
    """Whether an index is a fact: below the pass line, under a version whose list has the item for it in force."""
    grading = policy.grading
    return index < grading.index_pass and policy.item(grading.index_item).on


def fact_of(index: int, person: Nominee, document: str, today: date, policy: Policy) -> tuple[Fact, str]:
    """The fact that an index below the pass line is, and the source that answers for it.

    `document` says where the index stands. It is the person's own by their number, as every fact is.
    """
    item = policy.item(policy.grading.index_item)
    source = item.sources[0]
    fact = Fact(
        item=item.code,
        subject=Subject.PERSON,
        subject_id=person.id_number,
        name=person.name,
        liable=True,
        anchor=today,
        issuer=policy.unit_name(source).zh,
        document_no=document,
        fetched_on=today,
        text=_TEXT.format(index=index, line=policy.grading.index_pass),
    )
    return fact, source


def is_reading(fact: Fact, policy: Policy) -> bool:
    """Whether the fact is an index below the pass line, as whoever answers for the index says it: their next reading
    ends it."""
    item = policy.item(policy.grading.index_item)
    return (fact.item, fact.issuer) == (item.code, policy.unit_name(item.sources[0]).zh)


def index_in(fact: Fact) -> int | None:
    """The index that a fact of `fact_of` says; None for any other."""
    said = _SAID.fullmatch(fact.text)
    return None if said is None else int(said[1])


def said_of(reading: Reading) -> str:
    """Who measured an index, and on which day."""
    return f"{reading.source} {reading.assessed_on.isoformat()}"
