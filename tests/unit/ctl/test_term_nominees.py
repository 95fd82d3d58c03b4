"""The roster of SC-01: 992 nominees of twelve districts; 23 fall under the list of 2017, 15 under that of 2026."""

from collections import Counter

import pytest

from contracts.policy import loader
from contracts.vocabulary import CaseState
from services.ctl.term.nominees import Size, expected, known, rows
from services.ctl.term.people import members


@pytest.mark.parametrize(
    ("version", "items"),
    [
        ("2017.1-term", {"NL-D01": 9, "NL-C06": 6, "NL-X01": 8}),
        ("2026.1-term", {"NL-D01": 9, "NL-C06": 6}),
    ],
)
def test_the_whole_roster_is_that_of_the_scenario(version: str, items: dict[str, int]) -> None:
    policy = loader.released(version)
    everybody = rows(policy, Size())
    districts = Counter(row.district for row in everybody)
    assert sorted(districts.values()) == [82] * 4 + [83] * 8
    facts = known(everybody, policy)
    assert Counter(one.item for one in facts.values()) == items
    ends = Counter(expected(row, facts) for row in everybody)
    vetoed = sum(items.values())
    assert ends == {CaseState.VETOED: vetoed, CaseState.INSPECTING: 992 - vetoed}


def test_no_two_people_share_a_number_or_a_login() -> None:
    policy = loader.released("2026.1-term")
    codes = tuple(one.code for one in policy.districts), tuple(one.code for one in policy.departments)
    everybody = members(rows(policy, Size()), *codes)
    assert len({one.person.id_number for one in everybody}) == len(everybody)
    assert len({one.login for one in everybody}) == len(everybody)
