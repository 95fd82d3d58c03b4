"""Files whose term of retention is over, for the archivist: by class and day, without what something open rests on."""

from typing import Any

import pytest

from contracts.actor import Grant
from contracts.causes import Cause
from contracts.events.case import CaseEnded, CaseFiled
from contracts.vocabulary import CaseState
from tests.data_requests import data_requested
from tests.officers_rig import START, Person, Rig, task_opened
from tests.unit.officers.test_api_recusal import declared

ARCHIVIST = Grant(role="ARCHIVIST", district="d01")
LAST, FIRST = f"{START.year + 10}-12-31", f"{START.year + 11}-01-01"
"""The last day of ten years, and the day after."""


async def closed(
    rig: Rig, case_id: str, state: CaseState, *, filed: bool = True, district: str = "d01"
) -> None:
    story = await rig.case(case_id, district=district, serial=len(rig.stories) + 1)
    await rig.tell(story, CaseEnded(state=state, cause=Cause.WITHDRAWN))
    if filed:
        await rig.tell(story, CaseFiled(retention="10y"))


async def due(person: Person, on: str = FIRST, **more: Any) -> list[dict[str, Any]]:
    answer = await person.get("/v1/archive/due", on=on, **more)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_a_file_is_due_on_the_day_after_its_term_and_not_before(rig: Rig) -> None:
    await rig.batch()
    await closed(rig, "c1", CaseState.WITHDRAWN)
    await closed(rig, "c2", CaseState.ELECTED)
    await closed(rig, "c3", CaseState.WITHDRAWN, filed=False)
    await closed(rig, "c4", CaseState.REJECTED, district="d02")
    archivist = await rig.account(ARCHIVIST)
    assert await due(archivist, LAST) == []
    [one] = await due(archivist)
    assert (one["case_id"], one["retention"], one["kept_until"], one["held"]) == ("c1", "10y", LAST, False)
    assert one["names"]["state"]
    assert [row["case_id"] for row in await due(await rig.account(Grant(role="AUDITOR")))] == ["c1", "c4"]
    today = await archivist.get("/v1/archive/due")
    assert (today.status_code, today.json()["items"]) == (200, [])


async def test_what_something_open_rests_on_is_kept_all_the_same(rig: Rig) -> None:
    await rig.batch()
    await closed(rig, "c1", CaseState.WITHDRAWN)
    request = rig.story("h1", "data-request", "c1")
    await rig.tell(request, data_requested("p-c1"), task_opened("h1", "answer-correction"))
    archivist = await rig.account(ARCHIVIST)
    assert [one["held"] for one in await due(archivist)] == [True]
    await rig.tell(request, CaseFiled(retention="10y"))
    assert [one["held"] for one in await due(archivist) if one["case_id"] == "c1"] == [False]


async def test_pages_follow_one_another_and_nobody_sees_what_they_are_kept_from(rig: Rig) -> None:
    await rig.batch()
    for case_id in ("c1", "c2", "c3"):
        await closed(rig, case_id, CaseState.WITHDRAWN)
    archivist = await rig.account(ARCHIVIST)
    first = (await archivist.get("/v1/archive/due", on=FIRST, limit=2)).json()
    assert [one["case_id"] for one in first["items"]] == ["c1", "c2"]
    assert [one["case_id"] for one in await due(archivist, cursor=first["next"])] == ["c3"]
    await rig.tell(rig.stories["c1"], declared(archivist))
    assert [one["case_id"] for one in await due(archivist)] == ["c2", "c3"]


@pytest.mark.parametrize("role", ["CLERK", "EVALUATOR", "SYS_ADMIN"])
async def test_it_is_the_archivists_list(rig: Rig, role: str) -> None:
    person = await rig.account(Grant(role=role, district="d01" if role != "SYS_ADMIN" else "*"))
    answer = await person.get("/v1/archive/due")
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong-role")


@pytest.mark.parametrize("on", ["1899-12-31", "2099-01-01", "tomorrow", "2037-02-30"])
async def test_a_day_that_no_term_ends_on_is_refused(rig: Rig, on: str) -> None:
    answer = await (await rig.account(ARCHIVIST)).get("/v1/archive/due", on=on)
    assert answer.status_code == 422
