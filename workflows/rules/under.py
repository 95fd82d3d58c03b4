"""How what people found, scored and counted would read under another version of the policy. Nothing follows from it."""

from datetime import date
from typing import Literal, TypeAlias

from contracts.base import Contract
from contracts.events.review import FactDismissed, HitFound, VotesCounted
from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.vocabulary import Ruling, Subject
from workflows.rules import voting
from workflows.rules.negative_list import counts
from workflows.rules.verdict import Refused
from workflows.rules.voting import Result

NOTHING = "not-counted"
"""A fact that is no hit."""
REFUSED = "refused"
"""These scores can be given under that version no more."""


What: TypeAlias = Literal["fact", "grade", "vote", "re-evaluation", "ground", "eligibility"]


class Difference(Contract):
    """One thing on the record that would have come out otherwise: as it was `recorded`, and as it would be `under`."""

    what: What
    about: str
    """The item of a fact, a ground or an eligibility, or what kind of result it is."""
    recorded: str
    under: str


def differing(what: What, about: str, recorded: str, under: str) -> list[Difference]:
    """One difference, or none."""
    return [Difference(what=what, about=about, recorded=recorded, under=under)] if recorded != under else []


def effect_of(fact: Fact, cut_off: date, policy: Policy) -> str:
    """What the fact does under this version's list, on the batch's cut-off day."""
    item = next((one for one in policy.negative_list if one.code == fact.item), None)
    if item is None:
        return NOTHING
    verdict = counts(
        item, subject=Subject(fact.subject), liable=fact.liable, anchor=fact.anchor, cut_off=cut_off
    )
    return NOTHING if isinstance(verdict, Refused) else item.effect.value


def effect_in(policy: Policy, code: str) -> str:
    """What the item of this code does under this version's list, as far as it is in force."""
    item = next((one for one in policy.negative_list if one.code == code), None)
    return NOTHING if item is None or item.retired or not item.on else item.effect.value


def passed(yes: bool) -> str:
    """How a measure that has a bar came out."""
    return "passed" if yes else "not-passed"


def fact_differs(
    found: HitFound | FactDismissed, ruling: Ruling | None, cut_off: date, policy: Policy
) -> list[Difference]:
    """A hit that would be none or do something else, a fact that would be a hit. One that people cleared is neither."""
    if ruling is Ruling.CLEARED:
        return []
    recorded = found.effect.value if isinstance(found, HitFound) else NOTHING
    fact = found.private.fact
    return differing("fact", fact.item, recorded, effect_of(fact, cut_off, policy))


def without_index_item(policy: Policy) -> Policy:
    """The version as it reads for an index that passes: its list has no item for it."""
    left = tuple(item for item in policy.negative_list if item.code != policy.grading.index_item)
    return policy.model_copy(update={"negative_list": left})


def vote_differs(counted: VotesCounted, policy: Policy) -> list[Difference]:
    """The same figures against another quorum and another majority."""
    under = voting.result(counted.members, counted.present, counted.votes_for, policy.election)
    recorded = Result.PASSED if counted.votes_for >= counted.pass_mark else Result.FAILED
    if counted.present < counted.quorum:
        recorded = Result.NO_QUORUM
    said = "refused" if isinstance(under, Refused) else under.value
    return differing("vote", "vote", recorded.value, said)
