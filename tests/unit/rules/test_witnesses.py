"""The witness of a code is a third person: before the case, whatever the API lets through (adr/0035)."""

from datetime import timedelta

import pytest

from contracts.access import ChangeGrants, ResetCredentials
from contracts.actor import Actor, Grant, Ties
from contracts.commands.access import WitnessCodes
from contracts.events.access import CodesWitnessed
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.acting import refused
from tests.asking import asks, somebody
from tests.attacks.four_eyes.evasion import also, deputy
from tests.desks import PureDesk
from tests.unit.rules.test_access import GIVEN, ONE, OPEN, answer, asked
from workflows.kinds.access.case import Access

AUDITOR, HEAD = somebody("AUDITOR", "p-auditor"), somebody("DISC_HEAD", "p-head")


def witnessed(desk: PureDesk[Access], who: Actor, *accounts: str) -> WitnessCodes:
    return asks(WitnessCodes, who, desk.case_id, accounts=accounts or ("a-1",))


async def approved(policy: Policy, request: object = OPEN) -> PureDesk[Access]:
    desk = asked(policy, request)  # type: ignore[arg-type]
    await desk.send(answer(desk, "APPROVED"))
    return desk


@pytest.mark.parametrize("request_", [OPEN, ResetCredentials(**ONE)], ids=lambda one: one.what)
@pytest.mark.parametrize("who", [AUDITOR, HEAD], ids=["auditor", "head"])
async def test_who_witnessed_for_whom_is_on_the_record_each_time(
    policy: Policy, request_: object, who: Actor
) -> None:
    desk = await approved(policy, request_)
    await desk.send(witnessed(desk, who))
    await desk.send(witnessed(desk, who))
    drawn = [event for event in desk.of(CodesWitnessed) if isinstance(event, CodesWitnessed)]
    assert [(one.witness, one.accounts[0].person_id) for one in drawn] == [(who.person_id, "p-1")] * 2


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (somebody("AUDITOR", "p-asker"), "same-person"),
        (somebody("AUDITOR", "p-security"), "same-person"),
        (somebody("AUDITOR", "p-1"), "conflict-of-interest"),
        (also(somebody("AUDITOR", "p-x"), "p-asker"), "same-person"),
        (also(somebody("DISC_HEAD", "p-x"), "p-security"), "same-person"),
        (also(somebody("DISC_HEAD", "p-x"), "p-1"), "conflict-of-interest"),
        (deputy("DISC_HEAD", "p-x", "p-head"), "wrong-role"),
        (somebody("SYS_ADMIN", "p-x"), "wrong-role"),
        (somebody("SECURITY_ADMIN", "p-x"), "wrong-role"),
        (somebody("DISC_OFFICER", "p-x"), "wrong-role"),
        (somebody("POLICY_ADMIN", "p-x"), "wrong-role"),
    ],
    ids=lambda one: one if isinstance(one, str) else f"{one.grants[0].role} {one.person_id}",
)
async def test_who_has_a_part_in_it_already_is_no_witness(policy: Policy, who: Actor, code: str) -> None:
    desk = await approved(policy)
    await refused(desk, witnessed(desk, who), code)
    await desk.send(witnessed(desk, AUDITOR))


@pytest.mark.parametrize("role", ["SYS_ADMIN", "SECURITY_ADMIN"])
async def test_who_keeps_accounts_by_another_account_is_none(policy: Policy, role: str) -> None:
    desk = await approved(policy)
    ties = (Ties(person_id="p-x", roles=(role,)),)
    who = Actor(account_id="a-x", person_id="p-x", grants=(Grant(role="AUDITOR"),), ties=ties)
    await refused(desk, witnessed(desk, who), "wrong-role")


async def test_nothing_is_witnessed_that_waits_for_nobody(policy: Policy) -> None:
    waits = asked(policy, OPEN)
    await refused(waits, witnessed(waits, AUDITOR), "case-ended")
    other = await approved(policy, ChangeGrants(**ONE, grants=GIVEN))
    await refused(other, witnessed(other, AUDITOR), "case-ended")
    desk = await approved(policy)
    await refused(desk, witnessed(desk, AUDITOR, "a-1", "a-2"), "form-invalid")
    await desk.until(desk.now + timedelta(hours=policy.access_code_hours))
    assert desk.current.state is CaseState.IN_FORCE
    await refused(desk, witnessed(desk, AUDITOR), "case-ended")
