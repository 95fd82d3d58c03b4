"""Who may ask for an act beside tasks: the policy says it of each, and whoever asks in another role is refused."""

import pytest

from contracts.commands.case import (
    ClaimTask,
    CompleteTask,
    DeclareConflict,
    PassOn,
    ReassignTask,
    ReleaseTask,
)
from contracts.commands.every import COMMANDS, FROM_CASES, OF_SERVICES, OPENINGS, PEOPLE_TOO
from contracts.policy.loader import released, versions
from contracts.policy.model import Policy
from services.officers.routes.rights import RULES
from workflows.kinds import every

ON_TASKS = {
    str(one.model_fields["act"].default)
    for one in (CompleteTask, ClaimTask, ReleaseTask, ReassignTask, PassOn, DeclareConflict)
}
"""Acts on a task: its kind says whose it is."""


def beside_tasks() -> set[str]:
    """All acts that people ask for and that are on no task."""
    every_act = {str(one.model_fields["act"].default) for one in (*COMMANDS, *OPENINGS)}
    return every_act - ON_TASKS - OF_SERVICES - (FROM_CASES - PEOPLE_TOO)


@pytest.mark.parametrize("version", versions())
def test_the_policy_says_of_every_act_beside_tasks_who_may_ask_for_it(version: str) -> None:
    assert {act.code for act in released(version).acts} == beside_tasks()


def test_the_api_offers_every_act_beside_tasks() -> None:
    beside = {rule.act for rule in RULES.values() if rule.act}
    assert beside == beside_tasks()


def without(policy: Policy, act: str) -> Policy:
    """The policy that says nothing of an act."""
    said = {
        name: own.model_copy(update={"acts": tuple(one for one in own.acts if one.code != act)})
        for name, own in policy.procedures.items()
    }
    return policy.model_copy(update={"procedures": said})


@pytest.mark.parametrize("act", ["withdraw", "suspend", "submit-roster"])
def test_an_act_of_which_the_policy_says_nothing_stops_the_worker(act: str) -> None:
    found = every.faults(without(released("2026.1"), act))
    assert [one for one in found if f"act {act}: " in one and "may ask for it" in one]


def test_an_act_that_no_code_takes_stops_the_worker() -> None:
    policy = released("2026.1")
    removal, strange = policy.procedures["removal"], policy.procedures["nomination"].acts[0]
    more = removal.model_copy(update={"acts": (*removal.acts, strange)})
    found = every.faults(policy.model_copy(update={"procedures": {**policy.procedures, "removal": more}}))
    assert found == ["removal: act withdraw: the policy says who may ask for it, the code takes none"]
