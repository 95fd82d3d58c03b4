"""Letters by mail: one mail per letter, tried again when the server is busy, given up visibly."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from contracts.matter import ReportContent
from services.kit.db import Database
from services.notices.mailer import Mailer, MailServer
from services.notices.store.deliveries import Deliveries
from tests.events import Story
from tests.notices_rig import Rig, notices
from tests.reports import answered, received
from tests.servers import NatsServer
from tests.stories import NOMINEE, case_opened, task_opened
from tests.waiting import until


def declared(rig: Rig, case_id: str = "c1", **nominee: str) -> Story:
    """A nominee who is asked to declare: one letter, one mail."""
    story = rig.story(case_id)
    story.then(case_opened(NOMINEE.model_copy(update=nominee)), task_opened(case_id, "declare"))
    return story


async def state(rig: Rig, expected: str, channel: str = "smtp") -> dict[str, Any]:
    """The delivery of the first letter, once it is in the expected state."""

    async def there() -> dict[str, Any] | None:
        for one in await rig.letters():
            for delivery in one["deliveries"]:
                if delivery["channel"] == channel and delivery["state"] == expected:
                    return dict(delivery)
        return None

    found: dict[str, Any] = await until(there)
    return found


def text(message: EmailMessage) -> str:
    return str(message.get_content())


async def test_told_ten_times_is_one_mail(database_url: str, nats_server: NatsServer, tmp_path: Path) -> None:
    async with notices(database_url, nats_server, tmp_path, mailed=True) as rig:
        story = declared(rig)
        await rig.publish(story.events)
        for _ in range(10):
            await rig.record.publish(rig.bus, 0)
        sent = await state(rig, "sent")
        await asyncio.sleep(1)
        assert len(rig.mail.taken) == 1
        recipients, message = rig.mail.taken[0]
        assert recipients == [NOMINEE.email]
        assert message["To"] == NOMINEE.email
        assert message["From"] == "office@example.org"
        assert message["Message-ID"] == sent["message_id"]
        assert NOMINEE.name not in message["Subject"]
        letter = (await rig.letters())[0]
        assert letter["number"] in message["Subject"]
        assert letter["body"]["zh"].rstrip("\n") in text(message).replace("\r\n", "\n")
        assert letter["body"]["en"].rstrip("\n") in text(message).replace("\r\n", "\n")
        assert (sent["attempts"], sent["last_error"]) == (1, "")


async def test_a_busy_server_is_asked_again(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(database_url, nats_server, tmp_path, mailed=True) as rig:
        rig.mail.replies = ["450 4.2.1 busy", "451 4.3.0 later"]
        await rig.publish(declared(rig).events)
        sent = await state(rig, "sent")
        assert sent["attempts"] == 3
        assert rig.mail.tries == 3
        assert len(rig.mail.taken) == 1


async def test_a_refused_recipient_is_given_up_at_once_and_seen(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        rig.mail.replies = ["550 5.1.1 no such person zhen@example.org"]
        await rig.publish(declared(rig).events)
        dead = await state(rig, "dead")
        assert (dead["attempts"], dead["last_error"]) == (1, "smtp-550")
        assert (await rig.get("/overview/figures"))["deliveries"]["smtp"] == {"dead": 1}
        assert (await rig.letters())[0]["deliveries"][0]["channel"] == "inbox"


async def test_tries_are_bounded(sqlite_url: str, nats_server: NatsServer, tmp_path: Path) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True, smtp_attempts=3) as rig:
        rig.mail.replies = ["450 4.2.1 busy"] * 10
        await rig.publish(declared(rig).events)
        dead = await state(rig, "dead")
        assert (dead["attempts"], dead["last_error"]) == (3, "smtp-450")
        await asyncio.sleep(1)
        assert rig.mail.tries == 3


async def test_a_server_that_is_away_is_waited_for(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True, smtp_port=9) as rig:
        await rig.publish(declared(rig).events)
        failed = await state(rig, "failed")
        assert failed["last_error"] == "no-connection"
        await rig.stop()
        rig.settings = rig.settings.model_copy(update={"smtp_port": rig.mail.port})
        await rig.start()
        assert (await state(rig, "sent"))["attempts"] >= 2
        assert len(rig.mail.taken) == 1


async def test_without_a_mail_server_nothing_claims_to_be_sent(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(database_url, nats_server, tmp_path) as rig:
        await rig.publish(declared(rig).events)
        found = await state(rig, "not-configured")
        assert (found["attempts"], found["settled_at"]) == (0, None)


@pytest.mark.parametrize(
    "address",
    [
        "zhen@example.org\r\nBcc: all@example.org",
        "zhen@example.org, all@example.org",
        "甄 <zhen@example.org>",
        "zhen@example.org\u2028all@example.org",
    ],
)
async def test_an_address_with_more_in_it_is_never_mailed(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path, address: str
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        await rig.publish(declared(rig, email=address).events)
        assert (await state(rig, "dead"))["last_error"] == "bad-address"
        await rig.publish(declared(rig, "c2").events)
        await state(rig, "sent")
        assert [recipients for recipients, _ in rig.mail.taken] == [[NOMINEE.email]]


@pytest.mark.parametrize(
    "mark",
    ["\r\nBcc: all@example.org\r\n", "\n\n.\r\n", "\x85", "\u2028", "\x1c", "{{ 7*7 }}", "=?utf-8?q?x?="],
)
async def test_a_name_can_neither_become_a_header_nor_a_template(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path, mark: str
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        await rig.publish(declared(rig, name=f"甄{mark}试").events)
        await state(rig, "sent")
        recipients, message = rig.mail.taken[0]
        assert recipients == [NOMINEE.email]
        assert sorted(message.keys()) == sorted(
            [
                "From",
                "To",
                "Subject",
                "Message-ID",
                "Date",
                "Auto-Submitted",
                "Content-Type",
                "Content-Transfer-Encoding",
                "MIME-Version",
            ]
        )
        assert message["Bcc"] is None
        assert "49" not in message["Subject"]
        lines = text(message).splitlines()
        assert not [line for line in lines if line.startswith(("Bcc", "."))]


async def test_a_reporter_is_told_and_the_nominee_learns_nothing_of_them(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(sqlite_url, nats_server, tmp_path, mailed=True) as rig:
        story = declared(rig)
        content = ReportContent(text="反映情况", reporter="贾报", reporter_contact="jia@example.org")
        by_phone = ReportContent(text="反映情况", reporter="付报", reporter_contact="13800000000")
        story.then(
            received(1, content=content),
            received(2, content=by_phone, channel="phone"),
            received(3, signed=False, content=ReportContent(text="匿名"), channel="letter"),
            answered(1),
        )
        await rig.publish(story.events)

        async def mailed() -> bool:
            return len(rig.mail.taken) == 4

        await until(mailed)
        by_address = {"".join(to): text(message) for to, message in rig.mail.taken}
        assert by_address.keys() == {NOMINEE.email, "jia@example.org"}
        assert "贾报" not in by_address[NOMINEE.email]
        assert "jia@" not in by_address[NOMINEE.email]
        assert await rig.kinds(person_id="p1") == [("N04", "1"), ("N13", "1")]
        handler = await rig.letters(grants=["REPORT_HANDLER::d1"])
        assert [(one["type"], one["round"]) for one in handler] == [("N12", "1"), ("N12", "2"), ("N13", "1")]
        by_hand = handler[1]
        assert [(one["channel"], one["state"]) for one in by_hand["deliveries"]] == [("hand", "pending")]
        body = {"person_id": "p7", "at": "2026-03-05T01:00:00Z"}
        await rig.client.post(f"/notices/{by_hand['id']}/receipt", json=body)
        assert (await rig.letter(by_hand["id"]))["deliveries"][0]["state"] == "sent"


async def test_two_mailers_send_a_mail_once(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(
        database_url, nats_server, tmp_path, mailed=True, smtp_port=9, smtp_backoff_seconds=0.01
    ) as rig:
        for number in range(6):
            await rig.publish(declared(rig, f"c{number}").events)
        await state(rig, "failed")
        await rig.stop()
        settings = rig.settings.model_copy(update={"smtp_port": rig.mail.port})
        databases = [Database(settings.dsn()) for _ in range(2)]
        try:
            mailers = [mailer(rig, settings, database) for database in databases]

            async def work(one: Mailer) -> None:
                while await one.once():
                    pass

            await asyncio.sleep(0.2)
            await asyncio.gather(*(work(one) for one in mailers))
        finally:
            for database in databases:
                await database.close()
        identifiers = [message["Message-ID"] for _, message in rig.mail.taken]
        assert len(identifiers) == len(set(identifiers)) == 6


async def test_a_mail_whose_sender_died_is_sent_again_under_the_same_message_id(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(
        database_url, nats_server, tmp_path, mailed=True, smtp_port=9, smtp_backoff_seconds=0.01
    ) as rig:
        await rig.publish(declared(rig).events)
        await state(rig, "failed")
        await rig.stop()
        settings = rig.settings.model_copy(update={"smtp_port": rig.mail.port})
        database = Database(settings.dsn())
        try:
            queue = Deliveries(database)
            # It is claimed, the server takes it, and the process ends before it can say so.
            claimed = await queue.claim(datetime.now(UTC) + timedelta(minutes=1), timedelta(hours=1))
            assert claimed is not None
            one = mailer(rig, settings, database)
            message, recipient = one._message(claimed)
            server = MailServer.of(settings)
            assert server is not None
            await server.send(message, recipient)
            assert not await one.once(), "the lease still runs"
            another = mailer(rig, settings, database, later=timedelta(hours=2))
            assert await another.once()
            assert not await another.once()
        finally:
            await database.close()
        identifiers = [message["Message-ID"] for _, message in rig.mail.taken]
        assert identifiers == [claimed.message_id] * 2


def mailer(rig: Rig, settings: Any, database: Database, later: timedelta = timedelta()) -> Mailer:
    server = MailServer.of(settings)
    assert server is not None
    return Mailer(
        Deliveries(database),
        server,
        rig.letter_keys,
        lambda: datetime.now(UTC) + later,
        attempts=12,
        backoff=timedelta(seconds=0.01),
    )
