"""A task that a colleague has claimed: whom it asks besides is shown whose it is, masked, and may not act in it."""

import pytest

from contracts.actor import Grant
from contracts.events.task import TaskClaimed, TaskReassigned, TaskReleased
from tests.consulted import consulted, department, screener
from tests.invented import nominee
from tests.officers_rig import Person, Rig
from tests.unit.officers.test_api_bonds import entry

TASK = "c1.screen.1.1"
REPLY = "c1.reply.1.police.1"
CLEAR = nominee().id_number


async def looks(person: Person, task: str = TASK) -> tuple[bool, bool]:
    """Whether they may act, and whether the number stands there in clear."""
    answer = await person.get(f"/v1/tasks/{task}")
    assert answer.status_code == 200, answer.text
    return answer.json()["may_act"], CLEAR in answer.text


@pytest.mark.parametrize(
    ("task", "grant"),
    [(TASK, screener()), (REPLY, department("DEPT_OFFICER", "police"))],
    ids=["of the team", "of a department"],
)
async def test_what_a_colleague_has_claimed_is_theirs_alone_until_they_give_it_back(
    rig: Rig, task: str, grant: Grant
) -> None:
    await rig.batch()
    story = await consulted(rig)
    one, other = await rig.account(grant), await rig.account(grant)
    assert await looks(one, task) == await looks(other, task) == (True, True)
    await rig.tell(story, TaskClaimed(task_id=task, person_id=other.person_id))
    assert await looks(other, task) == (True, True)
    assert await looks(one, task) == (False, False)
    shown = (await one.get(f"/v1/tasks/{task}")).json()
    assert shown["nominee"]["name"] == shown["content"]["dossier"]["name"] == nominee().name
    assert task not in {row["task_id"] for row in (await one.get("/v1/tasks")).json()["items"]}
    auditor = await rig.account(Grant(role="AUDITOR"))
    rows = (await auditor.get("/v1/journal", reader=one.person_id, what="read")).json()["items"]
    assert [row["fields"] == ["dossier"] for row in rows] == [False, True, True], "what is masked is a glance"
    await rig.tell(story, TaskReleased(task_id=task))
    assert await looks(one, task) == (True, True)


async def test_whoever_stands_in_for_the_holder_has_the_task_and_a_colleague_of_theirs_has_not(
    rig: Rig,
) -> None:
    await rig.batch()
    story = await rig.case("c1", person="p-nominee")
    holder, colleague = await rig.account(screener()), await rig.account(screener())
    deputy = await rig.account(Grant(role="CLERK", district="d01"))
    assert (await holder.post("/v1/deputies", entry(deputy))).status_code == 201
    rig.office.standings.forget(deputy.account_id)
    await rig.tell(story, TaskClaimed(task_id=TASK, person_id=holder.person_id))
    assert await looks(deputy) == (True, True)
    assert await looks(colleague) == (False, False)


async def test_whom_the_level_above_named_acts_and_who_holds_the_role_does_not(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1", person="p-nominee")
    named, holder = await rig.account(Grant(role="CLERK", district="d01")), await rig.account(screener())
    await rig.tell(story, TaskReassigned(task_id=TASK, person_id=named.person_id, named=True))
    assert await looks(named) == (True, True)
    assert await looks(holder) == (False, False)
