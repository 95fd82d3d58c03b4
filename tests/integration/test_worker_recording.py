"""The way to the record on a real broker and database: the same step twice is one step, silence is no receipt."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contracts import catalogue
from contracts.actor import SYSTEM
from contracts.base import NO_DIGEST
from contracts.envelope import EventDraft, RecordRequest
from contracts.events.case import CaseEnded, CaseOpened
from contracts.vocabulary import CaseState, Seat
from services.kit.errors import UnavailableError
from services.kit.sealing import Keyring
from services.worker.recording import JetstreamRecorder, RecordRefusedError
from tests.office import NOMINEE
from tests.registry_rig import Rig, registry
from tests.servers import NatsServer

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
EVENTS = (
    CaseOpened(
        person_id="p1",
        seat=Seat.EXECUTIVE,
        nominating_unit="u1",
        nominator_id="p2",
        late=False,
        content_digest=NO_DIGEST,
        private=NOMINEE,
    ),
    CaseEnded(state=CaseState.WITHDRAWN, cause="withdrawn"),
)


def request(case_id: str = "c1", cause: str = "withdrawn") -> RecordRequest:
    """A step of two events, one of them with a sealed part."""
    events = (EVENTS[0], EVENTS[1].model_copy(update={"cause": cause}))
    drafts = tuple(
        EventDraft(
            sequence=number,
            type=event.type,
            version=event.version,
            at=AT,
            actor=SYSTEM,
            command_id="k1",
            payload=event.plain(),
            private=event.personal(),
        )
        for number, event in enumerate(events, start=1)
    )
    return RecordRequest(
        case_id=case_id, batch_id="b1", district="d01", policy="2026.1", previous=NO_DIGEST, events=drafts
    )


def recorder(rig: Rig, keyring: Keyring, seconds: float = 10) -> JetstreamRecorder:
    """The worker's recorder on the rig's connection."""
    return JetstreamRecorder(rig.bus, rig.inbox, keyring, seconds)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    """A sealing key."""
    return Keyring.create(tmp_path / "keys")


async def test_a_step_that_is_recorded_twice_has_one_set_of_receipts(
    database_url: str, nats_server: NatsServer, tmp_path: Path, keyring: Keyring
) -> None:
    async with registry(database_url, nats_server.url, tmp_path, known=catalogue.known) as rig:
        first = await recorder(rig, keyring).record(request())
        again = await recorder(rig, keyring).record(request())
        assert [r.index for r in first.receipts] == [0, 1]
        assert again == first
        assert (await rig.store.head()).count == 2


async def test_no_personal_word_reaches_broker_or_record_in_clear(
    database_url: str, nats_server: NatsServer, tmp_path: Path, keyring: Keyring
) -> None:
    async with registry(database_url, nats_server.url, tmp_path, known=catalogue.known) as rig:
        await recorder(rig, keyring).record(request())
        bodies = [entry.body for entry in await rig.store.entries(case_id=None, after=-1, limit=10)]
        stored = b"".join(p.read_bytes() for p in nats_server.directory.rglob("*") if p.is_file())
        for word in (NOMINEE.name, NOMINEE.id_number, NOMINEE.phone, NOMINEE.email, NOMINEE.firm):
            assert word not in "".join(bodies)
            assert word.encode() not in stored


async def test_a_silent_record_is_no_receipt_and_heals_by_the_next_try(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path, keyring: Keyring
) -> None:
    async with registry(sqlite_url, nats_server.url, tmp_path, known=catalogue.known) as rig:
        await rig.stop()
        with pytest.raises(UnavailableError):
            await recorder(rig, keyring, seconds=0.5).record(request())
        rig.start()
        assert len((await recorder(rig, keyring).record(request())).receipts) == 2
        assert (await rig.store.head()).count == 2


async def test_a_step_that_contradicts_the_record_is_refused(
    sqlite_url: str, nats_server: NatsServer, tmp_path: Path, keyring: Keyring
) -> None:
    async with registry(sqlite_url, nats_server.url, tmp_path, known=catalogue.known) as rig:
        await recorder(rig, keyring).record(request())
        with pytest.raises(RecordRefusedError):
            await recorder(rig, keyring).record(request(cause="vote"))
        assert (await rig.store.head()).count == 2
