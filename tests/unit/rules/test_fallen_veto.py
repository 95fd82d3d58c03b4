"""A veto that stands no more: the integrity file and the awards that had counted it hear of that (domain §8.3)."""

import pytest

from contracts.commands.award import LeaderCleared, LeaderMarked
from contracts.commands.integrity import EnterLead, EnterMark, WithdrawMark
from contracts.events.award import ApplicationReopened, LeaderQuestioned, VetoFell
from contracts.events.integrity import MarkWithdrawn
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.acting import refused
from tests.asking import local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office, People, finding
from tests.prizes import (
    CHAMBER,
    FILE,
    MEETING,
    VETO,
    file_opening,
    owed,
    told_of_fall,
    told_of_index,
    told_of_veto,
    words_for,
)
from workflows.kinds.award.case import Award
from workflows.kinds.integrity.case import Integrity
from workflows.kinds.integrity.kind import DECIDER as FILES
from workflows.kinds.nomination.case import Nomination

ANOTHER = VETO.model_copy(update={"case": "c2"})


@pytest.fixture
def file(policy: Policy) -> PureDesk[Integrity]:
    desk = PureDesk(FILES, policy, local("2026-03-02 10:00"))
    desk.open(file_opening())
    return desk


async def recognised(award: PureDesk[Award], people: People[Award]) -> None:
    await award.send(told_of_index(700))
    await people.act("award-check", "ELIGIBLE")
    await people.act("award-check-sign", "CONFIRM")
    await people.act("recognise", "RECOGNISED", form=MEETING)


