"""Lists sorted, counted and searched: whatever is asked, the rows are those of the list and no others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.events.task import TaskReassigned
from services.officers.readmodel.reading import finding
from services.officers.readmodel.reading.concerned import Named
from services.officers.routes import case_search, task_lists
from tests.consulted import consulted, department, screener, told_of
from tests.officers_rig import Person, Rig, task_opened
from tests.unit.officers.test_api_lists import looking
from tests.unit.officers.test_api_reads import noted

TYPED = ("测试", "ceshi", "c", "c1", "r1", "9133", "甲", "x", "公司")


async def every(person: Person, path: str, **asked: Any) -> list[dict[str, Any]]:
    """All rows of a list, page by page."""
    rows: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        page = await person.get(path, **asked, limit=2, cursor=cursor)
        assert page.status_code == 200, page.text
        rows += page.json()["items"]
        cursor = page.json()["next"]
    return rows


async def found(person: Person, path: str, **asked: Any) -> list[dict[str, Any]]:
    """All that a search finds, page by page."""
    rows: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        page = await person.post(path, asked, params={"limit": 2, "cursor": cursor})
        assert page.status_code == 200, page.text
        rows += page.json()["items"]
        cursor = page.json()["next"]
    return rows


def fits(typed: str, row: dict[str, Any]) -> bool:
    shown = row.get("nominee")
    return finding.matches(typed, row["case_id"], Named(**shown) if shown else None)


async def filled(rig: Rig) -> list[Person]:
    """Cases of several sorts, and somebody of each way to them."""
    await rig.batch()
    await consulted(rig)
    everybody = await looking(rig)
    await told_of(rig, await rig.case("c3", person=everybody[-1].person_id, serial=3))
    await rig.case("c4", district="d02", serial=4)
    await rig.removal("r1")
    return everybody


async def test_a_search_finds_the_rows_of_the_list_that_fit_and_no_others(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So little at once that a search goes on over several pages.
    for module in (case_search, task_lists):
        monkeypatch.setattr(module, "CHUNK", 2)
        monkeypatch.setattr(module, "LOOKED_AT", 4)
    hits = 0
    for person in await filled(rig):
        cases = await every(person, "/v1/cases")
        tasks = await every(person, "/v1/tasks", view="all")
        for typed in TYPED:
            wanted = [row["case_id"] for row in cases if fits(typed, row)]
            assert [row["case_id"] for row in await found(person, "/v1/search/cases", q=typed)] == wanted
            of_tasks = await found(person, "/v1/search/tasks", q=typed, view="all")
            assert [row["task_id"] for row in of_tasks] == [
                row["task_id"] for row in tasks if fits(typed, row)
            ]
            hits += len(wanted)
    assert hits > 10


async def test_a_search_notes_whom_it_shows_and_nobody_else(rig: Rig) -> None:
    await rig.batch()
    for number in (1, 2):
        await rig.case(f"c{number}", serial=number)
    reader = await rig.account(screener())
    await found(reader, "/v1/search/cases", q="nobody")
    assert await noted(rig, reader=reader.person_id, what="list") == []
    await found(reader, "/v1/search/cases", q="c2")
    [line] = await noted(rig, reader=reader.person_id, what="list")
    assert line["fields"] == ["c2"]


async def test_every_count_is_the_length_of_its_list(rig: Rig) -> None:
    everybody = await filled(rig)
    now = datetime.now(UTC)
    dues = (now - timedelta(hours=1), now + timedelta(minutes=1), now + timedelta(days=40), None)
    for number, due in enumerate(dues, 5):
        story = await rig.case(f"c{number}", serial=number)
        await rig.tell(story, task_opened(f"c{number}", "reply", "police", due=due))
    open_ones = 0
    for person in everybody:
        said = (await person.get("/v1/tasks/counts")).json()
        listed = await every(person, "/v1/tasks")
        assert said["open"] == len(listed)
        for name, due in (("due_today", "today"), ("overdue", "overdue")):
            assert said[name] == len(await every(person, "/v1/tasks", due=due))
        for kind in said["kinds"]:
            assert kind["open"] == sum(row["kind"] == kind["kind"] for row in listed)
            assert kind["names"]["kind"]
        open_ones += said["open"]
        narrowed = (await person.get("/v1/tasks/counts", district="d02")).json()
        assert narrowed["open"] == sum(row["district"] == "d02" for row in listed)
    assert open_ones > 10


async def test_what_is_mine_by_two_rights_is_counted_once(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    reader = await rig.account(screener())
    given = TaskReassigned(task_id="c1.screen.1.1", person_id=reader.person_id, named=True)
    await rig.tell(story, given)
    assert len(await every(reader, "/v1/tasks")) == 1
    assert (await reader.get("/v1/tasks/counts")).json()["open"] == 1


async def test_due_says_how_a_deadline_stands_to_now(rig: Rig) -> None:
    await rig.batch()
    reader = await rig.account(department("DEPT_OFFICER"))
    now = datetime.now(UTC)
    for number, due in enumerate((now - timedelta(hours=1), now + timedelta(days=40), None), 1):
        story = await rig.case(f"c{number}", serial=number)
        await rig.tell(story, task_opened(f"c{number}", "reply", "tax", due=due))
    for due, wanted in (("overdue", ["c1"]), ("later", ["c2"]), ("today", [])):
        assert [row["case_id"] for row in await every(reader, "/v1/tasks", due=due)] == wanted
    assert len(await every(reader, "/v1/tasks")) == 3


async def test_lists_are_sorted_page_by_page_and_lose_nobody(rig: Rig) -> None:
    for person in await filled(rig):
        listed = await every(person, "/v1/tasks", view="all")
        for sort in ("district", "stage"):
            ordered = await every(person, "/v1/tasks", view="all", sort=sort)
            assert [row[sort] for row in ordered] == sorted(row[sort] for row in listed)
            assert sorted(row["task_id"] for row in ordered) == sorted(row["task_id"] for row in listed)
        mine = await every(person, "/v1/tasks")
        by_name = await every(person, "/v1/tasks", sort="name")
        assert sorted(row["task_id"] for row in by_name) == sorted(row["task_id"] for row in mine)
        orders = [finding.order_of(Named(**row["nominee"]) if row["nominee"] else None) for row in by_name]
        assert orders == sorted(orders)


async def test_too_many_are_not_put_in_the_order_of_their_names(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_lists, "MOST_BY_NAME", 1)
    await rig.batch()
    for number in (1, 2):
        await rig.case(f"c{number}", serial=number)
    reader = await rig.account(screener())
    refused = await reader.get("/v1/tasks", sort="name")
    assert (refused.status_code, refused.json()["code"]) == (422, "too-many-to-sort")
    of_others = await reader.get("/v1/tasks", sort="name", view="all")
    assert of_others.json()["code"] == "too-many-to-sort"


async def test_a_place_in_one_order_is_none_in_another(rig: Rig) -> None:
    await rig.batch()
    for number in (1, 2):
        await rig.case(f"c{number}", serial=number)
    reader = await rig.account(screener())
    first = (await reader.get("/v1/tasks", limit=1)).json()
    refused = await reader.get("/v1/tasks", limit=1, cursor=first["next"], sort="district")
    assert (refused.status_code, refused.json()["code"]) == (400, "cursor-invalid")
