"""An application for an award: who is eligible, what a veto of a leading person leads to, what becomes of a title."""

import pytest

from contracts.commands.integrity import EnterLead
from contracts.events.award import LeaderQuestioned, TitleRecognised, WithdrawalProposed
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.acting import completing, refused
from tests.asking import local, somebody
from tests.desks import PureDesk, RefusedError
from tests.instants import midnight_after
from tests.office import People
from tests.prizes import (
    CHAIR,
    CHAMBER,
    FILE,
    MEETING,
    VETO,
    award_opening,
    begins,
    told_of_index,
    told_of_veto,
    words_for,
)
from workflows.kinds.award.case import Award
from workflows.kinds.award.kind import DECIDER


def entered(chair: int | None = None, **others: int) -> dict[str, object]:
    """Indexes that are on no record."""
    said = others if chair is None else {CHAIR: chair, **others}
    rows = [{"person_id": person, "index": index, "source": "第三方机构"} for person, index in said.items()]
    return {"indexes": rows}


async def recognised(people: People[Award]) -> None:
    """The title is held from 2 March 2026 on."""
    await people.act("award-check", "ELIGIBLE", form=entered(400))
    await people.act("award-check-sign", "CONFIRM")
    await people.act("recognise", "RECOGNISED", form=MEETING)


def test_the_files_of_the_leading_persons_are_told_whom_to_tell(award: PureDesk[Award]) -> None:
    assert begins(award) == [FILE]
    ((files, word),) = words_for(award, "integrity")
    assert files == (FILE,)
    assert isinstance(word, EnterLead)
    assert word.award == CHAMBER


async def test_nobody_is_eligible_below_the_bar_and_400_is_not_below(people: People[Award]) -> None:
    for form in ({}, entered(), entered(399), entered(700, **{"p-other": 700})):
        with pytest.raises(RefusedError, match="form-invalid"):
            await people.act("award-check", "ELIGIBLE", form=form)
    await people.act("award-check", "ELIGIBLE", form=entered(400))
    await people.act("award-check-sign", "CONFIRM")
    assert (await people.desk.case()).state is CaseState.RECOGNISING


