"""What somebody may not know moves nothing that they see: every answer stays as it was, to the byte, tags included."""

from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.actor import Grant
from tests.officers_rig import Rig, officers
from tests.rights.expected import PAUSES, REPORTS, Sight, reads_cases, sight
from tests.rights.house import HERE, House, built
from tests.rights.matrix import LONG, POLICY, known_of
from tests.rights.readers import Reader, few, of_roles, with_ties

Answers = dict[str, tuple[int, bytes, str | None]]
Knows = Callable[[Reader, Sight], bool]
Choice = Callable[[list[Reader]], list[Reader]]
EVERYBODY = pytest.mark.parametrize("choose", [few, pytest.param(list, marks=LONG)], ids=["few", "all"])


async def seen_by(reader: Reader, house: House) -> Answers:
    """All that the reader is shown of every case, in every form."""
    paths = ["/v1/cases?limit=200", "/v1/tasks?view=all&limit=200", "/v1/tasks?limit=200", "/v1/batches"]
    paths += ["/v1/batches/b1", "/v1/conference/awaiting", "/v1/conference/decided"]
    paths += [f"/v1/cases?state={state}" for state in ("CHECKING_REPORT", "ON_NOTICE", "HELD")]
    for case in house.cases:
        paths += [f"/v1/cases/{case}", f"/v1/cases/{case}/timeline?limit=200"]
    listed = (await reader.person.get("/v1/tasks?view=all&limit=200")).json()["items"]
    paths += [f"/v1/tasks/{one['task_id']}" for one in listed]
    found: Answers = {}
    for path in paths:
        answer = await reader.person.get(path)
        found[path] = (answer.status_code, answer.content, answer.headers.get("etag"))
    return found


async def moved(house: House, looking: list[Reader], case: str, until: int | None) -> dict[str, list[str]]:
    """For each reader what is another answer after these steps of the case."""
    before = {one.name: await seen_by(one, house) for one in looking}
    await house.cases[case].tell(house.rig, until)
    found = {}
    for one in looking:
        now = await seen_by(one, house)
        was = before[one.name]
        found[one.name] = sorted(path for path in was.keys() | now.keys() if was.get(path) != now.get(path))
    return found


async def told(house: House, looking: list[Reader], case: str, until: int | None, knows: Knows) -> list[str]:
    """Readers for whom something moved though they may not know, or nothing though they may."""
    known = known_of(house)[case]
    changed = await moved(house, looking, case, until)
    wrong = []
    for one in looking:
        may = knows(one, sight(one, known, POLICY))
        if bool(changed[one.name]) is not may:
            wrong.append(f"{one.name}: {changed[one.name][:5]}, and may {'' if may else 'not '}know")
    return wrong


@EVERYBODY
async def test_a_report_moves_nothing_for_who_may_not_know_of_it(tmp_path: Path, choose: Choice) -> None:
    async with officers(tmp_path) as rig:
        house, looking = await opened(rig, choose)
        await told_but(house, "c2")
        await house.cases["c2"].tell(rig, len(house.cases["c2"].steps) - 1)
        assert await told(house, looking, "c2", None, reports) == []


@pytest.mark.deep
@pytest.mark.timeout(3600)
async def test_an_investigation_moves_nothing_for_who_may_not_know_of_it(tmp_path: Path) -> None:
    """That one is being confirmed is the discipline group's to know, and of those who confirm it."""
    async with officers(tmp_path) as rig:
        house, looking = await opened(rig, list)
        await told_but(house, "c3")
        paused = house.cases["c3"]
        named = next(
            number
            for number, step in enumerate(paused.steps)
            if any(getattr(event, "kind", "") == "confirm-pause-sign" for event in step.events)
        )
        await paused.tell(rig, named)
        assert await told(house, looking, "c3", named + 1, pauses) == []


@pytest.mark.deep
@pytest.mark.timeout(3600)
async def test_what_happens_elsewhere_moves_nothing_here(tmp_path: Path) -> None:
    """Nor does it for who sees the number of a case and no more."""
    async with officers(tmp_path) as rig:
        house, looking = await opened(rig, list)
        await told_but(house, "c1")
        await house.cases["c1"].tell(rig, 3)
        changed = await moved(house, looking, "c1", None)
        known = known_of(house)["c1"]
        for one in looking:
            much = sight(one, known, POLICY)
            if much in {Sight.NOTHING, Sight.NUMBER}:
                assert changed[one.name] == [], f"{one.name} sees {much}"


async def opened(rig: Rig, choose: Choice) -> tuple[House, list[Reader]]:
    """The office in which nothing is told yet, and everybody who reads cases."""
    recused = await rig.account(Grant(role="SCREENER", district=HERE))
    house = await built(rig, recused)
    looking = [*await of_roles(rig, POLICY), *await with_ties(rig, recused, house.concerned)]
    return house, [one for one in choose(looking) if reads_cases(one, POLICY)]


async def told_but(house: House, but: str) -> None:
    """Every case but this one is at its end: also what binds somebody follows from cases."""
    for case in house.cases.values():
        if case.case_id != but:
            await case.tell(house.rig)


def reports(reader: Reader, much: Sight) -> bool:
    """Whether that a report is being checked may be known."""
    return much is Sight.TEAM and not reader.roles.isdisjoint(REPORTS)


def pauses(reader: Reader, much: Sight) -> bool:
    """Whether an investigation may be known, by role or by having to confirm it."""
    confirming = {POLICY.task(kind).role for kind in ("confirm-pause", "confirm-pause-sign")}
    return much is Sight.TEAM and not reader.roles.isdisjoint(PAUSES | confirming)
