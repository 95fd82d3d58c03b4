"""A paper that several people sign, each alone: nobody is offered two of its signatures, and each sees which lack."""

from contracts.actor import Grant, Signer
from contracts.events.task import Answer, TaskCompleted
from contracts.vocabulary import Stage
from tests.consulted import ids
from tests.officers_rig import Rig, task_opened
from tests.person import Person

INSPECTOR = Grant(role="INSPECTOR", district="*")
FIRST, SECOND = "c1.inspect.1.1", "c1.inspect.1.2"


async def opened(rig: Rig) -> None:
    """A case in which two inspectors are asked."""
    await rig.batch()
    story = await rig.case("c1")
    asked = ((1, FIRST), (2, SECOND))
    await rig.tell(story, *(task_opened("c1", "inspect", signature=at, task_id=task) for at, task in asked))


async def signed(rig: Rig, by: Person, task: str) -> None:
    completed = TaskCompleted(
        task_id=task,
        kind="inspect",
        stage=Stage.INSPECTION,
        unit="",
        outcome="SUITABLE",
        answer_digest="f" * 64,
        private=Answer(form={}, reason=""),
    )
    signer = Signer(account_id=by.account_id, person_id=by.person_id, role="INSPECTOR")
    await rig.tell(rig.stories["c1"], completed, actor=signer)


async def test_whoever_signed_one_is_offered_the_other_no_more(rig: Rig) -> None:
    await opened(rig)
    one, other = await rig.account(INSPECTOR), await rig.account(INSPECTOR)
    assert await ids(one, "/v1/tasks") == [FIRST, SECOND]
    await signed(rig, one, FIRST)
    assert (await ids(one, "/v1/tasks"), await ids(other, "/v1/tasks")) == ([], [SECOND])
    assert (await one.get("/v1/tasks/counts")).json()["open"] == 0
    mine, theirs = [(await who.get(f"/v1/tasks/{SECOND}")).json() for who in (one, other)]
    assert (mine["may_act"], theirs["may_act"]) == (False, True)


async def test_which_signature_lacks_is_said_and_nothing_of_how_another_came_out(rig: Rig) -> None:
    await opened(rig)
    one, other = await rig.account(INSPECTOR), await rig.account(INSPECTOR)
    [beside] = (await other.get(f"/v1/tasks/{SECOND}")).json()["beside"]
    assert (beside["task_id"], beside["state"], beside["signer"]) == (FIRST, "open", None)
    await signed(rig, one, FIRST)
    [beside] = (await other.get(f"/v1/tasks/{SECOND}")).json()["beside"]
    assert (beside["state"], beside["signer"]["name"]) == ("done", one.name)
    assert beside.keys() == {"task_id", "signature", "state", "holder", "signer", "names"}


async def test_another_round_is_another_paper(rig: Rig) -> None:
    await opened(rig)
    one = await rig.account(INSPECTOR)
    await signed(rig, one, FIRST)
    again = task_opened("c1", "inspect", round_number=2)
    await rig.tell(rig.stories["c1"], again)
    assert await ids(one, "/v1/tasks") == ["c1.inspect.2.1"]
    assert (await one.get("/v1/tasks/c1.inspect.2.1")).json()["may_act"] is True


async def test_a_task_that_one_signs_alone_has_nobody_beside_it(rig: Rig) -> None:
    await opened(rig)
    screener = await rig.account(Grant(role="SCREENER", district="d01"))
    assert (await screener.get("/v1/tasks/c1.screen.1.1")).json()["beside"] == []
