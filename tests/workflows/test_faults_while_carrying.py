"""What a decision owes to another case is carried late, half, twice or not at all: nobody is elected or kept by that.

Whoever was not told stands as before, and hears of it once when the fault is repaired.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from contracts.base import NO_DIGEST
from contracts.commands.batch import CallElection, SubmitRoster
from contracts.commands.opening import CaseOpening
from contracts.commands.tenure import SeatSuspended
from contracts.errand import Start, Tell
from contracts.names import review_id
from contracts.settling import CarryRequest
from tests.asking import ENTRY, asks, batch_opening, opening, removal_opening, review_opening, somebody
from tests.commission import APPLICATION, Body, Commission
from tests.desks import PureDesk
from tests.engine import Clock, WorkflowDesk
from tests.fakes import FakeCases, FakeRecord
from tests.invented import nominee
from tests.tenures import tenure_opening
from tests.waiting import PATIENCE
from tests.workflows.carrying import claimed
from tests.workflows.conftest import Open
from tests.workflows.decisions import BEGAN, DECISIONS, Acts, nothing
from tests.workflows.past import taken_up

LONG = 10_000
"""Tries: until it is repaired."""
pytestmark = pytest.mark.usefixtures("hurried")


def errs(cases: FakeCases) -> None:
    cases.fail = LONG


def times_out(cases: FakeCases) -> None:
    cases.gate.clear()


def loses_its_answers(cases: FakeCases) -> None:
    cases.lose_answers = 3


def repaired(cases: FakeCases) -> None:
    cases.fail = cases.lose_answers = 0
    cases.gate.set()


FAULTS: tuple[Callable[[FakeCases], None], ...] = (errs, times_out, loses_its_answers)
UNTOLD = frozenset({errs, times_out})
"""While these last nobody is told."""


@dataclass(frozen=True)
class Owing:
    """A decision that another case must hear of, and what that case says once it has."""

    owner: Callable[[str], CaseOpening]
    before: Acts
    decide: Acts
    event: str
    hears: Callable[[str], CaseOpening] | None = None
    """The case that hears of it; None when it begins by that."""
    stood: Acts = nothing
    """What its people did before."""


async def _attacked(desk: PureDesk[Any]) -> None:
    commission = Commission(desk)
    await commission.removed()
    await commission.act("serve", "SERVED")
    await commission.act("apply-review", "APPLIED", form=APPLICATION)


async def _two_of_three(desk: PureDesk[Any]) -> None:
    await Body(desk).vote("REVOKED", "REVOKED")


async def _suspended(desk: PureDesk[Any]) -> None:
    removal = desk.case_id.removeprefix("t-")
    await desk.send(
        asks(SeatSuspended, somebody("EVALUATOR"), desk.case_id, removal=removal, cause="chair-decision")
    )


ELECTED, KEPT = DECISIONS["elected"], DECISIONS["kept by the vote"]
OWED: dict[str, Owing] = {
    "elected: the seat is taken": Owing(
        # A seat of its own each time: one that is taken is not taken again.
        lambda ident: opening(case_id=ident, district=ident.replace("x", "d0")),
        ELECTED.before,
        ELECTED.decide,
        "tenure-opened",
    ),
    "kept: the seat rests no more": Owing(
        lambda ident: removal_opening(case_id=ident, tenure=f"t-{ident}"),
        KEPT.before,
        KEPT.decide,
        "removal-closed",
        lambda ident: tenure_opening(case_id=f"t-{ident}"),
        _suspended,
    ),
    "revoked: the member is restored": Owing(
        lambda ident: review_opening(case_id=review_id(ident, 1)).model_copy(update={"parent": ident}),
        _two_of_three,
        lambda desk: Body(desk).act("review-vote", "REVOKED", signature=3),
        "member-restored",
        lambda ident: removal_opening(case_id=ident),
        _attacked,
    ),
}


@pytest.mark.parametrize("name", OWED)
async def test_what_a_decision_owes_is_done_once_whatever_carrying_does(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases, name: str
) -> None:
    owing = OWED[name]
    for number, fault in enumerate(FAULTS, start=1):
        desks: dict[str, WorkflowDesk[Any]] = {}
        if owing.hears is not None:
            other = await taken_up(owing.hears(f"x{number}"), owing.stood, BEGAN, clock, open_case, record)
            desks[other.desk.case_id] = other.desk
        case = await taken_up(owing.owner(f"x{number}"), owing.before, BEGAN, clock, open_case, record)
        known = len(record.of(owing.event))
        cases.deliver = _delivering(desks, open_case)
        fault(cases)
        await owing.decide(case.desk)
        assert (await case.desk.case()).owed, "it is owed as long as nobody has carried it"
        await asyncio.sleep(0.3)
        if fault in UNTOLD:
            assert len(record.of(owing.event)) == known, "nobody was told"
        repaired(cases)
        await _nothing_owed(case.desk)
        assert len(record.of(owing.event)) == known + 1
        assert case.said("errand-carried") == (await case.desk.case()).errands, "each errand once"


async def test_whoever_is_not_told_of_an_election_is_on_no_ballot_and_is_told_once(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(BEGAN)
    batch = await open_case(batch_opening())
    await _hand_in(batch)
    told = {ident: await open_case(opening(case_id=ident)) for ident in ("c1", "c2")}
    reached: list[str] = []

    async def half(request: CarryRequest) -> None:
        first, *others = errand_of(request).case_ids
        await _tell(request, told[first], first)
        reached.append(first)
        raise ConnectionError(f"{others} have not answered")

    cases.deliver = half
    office = somebody("ELECTION_OFFICE", "p-office")
    await batch.send(asks(CallElection, office, "b1", election_at=BEGAN + timedelta(days=90)))
    async with asyncio.timeout(PATIENCE):
        while len(reached) < 3:
            await asyncio.sleep(0.02)
    assert len(record.of("election-scheduled", "c1")) == 1, "told three times"
    assert (await told["c2"].case()).upcoming is None
    cases.deliver = _delivering(told, open_case)
    await _nothing_owed(batch)
    assert [len(record.of("election-scheduled", ident)) for ident in told] == [1, 1]


async def _hand_in(batch: WorkflowDesk[Any]) -> None:
    second = ENTRY.model_copy(update={"case_id": "c2", "person_id": "p-second", "nominee": nominee(2)})
    nominator = somebody("NOMINATOR", "p-nominator", "chamber-1")
    await batch.send(asks(SubmitRoster, nominator, "b1", roster_digest=NO_DIGEST, entries=(ENTRY, second)))
    await _nothing_owed(batch)


def _delivering(desks: dict[str, WorkflowDesk[Any]], open_case: Open) -> Callable[[CarryRequest], Any]:
    """Carries as a worker does: a case that has begun is not begun again, and hears everything once."""

    async def deliver(request: CarryRequest) -> None:
        errand = request.errand
        if isinstance(errand, Start):
            for one in errand.openings:
                if one.target not in desks:
                    desks[one.target] = await open_case(claimed(one, request, one.target))
            return
        for ident in errand.case_ids:
            if ident in desks:
                await _tell(request, desks[ident], ident)

    return deliver


def errand_of(request: CarryRequest) -> Tell:
    """What a case is told."""
    assert isinstance(request.errand, Tell)
    return request.errand


async def _tell(request: CarryRequest, desk: WorkflowDesk[Any], ident: str) -> None:
    await desk.send(claimed(errand_of(request).command, request, ident))


async def _nothing_owed(desk: WorkflowDesk[Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await desk.case()).owed:
            await asyncio.sleep(0.02)
