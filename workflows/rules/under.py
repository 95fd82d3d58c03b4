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


What: TypeAlias = Literal["fact", "grade", "vote", "re-evaluation"]


class Difference(Contract):
    """One thing on the record that would have come out otherwise: as it was `recorded`, and as it would be `under`."""

    what: What
    about: str
    """The item of a fact, or what kind of result it is."""
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


def fact_differs(
    found: HitFound | FactDismissed, ruling: Ruling | None, cut_off: date, policy: Policy
) -> list[Difference]:
    """A hit that would be none or do something else, a fact that would be a hit. One that people cleared is neither."""
    if ruling is Ruling.CLEARED:
        return []
    recorded = found.effect.value if isinstance(found, HitFound) else NOTHING
    fact = found.private.fact
    return differing("fact", fact.item, recorded, effect_of(fact, cut_off, policy))


def vote_differs(counted: VotesCounted, policy: Policy) -> list[Difference]:
    """The same figures against another quorum and another majority."""
    under = voting.result(counted.members, counted.present, counted.votes_for, policy.election)
    recorded = Result.PASSED if counted.votes_for >= counted.pass_mark else Result.FAILED
    if counted.present < counted.quorum:
        recorded = Result.NO_QUORUM
    said = "refused" if isinstance(under, Refused) else under.value
    return differing("vote", "vote", recorded.value, said)
