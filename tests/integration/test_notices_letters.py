"""From events on a real broker to letters in a real database: each once, in order, and never ahead of the record."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from contracts.events.case import CaseEnded
from contracts.events.review import NoticePosted
from contracts.events.task import TaskCancelled, TaskClaimed
from contracts.names import PARKED_STREAM
from contracts.vocabulary import CaseState, Rung
from services.kit.messages import Message
from services.kit.pulling import Puller
from services.kit.sealing import Keyring
from services.notices.consumer import DURABLE, Intake
from tests.notices_rig import TOKEN, Rig, notices, until
from tests.servers import NatsServer
from tests.stories import (
    DUE,
    NOMINEE,
    Story,
    batch_opened,
    case_opened,
    hit_found,
    rung_reached,
    task_opened,
)


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with notices(database_url, nats_server, tmp_path) as running:
        yield running


def consulted(rig: Rig, case_id: str = "c1", district: str = "d1") -> Story:
    """A case that was declared and sent to three departments: four letters."""
    story = Story(case_id, rig.keyring, district)
    story.then(case_opened(person_id=f"p-{case_id}"), task_opened(case_id, "declare"))
    story.then(*(task_opened(case_id, "reply", unit=unit) for unit in ("tax", "court", "police")))
    return story


def stored_bytes(directory: Path) -> bytes:
    """Every byte of the database's files."""
    return b"".join(path.read_bytes() for path in sorted(directory.glob("test.db*")))


async def count(rig: Rig, expected: int, **params: object) -> list[dict[str, object]]:
    async def enough() -> list[dict[str, object]]:
        found = await rig.letters(**params)
        return found if len(found) >= expected else []

    found = await until(enough)
    assert len(found) == expected
    return list(found)


async def test_events_become_letters_with_numbers_without_a_gap(rig: Rig) -> None:
    await rig.publish(consulted(rig).events)
    found = await count(rig, 4)
    assert [(one["type"], one["number"][-6:]) for one in found] == [
        ("N04", "000001"),
        ("N05", "000001"),
        ("N05", "000002"),
        ("N05", "000003"),
    ]
    assert [one["position"] for one in found] == [1, 2, 3, 4]
    request = found[1]
    assert request["reply_by"] == DUE.isoformat().replace("+00:00", "Z")
    assert "2026年3月16日24:00" in request["body"]["zh"]
    assert NOMINEE.name in request["body"]["zh"]
    assert [(one["channel"], one["state"]) for one in request["deliveries"]] == [("inbox", "sent")]


async def test_ten_redeliveries_are_one_letter(rig: Rig) -> None:
    story = consulted(rig)
    await rig.publish(story.events)
    for _ in range(10):
        await rig.publish(story.events, recorded=False)
    await rig.publish(consulted(rig, "c2").events)
    await count(rig, 4, case_id="c2")
    await count(rig, 4, case_id="c1")
    figures = await rig.get("/notices/figures")
    assert figures == {
        "letters": {"N04": 2, "N05": 6},
        "deliveries": {"inbox": {"sent": 8}, "smtp": {"not-configured": 2}},
        "parked": 0,
    }


async def test_a_batch_committed_but_never_acknowledged_changes_nothing_when_it_comes_again(rig: Rig) -> None:
    await rig.stop()
    story = consulted(rig)
    await rig.publish(story.events)
    puller = Puller(rig.bus, DURABLE)
    await puller.restore()
    async with rig.desk() as desk:
        messages: list[Message] = []
        while len(messages) < 5:
            # A fetch answers as soon as anything is there: under load the batch comes in pieces.
            messages += await puller.fetch(100, 2)
        await Intake(rig.bus, desk).handle(messages)
    for message in messages:
        # The process died after the commit: the broker delivers everything again.
        await message.retry(0.01)
    await puller.release()
    await rig.start()
    await rig.publish(consulted(rig, "c2").events)
    await count(rig, 4, case_id="c2")
    assert len(await rig.letters()) == 8
    numbers = [one["number"] for one in await rig.letters()]
    assert len(set(numbers)) == 8
    assert await rig.parked() == []


