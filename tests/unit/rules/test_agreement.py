"""Where a policy and the code disagree is said before any case meets it; and a case that meets it fails closed."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.policy.loader import released, versions
from contracts.policy.model import Limit, Policy
from contracts.vocabulary import CaseState, Rung, Stage
from tests.asking import local, opening
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from workflows.kinds import every
from workflows.kinds.nomination.kind import DECIDER, NOMINATION
from workflows.kinds.removal.kind import REMOVAL
from workflows.procedure.agreement import Follows, faults, follows
from workflows.procedure.consequences import Ends, Enters, Holds, Opens
from workflows.procedure.kind import Kind
from workflows.procedure.signatures import Alone, First


def without_task(policy: Policy, code: str) -> Policy:
    """The policy in which nobody is asked for this."""
    return _procedures(policy, lambda task: () if task.code == code else (task,))


def with_task(policy: Policy, code: str, **changes: object) -> Policy:
    """The policy with one kind of task changed."""
    return _procedures(
        policy, lambda task: (task.model_copy(update=changes),) if task.code == code else (task,)
    )


def _procedures(policy: Policy, change: Callable[[Any], tuple[Any, ...]]) -> Policy:
    procedures = {
        kind: procedure.model_copy(
            update={"tasks": tuple(new for task in procedure.tasks for new in change(task))}
        )
        for kind, procedure in policy.procedures.items()
    }
    return policy.model_copy(update={"procedures": procedures})


def with_signing(**rows: Any) -> Kind[Any]:
    """A nomination whose code handles some task otherwise."""
    codes = {code.replace("_", "-"): row for code, row in rows.items()}
    return dataclasses.replace(NOMINATION, signing={**NOMINATION.signing, **codes})


@pytest.mark.parametrize("version", versions())
def test_every_released_version_agrees_with_the_code(version: str) -> None:
    assert every.faults(released(version)) == []


@pytest.mark.parametrize("code", sorted(NOMINATION.signing))
def test_a_task_that_the_policy_lost_is_named(policy: Policy, code: str) -> None:
    assert f"nomination: task {code}: the code handles it, the policy has none" in every.faults(
        without_task(policy, code)
    )


@pytest.mark.parametrize("kind", [NOMINATION, REMOVAL], ids=lambda kind: kind.name)
def test_every_outcome_that_is_renamed_is_named_on_both_sides(policy: Policy, kind: Kind[Any]) -> None:
    for task in policy.procedure(kind.name).tasks:
        renamed = with_task(policy, task.code, outcomes=("RENAMED", *task.outcomes[1:]))
        assert faults(kind, renamed) == [
            f"{kind.name}: task {task.code}: outcome {outcome} stands on one side only"
            for outcome in sorted(("RENAMED", task.outcomes[0]))
        ]


def test_a_task_of_which_nothing_says_what_follows_is_named(policy: Policy) -> None:
    extra = policy.task("screen").model_copy(update={"code": "extra"})
    more = _procedures(policy, lambda task: (task, extra) if task.code == "screen" else (task,))
    assert faults(NOMINATION, more) == ["nomination: task extra: nothing says what follows it"]


def test_a_procedure_a_stage_and_a_limit_that_the_policy_lost_are_named(policy: Policy) -> None:
    nothing = policy.model_copy(update={"procedures": {"every": policy.procedures["every"]}})
    assert faults(REMOVAL, nothing) == ["removal: the policy has no such procedure"]
    procedure = policy.procedures["removal"]
    stages = tuple(stage for stage in procedure.stages if stage.code is not Stage.PLAN)
    fewer = {**policy.procedures, "removal": procedure.model_copy(update={"stages": stages})}
    lost = faults(REMOVAL, policy.model_copy(update={"procedures": fewer}))
    assert lost == ["removal: stage R08: the code enters it, the policy has none"]
    limits = {name: limit for name, limit in policy.limits.items() if name not in {"notice", "nomination"}}
    assert every.faults(policy.model_copy(update={"limits": limits})) == [
        "nomination: limit notice: the code names it, the policy has none",
        "batch: limit nomination: the code names it, the policy has none",
    ]


def test_an_extension_that_no_limit_allows_is_named(policy: Policy) -> None:
    limits = {**policy.limits, "consultation": Limit(n=10, unit="WD")}
    found = faults(NOMINATION, policy.model_copy(update={"limits": limits}))
    assert found == [
        f"nomination: task {task}: outcome EXTENDED, but its limit allows no extension"
        for task in ("reply", "supplement")
    ]


def test_a_ladder_that_ends_a_task_of_which_nothing_follows_is_named(policy: Policy) -> None:
    found = faults(NOMINATION, with_task(policy, "repair", ladder="nominee"))
    assert found == ["nomination: task repair: its ladder ends it, and nothing says what follows"]


def test_an_end_of_which_nobody_says_how_long_it_is_kept_is_named(policy: Policy) -> None:
    kept = tuple(
        row.model_copy(update={"ends": tuple(end for end in row.ends if end is not CaseState.KEPT)})
        for row in policy.retention
    )
    found = faults(REMOVAL, policy.model_copy(update={"retention": kept}))
    assert found == ["removal: end KEPT: the policy does not say how long such files are kept"]


def test_code_that_names_what_is_not_there_is_named(policy: Policy) -> None:
    kind = with_signing(
        decide=Alone(
            {
                "APPROVED": Enters(Stage.VOTE, ("nowhere",)),
                "REJECTED": Opens("nothing"),
                "DEFERRED": Holds(Cause.ASKED),
            }
        ),
        screen=First(("unsigned",), frozenset({"PASS", "RETURN", "INELIGIBLE", "DUPLICATE"})),
    )
    kind = dataclasses.replace(
        kind, reached={**kind.reached, ("gone", Rung.RED): Ends(CaseState.LAPSED, Cause.VOTE)}
    )
    awaited = dataclasses.replace(NOMINATION.awaited[0], task="never")
    assert faults(dataclasses.replace(kind, awaited=(awaited,)), policy) == [
        "nomination: hold asked: nothing says what is taken up again",
        "nomination: rung red of gone: the policy has no such task",
        "nomination: stage R09: the code enters it, the policy has none",
        "nomination: task never: time opens it, the policy has none",
        "nomination: task nothing: the code opens it, the policy has none",
        "nomination: task nowhere: the code opens it, the policy has none",
        "nomination: task screen: it is signed with unsigned, of which nothing says what follows",
        "nomination: task unsigned: the code opens it, the policy has none",
    ]


def test_what_follows_each_outcome_can_be_read_off() -> None:
    table = follows(REMOVAL)
    assert table["lead"]["OPENED"] == (Follows(stage=Stage.FIRST_LOOK, tasks=("first-look",)),)
    ended, handed_over, released = table["lead"]["DUPLICATE"]
    assert ended == Follows(ends=CaseState.MERGED)
    assert handed_over.says.startswith("The removal that has the lead")
    assert released.says.startswith("The member keeps the seat")
    assert table["first-look"]["CASE"] == (Follows(tasks=("first-look-sign",)),)
    given, held = table["removal-opinion-head"]["DEFER"]
    assert given.says == "The opinion is given."
    assert held == Follows(holds=Cause.OPINION_DEFERRED)
    assert all(
        any(dataclasses.astuple(one)) for rows in table.values() for row in rows.values() for one in row
    )


def test_no_kind_is_missing_from_the_list_of_every_kind() -> None:
    without = {CaseKind.BATCH, CaseKind.SCREENING, CaseKind.INTEGRITY}
    assert {kind.name for kind in every.KINDS} == set(CaseKind) - without


async def at(policy: Policy, stage: str) -> tuple[PureDesk[Any], Office]:
    """A nomination under a policy that disagrees with the code, up to a stage."""
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(opening())
    office = Office(desk)
    await {"opinion": office.to_integrity, "proposal": office.to_proposal}[stage]()
    return desk, office


async def test_an_opinion_that_nobody_thought_of_goes_nowhere(policy: Policy) -> None:
    said = (*policy.opinions, "EXCLUDED")
    unheard = policy.model_copy(update={"opinions": said})
    for code in ("opinion-draft", "opinion-head", "opinion-leader"):
        unheard = with_task(unheard, code, outcomes=(*policy.task(code).outcomes, "EXCLUDED"))
    assert len(faults(NOMINATION, unheard)) == 3
    desk, office = await at(unheard, "opinion")
    await office.act("opinion-draft", "NO_OBJECTION")
    for code in ("opinion-head", "opinion-leader"):
        with pytest.raises(RefusedError, match="outcome-not-allowed"):
            await office.act(code, "EXCLUDED")
    assert desk.current.stage is Stage.INTEGRITY


async def test_two_bodies_that_postpone_decide_nothing(policy: Policy) -> None:
    codes = ("propose-department", "propose-party-group")
    postponed = policy
    for code in codes:
        postponed = with_task(postponed, code, outcomes=("PROPOSE", "POSTPONE"))
    assert len(faults(NOMINATION, postponed)) == 6
    desk, office = await at(postponed, "proposal")
    for code in codes:
        with pytest.raises(RefusedError, match="outcome-not-allowed"):
            await office.act(code, "POSTPONE")
    assert desk.current.stage is Stage.PROPOSAL


async def test_an_extension_of_a_task_without_one_is_refused(policy: Policy) -> None:
    longer = with_task(policy, "screen", outcomes=(*policy.task("screen").outcomes, "EXTENDED"))
    desk = PureDesk(DECIDER, longer, local("2026-03-02 10:00"))
    desk.open(opening())
    with pytest.raises(RefusedError, match="extension-exhausted"):
        await Office(desk).act("screen", "EXTENDED")
    without = with_task(longer, "screen", limit=None, outcomes=("PASS", "EXTENDED"))
    desk = PureDesk(DECIDER, without, local("2026-03-02 10:00"))
    desk.open(opening())
    with pytest.raises(RefusedError, match="extension-exhausted"):
        await Office(desk).act("screen", "EXTENDED")
