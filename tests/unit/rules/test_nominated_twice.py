"""One person nominated in one batch by two units: one consultation, and the case that stays shows both (ST02)."""

from typing import Any

import pytest

from contracts.actor import Actor, Grant, Ties
from contracts.commands.base import Command
from contracts.commands.batch import SubmitRoster
from contracts.commands.nomination import OpenNomination
from contracts.errand import Start, Tell
from contracts.nominee import RosterEntry
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage
from tests.acting import completing, refused
from tests.asking import ENTRY, asks, batch_opening, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER as NOMINATIONS
from workflows.rules.verdict import Refused

CHAMBER = somebody("NOMINATOR", "p-nominator", "chamber-1")
GUILD = somebody("NOMINATOR", "p-guild", "guild-1")
AGAIN = ENTRY.model_copy(update={"case_id": "c2", "nominating_unit": "guild-1"})


def roster(by: Any, *entries: RosterEntry) -> Command:
    return asks(SubmitRoster, by, "b1", roster_digest="a" * 64, entries=entries)


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    desk = PureDesk(BATCHES, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    return desk


def opened(batch: PureDesk[Batch], policy: Policy) -> dict[str, PureDesk[Nomination]]:
    """The cases that the batch owes the beginning of."""
    found = {}
    for errand in batch.current.owed:
        for one in errand.openings if isinstance(errand, Start) else ():
            assert isinstance(one, OpenNomination)
            desk = PureDesk(NOMINATIONS, policy, batch.now)
            desk.open(one)
            found[one.target] = desk
    return found


def told(desk: PureDesk[Any]) -> list[tuple[tuple[str, ...], Command]]:
    return [(one.case_ids, one.command) for one in desk.current.owed if isinstance(one, Tell)]


async def both(batch: PureDesk[Batch], policy: Policy) -> tuple[PureDesk[Nomination], PureDesk[Nomination]]:
    """Two cases of one person, the first of which knows of the second."""
    await batch.send(roster(CHAMBER, ENTRY))
    return await seconded(batch, policy)


async def seconded(
    batch: PureDesk[Batch], policy: Policy
) -> tuple[PureDesk[Nomination], PureDesk[Nomination]]:
    """The person is nominated once more, and the first case hears of it."""
    await batch.send(roster(GUILD, AGAIN))
    cases = opened(batch, policy)
    ((to, word),) = told(batch)
    assert to == ("c1",)
    await cases["c1"].send(word)
    return cases["c1"], cases["c2"]


async def test_the_later_case_cannot_pass_and_is_merged(batch: PureDesk[Batch], policy: Policy) -> None:
    first, second = await both(batch, policy)
    office = Office(second)
    with pytest.raises(RefusedError, match="another case of this batch") as caught:
        await office.act("screen", "PASS")
    assert caught.value.code == "outcome-not-allowed"
    await office.act("screen", "DUPLICATE")
    await office.act("screen-sign", "CONFIRM")
    assert second.current.state is CaseState.MERGED
    ((to, word),) = told(second)
    assert to == ("c1",)
    await first.send(word)
    assert first.current.also_nominated_by == ("p-guild",)
    await Office(first).screened()
    assert len(first.current.open_tasks("reply")) == 14
    assert not second.current.open_tasks("reply"), "one consultation round"


async def test_neither_nominator_screens_the_case_that_stays(batch: PureDesk[Batch], policy: Policy) -> None:
    first, second = await both(batch, policy)
    await Office(second).act("screen", "DUPLICATE")
    await Office(second).act("screen-sign", "CONFIRM")
    await first.send(told(second)[0][1])
    screener = somebody("SCREENER", "p-guild")
    await refused(first, await completing(Office(first), "screen", screener), "recommender")


@pytest.mark.parametrize(
    ("grants", "ties", "code"),
    [
        (
            (Grant(role="SCREENER"), Grant(role="NOMINATOR", unit="guild-1", district="d01")),
            (),
            "recommender",
        ),
        (
            (Grant(role="SCREENER"),),
            (Ties(person_id="p-tied", nominated_by=("guild-1",)),),
            "conflict-of-interest",
        ),
    ],
    ids=["a colleague", "whom it nominated as well"],
)
async def test_the_second_unit_binds_its_people_as_the_first_does(
    batch: PureDesk[Batch],
    policy: Policy,
    grants: tuple[Grant, ...],
    ties: tuple[Ties, ...],
    code: str,
) -> None:
    await batch.send(roster(CHAMBER, ENTRY))
    alone = opened(batch, policy)["c1"]
    screener = Actor(account_id="a-tied", person_id="p-tied", grants=grants, ties=ties)
    asked = await completing(Office(alone), "screen", screener)
    assert not isinstance(alone.decider.decide(alone.current, asked, policy, alone.now), Refused)
    first, second = await seconded(batch, policy)
    await Office(second).act("screen", "DUPLICATE")
    await Office(second).act("screen-sign", "CONFIRM")
    await first.send(told(second)[0][1])
    await refused(first, asked, code)


async def test_twice_in_one_roster_is_the_same(batch: PureDesk[Batch], policy: Policy) -> None:
    await batch.send(roster(somebody("ELECTION_OFFICE", "p-office"), ENTRY, AGAIN))
    cases = opened(batch, policy)
    assert (cases["c1"].current.duplicate_of, cases["c2"].current.duplicate_of) == (None, "c1")


@pytest.mark.parametrize("before", [True, False])
async def test_when_the_earlier_nomination_is_gone_the_later_one_goes_on_alone(
    batch: PureDesk[Batch], policy: Policy, before: bool
) -> None:
    await batch.send(roster(CHAMBER, ENTRY))
    if before:
        first = opened(batch, policy)["c1"]
        await Office(first).withdraw()
    await batch.send(roster(GUILD, AGAIN))
    cases = opened(batch, policy)
    first = first if before else cases["c1"]
    await first.send(told(batch)[0][1])
    if not before:
        await Office(first).act("screen", "INELIGIBLE")
        await Office(first).act("screen-sign", "CONFIRM")
    to, word = told(first)[-1] if before else told(first)[0]
    assert to == ("c2",)
    await cases["c2"].send(word)
    await Office(cases["c2"]).screened()
    assert cases["c2"].current.stage is Stage.CONSULTATION


def third(n: int) -> RosterEntry:
    return ENTRY.model_copy(update={"case_id": f"c{n}", "nominating_unit": f"guild-{n}"})


async def deliver(cases: dict[str, PureDesk[Nomination]]) -> None:
    """Every word that one of these cases owes another arrives, once, and so do those that follow from it."""
    while True:
        owing = next((desk for desk in cases.values() if told(desk)), None)
        if owing is None:
            return
        to, word = told(owing)[0]
        owing.carry()
        for case_id in to:
            # What the batch is told is not of these tests: it stays as it would be while the word is on its way.
            if case_id in cases:
                await cases[case_id].send(word)


async def nominated_by(batch: PureDesk[Batch], policy: Policy, count: int) -> dict[str, PureDesk[Nomination]]:
    """So many units nominated one person, and every case knows what the batch tells it."""
    await batch.send(roster(CHAMBER, ENTRY))
    for n in range(2, count + 1):
        await batch.send(roster(somebody("NOMINATOR", f"p-guild-{n}", f"guild-{n}"), third(n)))
    cases = opened(batch, policy)
    for to, word in told(batch):
        for case_id in to:
            await cases[case_id].send(word)
    return cases


@pytest.mark.parametrize("ends", ["WITHDRAWN", "INELIGIBLE"])
async def test_of_several_that_are_left_one_takes_the_place(
    batch: PureDesk[Batch], policy: Policy, ends: str
) -> None:
    """Three units nominated one person: when the first is gone one consultation begins, and not two."""
    cases = await nominated_by(batch, policy, 3)
    office = Office(cases["c1"])
    if ends == "WITHDRAWN":
        await office.withdraw()
    else:
        await office.act("screen", "INELIGIBLE")
        await office.act("screen-sign", "CONFIRM")
    await deliver(cases)
    assert [cases[c].current.duplicate_of for c in ("c2", "c3")] == [None, "c2"]
    await Office(cases["c2"]).screened()
    with pytest.raises(RefusedError, match="another case of this batch"):
        await Office(cases["c3"]).act("screen", "PASS")
    await Office(cases["c3"]).act("screen", "DUPLICATE")
    await Office(cases["c3"]).act("screen-sign", "CONFIRM")
    await deliver(cases)
    assert cases["c2"].current.also_nominated_by == ("p-guild-3",)


async def test_whoever_is_gone_hands_the_place_on(batch: PureDesk[Batch], policy: Policy) -> None:
    """The second was merged before the first was withdrawn, and a fourth unit comes after that."""
    cases = await nominated_by(batch, policy, 3)
    await Office(cases["c2"]).act("screen", "DUPLICATE")
    await Office(cases["c2"]).act("screen-sign", "CONFIRM")
    await Office(cases["c1"]).withdraw()
    await deliver(cases)
    assert cases["c3"].current.duplicate_of is None
    await batch.send(roster(somebody("NOMINATOR", "p-guild-4", "guild-4"), third(4)))
    cases["c4"] = opened(batch, policy)["c4"]
    to, word = told(batch)[-1]
    assert (to, cases["c4"].current.duplicate_of) == (("c1",), "c1")
    await cases["c1"].send(word)
    await deliver(cases)
    assert cases["c4"].current.duplicate_of == "c3"
    assert cases["c3"].current.others == ("c4",)


async def test_a_nomination_after_the_file_of_a_withdrawn_one_is_closed_goes_on_alone(
    batch: PureDesk[Batch], policy: Policy
) -> None:
    await batch.send(roster(CHAMBER, ENTRY))
    first = opened(batch, policy)["c1"]
    await Office(first).withdraw()
    ((to, word),) = told(first)
    assert to == ("b1",)
    await batch.send(word)
    await batch.send(word)
    await batch.send(roster(GUILD, AGAIN))
    second = opened(batch, policy)["c2"]
    assert second.current.duplicate_of is None
    await Office(second).screened()
    assert len(second.current.open_tasks("reply")) == 14
