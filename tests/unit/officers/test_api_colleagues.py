"""People by name: who acts, who acted, to whom a task may be given; and who is named to nobody but a few."""

from typing import Any

from contracts.actor import LIST_KEEPER, Grant, Signer
from contracts.events.task import Answer, TaskClaimed, TaskCompleted
from contracts.vocabulary import Stage
from tests.consulted import consulted, department, screener
from tests.officers_rig import Person, Rig, task_opened

DISCIPLINE = Grant(role="DISC_OFFICER", district="d01")


def signing(person: Person, role: str) -> Signer:
    return Signer(account_id=person.account_id, person_id=person.person_id, role=role)


async def done(rig: Rig, officer: Person, role: str, task: str, stage: Stage, unit: str = "") -> None:
    """The officer completes a task of c1."""
    kind = task.split(".")[1]
    completed = TaskCompleted(
        task_id=task,
        kind=kind,
        stage=stage,
        unit=unit,
        outcome="PASS",
        answer_digest="f" * 64,
        private=Answer(form={}, reason=""),
    )
    await rig.tell(rig.stories["c1"], completed, actor=signing(officer, role))


async def acted(person: Person, by: Person) -> list[dict[str, Any] | None]:
    """How whoever acted is named to the person, event by event."""
    events = (await person.get("/v1/cases/c1/timeline", limit=200)).json()["items"]
    return [one["by"] for one in events if one["person_id"] == by.person_id]


async def people(person: Person, **narrowed: str) -> list[str]:
    answer = await person.get("/v1/people", limit=200, **narrowed)
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["items"]]


async def test_who_acted_is_named_to_the_team_and_to_nobody_outside(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    officer, reader = await rig.account(screener()), await rig.account(screener())
    await done(rig, officer, "SCREENER", "c1.screen.1.1", Stage.SCREENING)
    named = await acted(reader, officer)
    assert [one and one["name"] for one in named] == [officer.name]
    [task] = [
        one
        for one in (await reader.get("/v1/tasks", view="all", state="done")).json()["items"]
        if one["task_id"] == "c1.screen.1.1"
    ]
    assert task["signer"]["name"] == officer.name
    chamber = await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"))
    for outside in (chamber, await rig.account(department("DEPT_OFFICER"))):
        assert officer.name not in (await outside.get("/v1/cases/c1/timeline", limit=200)).text
        assert officer.name not in (await outside.get("/v1/cases/c1")).text


async def test_what_a_service_of_ours_did_the_system_did(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    reader = await rig.account(screener())
    keeper = Signer(account_id=LIST_KEEPER.account_id, person_id=LIST_KEEPER.person_id, role="")
    found = TaskClaimed(task_id="c1.screen.1.1", person_id=reader.person_id)
    await rig.tell(rig.stories["c1"], found, actor=keeper)
    told = (await reader.get("/v1/cases/c1/timeline", limit=200)).json()["items"][-1]
    assert (told["account_id"], told["by"], told["names"]["role"]) == (LIST_KEEPER.account_id, None, "System")


async def test_a_department_knows_its_own_people(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    officer, head = await rig.account(department("DEPT_OFFICER")), await rig.account(department("DEPT_HEAD"))
    claimed = TaskClaimed(task_id="c1.reply-sign.1.tax.2", person_id=officer.person_id)
    await rig.tell(rig.stories["c1"], claimed, actor=signing(officer, "DEPT_OFFICER"))
    listed = (await head.get("/v1/tasks", view="all")).json()["items"]
    [held] = [one for one in listed if one["task_id"] == "c1.reply-sign.1.tax.2"]
    assert held["claimed_by"] == officer.person_id
    assert held["holder"] is None, "the task asks a head, and this officer is none"
    [by] = await acted(head, officer)
    assert by is not None
    assert (by["name"], by["unit"], bool(by["names"]["unit"])) == (officer.name, "tax", True)


async def test_who_inspects_is_named_to_few_in_whatever_else_they_do(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    inspecting = await rig.account(DISCIPLINE, screener())
    await done(rig, inspecting, "SCREENER", "c1.screen.1.1", Stage.SCREENING)
    colleague, head = (
        await rig.account(screener()),
        await rig.account(Grant(role="DISC_HEAD", district="d01")),
    )
    assert await acted(colleague, inspecting) == [None]
    assert inspecting.name not in await people(colleague)
    assert [one and one["name"] for one in await acted(head, inspecting)] == [inspecting.name]
    assert inspecting.name in await people(head)
    auditor = await rig.account(Grant(role="AUDITOR"))
    assert inspecting.name in await people(auditor, role="DISC_OFFICER")


async def test_the_nominee_is_no_actor_to_who_may_not_know_them(rig: Rig) -> None:
    await rig.batch()
    nominee = await rig.account(Grant(role="NOMINEE"))
    story = await rig.case("c1", person=nominee.person_id, serial=3)
    await rig.tell(story, task_opened("c1", "declare"))
    await done(rig, nominee, "NOMINEE", "c1.declare.1.1", Stage.DECLARATION)
    auditor, reader = await rig.account(Grant(role="AUDITOR")), await rig.account(screener())
    assert await acted(auditor, nominee) == [None]
    assert [one and one["name"] for one in await acted(reader, nominee)] == [nominee.name]


async def test_colleagues_are_those_of_ones_own_districts_and_units(rig: Rig) -> None:
    one, here, there = [await rig.account(screener(place)) for place in ("d01", "d01", "d02")]
    everywhere = await rig.account(Grant(role="ELECTION_OFFICE"))
    tax, head = await rig.account(department("DEPT_OFFICER")), await rig.account(department("DEPT_HEAD"))
    police = await rig.account(department("DEPT_HEAD", "police"))
    assigner = await rig.account(Grant(role="UFWD", district="d01"))
    nominee = await rig.account(Grant(role="NOMINEE"))
    assert set(await people(one)) == {one.name, here.name, everywhere.name, assigner.name}
    assert set(await people(one, role="SCREENER")) == {one.name, here.name}
    assert await people(one, role="SCREENER", district="d02") == []
    assert set(await people(everywhere, role="SCREENER", district="d02")) == {there.name}
    assert set(await people(tax)) == {tax.name, head.name}
    assert set(await people(assigner, role="DEPT_HEAD", unit="police")) == {police.name}
    assert await people(nominee) == []
    shown = (await one.get("/v1/people", role="ELECTION_OFFICE")).json()["items"][0]["grants"]
    assert [(held["role"], held["district"]) for held in shown] == [("ELECTION_OFFICE", "*")]
    assert shown[0]["names"]["role"] == "Election office"


async def test_colleagues_come_in_pages(rig: Rig) -> None:
    everybody = [await rig.account(screener()) for _ in range(3)]
    first = (await everybody[0].get("/v1/people", limit=2)).json()
    second = (await everybody[0].get("/v1/people", limit=2, cursor=first["next"])).json()
    found = [one["person_id"] for page in (first, second) for one in page["items"]]
    assert (found, second["next"]) == (sorted(one.person_id for one in everybody), None)


async def test_an_account_knows_whose_it_is_and_what_it_may_do_in_words(rig: Rig) -> None:
    person = await rig.account(department("DEPT_HEAD"))
    me = (await person.get("/v1/me")).json()
    assert (me["login"], me["name"], me["units"]) == (person.login, person.name, ["tax"])
    [held] = me["grants"]
    assert held["names"] == {
        "role": "Department head",
        "unit": held["names"]["unit"],
        "district": held["names"]["district"],
    }
