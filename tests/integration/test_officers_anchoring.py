"""The journal on the record: told after so many rows or so long, taken under its own key only, and passed over."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import text

from contracts.actor import Grant
from contracts.events.journal import ReadsNoted
from contracts.names import APPEND_SUBJECT, JOURNAL, JOURNAL_SUBJECT
from contracts.record import Declined, Recorded
from services.kit.recordreader import RecordReader
from services.kit.signing import SigningKey
from services.officers.identity.signin.noting import Note as Sign
from services.officers.identity.signin.noting import What, into
from services.officers.journal.anchoring import NOTHING, Anchoring, Tip, message_of
from services.officers.journal.notes import Note, Noted
from services.registry.app import make_app
from services.registry.checking import verify_record
from services.registry.ledger import Verified
from tests.officers_rig import Rig as Officers
from tests.officers_rig import officers
from tests.record_steps import history, message, step
from tests.registry_rig import TOKEN, Rig, eventually, registry
from tests.servers import NatsServer

NOTE = Note(Noted.READ, "a1", "p1", ("SCREENER",), target="t1", case_id="c1")
TOLD = ReadsNoted(first=1, until=3, head="a" * 64)


@pytest.fixture
async def rig(sqlite_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(sqlite_url, nats_server.url, tmp_path) as running:
        yield running


@dataclass
class Office:
    """The officers' API beside a registry, and whoever tells the record of the journal."""

    officers: Officers
    anchoring: Anchoring

    async def verdict(self) -> dict[str, object]:
        auditor = await self.officers.account(Grant(role="AUDITOR"))
        found: dict[str, object] = (await auditor.get("/v1/record/journal")).json()
        return found


@asynccontextmanager
async def office(rig: Rig, directory: Path, rows: int = 1, seconds: float = 3600) -> AsyncIterator[Office]:
    """As main.py puts it together, over the registry's own API."""
    app = make_app(rig.reading, rig.proof, TOKEN, {})
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app), base_url="http://registry"
    ) as inward:

        async def ask(request: httpx2.Request) -> httpx2.Response:
            headers = {"Authorization": f"Bearer {TOKEN}"}
            answer = await inward.get(request.url.raw_path.decode(), headers=headers)
            return httpx2.Response(answer.status_code, json=answer.json())

        record = RecordReader(inward, "http://registry", TOKEN)
        (directory / "office").mkdir()
        async with officers(directory / "office", neighbours=ask) as running:  # type: ignore[arg-type]
            anchoring = Anchoring(
                rig.bus, record, running.office.database, rig.keys.journal, rows=rows, seconds=seconds
            )
            yield Office(running, anchoring)


@asynccontextmanager
async def running(anchoring: Anchoring) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(anchoring.run(stop))
    yield
    stop.set()
    await task


async def entries(rig: Rig) -> list[int]:
    """Up to which rows the record was told, in order."""
    lines = await rig.reading.entries(case_id=JOURNAL, after=-1, limit=100)
    return [
        int(line.entry.body.partition('"until":')[2].partition("}")[0].partition(",")[0]) for line in lines
    ]


async def test_the_record_is_told_and_the_journal_holds_against_it(rig: Rig, tmp_path: Path) -> None:
    async with office(rig, tmp_path) as one:
        await one.officers.office.journal.note(NOTE, NOTE)
        async with running(one.anchoring):
            assert await eventually(lambda: entries(rig))
        found = await one.verdict()
        assert (found["status"], found["reason"]) == ("verified", "")
        assert int(str(found["told"])) >= 2
        assert isinstance(await verify_record(rig.reading, proof=rig.proof), Verified)
        async with one.officers.office.database.connection() as connection:
            await connection.execute(text("DROP TRIGGER journal_delete"))
            await connection.execute(text("DELETE FROM journal"))
        await one.officers.office.journal.note(NOTE, NOTE)
        assert (await one.verdict())["status"] == "broken"


