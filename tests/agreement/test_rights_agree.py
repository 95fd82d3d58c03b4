"""Who finds a task in their list and who may complete it: the API's filter and the workflow's rule are one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from workflows.rules.acts import entitled
from workflows.rules.case import Case, Task

from contracts.actor import Actor, Grant
from contracts.policy import loader
from services.officers.identity.grants import DEPARTMENT_ROLES
from tests.officers_rig import POLICY, Person, Rig, officers, task_opened
from workflows.rules.verdict import Refused

RULES = loader.released(POLICY)
BOTH = ("tax", "police")
UNITS = {"reply": BOTH, "reply-sign": BOTH, "conference": BOTH, "repair": ("chamber",)}
"""Kinds whose tasks name a unit."""


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with officers(tmp_path) as running:
        yield running


def grants() -> list[Grant]:
    """Everything that a grant can say about these cases, of every role that acts on cases."""
    found = []
    for role in RULES.roles:
        if not role.on_cases:
            continue
        units = ("",)
        if role.scope == "unit":
            units = ("tax", "police", "court") if role.code in DEPARTMENT_ROLES else ("chamber", "guild")
        for district in ("*",) if role.scope in {"all", "self"} else ("d01", "d02"):
            found += [Grant(role=role.code, unit=unit, district=district) for unit in units]
    return found


async def every_task(rig: Rig, nominee: Person) -> list[Task]:
    """A case in which a task of every kind is open, in the read model; the tasks as the workflow has them."""
    await rig.batch()
    story = await rig.case("c1", person=nominee.person_id)
    opened = [
        task_opened("c1", kind.code, unit)
        for kind in RULES.tasks
        if kind.code != "screen"
        for unit in UNITS.get(kind.code, ("",))
    ]
    await rig.tell(story, *opened)
    return [
        Task.model_validate(
            {
                "id" if name == "task_id" else name: value
                for name, value in event.model_dump().items()
                if name == "task_id" or name in Task.model_fields
            }
        )
        for event in (task_opened("c1", "screen"), *opened)
    ]


async def test_whoever_finds_a_task_may_complete_it_and_nobody_else(rig: Rig) -> None:
    nominee = await rig.account(Grant(role="NOMINEE"))
    tasks = await every_task(rig, nominee)
    case = Case(
        case_id="c1",
        batch_id="b1",
        district="d01",
        policy=POLICY,
        cut_off="2026-03-02",
        person_id=nominee.person_id,
        nominating_unit="chamber",
    )
    done: set[str] = set()
    for grant in grants():
        person = nominee if grant.role == "NOMINEE" else await rig.account(grant)
        actor = Actor(account_id=person.account_id, person_id=person.person_id, grants=(grant,))
        listed = {item["task_id"] for item in (await person.get("/v1/tasks", limit=200)).json()["items"]}
        allowed = {task.id for task in tasks if not isinstance(entitled(case, task, actor, RULES), Refused)}
        assert listed == allowed, grant
        done |= allowed
    assert done == {task.id for task in tasks}, "a task that nobody at all may complete"
