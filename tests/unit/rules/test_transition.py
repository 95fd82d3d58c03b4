"""What a rule of transition does to a batch and to a nomination, by the rules alone (SC-11)."""

from collections.abc import Iterator

import pytest

from contracts.commands.batch import SeatTaken, SubmitRoster
from contracts.commands.policy import ApplyPolicy
from contracts.commands.tenure import AnnouncePolicy
from contracts.errand import Start, Tell
from contracts.events.case import PolicyAdopted
from contracts.events.policy import TransitionApplied, TransitionTaken
from contracts.policy import loader
from contracts.vocabulary import CaseState, Grade
from tests.acting import completing, refused
from tests.asking import ENTRY, asks, batch_opening, local, opening, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.later_policy import ITEM, SOURCE, applied, later_released
from tests.office import DECIDED, MINUTES, Office, finding
from tests.prizes import words_for
from workflows.kinds.batch.kind import DECIDER as BATCHES
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER

ASKER = somebody("POLICY_ADMIN", "p-approver")
PROPOSED = ("propose-department", "propose-party-group")


@pytest.fixture(autouse=True, scope="module")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with later_released(tmp_path_factory.mktemp("policies")):
        yield


async def case_at(day: str = "2026-04-13 09:30") -> Office:
    desk: PureDesk[Nomination] = PureDesk(DECIDER, loader.released("2026.1"), local(day))
    desk.open(opening())
    return Office(desk)


async def applies(office: Office) -> PureDesk[Nomination]:
    """The case is told, and then decided by the version that it shows."""
    desk = office.desk
    assert isinstance(desk, PureDesk)
    await desk.send(asks(ApplyPolicy, ASKER, "c1", applied=applied()))
    desk.policy = loader.released(desk.current.policy)
    await desk.away(desk.now)
    return desk


async def test_a_case_asks_the_source_once_and_its_hit_is_ruled_on() -> None:
    office = await case_at()
    await office.to_integrity()
    desk = await applies(office)
    assert (desk.current.policy, desk.current.state) == ("2026.2", CaseState.INTEGRITY)
    (task,) = desk.current.open_tasks("supplement")
    assert (task.unit, task.due) == (SOURCE, midnight_after(4, 27))
    await desk.send(asks(ApplyPolicy, ASKER, "c1", applied=applied()))
    assert len(desk.current.open_tasks("supplement")) == 1
    assert len(desk.of(PolicyAdopted)) == len(desk.of(TransitionApplied)) == 1
    await office.act("supplement", "ISSUE", unit=SOURCE, form=finding(ITEM))
    await office.act("supplement-sign", "CONFIRM", unit=SOURCE)
    assert desk.current.state is CaseState.RULING
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED


async def test_two_people_of_the_department_sign() -> None:
    office = await case_at()
    await office.to_integrity()
    desk = await applies(office)
    await office.act("supplement", "NO_ISSUE", unit=SOURCE)
    officer = somebody("DEPT_HEAD", f"p-dept-officer-{SOURCE}-1", SOURCE)
    await refused(desk, await completing(office, "supplement-sign", officer, SOURCE), "same-person")


async def test_before_the_consultation_the_new_version_asks_by_itself() -> None:
    office = await case_at()
    desk = await applies(office)
    assert desk.current.policy == "2026.2"
    assert (desk.of(TransitionApplied), desk.current.open_tasks("supplement")) == ([], [])


async def test_the_committee_does_not_approve_while_the_source_is_asked() -> None:
    office = await case_at()
    await office.to_proposal()
    for kind in PROPOSED:
        await office.act(kind, "PROPOSE")
    desk = await applies(office)
    await office.reread("decision")
    clerk = office.actor("COMMITTEE_CLERK")
    await refused(desk, await completing(office, "decide", clerk, form=DECIDED), "supplement-open")
    await office.act("supplement", "NO_ISSUE", unit=SOURCE)
    await office.act("supplement-sign", "CONFIRM", unit=SOURCE)
    await office.act("decide", "APPROVED", form=DECIDED)
    assert desk.current.state is CaseState.ON_NOTICE


async def test_once_the_committee_has_decided_nothing_happens() -> None:
    office = await case_at()
    await office.posted()
    desk = await applies(office)
    assert (desk.current.policy, desk.current.state) == ("2026.1", CaseState.ON_NOTICE)
    assert desk.of(PolicyAdopted) == []


async def test_a_case_on_hold_is_asked_about_as_well() -> None:
    office = await case_at()
    await office.to_integrity()
    await office.opinion(leader="DEFER")
    desk = await applies(office)
    assert desk.current.state is CaseState.HELD
    assert [task.unit for task in desk.current.open_tasks("supplement")] == [SOURCE]


async def test_silence_comes_before_the_conference_and_a_closed_source_caps_the_grade() -> None:
    office = await case_at()
    await office.to_integrity()
    assert (await office.desk.case()).grade is Grade.A
    desk = await applies(office)
    await desk.until(local("2026-05-08 09:01"))
    await office.act("supplement-conference", "CLOSED_NO_REPLY", form=MINUTES)
    assert desk.current.open_tasks("supplement", "supplement-sign") == []
    assert desk.current.grade is Grade.B


async def test_a_batch_keeps_its_version_tells_its_cases_and_opens_later_ones_under_the_new_one() -> None:
    desk = PureDesk(BATCHES, loader.released("2026.1"), local("2026-03-02 10:00"))
    desk.open(batch_opening())
    nominator = somebody("NOMINATOR", "p-nominator", "chamber-1")
    await desk.send(asks(SubmitRoster, nominator, "b1", roster_digest="a" * 64, entries=(ENTRY,)))
    desk.carry()
    for _ in range(2):
        await desk.send(asks(ApplyPolicy, ASKER, "b1", applied=applied()))
    assert len(desk.of(TransitionTaken)) == 1
    assert desk.current.policy == "2026.1"
    (told,) = desk.current.owed
    assert isinstance(told, Tell)
    assert (told.kind, told.case_ids, told.command.act) == ("nomination", ("c1",), "apply-policy")
    desk.carry()
    other = ENTRY.model_copy(update={"case_id": "c2", "person_id": "p2"})
    await desk.send(asks(SubmitRoster, nominator, "b1", roster_digest="b" * 64, entries=(other,)))
    (begun,) = desk.current.owed
    assert isinstance(begun, Start)
    assert [(one.policy, one.policy_digest) for one in begun.openings] == [
        ("2026.2", loader.digest("2026.2"))
    ]


async def test_seats_of_the_batch_hear_of_the_version_that_measures_them_next() -> None:
    desk = PureDesk(BATCHES, loader.released("2026.1"), local("2026-03-02 10:00"))
    desk.open(batch_opening())
    desk.current = desk.current.but(tenures=("t1",))
    await desk.send(asks(ApplyPolicy, ASKER, "b1", applied=applied()))
    (told,) = desk.current.owed
    assert isinstance(told, Tell)
    assert (told.kind, told.case_ids) == ("tenure", ("t1",))
    assert isinstance(told.command, AnnouncePolicy)
    await desk.send(asks(SeatTaken, somebody("CLERK"), "b1", tenure="t2", person_id="p-member"))
    assert words_for(desk, "tenure")[-1][0] == ("t2",), (
        "one that is given later is measured as the others are"
    )