async def test_a_granted_re_check_withdraws_the_veto_and_a_new_ruling_enters_it_again(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    await office.act("appeal-answer", "GRANTED", actor=somebody("EVALUATOR", "p-other"))
    await office.act("appeal-answer-sign", "CONFIRM")
    assert [type(word) for _, word in words_for(desk, "integrity")] == [EnterMark, WithdrawMark]
    await office.act("confirm-fact", "VETO", actor=somebody("EVALUATOR", "p-third"))
    await office.act("confirm-fact-sign", "CONFIRM", actor=somebody("PANEL_CHAIR", "p-fourth"))
    files, words = zip(*words_for(desk, "integrity"), strict=True)
    assert set(files) == {(FILE,)}
    assert [type(word) for word in words] == [EnterMark, WithdrawMark, EnterMark]


async def test_a_re_check_of_ineligibility_withdraws_nothing(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.act("screen", "INELIGIBLE")
    await office.act("screen-sign", "CONFIRM")
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    await office.act("appeal-answer", "GRANTED", actor=somebody("EVALUATOR", "p-other"))
    await office.act("appeal-answer-sign", "CONFIRM")
    assert words_for(desk, "integrity") == []


async def test_the_file_tells_its_awards_once(file: PureDesk[Integrity]) -> None:
    await file.send(owed(EnterLead, FILE, CHAMBER, award=CHAMBER))
    await file.send(owed(EnterMark, FILE, mark=VETO))
    for _ in range(2):
        await file.send(owed(WithdrawMark, FILE, case=VETO.case))
    assert len(file.of(MarkWithdrawn)) == 1
    assert file.current.marks == ()
    assert [type(word) for _, word in words_for(file, "award")] == [LeaderMarked, LeaderCleared]


async def test_who_applies_after_the_fall_hears_of_no_veto(file: PureDesk[Integrity]) -> None:
    await file.send(owed(EnterMark, FILE, mark=VETO))
    await file.send(owed(WithdrawMark, FILE, case=VETO.case))
    await file.send(owed(EnterLead, FILE, CHAMBER, award=CHAMBER))
    assert words_for(file, "award") == []


async def test_nobody_is_asked_about_a_fallen_veto_any_longer(award: PureDesk[Award]) -> None:
    await award.send(told_of_veto())
    await award.send(told_of_veto(ANOTHER))
    await award.send(told_of_fall())
    assert [task.about for task in award.current.open_tasks("award-loss")] == ["mark.2"]
    assert award.current.state is CaseState.IN_QUESTION
    await award.send(told_of_fall("c2"))
    assert award.current.state is CaseState.APPLYING


async def test_the_same_veto_may_come_again_after_its_fall(award: PureDesk[Award]) -> None:
    await award.send(told_of_veto())
    await award.send(told_of_fall())
    await award.send(told_of_fall())
    await award.send(told_of_veto())
    assert len(award.of(LeaderQuestioned)) == 2
    assert len(award.of(VetoFell)) == 1
    assert [task.about for task in award.current.open_tasks("award-loss")] == ["mark.2"]


async def test_an_application_lost_by_it_is_checked_anew(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await award.send(told_of_veto())
    await people.act("award-loss", "INELIGIBLE")
    await people.act("award-loss-sign", "CONFIRM")
    await award.send(told_of_fall())
    assert award.current.state is CaseState.APPLYING
    assert [task.kind for task in award.current.open_tasks()] == ["award-check"]


@pytest.mark.parametrize("when", ["before", "after"])
async def test_another_veto_that_stands_is_decided_on_when_the_first_falls(
    award: PureDesk[Award], people: People[Award], when: str
) -> None:
    """It was told before the application was lost, and its task cancelled with it; or after, and nobody was asked."""
    await award.send(told_of_veto())
    if when == "before":
        await award.send(told_of_veto(ANOTHER))
    await people.act("award-loss", "INELIGIBLE", about="mark.1")
    await people.act("award-loss-sign", "CONFIRM", about="mark.1")
    if when == "after":
        await award.send(told_of_veto(ANOTHER))
    assert not award.current.open_tasks("award-loss"), "of a lost application nobody is asked anything"
    await award.send(told_of_fall())
    assert [task.about for task in award.current.open_tasks("award-loss")] == ["mark.2"]
    assert award.current.state is CaseState.IN_QUESTION
    await people.act("award-loss", "INELIGIBLE", about="mark.2")
    await people.act("award-loss-sign", "CONFIRM", about="mark.2")
    assert award.current.state is CaseState.INELIGIBLE


async def test_an_application_that_is_checked_anew_knows_the_index_that_came_meanwhile(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await award.send(told_of_index(700))
    await award.send(told_of_veto())
    await people.act("award-loss", "INELIGIBLE")
    await people.act("award-loss-sign", "CONFIRM")
    await award.send(told_of_index(399))
    await award.send(told_of_fall())
    with pytest.raises(RefusedError, match="399 of a leading person is below 400"):
        await people.act("award-check", "ELIGIBLE")


async def test_an_application_lost_by_the_check_stays_lost(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await award.send(told_of_veto())
    await people.act("award-loss", "NOT_AFFECTED")
    await people.act("award-loss-sign", "CONFIRM")
    await people.act("award-check", "INELIGIBLE")
    await people.act("award-check-sign", "CONFIRM")
    await award.send(told_of_fall())
    assert award.current.state is CaseState.INELIGIBLE
    assert not award.of(ApplicationReopened)
    await refused(award, told_of_veto(ANOTHER), "case-ended")


async def test_a_proposal_that_rests_on_it_alone_waits_for_nobody(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await recognised(award, people)
    for mark in (VETO, ANOTHER):
        await award.send(told_of_veto(mark))
        await people.act("title-proposal", "PROPOSED")
        await people.act("title-proposal-sign", "CONFIRM")
    await award.send(told_of_fall())
    assert award.current.open_tasks("title-decision")
    await award.send(told_of_fall("c2"))
    assert not award.current.open_tasks("title-decision")
    assert award.current.state is CaseState.TITLE_HELD


async def test_a_title_that_was_withdrawn_is_given_back_by_nobody_but_who_gave_it(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await recognised(award, people)
    await award.send(told_of_veto())
    await people.act("title-proposal", "PROPOSED")
    await people.act("title-proposal-sign", "CONFIRM")
    await people.act("title-decision", "TITLE_WITHDRAWN", form=MEETING)
    await award.send(told_of_fall())
    (fell,) = award.of(VetoFell)
    assert isinstance(fell, VetoFell)
    assert (fell.state, fell.outcome) == (CaseState.TITLE_WITHDRAWN, "PROPOSED")
    assert award.current.state is CaseState.TITLE_WITHDRAWN


async def test_only_files_say_that_a_veto_fell(award: PureDesk[Award]) -> None:
    said = told_of_fall()
    forged = said.model_copy(update={"claim": said.claim.model_copy(update={"owed_by": None})})
    await refused(award, forged, "wrong-role")