async def test_nobody_is_eligible_whose_index_fell_before_the_second_signature(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await people.act("award-check", "ELIGIBLE", form=entered(700))
    await award.send(told_of_index(399))
    with pytest.raises(RefusedError, match="form-invalid"):
        await people.act("award-check-sign", "CONFIRM")
    await people.act("award-check-sign", "SEND_BACK", reason="the index fell")
    await people.act("award-check", "INELIGIBLE", reason="below the bar")
    await people.act("award-check-sign", "CONFIRM")
    assert award.current.state is CaseState.INELIGIBLE


async def test_nobody_is_recognised_whose_index_fell_after_the_check(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await people.act("award-check", "ELIGIBLE", form=entered(700))
    await people.act("award-check-sign", "CONFIRM")
    await award.send(told_of_index(399))
    with pytest.raises(RefusedError, match="399 of a leading person is below 400"):
        await people.act("recognise", "RECOGNISED", form=MEETING)
    await people.act("recognise", "NOT_RECOGNISED", form=MEETING)
    assert award.current.state is CaseState.NOT_RECOGNISED


async def test_every_leading_person_counts(policy: Policy) -> None:
    award = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    award.open(award_opening(CHAIR, "p-second"))
    people = People(award)
    with pytest.raises(RefusedError, match="no index on record"):
        await people.act("award-check", "ELIGIBLE", form=entered(800))
    await people.act("award-check", "ELIGIBLE", form=entered(800, **{"p-second": 400}))


async def test_the_index_on_record_holds_against_what_is_entered(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await award.send(told_of_index(399))
    with pytest.raises(RefusedError, match="399 of a leading person is below 400"):
        await people.act("award-check", "ELIGIBLE", form=entered(900))
    await award.send(told_of_index(400))
    await people.act("award-check", "ELIGIBLE")


async def test_a_veto_is_decided_on_by_two_people_within_three_working_days(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await award.until(local("2026-03-20 15:00"))
    await award.send(told_of_veto())
    assert award.current.state is CaseState.IN_QUESTION
    assert (await people.task("award-loss")).due == midnight_after(3, 25)
    await people.act("award-loss", "INELIGIBLE")
    assert award.current.state is CaseState.IN_QUESTION
    assert (await people.task("award-loss-sign")).due == midnight_after(3, 25)
    first = somebody("PANEL_CHAIR", "p-evaluator-1")
    await refused(award, await completing(people, "award-loss-sign", first), "same-person")
    await people.act("award-loss-sign", "CONFIRM")
    assert award.current.state is CaseState.INELIGIBLE
    assert [task.kind for task in award.current.open_tasks()] == ["serve"]


async def test_nothing_comes_of_a_veto_by_itself(award: PureDesk[Award], people: People[Award]) -> None:
    await award.send(told_of_veto())
    await award.until(local("2026-06-30 10:00"))
    assert award.current.state is CaseState.IN_QUESTION


async def test_no_application_passes_while_a_veto_is_open(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await people.act("award-check", "ELIGIBLE", form=entered(800))
    await award.send(told_of_veto())
    sign = await completing(people, "award-check-sign", somebody("PANEL_CHAIR", "p-chair"), outcome="CONFIRM")
    await refused(award, sign, "ruling-open")
    await people.act("award-loss", "NOT_AFFECTED")
    await people.act("award-loss-sign", "CONFIRM")
    await people.act("award-check-sign", "CONFIRM")
    await award.send(told_of_veto(VETO.model_copy(update={"case": "c2"})))
    decide = await completing(
        people, "recognise", somebody("PARTY_GROUP", "p-group"), outcome="RECOGNISED", form=MEETING
    )
    await refused(award, decide, "ruling-open")


async def test_the_same_veto_told_again_asks_nobody_again(award: PureDesk[Award]) -> None:
    await award.send(told_of_veto())
    await award.send(told_of_veto())
    assert len(award.of(LeaderQuestioned)) == 1


async def test_a_title_is_never_withdrawn_by_a_veto_and_a_proposal_is_made(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await recognised(people)
    await award.send(told_of_veto())
    assert not award.current.open_tasks("award-loss")
    await people.act("title-proposal", "PROPOSED")
    await people.act("title-proposal-sign", "CONFIRM")
    assert len(award.of(WithdrawalProposed)) == 1
    assert award.current.state is CaseState.TITLE_HELD
    await people.act("title-decision", "TITLE_WITHDRAWN", form=MEETING)
    assert award.current.state is CaseState.TITLE_WITHDRAWN


async def test_whoever_gave_the_title_may_keep_it(award: PureDesk[Award], people: People[Award]) -> None:
    await recognised(people)
    await award.send(told_of_veto())
    await people.act("title-proposal", "PROPOSED")
    await people.act("title-proposal-sign", "CONFIRM")
    await people.act("title-decision", "TITLE_KEPT", form=MEETING)
    assert award.current.state is CaseState.TITLE_HELD


async def test_a_title_is_held_for_its_term_and_never_for_life(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await recognised(people)
    (event,) = award.of(TitleRecognised)
    assert isinstance(event, TitleRecognised)
    assert event.until == local("2028-03-03 00:00")
    await award.until(local("2028-03-02 23:59"))
    assert award.current.state is CaseState.TITLE_HELD
    await award.until(local("2028-03-03 00:00"))
    assert award.current.state is CaseState.TITLE_EXPIRED


async def test_whoever_leads_the_organisation_acts_on_nothing(
    award: PureDesk[Award], people: People[Award]
) -> None:
    chair = somebody("EVALUATOR", CHAIR)
    await refused(award, await completing(people, "award-check", chair), "conflict-of-interest")


async def test_only_files_tell_of_vetoes_and_only_of_those_who_lead(award: PureDesk[Award]) -> None:
    forged = told_of_veto().model_copy(
        update={"claim": told_of_veto().claim.model_copy(update={"owed_by": None})}
    )
    await refused(award, forged, "wrong-role")
    await refused(award, told_of_veto(person="p-stranger"), "not-this-person")


async def test_an_application_that_ended_hears_no_more(award: PureDesk[Award], people: People[Award]) -> None:
    await people.act("award-check", "INELIGIBLE")
    await people.act("award-check-sign", "CONFIRM")
    await refused(award, told_of_veto(), "case-ended")
