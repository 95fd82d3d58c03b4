"""What binds people travels in what they claim: roles they held, their firms, and in whose place they act."""

from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.actor import Grant
from contracts.events.task import TaskClaimed
from contracts.nominee import firm_digest
from services.officers.identity.bonds import store as bonds
from tests.access_office import AccessOffice
from tests.consulted import ids, screener
from tests.invented import nominee
from tests.officers_rig import Person, Rig

TASK = "/v1/tasks/c1.screen.1.1"


async def claimed(rig: Rig, person: Person, path: str = "claim", body: Any = None) -> Any:
    """What the person claims with an act on the first task."""
    await person.post(f"{TASK}/{path}", body)
    return rig.engine.sent[-1].claim


def entry(deputy: Person, days: int = 5, **changes: Any) -> dict[str, Any]:
    now = datetime.now(UTC)
    starts, ends = now - timedelta(hours=1), now - timedelta(hours=1) + timedelta(days=days)
    said = {"starts": starts.isoformat(), "ends": ends.isoformat(), "reason": "on leave"}
    return {"deputy": deputy.person_id, **said, **changes}


async def told(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1")


async def test_a_role_that_has_ended_is_still_told_of(rig: Rig) -> None:
    await told(rig)
    person = await rig.account(Grant(role="DISC_OFFICER", district="d01"))
    office = await AccessOffice.of(rig)
    grants = [{"role": "SCREENER", "district": "d01"}]
    await office.granted(await office.about(person.account_id, "grants", grants=grants))
    claim = await claimed(rig, person)
    assert [grant.role for grant in claim.actor.grants] == ["SCREENER"]
    assert [one.role for one in claim.actor.tied(person.person_id).held] == ["DISC_OFFICER"]


async def test_whoever_was_never_anything_else_says_nothing_more(rig: Rig) -> None:
    await told(rig)
    person = await rig.account(screener())
    assert (await claimed(rig, person)).actor.ties == ()


async def test_a_case_of_the_own_firm_is_a_number_only(rig: Rig) -> None:
    await told(rig)
    person = await rig.account(screener())
    async with rig.office.database.write() as session:
        await bonds.add_firms(session, person.person_id, [firm_digest(nominee(1).credit_code)])
    rig.office.standings.forget(person.account_id)
    assert (await person.get("/v1/cases/c1")).json() == {"case_id": "c1", "recused": True}
    assert await ids(person, "/v1/tasks", view="all") == []
    assert (await person.post(f"{TASK}/claim")).json()["code"] == "conflict-of-interest"


async def test_a_case_of_whom_the_same_unit_nominated_is_a_number_only(rig: Rig) -> None:
    person = await rig.account(screener())
    await told(rig)
    await rig.case("c2", person=person.person_id, serial=2)
    rig.office.standings.forget(person.account_id)
    assert (await person.get("/v1/cases/c1")).json() == {"case_id": "c1", "recused": True}


async def test_a_deputy_acts_in_the_others_place_and_says_so(rig: Rig) -> None:
    await told(rig)
    head = await rig.account(screener(), Grant(role="NOMINEE"))
    deputy = await rig.account(Grant(role="CLERK", district="d01"))
    assert await ids(deputy, "/v1/tasks") == []
    entered = await head.post("/v1/deputies", entry(deputy))
    assert entered.status_code == 201, entered.text
    rig.office.standings.forget(deputy.account_id)
    assert await ids(deputy, "/v1/tasks") == ["c1.screen.1.1"]
    grants = (await claimed(rig, deputy)).actor.grants
    assert {(grant.role, grant.deputy_for) for grant in grants} == {
        ("CLERK", None),
        ("SCREENER", head.person_id),
    }, "what is the person's own right is given to nobody"
    listed = (await deputy.get("/v1/deputies")).json()["items"]
    assert [one["principal_id"] for one in listed] == [head.person_id]


async def test_a_deputy_passes_nothing_on_and_does_not_outlive_the_term(rig: Rig) -> None:
    await told(rig)
    head = await rig.account(screener())
    deputy, third = [await rig.account(Grant(role="CLERK", district="d01")) for _ in range(2)]
    ended = datetime.now(UTC) - timedelta(seconds=1)
    over = entry(third, starts=(ended - timedelta(hours=2)).isoformat(), ends=ended.isoformat())
    for principal, said in ((head, entry(deputy)), (deputy, entry(third)), (head, over)):
        assert (await principal.post("/v1/deputies", said)).status_code == 201
    for person, sees in ((deputy, ["c1.screen.1.1"]), (third, [])):
        rig.office.standings.forget(person.account_id)
        assert await ids(person, "/v1/tasks") == sees
    assert {grant.role for grant in (await claimed(rig, third)).actor.grants} == {"CLERK"}


async def test_what_the_absent_had_claimed_is_the_deputys_to_do(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    absent = await rig.account(screener())
    deputy, colleague = await rig.account(Grant(role="CLERK", district="d01")), await rig.account(screener())
    await rig.tell(story, TaskClaimed(task_id="c1.screen.1.1", person_id=absent.person_id))
    await absent.post("/v1/deputies", entry(deputy))
    for person in (deputy, colleague):
        rig.office.standings.forget(person.account_id)
    assert await ids(deputy, "/v1/tasks") == ["c1.screen.1.1"]
    assert await ids(colleague, "/v1/tasks") == [], "they moved once, to the deputy, and to nobody else"


async def test_deputising_is_dated_short_and_of_compatible_people(rig: Rig) -> None:
    head = await rig.account(Grant(role="DISC_HEAD", district="d01"))
    plain = await rig.account(screener())
    chair = await rig.account(Grant(role="PANEL_CHAIR", district="d01"))
    for body, code in (
        (entry(plain, days=31), "deputising-invalid"),
        (entry(plain, days=-1), "deputising-invalid"),
        (entry(head), "deputising-invalid"),
        (entry(chair), "grants-incompatible"),
        (entry(plain, principal=chair.person_id), "wrong-role"),
    ):
        refused = await head.post("/v1/deputies", body)
        assert refused.json()["code"] == code, body
    assert (await head.post("/v1/deputies", entry(plain, days=30))).status_code == 201


async def test_whoever_steps_back_claims_with_those_who_else_hold_the_role(rig: Rig) -> None:
    await told(rig)
    person = await rig.account(screener())
    other = await rig.account(screener())
    await rig.account(screener("d02"))
    claim = await claimed(rig, person, "conflict", {"ground": "kin", "reason": "a cousin"})
    assert [one.person_id for one in claim.others] == [other.person_id]


async def test_a_conflict_of_somebody_else_is_reported_with_their_roles(rig: Rig) -> None:
    await told(rig)
    person = await rig.account(screener())
    other = await rig.account(Grant(role="DISC_HEAD", district="d01"))
    body = {"person_id": other.person_id, "ground": "creditor", "reason": "lent money"}
    answer = await person.post("/v1/cases/c1/conflicts", body)
    assert answer.status_code in {201, 202}, answer.text
    sent = rig.engine.sent[-1]
    assert sent.act == "report-conflict"
    assert [(one.person_id, one.roles) for one in sent.claim.others or ()] == [
        (other.person_id, ("DISC_HEAD",))
    ]
    unknown = await person.post("/v1/cases/c1/conflicts", {**body, "person_id": "p-nobody"})
    assert unknown.json()["code"] == "invalid"
