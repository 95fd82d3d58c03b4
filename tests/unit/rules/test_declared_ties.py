"""What people declare of themselves when a batch begins binds in it; later ones send stages back (ST00, SOD-08)."""

from typing import Any

import pytest

from contracts.commands.batch import DeclareTie, SubmitRoster
from contracts.commands.case import ReportConflict
from contracts.commands.nomination import OpenNomination
from contracts.errand import Start
from contracts.events.batch import TieDeclared
from contracts.matter import Tie
from contracts.policy.model import Policy
from contracts.vocabulary import Stage
from tests.acting import completing, refused
from tests.asking import ENTRY, asks, batch_opening, local, somebody
from tests.desks import PureDesk
from tests.office import Office
from tests.prizes import words_for
from workflows.kinds.batch.case import Batch
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER as NOMINATIONS

TIE = Tie(of=ENTRY.person_id, ground="kin", reason="a cousin")


@pytest.fixture
def batch(policy: Policy) -> PureDesk[Batch]:
    desk = PureDesk(BATCHES, policy, local("2026-03-02 10:00"))
    desk.open(batch_opening())
    return desk


def declares(role: str, person: str, tie: Tie = TIE) -> DeclareTie:
    return asks(DeclareTie, somebody(role, person), "b1", tie=tie)


async def nominated(batch: PureDesk[Batch], policy: Policy) -> PureDesk[Nomination]:
    """The case with which the roster begins."""
    nominator = somebody("NOMINATOR", "p-nominator", "chamber-1")
    await batch.send(asks(SubmitRoster, nominator, "b1", roster_digest="a" * 64, entries=(ENTRY,)))
    openings: list[Any] = [
        one for errand in batch.current.owed if isinstance(errand, Start) for one in errand.openings
    ]
    (opening,) = [one for one in openings if isinstance(one, OpenNomination)]
    desk = PureDesk(NOMINATIONS, policy, batch.now)
    desk.open(opening)
    return desk


async def test_whoever_declared_a_tie_has_nothing_to_do_with_the_case_from_its_first_step(
    batch: PureDesk[Batch], policy: Policy
) -> None:
    await batch.send(declares("SCREENER", "p-cousin"))
    await batch.send(declares("SCREENER", "p-other", TIE.model_copy(update={"of": "p-somebody-else"})))
    desk = await nominated(batch, policy)
    assert desk.current.conflicted == {"p-cousin"}
    office = Office(desk)
    cousin = await completing(office, "screen", somebody("SCREENER", "p-cousin"))
    await refused(desk, cousin, "conflict-of-interest")
    await desk.send(await completing(office, "screen", somebody("SCREENER", "p-other")))


async def test_of_a_head_the_level_above_decides_and_nobody_waits_to_be_kept_out(
    batch: PureDesk[Batch], policy: Policy
) -> None:
    await batch.send(declares("DISC_HEAD", "p-head"))
    desk = await nominated(batch, policy)
    assert desk.current.conflicted == {"p-head"}
    assert [task.role for task in desk.current.open_tasks("recusal")] == ["LEADER_IN_CHARGE"]


async def test_what_is_declared_later_sends_what_rests_on_it_back(
    batch: PureDesk[Batch], policy: Policy
) -> None:
    desk = await nominated(batch, policy)
    office = Office(desk)
    await office.to_integrity()
    await batch.send(declares("INSPECTOR", "p-inspector-1"))
    ((cases, word),) = words_for(batch, "nomination")
    assert cases == (ENTRY.case_id,)
    assert isinstance(word, ReportConflict)
    await desk.send(word)
    assert desk.current.conflicted == {"p-inspector-1"}
    assert desk.current.stage is Stage.INSPECTION


async def test_every_case_about_that_nominee_hears_of_it(batch: PureDesk[Batch], policy: Policy) -> None:
    """Two units nominated one person: whoever is tied has nothing to do with the other's nomination either."""
    await nominated(batch, policy)
    guild = somebody("NOMINATOR", "p-guild", "guild-1")
    again = ENTRY.model_copy(update={"case_id": "c2", "nominating_unit": "guild-1"})
    await batch.send(asks(SubmitRoster, guild, "b1", roster_digest="b" * 64, entries=(again,)))
    await batch.send(declares("SCREENER", "p-cousin"))
    told = [cases for cases, word in words_for(batch, "nomination") if isinstance(word, ReportConflict)]
    assert told == [(ENTRY.case_id, "c2")]


async def test_the_same_again_changes_nothing_and_nobody_takes_it_back(batch: PureDesk[Batch]) -> None:
    for _ in range(2):
        await batch.send(declares("SCREENER", "p-cousin"))
    assert len(batch.of(TieDeclared)) == 1
    (event,) = batch.of(TieDeclared)
    assert TIE.of not in str(event.plain())


async def test_whoever_acts_on_no_case_declares_nothing(batch: PureDesk[Batch]) -> None:
    await refused(batch, declares("AUDITOR", "p-auditor"), "wrong-role")