async def test_a_hole_parks_that_case_only_and_is_filled_from_the_record(rig: Rig) -> None:
    story = consulted(rig)
    lost = story.events[2]
    await rig.publish([event for event in story.events if event is not lost], recorded=False)
    other = consulted(rig, "c2")
    rig.record.add(story.events[:2])
    await rig.publish(other.events)
    await count(rig, 4, case_id="c2")

    async def waiting() -> bool:
        return {one["reason"] for one in await rig.parked()} >= {"gap"}

    await until(waiting)
    assert await rig.kinds(case_id="c1") == [("N04", "1")]
    rig.record.add(story.events[2:])
    await count(rig, 4, case_id="c1")
    assert await rig.parked() == []
    assert "c2" not in rig.record.asked


async def test_neighbours_that_changed_places_are_no_hole(rig: Rig) -> None:
    story = consulted(rig)
    rig.record.add(story.events)
    await rig.publish(reversed(story.events), recorded=False)
    found = await count(rig, 4)
    assert found[0]["type"] == "N04"
    assert await rig.parked() == []


async def test_no_letter_runs_ahead_of_the_record(rig: Rig) -> None:
    story = consulted(rig)
    await rig.publish(story.events, recorded=False)

    async def waiting() -> bool:
        return {one["reason"] for one in await rig.parked()} == {"not-recorded", "gap"}

    await until(waiting)
    assert await rig.letters() == []
    rig.record.add(story.events)
    await count(rig, 4)
    assert await rig.parked() == []


async def test_an_event_that_is_not_as_recorded_leads_to_nothing_and_the_recorded_one_does(rig: Rig) -> None:
    story = consulted(rig)
    rig.record.add(story.events)
    forged = story.events[1].model_copy(
        update={"payload": {**story.events[1].payload, "kind": "opinion-draft"}}
    )
    await rig.publish([story.events[0], forged], recorded=False)
    found = await count(rig, 4)
    assert {one["type"] for one in found} == {"N04", "N05"}
    assert await rig.parked() == []


async def test_an_event_that_does_not_name_the_one_before_is_not_applied(rig: Rig) -> None:
    story = consulted(rig)
    forged = story.events[1].model_copy(update={"previous": "f" * 64})
    await rig.publish([story.events[0], forged])

    async def waiting() -> bool:
        return [one["reason"] for one in await rig.parked()] == ["not-as-recorded"]

    await until(waiting)
    assert await rig.letters() == []


async def test_an_unknown_event_parks_its_case_visibly_and_others_go_on(rig: Rig) -> None:
    story = consulted(rig)
    story.unreadable()
    story.then(task_opened("c1", "explain", hit=1))
    await rig.publish(story.events)
    await rig.publish(consulted(rig, "c2").events)
    await count(rig, 4, case_id="c2")
    await count(rig, 4, case_id="c1")

    async def waiting() -> bool:
        return [(one["type"], one["reason"]) for one in await rig.parked()] == [
            ("case-praised", "unknown-event"),
            ("task-opened", "gap"),
        ]

    await until(waiting)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"payload": {"task_id": "x"}}, "malformed"),
        ({"policy": "1999.9"}, "unknown-policy"),
    ],
)
async def test_what_cannot_be_applied_is_kept_and_named(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path, change: dict[str, object], reason: str
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path) as rig:
        story = consulted(rig)
        bad = story.events[1].model_copy(update=change)
        await rig.publish([story.events[0], bad])

        async def waiting() -> bool:
            return [one["reason"] for one in await rig.parked()] == [reason]

        await until(waiting)
        await rig.publish(consulted(rig, "c2").events)
        await count(rig, 4, case_id="c2")
        assert await rig.letters(case_id="c1") == []


