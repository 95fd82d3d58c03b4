"""A version of the policy, and a rule of transition, before a second person (SOD-09, domain §8.8.8)."""

import pytest

from contracts.commands.case import CompleteTask
from contracts.commands.policy import ApplyPolicy, ProposePolicy
from contracts.errand import Tell
from contracts.events.policy import PolicyReleased, TransitionApproved
from contracts.names import policy_id, transition_id
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.transition import Transition
from contracts.vocabulary import CaseState
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from workflows.kinds.policy.case import Proposal
from workflows.kinds.policy.kind import DECIDER

DIGEST, OTHER = "d" * 64, "e" * 64
AUTHOR = somebody("POLICY_ADMIN", "p-author")
RULE = Transition(batches=("b1", "b2"), items=("NL-Z01",))


def proposed(policy: Policy, transition: Transition | None = None) -> PureDesk[Proposal]:
    """A version that waits for its second person, or a rule of transition."""
    target = policy_id("2026.2", DIGEST) if transition is None else transition_id("k-rule")
    desk = PureDesk(DECIDER, policy, local("2026-04-08 10:00"))
    desk.open(
        asks(
            ProposePolicy,
            AUTHOR,
            target,
            parent=target,
            policy="2026.1",
            policy_digest=loader.digest("2026.1"),
            version="2026.2",
            version_digest=DIGEST,
            transition=transition,
        )
    )
    return desk


def answer(desk: PureDesk[Proposal], outcome: str, person: str = "p-other", seen: str = "") -> CompleteTask:
    (task,) = desk.current.open_tasks("approve-policy")
    return asks(
        CompleteTask,
        somebody("POLICY_ADMIN", person),
        desk.case_id,
        task_id=task.id,
        outcome=outcome,
        reason="read, and compared with the version in force",
        seen=seen or task.content_digest,
    )


async def test_another_person_releases_a_version_under_the_digest_of_its_bytes(policy: Policy) -> None:
    desk = proposed(policy)
    (task,) = desk.current.open_tasks()
    assert (task.role, task.content_digest, task.due) == ("POLICY_ADMIN", DIGEST, midnight_after(4, 15))
    assert desk.of(PolicyReleased) == []
    await refused(desk, answer(desk, "APPROVED", "p-author"), "same-person")
    await refused(desk, answer(desk, "APPROVED", seen=OTHER), "stale-digest")
    await desk.send(answer(desk, "APPROVED"))
    assert desk.of(PolicyReleased) == [PolicyReleased(policy_version="2026.2", version_digest=DIGEST)]
    assert desk.current.state is CaseState.IN_FORCE
    assert desk.current.owed == ()


async def test_a_version_turned_down_is_never_released(policy: Policy) -> None:
    desk = proposed(policy)
    await refused(desk, answer(desk, "REFUSED", "p-author"), "same-person")
    await desk.send(answer(desk, "REFUSED"))
    assert (desk.current.state, desk.of(PolicyReleased)) == (CaseState.TURNED_DOWN, [])


async def test_other_bytes_under_the_same_name_are_another_case() -> None:
    assert policy_id("2026.2", DIGEST) != policy_id("2026.2", OTHER)
    assert policy_id("2026.2", DIGEST) != policy_id("2026.3", DIGEST)


async def test_a_rule_of_transition_is_told_to_its_batches_when_another_person_approves(
    policy: Policy,
) -> None:
    desk = proposed(policy, RULE)
    (task,) = desk.current.open_tasks()
    assert task.content_digest != DIGEST, "the rule is signed, not the version alone"
    await refused(desk, answer(desk, "APPROVED", "p-author"), "same-person")
    assert desk.current.owed == ()
    await desk.send(answer(desk, "APPROVED"))
    assert len(desk.of(TransitionApproved)) == 1
    assert desk.of(PolicyReleased) == [], "the version was released before"
    (errand,) = desk.current.owed
    assert isinstance(errand, Tell)
    assert (errand.kind, errand.case_ids) == ("batch", ("b1", "b2"))
    assert isinstance(errand.command, ApplyPolicy)
    applied = errand.command.applied
    assert (applied.policy, applied.policy_digest, applied.items) == ("2026.2", DIGEST, ("NL-Z01",))
    assert applied.transition == desk.case_id


@pytest.mark.parametrize("role", ["SYS_ADMIN", "ELECTION_OFFICE", "AUDITOR"])
async def test_nobody_else_decides_on_the_policy(policy: Policy, role: str) -> None:
    desk = proposed(policy)
    other = answer(desk, "APPROVED").model_copy(deep=True)
    stranger = asks(
        CompleteTask,
        somebody(role, "p-stranger"),
        desk.case_id,
        task_id=other.task_id,
        outcome="APPROVED",
        reason="r",
        seen=other.seen,
    )
    await refused(desk, stranger, "wrong-role")
