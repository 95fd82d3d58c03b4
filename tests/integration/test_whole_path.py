"""From a roster to the ballot on real parts: engine, broker, record, once per kind of database."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contracts.vocabulary import CaseState
from services.registry.checking import verify_record
from services.registry.ledger import Verified
from tests.decision_rig import CaseDesk, deciding
from tests.office import Office, finding
from tests.servers import NatsServer, TemporalServer


async def staffed(desk: CaseDesk) -> Office:
    """An office that knows who the case's nominee is."""
    office = Office(desk)
    office.nominee = (await desk.case()).person_id
    return office


async def to_ready(desk: CaseDesk) -> None:
    """A clean case up to the end of its public notice."""
    office = await staffed(desk)
    await office.posted()
    await office.appears("close-notice")
    await office.act("close-notice", "NO_REPORT")


async def vetoed(desk: CaseDesk) -> None:
    """A hard veto after the explanation."""
    office = await staffed(desk)
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "EXPLAINED", form={"text": "it is true"})
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")


async def voted(desk: CaseDesk) -> None:
    """Re-check, count, serve and file."""
    office = Office(desk)
    await office.appears("recheck")
    await office.act("recheck", "CONFIRMED")
    await office.appears("count")
    await office.act("count", "ELECTED", form={"members": 131, "present": 131, "votes_for": 131})
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def test_a_small_batch_reaches_its_outcomes_and_the_record_verifies(
    database_url: str, nats_server: NatsServer, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    batch = f"b-{tmp_path.name}".replace("_", "-").replace("[", "-").replace("]", "")
    async with deciding(database_url, nats_server.url, temporal_server.address, tmp_path) as rig:
        await rig.open_batch(batch)
        clean, hard, gone = await rig.submit(batch, 3)
        leaving = await staffed(gone)
        await asyncio.gather(to_ready(clean), vetoed(hard), leaving.screened())
        await leaving.withdraw()
        election = datetime.now(UTC) + timedelta(seconds=3)
        await rig.call_election(batch, election)
        await voted(clean)
        assert await clean.handle.result() == CaseState.ELECTED
        assert (await hard.case()).state is CaseState.VETOED
        assert (await gone.case()).state is CaseState.WITHDRAWN
        checked = await verify_record(rig.record.store)
        assert isinstance(checked, Verified)
        assert checked.count > 100
