"""Who reads which letters through the internal API, proof of service, and the public board."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.case import about
from contracts.causes import Cause
from contracts.events.case import CaseEnded
from contracts.events.review import NoticePosted
from contracts.events.task import TaskCancelled, TaskClaimed
from contracts.vocabulary import CaseState, Rung
from tests.notices_rig import TOKEN, Rig, notices, reading
from tests.servers import NatsServer
from tests.stories import NOMINEE, batch_opened, case_opened, hit_found, rung_reached, task_opened
from tests.waiting import until


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with notices(database_url, nats_server, tmp_path) as running:
        yield running


async def test_readers_see_what_is_addressed_to_them_and_nothing_else(rig: Rig) -> None:
    mine, other = rig.consulted(), rig.consulted("c2", district="d2")
    mine.then(
        hit_found(),
        task_opened("c1", "explain", about=about("hit", 1)),
        rung_reached("c1", Rung.RED, "lead_deputy", "discipline_group"),
    )
    await rig.publish([*mine.events, *other.events])
    await rig.count(11)
    assert await rig.kinds(person_id="p-c1") == [("N04", "1"), ("N07", "1")]
    assert [t for t, _ in await rig.kinds(grants=["DEPT_OFFICER:tax:d1"])] == ["N05"]
    assert [t for t, _ in await rig.kinds(grants=["DEPT_HEAD:tax:*"])] == ["N05", "N05"]
    assert [t for t, _ in await rig.kinds(grants=["UFWD::d1"])] == ["N06"]
    assert await rig.kinds(grants=["UFWD::d2"]) == []
    assert await rig.kinds(grants=["NOMINATOR:tax:d1"]) == []
    assert await rig.kinds(person_id="p-c3") == []
    both = await rig.kinds(
        person_id="p-c1", grants=["DISC_HEAD::d1", "DEPT_OFFICER:tax:d1", "DEPT_HEAD:tax:d1"]
    )
    assert [t for t, _ in both] == ["N04", "N05", "N06", "N07"]
    assert [t for t, _ in await rig.kinds(person_id="p-c1", case_id="c2")] == []
    ident = (await rig.letters(person_id="p-c1"))[0]["id"]
    assert (await rig.client.post(f"/notices/{ident}/reading", json=reading("p-c2"))).status_code == 404
    assert (await rig.letter(ident, person_id="p-c1"))["type"] == "N04"


async def test_no_letter_to_a_role_reaches_whoever_is_kept_from_the_case(rig: Rig) -> None:
    await rig.publish([*rig.consulted().events, *rig.consulted("c2").events])
    await rig.count(8)
    officer = {"person_id": "p-c1", "grants": ["DEPT_OFFICER:tax:d1"]}
    assert [t for t, _ in await rig.kinds(**officer)] == ["N04", "N05", "N05"]
    assert [t for t, _ in await rig.kinds(**officer, not_cases=["c1"])] == ["N04", "N05"], (
        "one's own letter stays"
    )
    ident = (await rig.letters(grants=["DEPT_OFFICER:tax:d1"], case_id="c1"))[0]["id"]
    asked = {"grants": ["DEPT_OFFICER:tax:d1"], "not_cases": ["c1"]}
    assert (await rig.client.post(f"/notices/{ident}/reading", json=reading(**asked))).status_code == 404


async def test_pages_follow_one_another_without_a_gap_or_a_double(rig: Rig) -> None:
    await rig.publish([*rig.consulted().events, *rig.consulted("c2").events])
    await rig.count(8)
    grants = ["DEPT_OFFICER:tax:d1", "DEPT_HEAD:tax:d1", "DEPT_HEAD:court:d1"]
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        reader = reading("p-c2", grants)
        page = await rig.post("/notices/inbox", {"reader": reader, "after": after, "limit": 1})
        assert len(page["items"]) <= 1
        seen += [one["position"] for one in page["items"]]
        after = page["next"]
    assert seen == sorted(set(seen), reverse=True), "newest first"
    assert len(seen) == 5


@pytest.mark.parametrize("case_id", [None, "c1"])
async def test_what_was_received_leaves_the_unreceived_and_no_one_elses(
    rig: Rig, case_id: str | None
) -> None:
    await rig.publish([*rig.consulted().events, *rig.consulted("c2").events])
    await rig.count(8)
    grants = ["DEPT_OFFICER:tax:d1"]
    one, other = ({"reader": reading(ident, grants), "case_id": case_id} for ident in ("p8", "p9"))
    [letter] = await rig.letters(case_id="c1", grants=grants)
    body = {"reader": one["reader"], "person_id": "p8", "at": datetime.now(UTC).isoformat()}
    assert (await rig.client.post(f"/notices/{letter['id']}/receipt", json=body)).status_code == 200

    async def unreceived(asked: dict[str, object]) -> set[str]:
        page = await rig.post("/notices/inbox", {**asked, "show": "unreceived"})
        return {found["case_id"] for found in page["items"]}

    every = {"c1", "c2"} if case_id is None else {"c1"}
    assert (await unreceived(one), await unreceived(other)) == (every - {"c1"}, every)


async def test_letters_whose_reply_is_ahead_come_soonest_first_page_by_page(rig: Rig) -> None:
    story = rig.consulted()
    for number, days in ((2, 9), (3, -1), (4, 5), (5, 5)):
        due = datetime.now(UTC) + timedelta(days=days)
        story.then(task_opened("c1", "reply", unit="tax", round_number=number, due=due))
    await rig.publish(story.events)
    await rig.count(8)
    seen: list[str] = []
    after: int | None = 0
    while after is not None:
        reader = reading(grants=["DEPT_OFFICER:tax:d1"])
        page = await rig.post("/notices/inbox", {"reader": reader, "show": "due", "after": after, "limit": 1})
        seen += [one["round"] for one in page["items"]]
        after = page["next"]
    assert seen == ["4", "5", "2"]


async def test_proof_of_service_is_kept_once_and_only_from_the_addressee(rig: Rig) -> None:
    await rig.publish(rig.consulted().events)
    await rig.count(4)
    ident = (await rig.letters(person_id="p-c1"))[0]["id"]
    at = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    wrong = await rig.client.post(
        f"/notices/{ident}/receipt", json={"person_id": "p-c9", "at": at.isoformat()}
    )
    assert wrong.status_code == 404
    for later in (0, 5):
        body = {"person_id": "p-c1", "at": (at + timedelta(days=later)).isoformat()}
        answer = await rig.client.post(f"/notices/{ident}/receipt", json=body)
        assert answer.status_code == 200
        assert answer.json() == {"person_id": "p-c1", "at": "2026-03-03T01:00:00Z"}
    assert len((await rig.letter(ident))["receipts"]) == 1
    naive = {"person_id": "p-c1", "at": "2026-03-03T01:00:00"}
    assert (await rig.client.post(f"/notices/{ident}/receipt", json=naive)).status_code == 422


async def test_letters_to_an_identity_that_was_merged_reach_the_one_that_is_kept(rig: Rig) -> None:
    """In the list, singly, as a paper's reader, and with the receipt; nobody else is known by that id."""
    await rig.publish([*rig.consulted().events, *rig.consulted("c2").events])
    await rig.count(8)
    both = {"person_id": "p-c2", "also": ["p-c1"]}
    assert {one["case_id"] for one in await rig.letters(**both)} == {"c1", "c2"}
    [of_other] = await rig.letters(**both, case_id="c1")
    assert (await rig.letter(of_other["id"], **both))["type"] == "N04"
    at = {"person_id": "p-c2", "at": datetime(2026, 3, 3, 1, 0, tzinfo=UTC).isoformat()}
    path = f"/notices/{of_other['id']}/receipt"
    assert (await rig.client.post(path, json={**at, "reader": reading("p-c2")})).status_code == 404
    answer = await rig.client.post(path, json={**at, "reader": reading(**both)})
    assert (answer.status_code, answer.json()["person_id"]) == (200, "p-c2")
    nobody = {"reader": {**reading("", ["UFWD::d1"]), "also": ["p-c1"]}}
    assert (await rig.post("/notices/inbox", nobody))["items"] == []


