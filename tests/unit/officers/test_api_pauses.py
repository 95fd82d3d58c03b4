"""That somebody is investigated is T4: of a paused case others see that it waits, and not why (domain §8.5, §8.8.2)."""

from datetime import timedelta

import pytest

from contracts.actor import Grant
from contracts.causes import Cause
from contracts.events.case import CaseHeld, CaseResumed
from contracts.events.review import HitFacts, HitFound, HitRuled
from contracts.events.task import TaskClaimed
from contracts.vocabulary import Effect, Ruling, Stage
from tests.consulted import FACT, ids, screener
from tests.officers_rig import START, Rig, task_opened


async def paused(rig: Rig) -> None:
    """Two people confirmed an investigation, and the case waits for its end."""
    await rig.batch()
    story = await rig.case("c1", person="p-nominee")
    fact = FACT.model_copy(update={"item": "NL-C03"})
    await rig.tell(
        story,
        HitFound(hit=1, effect=Effect.PAUSE, private=HitFacts(fact=fact, source="police", reported_by="p-x")),
        task_opened("c1", "confirm-pause", about="hit.1"),
        HitRuled(hit=1, effect=Effect.PAUSE, ruling=Ruling.PAUSE),
        CaseHeld(
            cause=Cause.PAUSE_ITEM,
            about="hit.1",
            since=START,
            until=None,
            back_to=Stage.CONSULTATION,
            standing=(Cause.PAUSE_ITEM,),
        ),
        task_opened("c1", "resume", about="pause-item:hit.1"),
    )


async def test_the_team_sees_that_the_case_waits_and_not_why(rig: Rig) -> None:
    await paused(rig)
    reader = await rig.account(screener())
    seen = [(await reader.get(f"/v1/cases/c1{part}")).json() for part in ("", "/timeline?limit=200")]
    assert seen[0]["held_cause"] is None
    told = str(seen)
    assert "case-held" in told
    for word in ("pause-item", "confirm-pause", "'PAUSE'", "hit-found", "hit-ruled"):
        assert word not in told, word
    assert await ids(reader, "/v1/tasks", view="all") == ["c1.screen.1.1"]
    assert (await reader.get("/v1/tasks/c1.confirm-pause.1.1")).status_code == 404


@pytest.mark.parametrize("role", ["DISC_OFFICER", "DISC_HEAD", "AUDITOR"])
async def test_the_discipline_group_and_the_auditor_see_why(rig: Rig, role: str) -> None:
    await paused(rig)
    reader = await rig.account(Grant(role=role, district="d01" if role != "AUDITOR" else "*"))
    seen = [(await reader.get(f"/v1/cases/c1{part}")).json() for part in ("", "/timeline?limit=200")]
    assert seen[0]["held_cause"] == "pause-item"
    assert "hit-found" in str(seen[1])
    assert "c1.confirm-pause.1.1" in await ids(reader, "/v1/tasks", view="all")


@pytest.mark.parametrize(("role", "task"), [("EVALUATOR", "confirm-pause"), ("UFWD", "resume")])
async def test_whoever_acts_on_it_sees_the_task_and_no_other(rig: Rig, role: str, task: str) -> None:
    await paused(rig)
    reader = await rig.account(Grant(role=role, district="d01"))
    mine = {"confirm-pause", "resume"} & {
        one.split(".")[1] for one in await ids(reader, "/v1/tasks", view="all")
    }
    assert mine == {task}
    assert (await reader.get("/v1/cases/c1")).json()["held_cause"] is None


async def test_why_it_went_on_is_told_to_as_few(rig: Rig) -> None:
    await paused(rig)
    resumed = CaseResumed(
        cause=Cause.PAUSE_ITEM,
        about="hit.1",
        until=START + timedelta(days=1),
        why=Cause.RESUMED,
        standing=(),
    )
    await rig.tell(rig.stories["c1"], resumed)
    reader = await rig.account(screener())
    timeline = str((await reader.get("/v1/cases/c1/timeline", limit=200)).json())
    assert "case-resumed" in timeline
    assert "pause-item" not in timeline


async def test_for_whoever_may_not_know_nothing_has_happened(rig: Rig) -> None:
    """Not even a tag moves while an investigation is reported, taken up and ruled on; a ruling tells of no hit."""
    await rig.batch()
    story = await rig.case("c1", person="p-nominee")
    roles = ("SCREENER", "REPORT_HANDLER", "DISC_OFFICER")
    readers = {role: await rig.account(Grant(role=role, district="d01")) for role in roles}

    async def tags() -> dict[str, str]:
        return {role: (await who.get("/v1/cases/c1")).headers["etag"] for role, who in readers.items()}

    before = await tags()
    fact = FACT.model_copy(update={"item": "NL-C03"})
    await rig.tell(
        story,
        HitFound(hit=1, effect=Effect.PAUSE, private=HitFacts(fact=fact, source="police", reported_by="p-x")),
        task_opened("c1", "confirm-pause", about="hit.1"),
        TaskClaimed(task_id="c1.confirm-pause.1.1", person_id="p-x"),
        HitRuled(hit=1, effect=Effect.PAUSE, ruling=Ruling.CLEARED),
    )
    after = await tags()
    assert {role for role in roles if after[role] != before[role]} == {"DISC_OFFICER"}
    timeline = str((await readers["SCREENER"].get("/v1/cases/c1/timeline", limit=200)).json())
    assert "hit-ruled" not in timeline


async def test_only_who_may_know_sees_the_state_in_which_two_people_confirm_it(rig: Rig) -> None:
    """For everybody else the case stands where it stood, in the list, under a filter and in the figures as well."""
    await rig.batch()
    story = await rig.case("c1", person="p-nominee")
    before = (await (await rig.account(screener())).get("/v1/cases/c1")).json()["state"]
    await rig.tell(story, task_opened("c1", "confirm-pause", about="hit.1"))
    for role, state in (("SCREENER", before), ("REPORT_HANDLER", before), ("DISC_HEAD", "RULING")):
        reader = await rig.account(Grant(role=role, district="d01"))
        assert (await reader.get("/v1/cases/c1")).json()["state"] == state
        assert await ids(reader, "/v1/cases", state=state) == ["c1"]
        other = "RULING" if state == before else before
        assert await ids(reader, "/v1/cases", state=other) == []
        assert (await reader.get("/v1/batches/b1")).json()["cases"] == {state: 1}
