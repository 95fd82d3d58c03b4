"""One person under two identities that were merged: absent under both, and kept from the same cases in an emergency."""

import pytest

from contracts.actor import Grant
from contracts.events.conflict import Conflict, ConflictDeclared
from contracts.events.task import TaskReassigned
from services.officers.desk.freeing import Freeing
from tests.access_office import SECURITY, AccessOffice
from tests.officers_rig import Person, Rig
from tests.unit.officers.test_api_bonds import entry
from tests.unit.officers.test_api_emergencies import ELSEWHERE, begun, read, refusal
from tests.unit.officers.test_merged_persons import ask, merged
from tests.unit.officers.test_moving import SCREENER, alone, claims, entered, moving, passed

CHECKER = Grant(role="SECOND_CHECKER", district="d01")
OWN = (403, "conflict-of-interest")


@pytest.fixture
async def office(rig: Rig) -> AccessOffice:
    office = await AccessOffice.of(rig)
    await rig.batch()
    return office


@pytest.mark.parametrize("entering", ["kept", "other"])
async def test_who_is_absent_is_absent_under_both(office: AccessOffice, rig: Rig, entering: str) -> None:
    kept, other, third = await rig.account(SCREENER), await rig.account(CHECKER), await rig.account(SCREENER)
    await entered(kept if entering == "kept" else other)
    await claims(rig, kept)
    await claims(rig, other, "c2", serial=2)
    await merged(office, kept, other)
    assert await moving(rig).round() == 2
    assert [(one.task_id, one.of) for one in passed(rig)] == [
        ("c1.screen.1.1", kept.person_id),
        ("c2.screen.1.1", other.person_id),
    ]
    for one in passed(rig):
        assert [tied.person_id for tied in one.claim.others or ()] == [third.person_id]
    listed = (await kept.get("/v1/absences")).json()["items"]
    assert len(listed) == 1
    ended = await kept.post(f"/v1/absences/{listed[0]['absence_id']}/end")
    assert ended.status_code == 200, "either identity may say that the person is back"
    assert await moving(rig).round() == 0


async def test_after_they_are_told_apart_each_is_absent_alone(office: AccessOffice, rig: Rig) -> None:
    kept, other = await rig.account(SCREENER), await rig.account(CHECKER)
    await merged(office, kept, other)
    await office.granted(await ask(office, kept, other, "splits"))
    await entered(other)
    await claims(rig, kept)
    assert await moving(rig).round() == 0


async def test_the_level_above_is_asked_when_the_only_one_there_is_absent_by_the_other_identity(
    office: AccessOffice, rig: Rig
) -> None:
    kept, other = await rig.account(SCREENER), await rig.account(CHECKER)
    await entered(other)
    await rig.case("c1")
    await merged(office, kept, other)
    assert await alone(rig).round() == 1


async def test_what_was_claimed_under_the_other_identity_is_theirs_and_is_freed(
    office: AccessOffice, rig: Rig
) -> None:
    """Even where somebody stood in for that identity: it has no accounts any more."""
    kept, other, deputy = (
        await rig.account(SCREENER),
        await rig.account(SCREENER),
        await rig.account(SCREENER),
    )
    await deputy.post("/v1/deputies", entry(other))
    await claims(rig, other)
    await merged(office, kept, other)
    assert (await kept.post("/v1/tasks/c1.screen.1.1/claim")).status_code == 200
    assert await Freeing(rig.office.database, rig.office.desk).round() == 1


async def test_what_was_given_to_the_other_identity_by_name_is_found(office: AccessOffice, rig: Rig) -> None:
    kept, other = await rig.account(Grant(role="CLERK", district="d02")), await rig.account(CHECKER)
    story = await rig.case("c1")
    named = TaskReassigned(task_id="c1.screen.1.1", person_id=other.person_id, named=True)
    await rig.tell(story, named)
    await merged(office, kept, other)
    assert [one["task_id"] for one in (await kept.get("/v1/tasks")).json()["items"]] == ["c1.screen.1.1"]


async def test_a_case_that_was_begun_about_the_other_identity_is_ones_own(
    office: AccessOffice, rig: Rig
) -> None:
    """A roster on its way while the two were merged still names the id under which the person was known."""
    kept, other = await rig.account(SCREENER), await rig.account(CHECKER)
    await merged(office, kept, other)
    await rig.case("c1", person=other.person_id)
    for path in ("/v1/cases/c1", "/v1/tasks/c1.screen.1.1", "/v1/cases/c1/timeline"):
        assert (await kept.get(path)).status_code == 404, path
    assert (await kept.get("/v1/cases")).json()["items"] == []
    assert refusal(await kept.post("/v1/emergencies", {**_why(), "case_id": "c1"})) == OWN


