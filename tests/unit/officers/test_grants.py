"""Secrets, grants and scope: what follows from what somebody holds."""

import pytest

from contracts.actor import Actor, Grant
from contracts.policy import loader
from services.kit.settings import SettingsError
from services.officers.identity.grants import clash, grant_fault
from services.officers.identity.matching import Matcher
from services.officers.identity.scope import scope_of
from services.officers.identity.tokens import Tokens

POLICY = loader.released("2026.1")


@pytest.mark.parametrize("make", [lambda: Tokens("short", 15), lambda: Matcher("short")])
def test_a_short_secret_is_refused_at_the_start(make: object) -> None:
    with pytest.raises(SettingsError, match="32"):
        make()  # type: ignore[operator]


def test_a_match_key_needs_the_secret() -> None:
    one, other = Matcher("a" * 32), Matcher("b" * 32)
    assert one.key("110105") == one.key("110105")
    assert one.key("110105") != other.key("110105")
    assert one.key("110105") != one.key("110106")


@pytest.mark.parametrize(
    ("grant", "good"),
    [
        (Grant(role="SCREENER", district="d01"), True),
        (Grant(role="SCREENER"), True),
        (Grant(role="SCREENER", unit="tax"), False),
        (Grant(role="DEPT_OFFICER", unit="tax", district="d01"), True),
        (Grant(role="DEPT_OFFICER", unit="tax"), False),
        (Grant(role="DEPT_OFFICER", district="d01"), False),
        (Grant(role="DEPT_OFFICER", unit="weather", district="d01"), False),
        (Grant(role="NOMINATOR", unit="chamber", district="d01"), True),
        (Grant(role="NOMINATOR", unit="chamber"), False),
        (Grant(role="NOMINEE"), True),
        (Grant(role="NOMINEE", district="d01"), False),
        (Grant(role="AUDITOR", district="d01"), False),
        (Grant(role="KING"), False),
    ],
)
def test_a_grant_fits_its_roles_scope(grant: Grant, *, good: bool) -> None:
    assert (grant_fault(grant, POLICY) is None) == good


@pytest.mark.parametrize(
    ("roles", "good"),
    [
        (["SCREENER", "EVALUATOR"], True),
        (["DISC_OFFICER", "DISC_HEAD"], True),
        (["DISC_OFFICER", "DEPT_OFFICER"], True),
        (["DISC_OFFICER", "NOMINATOR"], False),
        (["DISC_HEAD", "NOTICE_OFFICER"], False),
        (["SYS_ADMIN"], True),
        (["SYS_ADMIN", "SCREENER"], False),
        (["SYS_ADMIN", "AUDITOR"], False),
        (["POLICY_ADMIN", "NOMINEE"], False),
        (["AUDITOR", "NOMINEE"], False),
    ],
)
def test_some_roles_are_not_held_by_one_person(roles: list[str], *, good: bool) -> None:
    assert (clash([Grant(role=role) for role in roles], POLICY) is None) == good


def test_administrators_have_no_way_to_a_case() -> None:
    for role in ("SYS_ADMIN", "POLICY_ADMIN", "KING"):
        assert not scope_of(
            Actor(account_id="a", person_id="p", grants=(Grant(role=role),)), POLICY
        ).reads_cases


def test_nobody_is_on_the_team_of_their_own_case() -> None:
    everywhere = scope_of(
        Actor(account_id="a", person_id="p", grants=(Grant(role="ELECTION_OFFICE"),)), POLICY
    )
    assert everywhere.of_team("d01", "p-other")
    assert not everywhere.of_team("d01", "p")


def test_an_auditor_sees_and_acts_on_nothing_but_what_was_read_in_an_emergency() -> None:
    found = scope_of(Actor(account_id="a", person_id="p", grants=(Grant(role="AUDITOR"),)), POLICY)
    assert found.districts is None
    assert [one.role for one in found.acts] == ["AUDITOR"]
    assert {task.code for task in POLICY.tasks if task.role == "AUDITOR"} == {"review-emergency"}
