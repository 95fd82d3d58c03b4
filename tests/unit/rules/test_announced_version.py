"""A version is announced once for a level, and its seats hear of it (SC-11); and whose batches it opens."""

import pytest

from contracts.commands.batch import AnnounceVersion, ImportSeats, SeatTaken
from contracts.commands.tenure import AnnouncePolicy
from contracts.events.batch import VersionAnnounced
from contracts.policy.model import Policy
from tests.acting import refused
from tests.asking import NOMINEE, asks, batch_opening, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.prizes import words_for
from tests.tenures import OFFICE, seat
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER

LATER = {"policy": "2026.2", "policy_digest": "b" * 64}


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    return desk


def told(desk: PureDesk[Batch]) -> list[str]:
    """The seats that were told of a version, in order."""
    words = words_for(desk, "tenure")
    assert all(isinstance(word, AnnouncePolicy) for _, word in words)
    return [one for seats, _ in words for one in seats]


async def test_every_seat_of_the_term_hears_once_and_those_that_come_as_well(batch: PureDesk[Batch]) -> None:
    for name in ("t1", "t2"):
        await batch.send(asks(SeatTaken, OFFICE, "b1", tenure=name, person_id="p-member"))
    for _ in range(2):
        await batch.send(asks(AnnounceVersion, OFFICE, "b1", **LATER))
    assert told(batch) == ["t1", "t2"]
    assert len(batch.of(VersionAnnounced)) == 1
    await batch.send(asks(SeatTaken, OFFICE, "b1", tenure="t3", person_id="p-member"))
    assert told(batch) == ["t1", "t2", "t3"]
    entry = {
        "person_id": "p-member",
        "district": "d01",
        "seat": "executive",
        "began": "2025-03-02",
        "member": NOMINEE,
    }
    await batch.send(asks(ImportSeats, OFFICE, "b1", table_digest="a" * 64, entries=(entry,)))
    assert told(batch) == ["t1", "t2", "t3", batch.current.tenures[-1]]


async def test_only_the_election_office_announces(batch: PureDesk[Batch]) -> None:
    await refused(batch, asks(AnnounceVersion, somebody("CLERK"), "b1", **LATER), "wrong-role")


async def test_nobody_announces_it_to_one_seat_alone() -> None:
    await refused(seat(), asks(AnnouncePolicy, OFFICE, "t1", **LATER), "wrong-role")


@pytest.mark.parametrize(("version", "opens"), [(None, True), ("2026.1", True), ("2026.1-own", False)])
def test_a_batch_opens_under_the_version_of_its_district_and_no_other(
    policy: Policy, version: str | None, opens: bool
) -> None:
    districts = tuple(
        row.model_copy(update={"version": version} if row.code == "d01" else {}) for row in policy.districts
    )
    desk = PureDesk(DECIDER, policy.model_copy(update={"districts": districts}), local("2026-03-02 10:00"))
    if opens:
        desk.open(batch_opening())
    else:
        with pytest.raises(RefusedError, match="policy-of-district"):
            desk.open(batch_opening())
