"""Letters that mail did not bring become somebody's duty, stand on the deadline, and are served by hand once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2

from contracts.events.letters import LetterServed
from contracts.matter import ReportContent
from contracts.vocabulary import Rung
from tests.events import Story
from tests.notices_rig import Rig, notices, reading
from tests.reports import received
from tests.servers import NatsServer
from tests.stories import case_opened, rung_reached, task_opened
from tests.waiting import until

OFFICE = {"person_id": "p-office", "districts": ["*"]}
PAPER = "a" * 64


def letter_to(rig: Rig, case_id: str) -> Story:
    story = rig.story(case_id, district="d1")
    story.each(case_opened(person_id=f"p-{case_id}"), task_opened(case_id, "declare"))
    return story


async def waiting(rig: Rig, count: int, **server: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    async def so_many() -> bool:
        found[:] = (await rig.post("/notices/undelivered", {"server": server or OFFICE}))["items"]
        return len(found) == count

    await until(so_many)
    return found


async def given_up(rig: Rig, reply: str = "550 no") -> dict[str, Any]:
    """The one letter about case c1, which its mail server refused with this reply."""
    rig.mail.replies = [reply]
    await rig.publish(letter_to(rig, "c1").events)
    [dead] = await waiting(rig, 1)
    return dead


async def serve(rig: Rig, ident: str, at: datetime | None = None, **server: Any) -> httpx2.Response:
    said = {"at": (at or datetime.now(UTC)).isoformat(), "how": "in-person", "document_digest": PAPER}
    return await rig.client.post(f"/notices/{ident}/service", json={**said, "server": server or OFFICE})


async def test_a_dead_letter_waits_until_somebody_served_it_and_says_so_itself(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(database_url, nats_server, tmp_path, mailed=True) as rig:
        dead = await given_up(rig, "550 5.1.1 no such person zhen@example.org")
        letter = await rig.letter(dead["id"])
        assert (dead["case_id"], dead["error"], dead["reply_by"]) == ("c1", "smtp-550", letter["reply_by"])
        assert dead["reply_by"] is not None
        assert (letter["unserved"], letter["service"]) == (True, None)
        assert "subject" not in dead

        first = await serve(rig, dead["id"])
        again = await serve(rig, dead["id"], person_id="p-clerk", districts=["d1"])
        assert (first.status_code, again.json()) == (200, first.json())
        assert (first.json()["by"], first.json()["how"]) == ("p-office", "in-person")
        await waiting(rig, 0)
        letter = await rig.letter(dead["id"])
        assert (letter["unserved"], letter["service"]) == (False, first.json())


async def test_a_letter_is_printed_for_whoever_serves_it_until_it_is_served(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        dead = await given_up(rig)
        at = f"/notices/{dead['id']}"
        known = await rig.post(f"{at}/waiting", {"server": OFFICE})
        assert known == {"type": dead["type"], "case_id": "c1"}
        made = await rig.client.post(f"{at}/copy", json={"server": OFFICE})
        asked = {"reader": reading(person_id="p-c1"), "form": "pdf", "language": "zh"}
        assert made.content == (await rig.client.post(f"{at}/paper", json=asked)).content
        assert made.content.startswith(b"%PDF-1.7")
        for server in (
            {"person_id": "p-c1", "districts": ["*"]},
            {"person_id": "p-office", "districts": ["d2"]},
            {"person_id": "p-office", "districts": ["*"], "not_cases": ["c1"]},
        ):
            for what in ("waiting", "copy"):
                refused = await rig.client.post(f"{at}/{what}", json={"server": server})
                assert refused.status_code == 404
        await serve(rig, dead["id"])
        assert (await rig.client.post(f"{at}/copy", json={"server": OFFICE})).status_code == 404


async def test_an_address_that_is_none_waits_at_once_and_whoever_reads_it_here_was_reached(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        rig.mail.replies = ["550 no", "550 no"]
        await rig.publish(letter_to(rig, "c1").events)
        await rig.publish(letter_to(rig, "c2").events)
        first, _ = await waiting(rig, 2)
        page = await rig.post("/notices/undelivered", {"server": OFFICE, "limit": 1})
        assert [one["id"] for one in page["items"]] == [first["id"]]
        assert (await rig.post("/notices/undelivered", {"server": OFFICE, "after": page["next"]}))["items"]
        body = {"person_id": f"p-{first['case_id']}", "at": datetime.now(UTC).isoformat()}
        assert (await rig.client.post(f"/notices/{first['id']}/receipt", json=body)).status_code == 200
        await waiting(rig, 1)


async def test_nobody_serves_themselves_another_district_s_or_a_case_that_they_may_not_know(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        dead = await given_up(rig)
        for server in (
            {"person_id": "p-c1", "districts": ["*"]},
            {"person_id": "p-office", "districts": ["d2"]},
            {"person_id": "p-office", "districts": ["*"], "not_cases": ["c1"]},
        ):
            assert (await rig.post("/notices/undelivered", {"server": server}))["items"] == []
            assert (await serve(rig, dead["id"], **server)).status_code == 404
        now = datetime.now(UTC)
        assert (await serve(rig, dead["id"], at=now - timedelta(days=9))).status_code == 422
        assert (await serve(rig, dead["id"], at=now + timedelta(days=1))).status_code == 422
        assert (await rig.client.post("/notices/undelivered", json={})).status_code == 422
        await waiting(rig, 1)


async def test_a_letter_that_was_mailed_needs_nobody(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        await rig.publish(letter_to(rig, "c1").events)
        [letter] = await rig.count(1)
        await until(lambda: len(rig.mail.taken) == 1)
        assert (await serve(rig, letter["id"])).status_code == 404
        assert letter["unserved"] is False


async def test_a_reporter_s_dead_letter_is_handed_over_by_whoever_may_read_it(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        content = ReportContent(text="一件事", reporter="某人", reporter_contact="gone@example.org")
        rig.mail.replies = ["550 no"] * 2
        story = letter_to(rig, "c1")
        story.then(received(1, content=content))
        await rig.publish(story.events)
        reader = {"grants": ["REPORT_HANDLER::d1"]}

        async def handed() -> Any:
            found = await rig.letters(**reader)
            return [one for one in found if {"hand", "smtp"} == {way["channel"] for way in one["deliveries"]}]

        [letter] = await until(handed)
        assert all(one["id"] != letter["id"] for one in await waiting(rig, 1))
        body = {"person_id": "p-handler", "at": datetime.now(UTC).isoformat()}
        answer = await rig.client.post(
            f"/notices/{letter['id']}/receipt", json={**body, "reader": reading(**reader)}
        )
        assert answer.status_code == 200
        ways = {one["channel"]: one["state"] for one in (await rig.letter(letter["id"]))["deliveries"]}
        assert ways == {"smtp": "dead", "hand": "sent"}


async def untold(rig: Rig, fate: str, **more: str) -> list[dict[str, Any]]:
    async def there() -> list[dict[str, Any]]:
        found = (await rig.get("/notices/untold", **more))["items"]
        return [one for one in found if one["fate"] == fate]

    found: list[dict[str, Any]] = await until(there)
    return found


async def test_its_case_is_told_that_a_letter_waits_and_once_that_it_was_served(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(database_url, nats_server, tmp_path, mailed=True) as rig:
        rig.mail.replies = ["550 no"]
        story = letter_to(rig, "c1")
        await rig.publish(story.events)
        [lost] = await untold(rig, "undelivered")
        assert (lost["case_id"], lost["type"], lost["task_id"]) == ("c1", "N04", "c1.declare.1.1")
        behind = await rig.get("/notices/untold", after=str(lost["position"]))
        assert behind["items"] == [], "a page begins behind a place"
        assert datetime.fromisoformat(lost["led_at"]) == story.events[-1].at
        told = f"/notices/{lost['id']}/told"
        for _ in range(2):
            assert (await rig.client.post(told, json={"fate": "undelivered"})).status_code == 200
            assert (await rig.get("/notices/untold"))["items"] == []

        first = (await serve(rig, lost["id"])).json()
        [reached] = await untold(rig, "delivered")
        assert (reached["id"], reached["how"], reached["document_digest"]) == (lost["id"], "in-person", PAPER)
        assert datetime.fromisoformat(reached["at"]) == datetime.fromisoformat(first["at"])
        assert (await rig.client.post(told, json={"fate": "delivered"})).status_code == 200
        assert (await rig.client.post(told, json={"fate": "undelivered"})).status_code == 200
        assert (await rig.get("/notices/untold"))["items"] == [], "a word that comes late takes nothing back"
        assert (await rig.client.post(told, json={"fate": "lost"})).status_code == 422


async def test_what_reached_its_person_before_its_case_knew_is_never_told_and_a_reminder_is_not_either(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        rig.mail.replies = ["550 no"] * 2
        story = letter_to(rig, "c1")
        story.then(rung_reached("c1", Rung.BLUE, "nominee", kind="declare", unit=""))
        await rig.publish(story.events)
        first, reminder = await waiting(rig, 2)
        assert [one["id"] for one in await untold(rig, "undelivered")] == [first["id"]]
        body = {"person_id": "p-c1", "at": datetime.now(UTC).isoformat()}
        assert (await rig.client.post(f"/notices/{first['id']}/receipt", json=body)).status_code == 200
        assert (await rig.get("/notices/untold"))["items"] == []
        assert reminder["type"] == "N06"


async def test_a_proof_that_stands_on_the_record_is_the_letter_s_and_its_case_need_not_be_told(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        rig.mail.replies = ["550 no"]
        story = letter_to(rig, "c1")
        await rig.publish(story.events)
        [lost] = await untold(rig, "undelivered")
        await rig.client.post(f"/notices/{lost['id']}/told", json={"fate": "undelivered"})
        proof = {"how": "workplace", "document_digest": PAPER}
        at = story.events[-1].at + timedelta(days=2)
        served = LetterServed.model_validate(
            {"letter": lost["id"], "task_id": lost["task_id"], "at": at, **proof}
        )
        await rig.publish(story.then(served))

        async def noted() -> Any:
            return (await rig.letter(lost["id"]))["service"]

        service = await until(noted)
        assert (service["how"], service["document_digest"]) == ("workplace", PAPER)
        assert (await rig.get("/notices/untold"))["items"] == []
        assert (await rig.post("/notices/undelivered", {"server": OFFICE}))["items"] == []