async def test_names_are_on_public_show_until_the_window_or_the_case_ends(rig: Rig) -> None:
    now = datetime.now(UTC)
    soon, past = now + timedelta(days=7), now - timedelta(seconds=1)
    for case_id, end in (("c1", soon), ("c2", past), ("c3", soon), ("c4", soon)):
        story = rig.story(case_id)
        story.then(case_opened(NOMINEE.model_copy(update={"name": case_id})))
        if case_id == "c4":
            story.then(NoticePosted(posted=now, start=None, end=None, provisional=True))
        story.then(NoticePosted(posted=now, start=now, end=end, provisional=False))
        if case_id == "c3":
            story.then(CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN))
        await rig.publish(story.events)

    async def shown() -> bool:
        items = (await rig.get("/overview/public"))["items"]
        return sorted(one["name"] for one in items) == ["c1", "c4"] and not any(
            one["provisional"] for one in items
        )

    await until(shown)
    assert (await rig.get("/overview/figures"))["letters"]["N11"] == 5


async def test_a_batch_and_a_withdrawal_reach_districts_and_departments(rig: Rig) -> None:
    batch = rig.story("b1", kind="batch", district="all")
    batch.then(batch_opened())
    story = rig.consulted()
    story.then(TaskClaimed(task_id="c1.reply.1.tax.1", person_id="p5"))
    for unit in ("tax", "court"):
        story.then(
            TaskCancelled(task_id=f"c1.reply.1.{unit}.1", kind="reply", unit=unit, cause=Cause.WITHDRAWN)
        )
    story.then(CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN))
    await rig.publish([*batch.events, *story.events])
    await rig.count(10)
    assert [t for t, _ in await rig.kinds(grants=["NOMINATOR:chamber-1:d2"])] == ["N01"]
    assert [t for t, _ in await rig.kinds(grants=["DEPT_OFFICER:tax:d1"])] == ["N05", "N15"]
    assert [t for t, _ in await rig.kinds(grants=["DEPT_OFFICER:police:d1"])] == ["N05"]


