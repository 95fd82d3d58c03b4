"""Whose head is the witness of whose code: own unit, then each level above, then the audit administrator."""

from collections.abc import Sequence

import pytest

from contracts.actor import Grant
from contracts.policy import loader
from services.officers.identity.witnesses import witnesses

POLICY = loader.released("2026.1")


def held(*said: str) -> list[Grant]:
    """Grants, each told as `ROLE`, `ROLE district` or `ROLE unit district`."""
    found = []
    for one in said:
        role, *place = one.split(" ")
        district = place[-1] if place else "*"
        found.append(Grant(role=role, unit=place[0] if len(place) > 1 else "", district=district))
    return found


def may(mine: str, theirs: str, others: Sequence[str] = ()) -> bool:
    return witnesses(held(mine), held(theirs), held(mine, *others), POLICY)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("DISC_HEAD d01", "DISC_OFFICER d01"),
        ("DISC_HEAD *", "DISC_OFFICER d01"),
        ("DISC_HEAD d01", "DISC_HEAD d01"),
        ("DEPT_HEAD tax d01", "DEPT_OFFICER tax d01"),
        ("PANEL_CHAIR d01", "EVALUATOR d01"),
        ("UFWD d01", "SCREENER d01"),
        ("UFWD d02", "NOMINATOR chamber d02"),
        ("LEADER_IN_CHARGE d01", "UFWD d01"),
        ("PARTY_GROUP d01", "LEADER_IN_CHARGE d01"),
        ("UFWD d01", "ELECTION_OFFICE"),
        ("UFWD d01", "MEMBER"),
        ("PARTY_GROUP d01", "AUDITOR"),
        ("PARTY_GROUP d01", "SYS_ADMIN"),
        *(("AUDITOR", other) for other in ("DISC_OFFICER d01", "SYS_ADMIN", "AUDITOR", "NOMINEE")),
    ],
)
def test_the_head_of_a_role_may_be_its_witness(mine: str, theirs: str) -> None:
    assert may(mine, theirs)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("DISC_HEAD d02", "DISC_OFFICER d01"),
        ("DEPT_HEAD tax d01", "DEPT_OFFICER police d01"),
        ("DEPT_HEAD tax d02", "DEPT_OFFICER tax d01"),
        ("DISC_HEAD d01", "SCREENER d01"),
        ("DISC_OFFICER d01", "DISC_OFFICER d01"),
        ("SCREENER d01", "SCREENER d01"),
        ("SYS_ADMIN", "SCREENER d01"),
        ("SECURITY_ADMIN", "AUDITOR"),
        ("POLICY_ADMIN", "SCREENER d01"),
        ("ELECTION_OFFICE", "SCREENER d01"),
        ("DISC_HEAD d01", "AUDITOR"),
    ],
)
def test_nobody_else_may(mine: str, theirs: str) -> None:
    assert not may(mine, theirs)


def test_the_level_above_comes_only_where_nobody_is_below() -> None:
    assert may("LEADER_IN_CHARGE d01", "DISC_OFFICER d01")
    assert may("LEADER_IN_CHARGE d01", "DISC_OFFICER d01", ["DISC_HEAD d02"])
    assert not may("LEADER_IN_CHARGE d01", "DISC_OFFICER d01", ["DISC_HEAD d01"])
    assert may("PARTY_GROUP d01", "DISC_OFFICER d01")
    assert not may("PARTY_GROUP d01", "DISC_OFFICER d01", ["LEADER_IN_CHARGE d01"])


def test_who_stands_in_for_a_head_is_nobodys_head() -> None:
    standing_in = [Grant(role="DISC_HEAD", district="d01", deputy_for="p-head")]
    assert not witnesses(standing_in, held("DISC_OFFICER d01"), [], POLICY)


def test_an_account_without_a_role_has_the_audit_administrator_alone() -> None:
    assert not witnesses(held("PARTY_GROUP *"), [], [], POLICY)
    assert witnesses(held("AUDITOR"), [], [], POLICY)


def test_every_role_has_somebody_who_may_hand_over_its_codes_beside_the_audit_administrator() -> None:
    """Else a lost auditor could never come back by a request."""
    heads = held(*(f"{role} tax d01" for role in POLICY.askers("witness-codes") if role != "AUDITOR"))
    for role in POLICY.roles:
        theirs = held(f"{role.code} tax d01" if role.scope == "unit" else f"{role.code} d01")
        assert any(witnesses([head], theirs, [head], POLICY) for head in heads), role.code
