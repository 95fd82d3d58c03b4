"""From the record to letters in a real database: each once, in order, and never of what is not recorded."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contracts.case import about
from contracts.record import ENTRY_PURPOSE
from contracts.vocabulary import Rung
from services.kit.sealing import Keyring
from services.kit.signing import SigningKey, create_key
from tests.events import Story
from tests.notices_rig import Rig, notices
from tests.recorded import FakeRecord
from tests.servers import NatsServer
from tests.stories import DUE, NOMINEE, case_opened, hit_found, removal_opened, rung_reached, task_opened
from tests.waiting import until


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with notices(database_url, nats_server, tmp_path) as running:
        yield running


def stored_bytes(directory: Path) -> bytes:
    """Every byte of the database's files."""
    return b"".join(path.read_bytes() for path in sorted(directory.glob("test.db*")))


async def test_events_become_letters_with_numbers_without_a_gap(rig: Rig) -> None:
    await rig.publish(rig.consulted().events)
    found = await rig.count(4)
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


async def test_told_ten_times_is_one_letter(rig: Rig) -> None:
    await rig.publish(rig.consulted().events)
    for _ in range(10):
        await rig.record.publish(rig.bus, 0)
    await rig.publish(rig.consulted("c2").events)
    await rig.count(4, case_id="c2")
    await rig.count(4, case_id="c1")
    assert await rig.get("/overview/figures") == {
        "letters": {"N04": 2, "N05": 6},
        "deliveries": {"inbox": {"sent": 8}, "smtp": {"not-configured": 2}},
        "stuck": 0,
    }


async def test_a_red_sheet_to_two_is_one_letter_delivered_twice(rig: Rig) -> None:
    story = rig.consulted()
    story.then(rung_reached("c1", Rung.RED, "lead_deputy", "discipline_group", unit="tax"))
    await rig.publish(story.events)
    sheets = [one for one in await rig.count(6) if one["type"] == "N06"]
    assert len(sheets) == 2
    assert (await rig.get("/overview/figures"))["letters"]["N06"] == 1


async def test_what_the_registry_did_not_sign_leads_to_nothing(rig: Rig, tmp_path: Path) -> None:
    create_key(tmp_path / "forger.key", tmp_path / "nowhere")
    forger = FakeRecord(SigningKey.load(tmp_path / "forger.key", ENTRY_PURPOSE))
    forger.add(rig.consulted("c9").events)
    await forger.publish(rig.bus, 0)
    await rig.publish(rig.consulted().events)
    await rig.count(4)
    assert {one["case_id"] for one in await rig.letters()} == {"c1"}
    assert await rig.stuck() == []


async def test_a_removal_tells_its_letters_of_the_member_and_the_lead(rig: Rig) -> None:
    story = rig.story("r1", kind="removal", parent="r1")
    story.then(removal_opened(), task_opened("r1", "statement"))
    await rig.publish(story.events)
    (found,) = await rig.count(1, person_id="p1")
    assert (found["type"], found["parent"]) == ("N18", "r1")
    assert NOMINEE.name in found["body"]["zh"]
    assert "无故缺席三次" in found["body"]["zh"]


async def test_an_unknown_event_holds_up_its_case_visibly_and_others_go_on(rig: Rig) -> None:
    story = rig.consulted()
    unknown = story.unreadable()
    story.then(task_opened("c1", "explain", about=about("hit", 1)))
    await rig.publish(story.events)
    await rig.publish(rig.consulted("c2").events)
    await rig.count(4, case_id="c2")
    await rig.count(4, case_id="c1")
    assert await rig.stuck() == [{"case_id": "c1", "index": unknown.sequence - 1, "why": "UnknownEventError"}]
    assert (await rig.get("/overview/figures"))["stuck"] == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"payload": {"task_id": "x"}}, "ValidationError"),
        ({"policy": "1999.9"}, "UnknownVersionError"),
    ],
)
async def test_what_cannot_be_applied_is_named_and_leads_to_no_letter(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path, change: dict[str, object], why: str
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path) as rig:
        story = rig.consulted()
        bad = story.events[1].model_copy(update=change)
        await rig.publish([story.events[0], bad, *story.events[2:]])
        await rig.publish(rig.consulted("c2").events)
        await rig.count(4, case_id="c2")
        assert [(one["case_id"], one["why"]) for one in await rig.stuck()] == [("c1", why)]
        assert await rig.letters(case_id="c1") == []


async def test_a_lost_key_is_never_an_empty_letter_and_its_case_goes_on_once_it_is_found(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(database_url, nats_server, tmp_path) as rig:
        Keyring.create(tmp_path / "elsewhere")
        rings = rig.settings.rings
        elsewhere = rings.at(tmp_path / "elsewhere")
        foreign = Story("c1", elsewhere, rings.people)
        foreign.each(case_opened(), task_opened("c1", "declare"))
        await rig.publish(foreign.events)

        async def waiting() -> bool:
            return [(one["case_id"], one["why"]) for one in await rig.stuck()] == [("c1", "SealError")]

        await until(waiting)
        assert await rig.letters() == []
        await rig.publish(rig.consulted("c2").events)
        await rig.count(4)
        await rig.stop()
        name = f"{elsewhere.current}.key"
        found = rig.settings.record_keys_dir / name
        found.write_bytes((tmp_path / "elsewhere" / name).read_bytes())
        found.chmod(0o600)
        await rig.start()
        assert [one["type"] for one in await rig.count(1, case_id="c1")] == ["N04"]
        assert await rig.stuck() == []
        await rig.publish(foreign.then(task_opened("c1", "reply", unit="tax")))
        await rig.count(2, case_id="c1")


async def test_the_record_being_away_holds_letters_back_and_loses_none(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path) as rig:
        await rig.stop()
        rig.settings = rig.settings.model_copy(update={"registry_url": "http://127.0.0.1:9"})
        await rig.start(healthy=False)
        await rig.publish(rig.consulted().events)
        health = await rig.client.get("/healthz")
        assert (health.status_code, health.json()["checks"]["record"]) == (503, "failed")
        assert await rig.letters() == []
        await rig.stop()
        rig.settings = rig.settings.model_copy(update={"registry_url": rig.record.url})
        await rig.start()
        await rig.count(4)


async def test_two_services_at_once_give_no_number_twice(rig: Rig) -> None:
    await rig.stop()
    for number in range(12):
        rig.record.add(rig.consulted(f"c{number}").events)
    async with rig.another():
        await rig.start()
        found = await rig.count(48)
    assert [one["position"] for one in found] == list(range(1, 49))
    assert len({one["number"] for one in found}) == 48


async def test_nothing_personal_is_in_the_database_in_clear(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path) as rig:
        story = rig.consulted()
        story.then(hit_found(), task_opened("c1", "explain", about=about("hit", 1)))
        await rig.publish(story.events)
        await rig.count(5)
    stored = stored_bytes(tmp_path)
    assert len(stored) > 10_000
    for personal in (NOMINEE.name, NOMINEE.firm, NOMINEE.email, NOMINEE.id_number, "尚欠税款"):
        assert personal.encode() not in stored
        assert personal.encode("unicode_escape") not in stored
