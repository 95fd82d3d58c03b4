"""What the person concerned does by themselves: each way is theirs, and the same way is nobody else's."""

from typing import Any

import pytest

from contracts.actor import Grant
from tests.consulted import told_of
from tests.officers_rig import Person, Rig, task_opened

NOMINEE, MEMBER = Grant(role="NOMINEE"), Grant(role="MEMBER")
TASKS = {
    "declare": (NOMINEE, "SIGNED"),
    "explain": (NOMINEE, "EXPLAINED"),
    "appeal": (NOMINEE, "APPEALED"),
    "statement": (MEMBER, "STATED"),
    "apply-review": (MEMBER, "APPLIED"),
}
"""What is asked of the person, by the kind of task: in which role, and how it may be answered."""
ACTS: dict[str, dict[str, Any]] = {
    "withdrawal": {"reason": "本人原因"},
    "disputes": {"hit": 1, "reason": "不是本人"},
    "result-requests": {},
}
"""What the person asks beside tasks."""


async def case_of(rig: Rig, grant: Grant, person: Person) -> str:
    await rig.batch()
    if grant == MEMBER:
        await rig.removal("r1", person.person_id)
        return "r1"
    await rig.case("c1", person=person.person_id)
    return "c1"


@pytest.mark.parametrize("kind", TASKS)
async def test_a_task_of_the_person_is_found_and_answered_by_the_person_alone(rig: Rig, kind: str) -> None:
    grant, outcome = TASKS[kind]
    person, other = await rig.account(grant), await rig.account(grant)
    case = await case_of(rig, grant, person)
    await rig.tell(rig.stories[case], task_opened(case, kind))
    [task] = [one for one in (await person.get("/v1/tasks")).json()["items"] if one["kind"] == kind]
    shown = (await person.get(f"/v1/tasks/{task['task_id']}")).json()
    assert outcome in shown["outcomes"]
    body = {"outcome": outcome, "form": {}, "reason": "r", "seen": shown["content_digest"]}
    refused = await other.post(f"/v1/tasks/{task['task_id']}/outcome", body)
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown-task")
    assert rig.engine.sent == []
    assert (await other.get(f"/v1/tasks/{task['task_id']}")).status_code == 404


@pytest.mark.parametrize("act", ACTS)
async def test_an_act_of_the_person_is_asked_on_the_own_case_and_on_no_other(rig: Rig, act: str) -> None:
    person, other = await rig.account(NOMINEE), await rig.account(NOMINEE)
    await case_of(rig, NOMINEE, person)
    await told_of(rig, rig.stories["c1"])
    asked = await person.post(f"/v1/cases/c1/{act}", ACTS[act])
    assert asked.status_code in {200, 201}, asked.text
    [sent] = rig.engine.sent
    assert (sent.target, sent.actor.person_id) == ("c1", person.person_id)
    refused = await other.post(f"/v1/cases/c1/{act}", ACTS[act])
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown-case")


async def test_the_person_sees_where_the_case_stands_and_nothing_of_a_report(rig: Rig) -> None:
    person = await rig.account(NOMINEE)
    await case_of(rig, NOMINEE, person)
    await told_of(rig, rig.stories["c1"])
    shown = (await person.get("/v1/cases/c1")).json()
    assert (shown["state"], shown["held_cause"]) == ("ON_NOTICE", None)
    assert [one["kind"] for one in shown["open_tasks"]] == ["explain"]