async def test_whoever_was_granted_an_emergency_reads_on_under_the_identity_that_is_kept(
    office: AccessOffice, rig: Rig
) -> None:
    await rig.case("c1")
    kept, other = await rig.account(Grant(role="CLERK", district="d02")), await rig.account(ELSEWHERE)
    ident = await begun(office, other)
    await merged(office, kept, other)
    shown = await read(other, ident)
    assert shown.status_code == 200, shown.text
    assert (await other.get(f"/v1/emergencies/{ident}")).status_code == 200
    assert refusal(await read(kept, ident)) == (404, "not-found"), "it was granted to one account"


async def test_what_keeps_one_identity_from_a_case_keeps_the_other_in_an_emergency(
    office: AccessOffice, rig: Rig
) -> None:
    kept, other = await rig.account(ELSEWHERE), await rig.account(CHECKER)
    story = await rig.case("c1")
    await rig.case("c2", person=kept.person_id, serial=2)
    ident = await begun(office, other, district="d01")
    kin = ConflictDeclared(
        conflict=1, task_id=None, person_id=kept.person_id, awaits=False,
        private=Conflict(ground="kin", reason="表弟"),
    )  # fmt: skip
    await rig.tell(story, kin)
    assert (await read(other, ident)).status_code == 200, "nobody knows yet that they are one"
    await merged(office, kept, other)
    for case in ("c1", "c2"):
        assert refusal(await read(other, ident, case)) == (404, "unknown-case")
    assert (await other.get(f"/v1/emergencies/{ident}/cases")).json()["items"] == []


async def test_an_emergency_that_one_person_granted_to_themselves_is_over_when_it_is_found(
    office: AccessOffice, rig: Rig
) -> None:
    """The roles exclude each other; were one of them given up first, the rule asks who granted it."""
    await rig.case("c1")
    granting, reader = await rig.account(SECURITY), await rig.account(ELSEWHERE)
    asked = await reader.post("/v1/emergencies", {**_why(), "case_id": "c1"})
    assert (await office.decide(asked, who=granting)).status_code == 200
    ident = str(asked.json()["case_id"])
    assert (await read(reader, ident)).status_code == 200
    await office.granted(await office.about(granting.account_id, "grants", grants=[]))
    await merged(office, granting, reader)
    assert refusal(await read(reader, ident)) == (403, "same-person")


async def test_a_deputy_is_kept_from_the_case_of_whom_they_stand_in_for(
    office: AccessOffice, rig: Rig
) -> None:
    principal, deputy = await rig.account(SCREENER), await rig.account(SCREENER)
    await rig.case("c1", person=principal.person_id)
    assert (await deputy.get("/v1/tasks/c1.screen.1.1")).status_code == 200
    assert (await principal.post("/v1/deputies", entry(deputy))).status_code == 201
    rig.office.standings.forget(deputy.account_id)
    assert (await deputy.get("/v1/cases/c1")).json() == {"case_id": "c1", "recused": True}
    assert (await deputy.get("/v1/tasks")).json()["items"] == []
    assert refusal(await deputy.post("/v1/tasks/c1.screen.1.1/claim")) == OWN
    assert refusal(await deputy.post("/v1/emergencies", {**_why(), "case_id": "c1"})) == OWN


async def test_nobody_stands_in_where_the_two_hold_too_much_since(office: AccessOffice, rig: Rig) -> None:
    """What one of both is granted after it was entered is no way around what two people may not hold together."""
    principal, deputy = await rig.account(SCREENER), await rig.account(Grant(role="CLERK", district="d01"))
    await rig.case("c1")
    assert (await principal.post("/v1/deputies", entry(deputy))).status_code == 201
    assert await _finds(rig, deputy) == ["c1.screen.1.1"]
    discipline = [{"role": "DISC_OFFICER", "district": "d01"}]
    await office.granted(await office.about(deputy.account_id, "grants", grants=discipline))
    assert await _finds(rig, deputy) == ["c1.screen.1.1"], "these two go together"
    await office.granted(await office.about(principal.account_id, "grants", grants=[
        {"role": "SCREENER", "district": "d01"}, {"role": "NOTICE_OFFICER", "district": "d01"}
    ]))  # fmt: skip
    assert await _finds(rig, deputy) == []


async def _finds(rig: Rig, person: Person) -> list[str]:
    rig.office.standings.forget(person.account_id)
    return [one["task_id"] for one in (await person.get("/v1/tasks")).json()["items"]]


def _why() -> dict[str, str]:
    return {"purpose": "stop-a-wrong", "reason": "错误公示正在进行"}