async def test_a_lost_key_is_never_an_empty_letter(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path) as rig:
        foreign = Story("c1", Keyring.create(tmp_path / "elsewhere"))
        foreign.then(case_opened(), task_opened("c1", "declare"))
        await rig.publish(foreign.events)

        async def waiting() -> bool:
            return {one["reason"] for one in await rig.parked()} == {"cannot-open", "gap"}

        await until(waiting)
        assert await rig.letters() == []


async def test_what_is_no_envelope_is_parked_where_people_see_it(rig: Rig) -> None:
    await rig.publish_bytes("task-opened", b'{"id": "x"}')
    await rig.publish(consulted(rig).events)
    await count(rig, 4)
    info = await rig.bus.jetstream.stream_info(PARKED_STREAM)
    assert info.state.messages == 1


async def test_the_record_being_away_holds_letters_back_and_loses_none(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, registry_url="http://127.0.0.1:9") as rig:
        await rig.publish(consulted(rig).events)
        await asyncio.sleep(1.5)
        assert await rig.letters() == []
        assert await rig.parked() == []
        await rig.stop()
        rig.settings = rig.settings.model_copy(update={"registry_url": rig.record.url})
        await rig.start()
        await count(rig, 4)


async def test_readers_see_what_is_addressed_to_them_and_nothing_else(rig: Rig) -> None:
    mine, other = consulted(rig), consulted(rig, "c2", district="d2")
    mine.then(
        hit_found(),
        task_opened("c1", "explain", hit=1),
        rung_reached("c1", Rung.RED, "lead_deputy", "discipline_group"),
    )
    await rig.publish([*mine.events, *other.events])
    await count(rig, 11)
    assert await rig.kinds(person_id="p-c1") == [("N04", "1"), ("N07", "1")]
    assert [t for t, _ in await rig.kinds(grant="DEPT_OFFICER:tax:d1")] == ["N05"]
    assert [t for t, _ in await rig.kinds(grant="DEPT_HEAD:tax:*")] == ["N05", "N05"]
    assert [t for t, _ in await rig.kinds(role="UFWD", district="d1")] == ["N06"]
    assert await rig.kinds(grant="UFWD::d2") == []
    assert await rig.kinds(grant="NOMINATOR:tax:d1") == []
    assert await rig.kinds(person_id="p-c3") == []
    both = await rig.kinds(
        person_id="p-c1", grant=["DISC_HEAD::d1", "DEPT_OFFICER:tax:d1", "DEPT_HEAD:tax:d1"]
    )
    assert [t for t, _ in both] == ["N04", "N05", "N06", "N07"]
    assert [t for t, _ in await rig.kinds(person_id="p-c1", case_id="c2")] == []
    ident = (await rig.letters(person_id="p-c1"))[0]["id"]
    assert (await rig.client.get(f"/notices/{ident}", params={"person_id": "p-c2"})).status_code == 404
    assert (await rig.get(f"/notices/{ident}", person_id="p-c1"))["type"] == "N04"


async def test_pages_follow_one_another_without_a_gap_or_a_double(rig: Rig) -> None:
    await rig.publish([*consulted(rig).events, *consulted(rig, "c2").events])
    await count(rig, 8)
    grants = ["DEPT_OFFICER:tax:d1", "DEPT_HEAD:tax:d1", "DEPT_HEAD:court:d1"]
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        page = await rig.get("/notices", after=after, limit=1, grant=grants, person_id="p-c2")
        assert len(page["items"]) <= 1
        seen += [one["position"] for one in page["items"]]
        after = page["next"]
    assert seen == sorted(set(seen))
    assert len(seen) == 5


async def test_proof_of_service_is_kept_once_and_only_from_the_addressee(rig: Rig) -> None:
    await rig.publish(consulted(rig).events)
    await count(rig, 4)
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
    assert len((await rig.get(f"/notices/{ident}"))["receipts"]) == 1
    naive = {"person_id": "p-c1", "at": "2026-03-03T01:00:00"}
    assert (await rig.client.post(f"/notices/{ident}/receipt", json=naive)).status_code == 422


