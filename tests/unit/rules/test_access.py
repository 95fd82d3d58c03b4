"""What is asked for accounts before a second person (architecture D9)."""

from datetime import timedelta

import pytest

from contracts.access import (
    AnyRequest,
    ChangeGrants,
    DisableAccount,
    EnableAccount,
    Given,
    Identity,
    NewAccount,
    OpenAccounts,
    ResetCredentials,
)
from contracts.actor import Grant
from contracts.commands.access import AskAccess
from contracts.commands.case import CompleteTask
from contracts.events.access import (
    AccountDisabled,
    AccountEnabled,
    AccountsOpened,
    CredentialsReset,
    GrantsChanged,
)
from contracts.events.base import Event
from contracts.names import access_id
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from workflows.kinds.access.case import Access
from workflows.kinds.access.kind import DECIDER

GIVEN = (Given(grant=Grant(role="SCREENER", district="d01")),)
ONE = {"account_id": "a-1", "person_id": "p-1"}
OPEN = OpenAccounts(
    accounts=(
        NewAccount(
            **ONE, login="one", identity=Identity(name="虚构人", id_number="110105199003070012"), grants=GIVEN
        ),
    )
)
REQUESTS: list[tuple[AnyRequest, type[Event] | None]] = [
    (OPEN, AccountsOpened),
    (ChangeGrants(**ONE, grants=GIVEN), GrantsChanged),
    (EnableAccount(**ONE), AccountEnabled),
    (ResetCredentials(**ONE), CredentialsReset),
    (DisableAccount(**ONE), None),
]
CHANGES = (AccountsOpened, GrantsChanged, AccountDisabled, AccountEnabled, CredentialsReset)
each_request = pytest.mark.parametrize(
    ("request_", "change"), REQUESTS, ids=[request.what for request, _ in REQUESTS]
)


def asked(policy: Policy, request: AnyRequest, person: str = "p-asker") -> PureDesk[Access]:
    """A request that waits for its second person."""
    target = access_id("k-1")
    desk = PureDesk(DECIDER, policy, local("2026-04-08 10:00"))
    pinned = {"policy": "2026.1", "policy_digest": loader.digest("2026.1")}
    who = somebody("SYS_ADMIN", person)
    desk.open(asks(AskAccess, who, target, parent=target, request=request, reason="a term", **pinned))
    return desk


def answer(desk: PureDesk[Access], outcome: str, person: str = "p-security", seen: str = "") -> CompleteTask:
    (task,) = desk.current.open_tasks("approve-access")
    return asks(
        CompleteTask,
        somebody("SECURITY_ADMIN", person),
        desk.case_id,
        task_id=task.id,
        outcome=outcome,
        reason="held against the cards",
        seen=seen or task.content_digest,
    )


def changes(desk: PureDesk[Access]) -> list[type[Event]]:
    """What was changed so far."""
    return [type(event) for _, event in desk.events if isinstance(event, CHANGES)]


@each_request
async def test_nothing_but_a_closing_takes_force_before_another_person_approved(
    policy: Policy, request_: AnyRequest, change: type[Event] | None
) -> None:
    desk = asked(policy, request_)
    assert changes(desk) == ([AccountDisabled] if change is None else [])
    await desk.send(answer(desk, "APPROVED"))
    assert changes(desk) == [change or AccountDisabled]
    # With codes it stays open for as long as they count.
    await desk.until(desk.now + timedelta(hours=policy.access_code_hours))
    assert (desk.current.state, desk.current.filed) == (CaseState.IN_FORCE, True)


@each_request
async def test_what_is_turned_down_changes_nothing_and_a_closing_is_undone(
    policy: Policy, request_: AnyRequest, change: type[Event] | None
) -> None:
    desk = asked(policy, request_)
    await desk.send(answer(desk, "REFUSED"))
    assert changes(desk) == ([AccountDisabled, AccountEnabled] if change is None else [])
    assert (desk.current.state, desk.current.filed) == (CaseState.TURNED_DOWN, True)


@each_request
async def test_asking_deciding_and_being_concerned_are_three_people(
    policy: Policy, request_: AnyRequest, change: type[Event] | None
) -> None:
    desk = asked(policy, request_)
    for outcome in ("APPROVED", "REFUSED"):
        await refused(desk, answer(desk, outcome, "p-asker"), "same-person")
        await refused(desk, answer(desk, outcome, "p-1"), "conflict-of-interest")
    own = asked(policy, request_, "p-1")
    await refused(own, answer(own, "APPROVED"), "conflict-of-interest")
    await own.send(answer(own, "REFUSED"))


async def test_a_decision_names_the_digest_of_the_whole_request(policy: Policy) -> None:
    desk = asked(policy, OPEN)
    other = asked(policy, ChangeGrants(**ONE, grants=GIVEN))
    (seen,) = other.current.open_tasks("approve-access")
    await refused(desk, answer(desk, "APPROVED", seen=seen.content_digest), "stale-digest")


async def test_codes_count_for_the_hours_of_the_policy(policy: Policy) -> None:
    desk = asked(policy, OPEN)
    await desk.send(answer(desk, "APPROVED"))
    (opened,) = desk.of(AccountsOpened)
    assert isinstance(opened, AccountsOpened)
    assert opened.codes_until == desk.now + timedelta(hours=policy.access_code_hours)
    assert opened.plain().keys().isdisjoint({"private", "logins"})
