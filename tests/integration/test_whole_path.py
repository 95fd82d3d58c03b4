"""From a roster to the ballot, and from a lead to a removal, on real parts: engine, broker, record, keys.

Once with the record on SQLite and once on PostgreSQL; every act under a claim that the worker and the record check.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.case import CaseKind
from contracts.commands.batch import CallElection, SubmitRoster
from contracts.commands.removal import Suspend
from contracts.vocabulary import CaseState
from services.registry.ledger import Verified
from tests.asking import ENTRY, asks, batch_opening, removal_opening, somebody
from tests.commission import Commission
from tests.decision_rig import POLICY, ClaimingDesk, DecisionRig, deciding
from tests.office import Office, finding
from tests.servers import NatsServer, TemporalServer
from tests.stores import ABOVE_THE_STORE
from tests.whole_parts import Ground

ELECTION_OFFICE = somebody("ELECTION_OFFICE", "p-office")
CHAIR = somebody("LEADER_IN_CHARGE", "p-chair")
pytestmark = ABOVE_THE_STORE


@pytest.fixture
async def rig(
    database_url: str, nats_server: NatsServer, temporal_server: TemporalServer, tmp_path: Path
) -> AsyncIterator[DecisionRig]:
    ground = Ground(nats_server.url, temporal_server.address, tmp_path)
    async with deciding(ground, database_url, temporal_server.address) as running:
        yield running


@pytest.fixture
def own() -> str:
    """What no other test's case is called: the engine is the whole run's."""
    return uuid.uuid4().hex[:12]


async def batch(rig: DecisionRig, own: str, count: int) -> tuple[ClaimingDesk[Any], list[Office]]:
    """ST00 and ST01: a batch with one roster, and for each nominee the people of the case."""
    desk = await rig.begin(batch_opening(POLICY, f"b-{own}"))
    entries = tuple(
        ENTRY.model_copy(update={"case_id": f"c-{own}-{n}", "person_id": f"p-nominee-{n}"})
        for n in range(count)
    )
    nominator = somebody("NOMINATOR", "p-nominator", "chamber-1")
    roster = asks(SubmitRoster, nominator, desk.case_id, own, roster_digest="a" * 64, entries=entries)
    await desk.send(roster)
    offices = [Office(await rig.desk(CaseKind.NOMINATION, entry.case_id)) for entry in entries]
    for office, entry in zip(offices, entries, strict=True):
        office.concerned = entry.person_id
    return desk, offices


async def ready(office: Office) -> None:
    """A clean case up to the end of its public notice."""
    await office.posted()
    await office.appears("close-notice")
    await office.close_notice()


async def vetoed(office: Office) -> None:
    """A hard veto after the explanation."""
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "EXPLAINED", form={"text": "it is true"})
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")


async def voted(office: Office) -> None:
    """Re-check, count, serve and file."""
    await office.appears("recheck")
    await office.confirmed()
    await office.appears("count")
    await office.counted("ELECTED", present=131, votes_for=131)
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def left(office: Office) -> None:
    """A withdrawal while the consultation runs."""
    await office.screened()
    await office.withdraw()


async def test_a_small_batch_reaches_its_outcomes_and_the_record_verifies(rig: DecisionRig, own: str) -> None:
    desk, (clean, hard, gone) = await batch(rig, own, 3)
    await asyncio.gather(ready(clean), vetoed(hard), left(gone))
    election = datetime.now(UTC) + timedelta(seconds=3)
    await desk.send(asks(CallElection, ELECTION_OFFICE, desk.case_id, f"{own}.called", election_at=election))
    await voted(clean)
    ends = [(await one.desk.case()).state for one in (clean, hard, gone)]
    assert ends == [CaseState.ELECTED, CaseState.VETOED, CaseState.WITHDRAWN]
    checked = await rig.verified()
    assert isinstance(checked, Verified), checked
    assert checked.proven
    assert checked.count > 100


async def test_a_removal_goes_from_its_lead_to_its_file_and_the_record_verifies(
    rig: DecisionRig, own: str
) -> None:
    # Whose file knows of the removal: the engine is the whole run's, and so would be another test's file of the person.
    desk = await rig.begin(removal_opening(POLICY, f"r-{own}", person_id=f"p-{own}"))
    commission = Commission(desk)
    commission.concerned = f"p-{own}"
    await commission.asks(Suspend, CHAIR, cause="detained", minutes_digest="a" * 64)
    await commission.planned()
    await commission.votes("REMOVED")
    await commission.closed()
    assert await desk.handle.result() == CaseState.REMOVED
    assert (await desk.case()).state is CaseState.REMOVED
    checked = await rig.verified()
    assert isinstance(checked, Verified), checked
    assert checked.proven
