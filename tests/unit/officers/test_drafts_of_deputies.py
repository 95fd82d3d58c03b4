"""What a deputy has begun to write in a task that the principal claimed: kept as long as that claim lasts (SOD-12)."""

import pytest

from contracts.actor import Grant
from contracts.events.task import TaskClaimed, TaskReassigned, TaskReleased
from tests.consulted import screener
from tests.officers_rig import Person, Rig
from tests.unit.officers.test_api_bonds import entry
from tests.unit.officers.test_drafts import BODY, PATH, TASK, WRITTEN


async def deputy(rig: Rig, *, of_holder: bool = True) -> Person:
    """Of the screener who has claimed the task, or of a colleague of theirs."""
    await rig.batch()
    await rig.case("c1")
    holder, colleague = await rig.account(screener()), await rig.account(screener())
    person = await rig.account(Grant(role="CLERK", district="d01"))
    principal = holder if of_holder else colleague
    assert (await principal.post("/v1/deputies", entry(person))).status_code == 201
    rig.office.standings.forget(person.account_id)
    await rig.tell(rig.stories["c1"], TaskClaimed(task_id=TASK, person_id=holder.person_id))
    return person


async def test_it_is_kept_while_the_principal_has_the_task(rig: Rig) -> None:
    person = await deputy(rig)
    assert (await person.get(f"/v1/tasks/{TASK}")).json()["may_act"]
    saved = await person.put(PATH, BODY)
    assert saved.status_code == 200, saved.text
    assert await rig.office.drafts.round() == 0
    assert (await person.get(PATH)).json()["content"] == WRITTEN


@pytest.mark.parametrize("given", [True, False])
async def test_it_ends_with_the_principal_s_claim(rig: Rig, given: bool) -> None:
    person = await deputy(rig)
    await person.put(PATH, BODY)
    gone = (
        TaskReassigned(task_id=TASK, person_id="p-other", named=False)
        if given
        else TaskReleased(task_id=TASK)
    )
    await rig.tell(rig.stories["c1"], gone)
    assert (await person.get(PATH)).json()["code"] in {"claimed-by-other", "unknown-draft"}
    assert await rig.office.drafts.round() == 1


async def test_whoever_stands_in_for_somebody_else_keeps_nothing_there(rig: Rig) -> None:
    person = await deputy(rig, of_holder=False)
    assert (await person.put(PATH, BODY)).json()["code"] == "claimed-by-other"
