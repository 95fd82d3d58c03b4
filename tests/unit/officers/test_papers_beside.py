"""Papers left beside tasks: of the person concerned and their unit never, of the team's once the record names them."""

from hashlib import sha256

import pytest
from sqlmodel import select

from contracts.actor import Grant
from contracts.causes import Cause
from contracts.events.leaving import LossRecorded, Paper
from contracts.events.removal import DutySuspended, InvestigationReported, SuspensionLifted
from contracts.events.task import Answer, TaskCompleted
from contracts.vocabulary import Stage
from services.officers.documents import beside
from services.officers.documents.documents import Documents
from services.officers.journal.tables import JournalRow
from tests.events import Story
from tests.officers_rig import Person, Rig, task_opened
from tests.unit.officers.test_documents import PDF, kept, up

DIGEST = sha256(PDF).hexdigest()
GRANTS = {
    "discipline": Grant(role="DISC_OFFICER", district="d01"),
    "its head": Grant(role="DISC_HEAD", district="d01"),
    "reports": Grant(role="REPORT_HANDLER", district="d01"),
    "notices": Grant(role="NOTICE_OFFICER", district="d01"),
    "evaluation": Grant(role="EVALUATOR", district="d01"),
    "screening": Grant(role="SCREENER", district="d01"),
    "chair": Grant(role="LEADER_IN_CHARGE", district="d01"),
    "elections": Grant(role="ELECTION_OFFICE"),
    "unit": Grant(role="NOMINATOR", unit="chamber", district="d01"),
    "another unit": Grant(role="NOMINATOR", unit="guild", district="d01"),
    "auditor": Grant(role="AUDITOR"),
}
Everybody = dict[str, Person]
GROUP = {"discipline", "its head"}


async def everybody(rig: Rig, person: Person) -> Everybody:
    return {"person": person} | {name: await rig.account(grant) for name, grant in GRANTS.items()}


async def nominated(rig: Rig) -> tuple[Story, Everybody]:
    await rig.batch()
    person = await rig.account(Grant(role="NOMINEE"))
    return await rig.case("c1", person=person.person_id), await everybody(rig, person)


async def removed(rig: Rig) -> tuple[Story, Everybody]:
    """A removal of which the member knows."""
    member = await rig.account(Grant(role="MEMBER"))
    story = await rig.removal("r1", member.person_id)
    await rig.tell(story, task_opened("r1", "statement"))
    return story, await everybody(rig, member)


async def read_by(people: Everybody, where: str, case_id: str = "c1") -> set[str]:
    """Who reads the paper; nobody finds in a list what they do not read."""
    found = set()
    for name, person in people.items():
        read = (await person.get(where)).status_code == 200
        listed = (await person.get("/v1/documents", case_id=case_id)).json().get("items", [])
        assert read == any(where.endswith(one["document_id"]) for one in listed), name
        found |= {name} if read else set()
    return found


@pytest.mark.parametrize(
    ("who", "readers"),
    [
        ("discipline", GROUP),
        ("reports", {"reports", "its head"}),
        ("notices", {"notices", "reports", "its head"}),
        ("evaluation", {"evaluation"}),
        ("elections", {"elections"}),
        ("unit", {"unit"}),
        ("person", {"person"}),
    ],
)
async def test_a_paper_stays_in_the_hands_in_which_it_was_left(rig: Rig, who: str, readers: set[str]) -> None:
    _, people = await nominated(rig)
    where = (await up(people[who])).headers["Location"]
    assert await read_by(people, where) == readers
    if who in GRANTS:
        colleague = await rig.account(GRANTS[who])
        assert (await colleague.get(where)).status_code == (404 if who == "notices" else 200)


