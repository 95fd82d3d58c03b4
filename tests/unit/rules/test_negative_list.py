"""Which reported facts count."""

from datetime import date

import pytest

from contracts.causes import Cause
from contracts.policy.model import NegativeItem, Policy
from contracts.saying import say
from contracts.vocabulary import Subject
from workflows.rules.negative_list import counts
from workflows.rules.verdict import ALLOWED, Refused, Verdict

CUT_OFF = date(2026, 3, 20)


def told(item: NegativeItem, anchor: date = CUT_OFF, cut_off: date = CUT_OFF) -> Verdict:
    """The verdict on a fact of whoever the item is about, liable."""
    return counts(item, subject=item.subject[0], liable=True, anchor=anchor, cut_off=cut_off)


@pytest.mark.parametrize(
    ("code", "anchor", "counted"),
    [
        ("NL-A04", date(2021, 3, 21), True),
        ("NL-A04", date(2021, 3, 20), False),  # on the anniversary it no longer counts
        ("NL-A04", date(2021, 3, 19), False),
        ("NL-D03", date(2023, 3, 21), True),
        ("NL-D03", date(2023, 3, 20), False),
        ("NL-B05", date(2016, 3, 21), True),
        ("NL-B05", date(2016, 3, 20), False),
        ("NL-G01-DELISTED", date(2021, 3, 21), True),
        ("NL-G01-DELISTED", date(2021, 3, 20), False),
        ("NL-A04", date(2027, 1, 1), True),  # a sentence that is still being served
    ],
)
def test_the_look_back_ends_on_the_anniversary(
    code: str, anchor: date, counted: bool, policy: Policy
) -> None:
    verdict = told(policy.item(code), anchor)
    assert (verdict == ALLOWED) is counted
    if isinstance(verdict, Refused):
        assert verdict.code == "look-back-over"


def test_a_look_back_that_is_over_is_told_with_its_years_and_its_end(policy: Policy) -> None:
    said = say("look-back-over", years=5, ended=date(2026, 3, 20))
    assert told(policy.item("NL-A04"), date(2021, 3, 20)) == Refused(Cause.LOOK_BACK_OVER, said)


def test_a_leap_days_anniversary_is_the_last_day_of_february(policy: Policy) -> None:
    item, anchor = policy.item("NL-A04"), date(2024, 2, 29)
    assert told(item, anchor, date(2029, 2, 27)) == ALLOWED
    assert told(item, anchor, date(2029, 2, 28)) != ALLOWED


@pytest.mark.parametrize("code", ["NL-C01", "NL-C05", "NL-G03", "NL-B04"])
def test_what_counts_for_life_counts_after_forty_years(code: str, policy: Policy) -> None:
    assert told(policy.item(code), date(1986, 1, 1)) == ALLOWED


@pytest.mark.parametrize("code", ["NL-D01", "NL-C03", "NL-E01", "NL-F01", "NL-G01"])
def test_a_state_counts_while_it_lasts_however_long_ago_it_began(code: str, policy: Policy) -> None:
    item = policy.item(code)
    assert item.while_state
    assert told(item, date(2001, 1, 1)) == ALLOWED


def test_a_firms_fact_binds_only_who_answered_for_the_firm(policy: Policy) -> None:
    item = policy.item("NL-G01")
    for subject, liable, expected in (
        (Subject.ENTERPRISE, True, None),
        (Subject.ENTERPRISE, False, "not-liable"),
        (Subject.PERSON, False, None),
    ):
        verdict = counts(item, subject=subject, liable=liable, anchor=CUT_OFF, cut_off=CUT_OFF)
        assert (verdict.code if isinstance(verdict, Refused) else None) == expected


def test_an_item_about_the_person_is_no_item_about_the_firm(policy: Policy) -> None:
    item = policy.item("NL-C06")
    verdict = counts(item, subject=Subject.ENTERPRISE, liable=True, anchor=CUT_OFF, cut_off=CUT_OFF)
    said = say("item-other-subject", item="NL-C06", subject="enterprise")
    assert verdict == Refused(Cause.SUBJECT_NOT_COVERED, said)


@pytest.mark.parametrize(
    ("code", "reason"), [("NL-B03", "item-off"), ("NL-B06", "item-off"), ("NL-X01", "item-retired")]
)
def test_what_is_off_or_retired_never_counts(code: str, reason: str, policy: Policy) -> None:
    assert told(policy.item(code)) == Refused(reason, say(reason, item=code))
