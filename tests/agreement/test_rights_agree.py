"""Who finds a task in their list and who may complete it: the API's filter and the workflow's rule are one."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from contracts.actor import SYSTEM, Actor, Grant
from contracts.policy import loader
from services.officers.identity.grants import DEPARTMENT_ROLES
from tests.officers_rig import POLICY, Person, Rig, officers, task_opened
from workflows.kinds.nomination import case as nomination
from workflows.kinds.removal import case as removal
from workflows.procedure.case import Case
from workflows.procedure.fold import CaseFolding
from workflows.procedure.rights import entitled
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


CASES: dict[str, tuple[str, str, CaseFolding[Any]]] = {
    # kind: the role of the person concerned, the task that a case of the rig begins with, its fold
    "nomination": ("NOMINEE", "screen", nomination.FOLDING),
    "removal": ("MEMBER", "lead", removal.FOLDING),
}


async def every_task(rig: Rig, kind: str, concerned: Person) -> Case:
    """A case in which a task of every kind is open, in the read model; the case as the workflow has it."""
    _, first, folding = CASES[kind]
    await rig.batch()
    begin = rig.case if kind == "nomination" else rig.removal
    story = await begin("c1", person=concerned.person_id)
    opened = [
        task_opened("c1", task.code, unit)
        for task in RULES.procedure(kind).tasks
        if task.code != first
        for unit in UNITS.get(task.code, ("",))
    ]
    await rig.tell(story, *opened)
    case = folding.state(
        case_id="c1", parent="b1", district="d01", policy=POLICY, person_id=concerned.person_id
    )
    for event in (task_opened("c1", first), *opened):
        case = folding.event(case, event, SYSTEM)
    return case


@pytest.mark.parametrize("kind", CASES)
async def test_whoever_finds_a_task_may_complete_it_and_nobody_else(rig: Rig, kind: str) -> None:
    own_role = CASES[kind][0]
    concerned = await rig.account(Grant(role=own_role))
    case = await every_task(rig, kind, concerned)
    done: set[str] = set()
    for grant in grants():
        person = concerned if grant.role == own_role else await rig.account(grant)
        actor = Actor(account_id=person.account_id, person_id=person.person_id, grants=(grant,))
        listed = {item["task_id"] for item in (await person.get("/v1/tasks", limit=200)).json()["items"]}
        allowed = {
            task.id
            for task in case.open_tasks()
            if not isinstance(entitled(case, task, actor, RULES), Refused)
        }
        assert listed == allowed, grant
        done |= allowed
    assert done == set(case.tasks), "a task that nobody at all may complete"
