"""The watched lists of a policy: what an entry means is said of each, and a fault is named by file and line."""

from pathlib import Path

import pytest

from contracts.policy.loader import released
from contracts.vocabulary import Subject
from tests.policy_faults import Fault, refused

LISTS = "2026.1/watched_lists.yaml"
FAULTS = (
    Fault(LISTS, "code: tax-arrears", "code: court-dishonest", "code: court-dishonest", "used twice", 1),
    Fault(
        LISTS, "issuer: court", "issuer: nobody", "issuer: nobody", "no department or other source 'nobody'"
    ),
    Fault(LISTS, "enterprise: NL-E05", "enterprise: NL-Z99", "NL-Z99", "no item 'NL-Z99'"),
    Fault(LISTS, "enterprise: NL-E05", "person: NL-E05", "person: NL-E05", "NL-E05 does not bind a person"),
    Fault(LISTS, "fresh_days: 7", "fresh_days: 0", "fresh_days: 0", "greater than 0"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.reason)
def test_a_fault_of_a_list_is_named_by_file_and_line(policies: Path, fault: Fault) -> None:
    refused(policies, fault)


def test_every_watched_list_feeds_items_that_are_on() -> None:
    policy = released("2026.1")
    assert policy.screening is not None
    items = [policy.item(code) for one in policy.screening.lists for code in one.items.values()]
    assert len(items) > 10
    assert all(item.on and not item.retired for item in items)


def test_one_list_can_mean_two_things_by_whose_entry_it_is() -> None:
    court = released("2026.1").watched("court-dishonest")
    assert court.items == {Subject.PERSON: "NL-E01", Subject.ENTERPRISE: "NL-E02"}
