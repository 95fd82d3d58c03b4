"""SC-07: the reviewer is a relative; said beforehand, found later, and of the discipline head."""

from contracts.commands.case import DeclareConflict, ReassignTask, ReportConflict
from contracts.vocabulary import Stage, TaskState
from tests.asking import local, opening, somebody
from tests.desks import RefusedError
from tests.engine import Clock
from tests.fakes import FakeRecord
from tests.instants import midnight_after
from tests.office import INSPECTION, Office
from tests.workflows.conftest import Open

BROTHER = "my wife's brother"


async def begun(clock: Clock, open_case: Open) -> Office:
    await clock.begin(local("2026-05-20 10:00"))
    return Office(await open_case(opening()))


async def refusal(office: Office, kind: str, person: str, signature: int | None = None) -> str:
    task = await office.task(kind, signature=signature)
    try:
        await office.act(
            kind, "SUITABLE", signature=signature, actor=somebody(task.role, person), form=INSPECTION
        )
    except RefusedError as refused:
        return refused.code
    return ""


async def test_sc_07_said_beforehand(clock: Clock, open_case: Open) -> None:
    office = await begun(clock, open_case)
    await office.screened()
    await office.replies()
    await office.graded()
    first = await office.task("inspect", signature=1)
    assert first.due == midnight_after(6, 3)
    inspector = somebody("INSPECTOR", "p-brother-in-law")
    await office.asks(DeclareConflict, inspector, task_id=first.id, ground="kin", reason=BROTHER)
    assert await refusal(office, "inspect", "p-brother-in-law", 1) == "conflict-of-interest"
    await office.desk.until(local("2026-05-21 16:00"))
    await office.asks(
        ReassignTask, office.actor("UFWD"), task_id=first.id, person_id="p-inspector-1", reason="within 1 WD"
    )
    given = await office.task("inspect", signature=1)
    assert (given.claimed_by, given.due) == ("p-inspector-1", midnight_after(6, 3)), "the clock is not reset"
    await office.inspected()


async def test_sc_07_found_at_the_proposal(clock: Clock, open_case: Open, record: FakeRecord) -> None:
    office = await begun(clock, open_case)
    await office.to_proposal()
    await office.desk.until(local("2026-05-25 10:00"))
    found = {"person_id": "p-inspector-1", "ground": "kin", "reason": BROTHER}
    await office.asks(ReportConflict, office.actor("PARTY_GROUP"), **found)
    await office.act("recusal", "RECUSED")
    case = await office.desk.case()
    assert case.stage is Stage.INSPECTION
    assert {t.due for t in case.open_tasks("inspect")} == {midnight_after(6, 8)}, "a new limit of 10 WD"
    (voided,) = record.of("papers-voided")
    theirs = [t.id for t in case.tasks.values() if "p-inspector-1" in t.signers]
    assert set(theirs) <= set(voided.payload["tasks"]), "all their acts on the case are listed"
    report = case.tasks[theirs[0]]
    assert (report.state, report.form) == (TaskState.VOID, INSPECTION), "it stays in the file, marked void"
    assert await refusal(office, "inspect", "p-inspector-1", 1) == "conflict-of-interest"
    assert await refusal(office, "inspect", "p-inspector-2", 1) == "same-person"
    for signature in (1, 2):
        actor = somebody("INSPECTOR", f"p-other-{signature}")
        await office.act("inspect", "SUITABLE", signature=signature, actor=actor, form=INSPECTION)
    await office.opinion()
    assert (await office.desk.case()).open_tasks("propose-department")


async def test_sc_07_the_relative_is_the_discipline_head(clock: Clock, open_case: Open) -> None:
    office = await begun(clock, open_case)
    await office.to_integrity()
    await office.act("opinion-draft", "NO_OBJECTION")
    head = await office.task("opinion-head")
    await office.asks(
        DeclareConflict, office.actor("DISC_HEAD"), task_id=head.id, ground="kin", reason=BROTHER
    )
    deciding = await office.task("recusal")
    assert (deciding.role, deciding.due) == ("LEADER_IN_CHARGE", midnight_after(5, 21))
    await office.act("recusal", "RECUSED", form={"signer": "p-named"})
    given = await office.task("opinion-head")
    assert (given.claimed_by, given.due) == ("p-named", head.due)
    await office.act("opinion-head", "NO_OBJECTION", actor=somebody("DISC_OFFICER", "p-named"))
    await office.act("opinion-leader", "NO_OBJECTION")
    signers = {t.signer for t in (await office.desk.case()).acted("opinion-head", "opinion-leader")}
    assert len(signers) == 2
