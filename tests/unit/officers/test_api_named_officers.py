"""Whoever is told no colleague names the officer to whom they object, and is told nothing of who is here."""

from typing import Any

import pytest

from contracts.actor import Grant
from tests.officers_rig import Person, Rig

SAID = {"ground": "creditor", "reason": "lent money"}
ADDRESS = "/v1/cases/c1/conflicts"


async def nominee_of(rig: Rig) -> Person:
    await rig.batch()
    nominee = await rig.account(Grant(role="NOMINEE"))
    await rig.case("c1", person=nominee.person_id)
    return nominee


async def form(person: Person) -> dict[str, Any]:
    acts = (await person.get("/v1/cases/c1")).json()["acts"]
    return next(dict(one) for one in acts if one["code"] == "report-conflict")


async def name_of(rig: Rig, person: Person) -> str:
    async with rig.office.database.read() as session:
        return await rig.office.persons.name(session, person.person_id)


async def objects(person: Person, name: str, unit: str = "") -> Any:
    return await person.post(ADDRESS, {"named_officer": {"name": name, "unit": unit}, **SAID})


async def test_a_nominee_fills_in_name_and_unit_and_the_team_picks(rig: Rig) -> None:
    nominee = await nominee_of(rig)
    offered = await form(nominee)
    assert list(offered["form"]["properties"]) == ["named_officer", "ground", "reason"]
    assert offered["form"]["required"][0] == "named_officer"
    assert offered["hints"] == {}
    unit = offered["form"]["properties"]["named_officer"]["properties"]["unit"]
    assert "tax" in unit["enum"]
    of_team = await form(await rig.account(Grant(role="SCREENER", district="d01")))
    assert list(of_team["form"]["properties"]) == ["person_id", "ground", "reason"]
    assert "person_id" in of_team["form"]["required"]
    assert of_team["hints"] == {"person_id": {"from": "people"}}


@pytest.mark.parametrize("role", ["DISC_HEAD", "SCREENER"])
async def test_the_officer_is_found_by_name_whatever_they_do(rig: Rig, role: str) -> None:
    nominee = await nominee_of(rig)
    officer = await rig.account(Grant(role=role, district="d01"))
    answer = await objects(nominee, await name_of(rig, officer))
    assert answer.status_code in {201, 202}, answer.text
    assert officer.person_id not in answer.text
    assert rig.engine.sent[-1].model_dump()["person_id"] == officer.person_id


async def test_nobody_and_several_and_another_unit_are_one_answer(rig: Rig) -> None:
    nominee = await nominee_of(rig)
    officer = await rig.account(Grant(role="DEPT_OFFICER", unit="tax", district="d01"))
    elsewhere = await rig.account(Grant(role="SCREENER", district="d02"))
    answers = [
        await objects(nominee, "查无此人"),
        await objects(nominee, await name_of(rig, officer), "customs"),
        await objects(nominee, await name_of(rig, elsewhere)),
        await objects(nominee, await name_of(rig, nominee)),
    ]
    assert {one.status_code for one in answers} == {422}
    assert len({one.json()["detail"] for one in answers}) == 1
    assert not rig.engine.sent


async def test_one_says_who_is_meant_in_one_way(rig: Rig) -> None:
    nominee = await nominee_of(rig)
    both = {"named_officer": {"name": "张三"}, "person_id": nominee.person_id, **SAID}
    for body in (SAID, both):
        assert (await nominee.post(ADDRESS, body)).status_code == 422


async def test_a_repeat_has_the_same_answer(rig: Rig) -> None:
    nominee = await nominee_of(rig)
    officer = await rig.account(Grant(role="SCREENER", district="d01"))
    body = {"named_officer": {"name": await name_of(rig, officer)}, **SAID}
    first = await nominee.post(ADDRESS, body, key="k-objection")
    again = await nominee.post(ADDRESS, body, key="k-objection")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert len({one.body_digest for one in rig.engine.sent}) == 1
