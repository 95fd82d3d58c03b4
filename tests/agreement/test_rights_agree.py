"""Who finds a task in their list and who may complete it: the API's filter and the workflow's rule are one."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from contracts.actor import SYSTEM, Actor, Grant
from contracts.commands.opening import Resume
from contracts.events.base import Event
from contracts.events.task import TaskOpened
from contracts.policy import loader
from services.officers.identity.grants import DEPARTMENT_ROLES
from tests import stories
from tests.data_requests import data_requested
from tests.officers_rig import DIGEST, POLICY, Rig, case_opened, officers, task_opened
from tests.person import Person
from workflows.kinds.award.kind import DECIDER as AWARDS
from workflows.kinds.data_request.kind import DECIDER as DATA_REQUESTS
from workflows.kinds.enquiry.kind import DECIDER as ENQUIRIES
from workflows.kinds.every import KINDS
from workflows.kinds.late_roster.kind import DECIDER as LATE_ROSTERS
from workflows.kinds.nomination.kind import DECIDER as NOMINATIONS
from workflows.kinds.removal.kind import DECIDER as REMOVALS
from workflows.kinds.review.kind import DECIDER as REVIEWS
from workflows.kinds.tenure.kind import DECIDER as TENURES
from workflows.procedure.case import Case
from workflows.procedure.decider import Decider
from workflows.procedure.kind import Kind
from workflows.procedure.rights import entitled
from workflows.rules.verdict import Refused

RULES = loader.released(POLICY)
BOTH = ("tax", "police")
ASKED = ("reply", "reply-sign", "late-reply", "late-reply-sign", "conference")
UNITS = dict.fromkeys(
    (
        *ASKED,
        "re-reply",
        "re-reply-sign",
        "re-conference",
        "supplement",
        "supplement-sign",
        "supplement-conference",
    ),
    BOTH,
)
UNITS |= dict.fromkeys(("match", "match-sign"), BOTH)
UNITS["repair"] = ("chamber",)
"""Kinds whose tasks name a unit."""

LISTED = tuple(kind for kind in KINDS if kind.name not in {"policy", "access"})
"""What is proposed for the policy, or asked for accounts, stands in lists of their own: administrators have none of
tasks (SOD-09, SOD-10)."""

DECIDERS: dict[str, Decider[Any]] = {
    "enquiry": ENQUIRIES,
    "nomination": NOMINATIONS,
    "removal": REMOVALS,
    "review": REVIEWS,
    "late-roster": LATE_ROSTERS,
    "award": AWARDS,
    "tenure": TENURES,
    "data-request": DATA_REQUESTS,
}


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


def tasks_of(kind: Kind[Any]) -> list[TaskOpened]:
    """One task of every kind that such a case can have, for each unit that it can name."""
    return [
        TaskOpened.model_validate(task_opened(kind.name, one.code, unit).model_dump())
        for one in RULES.procedure(kind.name).tasks
        for unit in UNITS.get(one.code, ("",))
    ]


def opened(kind: Kind[Any], person: Person) -> Event:
    """The event that opens the person's case."""
    openings = {
        "nomination": case_opened(person.person_id, 1),
        "removal": stories.removal_opened(person.person_id),
        "review": stories.review_opened(person.person_id),
        "late-roster": stories.late_roster_opened(),
        "award": stories.award_applied(),
        "tenure": stories.tenure_opened(person.person_id),
        "enquiry": stories.enquiry_opened(person.person_id),
        "data-request": data_requested(person.person_id),
    }
    return openings[kind.name]


@dataclass(frozen=True)
class Same:
    """One case as the workflow knows it; the read model was told the same events. Its id is its kind."""

    case: Case
    tasks: list[TaskOpened]


async def told(rig: Rig, kind: Kind[Any], person: Person) -> Same:
    """A case of this kind that concerns the person, with a task of every kind, told to both sides."""
    tasks = tasks_of(kind)
    events = [opened(kind, person), *tasks]
    story = rig.story(kind.name, kind.name, "b1", "d01")
    await rig.tell(story, *events)
    resume = Resume(
        kind=kind.name, case_id=kind.name, parent="b1", district="d01", policy=POLICY, policy_digest=DIGEST
    )
    case = DECIDERS[kind.name].blank(resume)
    for event in events:
        case = kind.folding.event(case, event, SYSTEM)
    return Same(case, tasks)


def test_every_kind_with_tasks_is_held_against_the_api() -> None:
    assert {kind.name for kind in LISTED} == set(DECIDERS)


async def listed(person: Person) -> set[str]:
    """Every task that is theirs to act on."""
    found: set[str] = set()
    cursor = ""
    while True:
        page = (await person.get("/v1/tasks", limit=200, cursor=cursor)).json()
        found |= {item["task_id"] for item in page["items"]}
        if page["next"] is None:
            return found
        cursor = page["next"]


async def test_whoever_finds_a_task_may_complete_it_and_nobody_else(rig: Rig) -> None:
    """Of every kind of case one, all at once: what an account costs, it costs once."""
    await rig.batch()
    own = {role: await rig.account(Grant(role=role), serial=1) for role in sorted(RULES.self_roles)}
    same = [await told(rig, kind, own["MEMBER"]) for kind in LISTED]
    done: set[str] = set()
    for grant in grants():
        person = own.get(grant.role) or await rig.account(grant)
        actor = Actor(account_id=person.account_id, person_id=person.person_id, grants=(grant,))
        allowed = {
            task.task_id
            for one in same
            for task in one.tasks
            if not isinstance(entitled(one.case, one.case.tasks[task.task_id], actor, RULES), Refused)
        }
        assert await listed(person) == allowed, grant
        done |= allowed
    every = {task.task_id for one in same for task in one.tasks}
    assert done == every, "a task that nobody at all may complete"