async def test_names_are_on_public_show_until_the_window_or_the_case_ends(rig: Rig) -> None:
    now = datetime.now(UTC)
    soon, past = now + timedelta(days=7), now - timedelta(seconds=1)
    for case_id, end in (("c1", soon), ("c2", past), ("c3", soon), ("c4", soon)):
        story = Story(case_id, rig.keyring)
        story.then(case_opened(NOMINEE.model_copy(update={"name": case_id})))
        if case_id == "c4":
            story.then(NoticePosted(start=None, end=None, provisional=True))
        story.then(NoticePosted(start=now, end=end, provisional=False))
        if case_id == "c3":
            story.then(CaseEnded(state=CaseState.WITHDRAWN, cause="withdrawn"))
        await rig.publish(story.events)

    async def shown() -> bool:
        items = (await rig.get("/notices/public"))["items"]
        return sorted(one["name"] for one in items) == ["c1", "c4"] and not any(
            one["provisional"] for one in items
        )

    await until(shown)
    assert (await rig.get("/notices/figures"))["letters"]["N11"] == 5


async def test_a_batch_and_a_withdrawal_reach_districts_and_departments(rig: Rig) -> None:
    batch = Story("b1", rig.keyring, district="all")
    batch.then(batch_opened())
    story = consulted(rig)
    story.then(TaskClaimed(task_id="c1.reply.1.tax.1", person_id="p5"))
    for unit in ("tax", "court"):
        story.then(TaskCancelled(task_id=f"c1.reply.1.{unit}.1", kind="reply", unit=unit, cause="withdrawn"))
    story.then(CaseEnded(state=CaseState.WITHDRAWN, cause="withdrawn"))
    await rig.publish([*batch.events, *story.events])
    await count(rig, 10)
    assert [t for t, _ in await rig.kinds(grant="NOMINATOR:chamber-1:d2")] == ["N01"]
    assert [t for t, _ in await rig.kinds(grant="DEPT_OFFICER:tax:d1")] == ["N05", "N15"]
    assert [t for t, _ in await rig.kinds(grant="DEPT_OFFICER:police:d1")] == ["N05"]


async def test_only_the_token_opens_the_api(rig: Rig) -> None:
    for path in ("/notices", "/notices/figures", "/notices/public", "/notices/parked", "/notices/l1"):
        for header in ("Bearer wrong", "", f"Basic {TOKEN}", f"Bearer {TOKEN}x"):
            answer = await rig.client.get(path, headers={"Authorization": header})
            assert answer.status_code == 401, path
            assert answer.headers["content-type"] == "application/problem+json"
    assert (await rig.client.get("/notices/l1")).status_code == 404
    assert (await rig.client.get("/notices", params={"grant": "UFWD"})).status_code == 422
    assert (await rig.client.get("/notices", params={"unit": "tax"})).status_code == 422
    assert (await rig.client.get("/notices", params={"limit": 201})).status_code == 422


async def test_nothing_personal_is_in_the_database_in_clear(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path) as rig:
        story = consulted(rig)
        story.then(hit_found(), task_opened("c1", "explain", hit=1))
        await rig.publish(story.events)
        await count(rig, 5)
    stored = stored_bytes(tmp_path)
    assert len(stored) > 10_000
    for personal in (NOMINEE.name, NOMINEE.firm, NOMINEE.email, NOMINEE.id_number, "尚欠税款"):
        assert personal.encode() not in stored
        assert personal.encode("unicode_escape") not in stored


async def test_two_desks_at_once_give_no_number_twice(rig: Rig) -> None:
    await rig.stop()
    stories = [consulted(rig, f"c{number}") for number in range(12)]
    for story in stories:
        rig.record.add(story.events)
    async with rig.desk() as one, rig.desk() as two:
        halves = [stories[::2], stories[1::2], stories]
        await asyncio.gather(
            *(
                desk.take([event for story in half for event in story.events])
                for desk, half in zip((one, two, one), halves, strict=True)
            )
        )
    await rig.start()
    found = await rig.letters()
    assert [one["position"] for one in found] == list(range(1, 49))
    assert len({one["number"] for one in found}) == 48
