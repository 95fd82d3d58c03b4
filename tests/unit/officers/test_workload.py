"""Workload, outcomes and ageing: each number is what the reader counts in their own lists."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from contracts.actor import Grant
from tests.consulted import consulted, screener
from tests.officers_rig import Rig, task_opened
from tests.unit.officers.test_api_lists import looking
from tests.unit.officers.test_api_searching import every


async def test_the_figures_of_work_are_those_of_the_lists_for_everybody(rig: Rig) -> None:
    await rig.batch()
    await consulted(rig)
    await rig.case("c2", district="d02", serial=2)
    now = datetime.now(UTC)
    story = await rig.case("c3", serial=3)
    await rig.tell(story, task_opened("c3", "reply", "police", due=now + timedelta(days=9)))
    counted = 0
    for person in await looking(rig):
        work = (await person.get("/v1/figures/work")).json()
        tasks = await every(person, "/v1/tasks", view="all")
        cases = [one for one in await every(person, "/v1/cases") if "recused" not in one]
        open_ones = Counter(
            (one["role"], one["unit"], one["stage"]) for one in tasks if one["state"] == "open"
        )
        assert {(one["role"], one["unit"], one["stage"]): one["open"] for one in work["load"]} == open_ones
        late = [one for one in tasks if one["state"] == "open" and one["left"] and one["left"]["days"] < 0]
        assert sum(one["overdue"] for one in work["load"]) == len(late)
        done = Counter((one["kind"], one["outcome"]) for one in tasks if one["state"] == "done")
        assert {(one["kind"], one["outcome"]): one["tasks"] for one in work["outcomes"]} == done
        states = Counter((one["kind"], one["state"]) for one in cases if one["ended_at"] is None)
        assert {(one["kind"], one["state"]): one["cases"] for one in work["ageing"]} == states
        for part in ("load", "outcomes", "ageing"):
            assert all(one["names"] for one in work[part])
        counted += sum(one["open"] for one in work["load"])
    assert counted > 10


async def test_what_is_called_alike_in_two_kinds_of_case_is_told_apart(rig: Rig) -> None:
    await rig.batch()
    nomination, removal = await rig.case("c1"), await rig.removal("r1")
    await rig.tell(nomination, task_opened("c1", "reply", "police"))
    await rig.tell(removal, task_opened("r1", "reply", "police"))
    reader = await rig.account(screener())
    load = (await reader.get("/v1/figures/work")).json()["load"]
    replies = [one for one in load if one["unit"] == "police"]
    assert [(one["case_kind"], one["open"]) for one in replies] == [("nomination", 1), ("removal", 1)]
    rows = [tuple(sorted(one["names"].items())) for one in load]
    assert len(set(rows)) == len(rows)


async def test_work_is_told_of_one_batch_and_by_age(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1")
    reader = await rig.account(screener())
    [load] = (await reader.get("/v1/figures/work", batch_id="b1")).json()["load"]
    assert (load["open"], load["overdue"], load["over_a_week"], load["over_a_month"]) == (1, 1, 1, 1)
    assert load["oldest_days"] > 30
    assert (await reader.get("/v1/figures/work", batch_id="b9")).json()["load"] == []
    admin = await rig.account(Grant(role="SYS_ADMIN"))
    assert (await admin.get("/v1/figures/work")).status_code == 403
