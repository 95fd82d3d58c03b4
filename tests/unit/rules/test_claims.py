"""Claims, releases, reassignment, conflicts of interest."""

from contracts.commands.case import (
    ClaimTask,
    DeclareConflict,
    ReassignTask,
    ReleaseTask,
)
from contracts.events.conflict import ConflictDeclared
from contracts.events.task import TaskClaimed
from tests.acting import completing, refused
from tests.asking import asks, somebody
from tests.desks import PureDesk
from tests.office import Office


async def test_of_two_claims_one_wins(desk: PureDesk, office: Office) -> None:
    task = await office.task("screen")
    await desk.send(asks(ClaimTask, somebody("SCREENER", "p-one"), task_id=task.id))
    assert len(desk.of(TaskClaimed)) == 1
    await refused(desk, asks(ClaimTask, somebody("SCREENER", "p-two"), task_id=task.id), "claimed-by-other")
    await refused(desk, await completing(office, "screen", somebody("SCREENER", "p-two")), "claimed-by-other")
    await refused(desk, asks(ReleaseTask, somebody("SCREENER", "p-two"), task_id=task.id), "not-claimed")
    await desk.send(asks(ReleaseTask, somebody("SCREENER", "p-one"), task_id=task.id))
    await desk.send(await completing(office, "screen", somebody("SCREENER", "p-two")))


async def test_claims_and_releases_of_what_is_not_there_are_refused(desk: PureDesk) -> None:
    who = somebody("SCREENER")
    for asked in (
        asks(ClaimTask, who, task_id="nothing"),
        asks(ReleaseTask, who, task_id="nothing"),
        asks(ReassignTask, who, task_id="nothing", person_id="p-x", reason="r"),
        asks(DeclareConflict, who, task_id="nothing", ground="kin", reason="r"),
    ):
        await refused(desk, asked, "unknown-task")


async def test_a_lead_reassigns_and_only_that_person_may_act(desk: PureDesk, office: Office) -> None:
    task = await office.task("screen")
    stranger = asks(ReassignTask, somebody("CLERK"), task_id=task.id, person_id="p-new", reason="absent")
    await refused(desk, stranger, "wrong-role")
    await desk.send(asks(ReassignTask, somebody("UFWD"), task_id=task.id, person_id="p-new", reason="absent"))
    await refused(desk, await completing(office, "screen", somebody("SCREENER", "p-old")), "claimed-by-other")
    await desk.send(await completing(office, "screen", somebody("SCREENER", "p-new")))


async def test_a_declared_conflict_bars_every_later_act_and_frees_the_claim(
    desk: PureDesk, office: Office
) -> None:
    task = await office.task("screen")
    kin = somebody("SCREENER", "p-kin")
    await refused(
        desk,
        asks(DeclareConflict, somebody("CLERK"), task_id=task.id, ground="kin", reason="r"),
        "wrong-role",
    )
    await desk.send(asks(ClaimTask, kin, task_id=task.id))
    await desk.send(asks(DeclareConflict, kin, task_id=task.id, ground="kin", reason="wife's brother"))
    assert len(desk.of(ConflictDeclared)) == 1
    assert (await office.task("screen")).claimed_by is None
    await refused(desk, await completing(office, "screen", kin), "conflict-of-interest")
    await refused(
        desk,
        asks(ReassignTask, kin, task_id=task.id, person_id="p-x", reason="r"),
        "conflict-of-interest",
    )
