"""How a fact and a count would read under another version: what is recorded, what would be, and when they differ."""

from datetime import date

import pytest

from contracts.causes import Cause
from contracts.events.review import FactDismissed, HitFacts, HitFound, VotesCounted
from contracts.nominee import Fact
from contracts.policy.model import Election, Policy
from contracts.vocabulary import Effect, Ruling
from tests.office import finding
from workflows.rules.under import NOTHING, Difference, differing, effect_of, fact_differs, vote_differs

CUT_OFF = date(2026, 3, 20)


def fact(item: str, **changes: object) -> Fact:
    """A fact of the nominee, but for the changes."""
    (reported,) = finding(item, **changes)["findings"]  # type: ignore[misc, attr-defined, arg-type]
    return Fact.model_validate(reported)


def hit(reported: Fact, effect: Effect) -> HitFound:
    """The fact, found to count."""
    return HitFound(
        hit=1, effect=effect, private=HitFacts(fact=reported, source="tax", reported_by="p-officer")
    )


def dismissed(reported: Fact) -> FactDismissed:
    """The fact, found not to count."""
    private = HitFacts(fact=reported, source="tax", reported_by="p-officer")
    return FactDismissed(cause=Cause.LOOK_BACK_OVER, private=private)


def changed(policy: Policy, item: str, **fields: object) -> Policy:
    """The version with one item of its list changed."""
    rows = tuple(row.model_copy(update=fields) if row.code == item else row for row in policy.negative_list)
    return policy.model_copy(update={"negative_list": rows})


def counted(members: int, present: int, votes_for: int) -> VotesCounted:
    """A count as it is recorded under two thirds present and more than half of all."""
    return VotesCounted(
        outcome="ELECTED",
        members=members,
        present=present,
        votes_for=votes_for,
        quorum=-(-members * 2 // 3),
        pass_mark=members // 2 + 1,
    )


def test_only_what_differs_is_a_difference() -> None:
    assert differing("grade", "grade", "A", "A") == []
    assert differing("grade", "grade", "A", "B") == [
        Difference(what="grade", about="grade", recorded="A", under="B")
    ]


@pytest.mark.parametrize(
    ("item", "changes", "effect"),
    [
        ("NL-D01", {}, "H"),
        ("NL-D03", {}, "J"),
        ("NL-C03", {}, "P"),
        ("NL-C04", {"anchor": "2021-03-20"}, NOTHING),
        ("NL-X01", {}, NOTHING),
        ("NL-Z99", {}, NOTHING),
    ],
)
def test_a_fact_does_what_the_item_of_its_own_code_does(
    item: str, changes: dict[str, object], effect: str, policy: Policy
) -> None:
    assert effect_of(fact(item, **changes), CUT_OFF, policy) == effect


def test_a_hit_differs_when_it_would_be_none_or_do_something_else(policy: Policy) -> None:
    found = hit(fact("NL-D01"), Effect.HARD)
    assert fact_differs(found, Ruling.VETO, CUT_OFF, policy) == []
    (off,) = fact_differs(found, Ruling.VETO, CUT_OFF, changed(policy, "NL-D01", on=False))
    assert (off.about, off.recorded, off.under) == ("NL-D01", "H", NOTHING)
    (milder,) = fact_differs(found, None, CUT_OFF, changed(policy, "NL-D01", effect=Effect.JUDGEMENT))
    assert (milder.what, milder.recorded, milder.under) == ("fact", "H", "J")


def test_a_fact_that_did_not_count_differs_when_it_would(policy: Policy) -> None:
    old = dismissed(fact("NL-C04", anchor="2021-03-20"))
    assert fact_differs(old, None, CUT_OFF, policy) == []
    (longer,) = fact_differs(old, None, CUT_OFF, changed(policy, "NL-C04", look_back_years=6))
    assert (longer.recorded, longer.under) == (NOTHING, "H")


def test_a_hit_that_people_cleared_differs_in_nothing(policy: Policy) -> None:
    found = hit(fact("NL-D01"), Effect.HARD)
    assert fact_differs(found, Ruling.CLEARED, CUT_OFF, changed(policy, "NL-D01", on=False)) == []


@pytest.mark.parametrize(
    ("figures", "recorded", "under"),
    [
        ((120, 120, 79), "passed", "failed"),  # more than two thirds of 120 are 81
        ((120, 120, 61), "passed", "failed"),
        ((120, 80, 61), "passed", "no quorum"),
        ((120, 79, 79), "no quorum", None),
        ((120, 120, 60), "failed", None),
        ((120, 120, 81), "passed", None),
    ],
)
def test_a_count_against_another_quorum_and_another_majority(
    figures: tuple[int, int, int], recorded: str, under: str | None, policy: Policy
) -> None:
    same = vote_differs(counted(*figures), policy)
    assert same == []
    stricter = policy.election.model_dump() | {"pass_over": (2, 3), "quorum": (3, 4)}
    other = policy.model_copy(update={"election": Election.model_validate(stricter)})
    expected = (
        [] if under is None else [Difference(what="vote", about="vote", recorded=recorded, under=under)]
    )
    assert vote_differs(counted(*figures), other) == expected


def test_figures_that_cannot_be_true_together_would_be_refused(policy: Policy) -> None:
    (difference,) = vote_differs(counted(120, 80, 81), policy)
    assert (difference.recorded, difference.under) == ("passed", "refused")
