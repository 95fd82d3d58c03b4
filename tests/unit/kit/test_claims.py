"""The officers' service vouches for people, the worker for cases; neither for the other."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.actor import (
    ACCOUNT_KEEPER,
    BY_ITSELF,
    CALENDAR_KEEPER,
    LETTER_KEEPER,
    LIST_KEEPER,
    Actor,
    Grant,
)
from contracts.claim import UNSIGNED, Claim, Owing
from contracts.commands.base import Command
from contracts.commands.case import ClaimTask
from contracts.commands.nomination import ScheduleElection, Withdraw
from contracts.commands.removal import OpenRemoval
from contracts.matter import Lead
from contracts.vocabulary import Seat
from services.kit.claims import ClaimChecker, signed
from tests.claims import AT, OFFICER, KeySet, claim, claimed, owed

BY_PEOPLE = Withdraw(claim=claim("c1"), reason="I withdraw")
BY_CASES = ScheduleElection(claim=claim("c1"), election_at=AT)
BY_BOTH = OpenRemoval(
    claim=claim("r1"),
    policy="2026.1",
    policy_digest="0" * 64,
    parent="r1",
    person_id="p9",
    seat=Seat.EXECUTIVE,
    source="discipline-letter",
    lead=Lead(name="somebody", text="something"),
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(tmp_path_factory.mktemp("keys"))


@pytest.mark.parametrize("command", [BY_PEOPLE, BY_BOTH])
def test_the_officers_service_vouches_for_people(keys: KeySet, command: Command) -> None:
    assert keys.checker.fault(claimed(command, keys.claim).claim) is None


@pytest.mark.parametrize("command", [BY_CASES, BY_BOTH])
def test_the_worker_vouches_for_cases(keys: KeySet, command: Command) -> None:
    assert keys.checker.fault(owed(command, keys.errand).claim) is None


def test_what_a_case_asks_names_the_errand_from_which_it_follows(keys: KeySet) -> None:
    fault = "the claim does not name the errand from which it follows"
    assert keys.checker.fault(claimed(BY_CASES, keys.errand).claim) == fault
    good = owed(BY_CASES, keys.errand).claim
    for other in (Owing(case_id="b2", number=1), Owing(case_id="b1", number=2)):
        changed = good.model_copy(update={"owed_by": other})
        assert keys.checker.fault(signed(changed, keys.errand)) == fault


def test_time_asks_in_the_name_of_the_system_by_the_worker_s_key_alone(keys: KeySet) -> None:
    by_time = BY_BOTH.model_copy(update={"claim": claim("r1", actor=BY_ITSELF)})
    assert keys.checker.fault(owed(by_time, keys.errand).claim) is None
    fault = "only a case asks for what is owed, or in the name of the system"
    assert keys.checker.fault(claimed(by_time, keys.claim).claim) == fault
    assert keys.checker.fault(owed(BY_BOTH, keys.claim).claim) == fault


@pytest.mark.parametrize(
    ("who", "act"),
    [
        (LIST_KEEPER, "report-screened"),
        (LIST_KEEPER, "begin-run"),
        (LETTER_KEEPER, "letter-delivered"),
        (ACCOUNT_KEEPER, "release-task"),
        (ACCOUNT_KEEPER, "pass-on"),
        (ACCOUNT_KEEPER, "report-conflict"),
        (CALENDAR_KEEPER, "load-case-calendar"),
    ],
)
def test_a_service_of_the_office_asks_what_is_its_own(keys: KeySet, who: Actor, act: str) -> None:
    asked = claim("c1", actor=who).model_copy(update={"act": act})
    assert keys.checker.fault(signed(asked, keys.claim)) is None
    assert keys.checker.fault(signed(asked, keys.errand)) is not None
    for changed in (
        {"act": "claim-task"},
        {"actor": who.model_copy(update={"grants": (Grant(role="CLERK"),)})},
    ):
        fault = keys.checker.fault(signed(asked.model_copy(update=changed), keys.claim))
        assert fault == f"{who.account_id} may not ask this"


def test_no_person_asks_what_a_service_asks(keys: KeySet) -> None:
    asked = claim("c1").model_copy(update={"act": "letter-undelivered"})
    assert keys.checker.fault(signed(asked, keys.claim)) == "only a service of the office asks this"


def test_neither_vouches_for_what_is_the_other_s(keys: KeySet) -> None:
    by_case = keys.checker.fault(owed(BY_PEOPLE, keys.errand).claim)
    by_people = keys.checker.fault(claimed(BY_CASES, keys.claim).claim)
    assert by_case == "a case may not ask this in the name of a person"
    assert by_people == "only a case may ask this of another"


CHANGES: dict[str, Callable[[Claim], dict[str, object]]] = {
    "command": lambda _: {"command_id": "k2"},
    "target": lambda _: {"target": "c2"},
    "act": lambda _: {"act": "release-task"},
    "body": lambda _: {"body_digest": "1" * 64},
    "instant": lambda one: {"at": one.at + timedelta(seconds=1)},
    "account": lambda _: {"actor": Actor(account_id="a2", person_id="p1")},
    "person": lambda _: {"actor": Actor(account_id="a1", person_id="p2")},
    "grants": lambda _: {"actor": OFFICER.model_copy(update={"grants": (Grant(role="CHAIR"),)})},
    "unsigned": lambda _: {"signature": UNSIGNED},
    "key": lambda one: {"signature": one.signature.model_copy(update={"key_id": "s0000000000000000"})},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_claim_of_which_anything_was_changed_proves_nothing(keys: KeySet, change: str) -> None:
    good = claimed(ClaimTask(claim=claim("c1"), task_id="c1.screen.1.1"), keys.claim).claim
    assert keys.checker.fault(good) is None
    fault = keys.checker.fault(good.model_copy(update=CHANGES[change](good)))
    assert fault is not None
    assert "does not hold" in fault


def test_a_key_for_steps_and_another_system_s_keys_make_no_claim(keys: KeySet, tmp_path: Path) -> None:
    other = KeySet.make(tmp_path / "other")
    for key in (keys.step, other.claim, other.errand):
        fault = keys.checker.fault(claimed(BY_PEOPLE, key).claim)
        assert fault is not None
        assert key.key_id in fault, "the alarm names the key"


def test_the_zone_in_which_an_instant_is_written_is_part_of_what_is_signed(keys: KeySet) -> None:
    good = claimed(BY_PEOPLE, keys.claim).claim
    again = Claim.model_validate_json(good.model_dump_json())
    assert again == good
    assert keys.checker.fault(again) is None, "as it comes over the wire"


def test_a_checker_needs_both_purposes(keys: KeySet, tmp_path: Path) -> None:
    (tmp_path / "claim").mkdir()
    with pytest.raises(Exception, match="no public key"):
        ClaimChecker.load(tmp_path)


def test_signing_leaves_what_is_said_as_it_is(keys: KeySet) -> None:
    one = claim("c1")
    assert signed(one, keys.claim).said() == one.said()