async def test_only_the_token_opens_the_api(rig: Rig) -> None:
    for path in ("/overview/figures", "/overview/public", "/overview/stuck", "/notices/untold"):
        for header in ("Bearer wrong", "", f"Basic {TOKEN}", f"Bearer {TOKEN}x"):
            answer = await rig.client.get(path, headers={"Authorization": header})
            assert answer.status_code == 401, path
            assert answer.headers["content-type"] == "application/problem+json"
    for path in ("/notices/inbox", "/notices/undelivered", "/notices/l1/reading", "/notices/l1/receipt"):
        answer = await rig.client.post(path, json={}, headers={"Authorization": "Bearer wrong"})
        assert answer.status_code == 401, path
    assert (await rig.client.post("/notices/l1/reading", json={})).status_code == 404
    for wrong in (
        {"reader": {"grants": [{"role": "UFWD"}]}},
        {"reader": {"unit": "tax"}},
        {"reader": {}, "limit": 201},
    ):
        assert (await rig.client.post("/notices/inbox", json=wrong)).status_code == 422


async def test_whoever_is_kept_from_every_case_of_a_term_election_reads_what_is_left(rig: Rig) -> None:
    await rig.publish([*rig.consulted().events, *rig.consulted("c2").events])
    await rig.count(8)
    others = [f"n{number:024d}" for number in range(10_000)]
    officer = {"person_id": "p-c1", "grants": ["DEPT_OFFICER:tax:d1"], "not_cases": [*others, "c2"]}
    assert [t for t, _ in await rig.kinds(**officer)] == ["N04", "N05"]