async def test_a_row_of_before_is_read_by_whoever_left_it_alone(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, people = await nominated(rig)
    whole = Documents.seal

    async def before(*asked: object) -> object:
        return {**await whole(*asked), "left_as": ""}  # type: ignore[arg-type]

    monkeypatch.setattr(Documents, "seal", before)
    where = (await up(people["screening"])).headers["Location"]
    assert await read_by(people, where) == {"screening"}
    assert (await (await rig.account(GRANTS["screening"])).get(where)).status_code == 404


async def test_the_paper_of_an_investigation_reaches_who_may_know_of_one_and_who_suspends(rig: Rig) -> None:
    story, people = await removed(rig)
    where = (await up(people["discipline"], case_id="r1")).headers["Location"]
    assert await read_by(people, where, "r1") == GROUP
    told = InvestigationReported(cause=Cause.DETAINED, document_digest=DIGEST)
    await rig.tell(story, told, task_opened("r1", "suspend-duty", about="cause.1"))
    assert await read_by(people, where, "r1") == GROUP | {"chair"}
    # The paper of its end is no more everybody's because what follows from it is.
    await rig.tell(story, SuspensionLifted(cause=Cause.DETAINED, document_digest=DIGEST))
    assert await read_by(people, where, "r1") == GROUP | {"chair"}
    async with rig.office.database.read() as session:
        rows = (
            await session.exec(select(JournalRow).where(JournalRow.target == where.rpartition("/")[2]))
        ).all()
    assert {row.tier for row in rows} == {"T4"}


async def test_what_an_act_on_the_record_names_is_read_by_the_team_that_is_shown_the_act(rig: Rig) -> None:
    story, people = await removed(rig)
    where = (await up(people["chair"], case_id="r1")).headers["Location"]
    assert await read_by(people, where, "r1") == {"chair"}
    await rig.tell(story, DutySuspended(cause=Cause.CHAIR_DECISION, minutes_digest=DIGEST))
    team = set(GRANTS) - {"unit", "another unit", "auditor"}
    assert await read_by(people, where, "r1") == team


async def test_however_many_acts_name_papers_the_one_that_makes_it_secret_is_read(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "PAGE", 2)
    story, people = await removed(rig)
    where = (await up(people["chair"], case_id="r1")).headers["Location"]
    rested = DutySuspended(cause=Cause.CHAIR_DECISION, minutes_digest=DIGEST)
    await rig.tell(story, rested, rested, InvestigationReported(cause=Cause.DETAINED, document_digest=DIGEST))
    assert await read_by(people, where, "r1") == GROUP | {"chair"}


async def test_a_paper_that_stands_sealed_in_an_act_reaches_who_confirms_it(rig: Rig) -> None:
    story, people = await nominated(rig)
    where = (await up(people["unit"])).headers["Location"]
    assert await read_by(people, where) == {"unit"}
    shown = LossRecorded(
        cause=Cause.DEATH, shown_by=people["unit"].person_id, private=Paper(document_digest=DIGEST)
    )
    await rig.tell(story, shown, task_opened("c1", "see-loss", content_digest=DIGEST))
    assert await read_by(people, where) == set(GRANTS) - {"another unit", "auditor"}


async def test_the_person_reads_the_paper_on_which_they_are_asked_whether_they_withdraw(rig: Rig) -> None:
    story, people = await nominated(rig)
    where = (await up(people["unit"])).headers["Location"]
    await rig.tell(story, task_opened("c1", "confirm-withdrawal", content_digest=DIGEST))
    assert await read_by(people, where) == {"unit", "person"}


async def test_a_paper_that_an_answer_names_is_read_by_who_may_read_the_answer(rig: Rig) -> None:
    story, people = await nominated(rig)
    where = (await up(people["evaluation"])).headers["Location"]
    completed = TaskCompleted(
        task_id="c1.propose-department.1.1",
        kind="propose-department",
        stage=Stage.PROPOSAL,
        unit="",
        outcome="PROPOSE",
        answer_digest="a" * 64,
        private=Answer(form={"meeting_on": "2026-03-02", "minutes_digest": DIGEST}, reason=""),
    )
    await rig.tell(story, task_opened("c1", "propose-department"), completed)
    assert await read_by(people, where) == set(GRANTS) - {"unit", "another unit", "auditor"}


async def test_a_digest_that_one_was_told_opens_nothing_when_one_types_it(rig: Rig) -> None:
    story, people = await removed(rig)
    secret = (await up(people["discipline"], case_id="r1")).headers["Location"]
    plain = (await up(people["chair"], PDF + b"2", case_id="r1")).headers["Location"]
    minutes = sha256(PDF + b"2").hexdigest()
    await rig.tell(
        story,
        InvestigationReported(cause=Cause.DETAINED, document_digest=DIGEST),
        DutySuspended(cause=Cause.CHAIR_DECISION, minutes_digest=minutes),
        task_opened("r1", "plan-department"),
    )
    planned = _answered("plan-department", Stage.PLAN, "PROPOSE", {"minutes_digest": DIGEST})
    stated = _answered("statement", Stage.STATEMENT, "STATED", {"document_digest": minutes})
    await rig.tell(story, planned, stated)
    assert await read_by(people, secret, "r1") == GROUP | {"chair"}
    assert "person" not in await read_by(people, plain, "r1")


def _answered(kind: str, stage: Stage, outcome: str, form: dict[str, object]) -> TaskCompleted:
    return TaskCompleted(
        task_id=f"r1.{kind}.1.1",
        kind=kind,
        stage=stage,
        unit="",
        outcome=outcome,
        answer_digest="a" * 64,
        private=Answer(form=form, reason=""),
    )


async def test_what_the_discipline_group_leaves_at_a_batch_stays_with_it(rig: Rig) -> None:
    _, people = await nominated(rig)
    secret = (await up(people["discipline"], case_id="b1")).headers["Location"]
    assert await read_by(people, secret, "b1") == GROUP
    plain = (await up(people["chair"], PDF + b"2", case_id="b1")).headers["Location"]
    assert "screening" in await read_by(people, plain, "b1")
    assert len(await kept(rig)) == 2