async def test_the_record_names_the_accounts_that_were_restored_on_the_machine(
    rig: Rig, tmp_path: Path
) -> None:
    """As it does of every other change of an account, and by themselves: of the other rows it has the head alone."""
    restored = [
        Sign(What.RESTORED, "a1", "p1", "here"),
        Sign(What.NOT_RESTORED, "", "", "here"),
        Sign(What.RESTORED, "a2", "p2", "here", how="opened-again"),
    ]
    async with office(rig, tmp_path, rows=1000, seconds=0.1) as one:
        journal = one.officers.office.journal
        async with one.officers.office.database.write() as session:
            for note in restored:
                await into(journal)(session, note)
        async with running(one.anchoring):
            assert await eventually(lambda: entries(rig))
            await journal.note(NOTE)

            async def both() -> bool:
                return len(await entries(rig)) > 1

            assert await eventually(both)
        lines = await rig.reading.entries(case_id=JOURNAL, after=-1, limit=100)
        told = [json.loads(line.entry.body)["payload"] for line in lines]
        assert [one.get("restored") for one in told] == [["a1", "a2"], None]
        assert (await one.verdict())["status"] == "verified"


async def test_a_row_alone_is_told_after_the_silence(rig: Rig, tmp_path: Path) -> None:
    async with office(rig, tmp_path, rows=1000, seconds=0.1) as one:
        await one.officers.office.journal.note(NOTE)
        async with running(one.anchoring):
            assert await eventually(lambda: entries(rig))


async def test_whoever_takes_over_goes_on_where_the_record_stands(rig: Rig, tmp_path: Path) -> None:
    async with office(rig, tmp_path) as one:
        for _ in range(2):
            before = len(await entries(rig))
            await one.officers.office.journal.note(NOTE)
            async with running(one.anchoring):

                async def more(before: int = before) -> bool:
                    return len(await entries(rig)) > before

                assert await eventually(more)
    assert isinstance(await verify_record(rig.reading, proof=rig.proof), Verified)


async def ask(rig: Rig, key: SigningKey, tip: Tip = NOTHING, subject: str = JOURNAL_SUBJECT) -> object:
    body, _ = message_of(key, tip, TOLD)
    return await rig.ask(body, subject)


async def test_only_the_journals_key_says_what_the_journal_noted(rig: Rig) -> None:
    for key in (rig.keys.step, rig.keys.claim, rig.keys.entry, rig.keys.errand):
        answer = await ask(rig, key)
        assert isinstance(answer, Declined)
        assert answer.code == "unsigned-step"
    assert isinstance(await ask(rig, rig.keys.journal), Recorded)


async def test_the_journals_key_makes_no_step_of_a_case(rig: Rig) -> None:
    for subject in (APPEND_SUBJECT, JOURNAL_SUBJECT):
        answer = await rig.ask(message(step(rig.keys, "c1"), rig.keys.journal), subject)
        assert isinstance(answer, Declined)
        assert answer.code == "unsigned-step"
    await rig.record(history(rig.keys, "c1"))


async def test_the_journal_has_its_own_events_only_and_nobody_asks_for_them(rig: Rig) -> None:
    other = step(None, JOURNAL)
    for made in ([one.model_copy(update={"kind": JOURNAL}) for one in other], other):
        answer = await rig.ask(message(made, rig.keys.journal), JOURNAL_SUBJECT)
        assert isinstance(answer, Declined)
        assert answer.code in {"unknown-event", "unsigned-step"}


async def test_followers_pass_over_it(rig: Rig, tmp_path: Path) -> None:
    async with office(rig, tmp_path) as one:
        assert isinstance(await ask(rig, rig.keys.journal), Recorded)
        auditor = await one.officers.account(Grant(role="AUDITOR"))
        shown = (await auditor.get("/v1/record/entries", case_id=JOURNAL)).json()["items"]
        assert [item["envelope"]["type"] for item in shown] == ["reads-noted"]
        assert (await auditor.get(f"/v1/cases/{JOURNAL}")).status_code == 404
