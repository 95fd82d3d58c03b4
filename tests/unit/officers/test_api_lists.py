"""Rows of lists name whom they are about: to whoever may see the dossier, noted once a page, in as few looks as one."""

from typing import Any

from sqlalchemy import text

from contracts.actor import Grant
from tests.consulted import consulted, department, screener, told_of
from tests.invented import nominee
from tests.officers_rig import Person, Rig, task_opened
from tests.questions import questions
from tests.unit.officers.test_api_reads import BLOCKED, noted

LISTS = ("/v1/tasks", "/v1/tasks?view=all", "/v1/cases")


async def looking(rig: Rig) -> list[Person]:
    """Somebody of each way in which a case is seen."""
    grants = (
        screener(),
        department("DEPT_OFFICER", "police"),
        department("DEPT_HEAD"),
        Grant(role="NOMINATOR", unit="chamber", district="d01"),
        Grant(role="REPORT_HANDLER", district="d01"),
        Grant(role="ELECTION_OFFICE"),
        Grant(role="AUDITOR"),
        Grant(role="NOMINEE"),
    )
    return [await rig.account(grant) for grant in grants]


async def rows(person: Person, path: str) -> list[dict[str, Any]]:
    answer = await person.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_a_row_names_the_nominee_exactly_where_the_detail_shows_the_dossier(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    everybody = await looking(rig)
    own = await rig.case("c3", person=everybody[-1].person_id, serial=3)
    await told_of(rig, own)
    await rig.removal("r1")
    seen = set()
    for person in everybody:
        for path in LISTS:
            for row in await rows(person, path):
                of_task = "task_id" in row
                detail = (
                    await person.get(
                        f"/v1/tasks/{row['task_id']}" if of_task else f"/v1/cases/{row['case_id']}"
                    )
                ).json()
                dossier = detail["content"]["dossier"] if of_task else detail["dossier"]
                assert (row["nominee"] is None) == (dossier is None), (path, row)
                assert row["nominee"] == detail["nominee"]
                seen.add((row["case_id"], row["nominee"] is None))
    assert seen >= {("c1", True), ("c1", False), ("c3", False)}


async def test_a_row_says_who_for_which_seat_by_whom_and_how_long(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1")
    reader = await rig.account(screener())
    [row] = await rows(reader, "/v1/tasks")
    who = nominee()
    assert row["nominee"] == {"name": who.name, "firm": who.firm, "credit_code": who.credit_code}
    assert (row["seat"], row["nominated_by"]) == ("executive", "chamber")
    assert row["left"]["days"] < 0
    assert row["left"]["names"]["unit"]
    assert who.id_number not in str(row)


async def test_a_page_of_names_is_one_note_that_names_its_cases(rig: Rig) -> None:
    await rig.batch()
    for number in (1, 2):
        await rig.case(f"c{number}", serial=number)
    reader = await rig.account(screener())
    await rows(reader, "/v1/tasks")
    [line] = await noted(rig, reader=reader.person_id, what="list")
    assert (line["target"], line["tier"], sorted(line["fields"])) == ("tasks", "T2", ["c1", "c2"])
    assert line["names"]["what"]
    nobody = await rig.account(screener("d02"))
    assert await rows(nobody, "/v1/cases") == []
    assert await noted(rig, reader=nobody.person_id, what="list") == []


async def test_no_name_is_listed_without_its_note(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1")
    reader = await rig.account(screener())
    async with rig.office.database.connection() as connection:
        await connection.execute(text(BLOCKED))
    for path in LISTS:
        refused = await reader.get(path)
        assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
        assert nominee().name not in refused.text


async def test_a_long_page_asks_no_more_than_a_short_one(rig: Rig) -> None:
    await rig.batch()
    reader = await rig.account(department("DEPT_OFFICER", "tax"))
    for number in range(1, 13):
        story = await rig.case(f"c{number}", serial=number)
        await rig.tell(story, task_opened(f"c{number}", "reply", "tax"))
    for path in LISTS:
        await rows(reader, path)
        asked = {}
        for limit in (2, 12):
            with questions() as found:
                answer = await reader.get(path, limit=limit)
            assert len(answer.json()["items"]) == limit
            asked[limit] = len(found)
        assert asked[2] == asked[12], path
