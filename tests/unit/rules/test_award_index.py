"""The index of a leading person that falls below the bar after the check: two people say what follows (§8.3, SC-23)."""

import pytest

from contracts.events.award import LeaderQuestioned
from contracts.vocabulary import CaseState
from tests.desks import PureDesk, RefusedError
from tests.office import People
from tests.prizes import MEETING, told_of_index, told_of_veto
from tests.unit.rules.test_award import entered, recognised
from workflows.kinds.award.case import Award


async def checked(people: People[Award]) -> None:
    await people.act("award-check", "ELIGIBLE", form=entered(700))
    await people.act("award-check-sign", "CONFIRM")


async def lost(people: People[Award]) -> None:
    await people.act("award-loss", "INELIGIBLE")
    await people.act("award-loss-sign", "CONFIRM")


async def test_eligibility_is_lost_by_a_decision_of_two_people(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await checked(people)
    await award.send(told_of_index(399))
    assert award.current.state is CaseState.IN_QUESTION
    await lost(people)
    assert award.current.state is CaseState.INELIGIBLE, "and N23 says so"


async def test_400_is_not_below(award: PureDesk[Award], people: People[Award]) -> None:
    await checked(people)
    await award.send(told_of_index(400))
    assert award.current.state is CaseState.RECOGNISING


async def test_while_the_check_is_under_way_the_index_is_a_part_of_it(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await award.send(told_of_index(399))
    assert [task.kind for task in award.current.open_tasks()] == ["award-check"]


async def test_of_a_title_that_is_held_a_proposal_is_asked(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await recognised(people)
    await award.send(told_of_index(399))
    await people.act("title-proposal", "PROPOSED")
    await people.act("title-proposal-sign", "CONFIRM")
    assert award.current.state is CaseState.TITLE_HELD
    await people.act("title-decision", "TITLE_WITHDRAWN", form=MEETING)
    assert award.current.state is CaseState.TITLE_WITHDRAWN


async def test_nobody_is_asked_any_more_when_the_index_has_passed_again(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await recognised(people)
    await award.send(told_of_index(399))
    await people.act("title-proposal", "PROPOSED")
    await people.act("title-proposal-sign", "CONFIRM")
    await award.send(told_of_index(400))
    assert award.current.state is CaseState.TITLE_HELD
    assert award.current.open_tasks() == []


async def test_an_application_that_was_lost_by_an_index_is_checked_anew_when_it_has_passed(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await checked(people)
    await award.send(told_of_index(399))
    await lost(people)
    await award.send(told_of_index(650))
    assert award.current.state is CaseState.APPLYING
    assert [task.kind for task in award.current.open_tasks()] == ["award-check"]


async def test_what_is_found_not_to_touch_it_recognises_nobody_below_the_bar(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await checked(people)
    await award.send(told_of_index(399))
    await people.act("award-loss", "NOT_AFFECTED")
    await people.act("award-loss-sign", "CONFIRM")
    with pytest.raises(RefusedError, match="399 of a leading person is below 400"):
        await people.act("recognise", "RECOGNISED", form=MEETING)


async def test_a_lower_index_asks_again_only_after_the_first_was_decided(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await recognised(people)
    await award.send(told_of_index(399))
    await award.send(told_of_index(380))
    assert len(award.of(LeaderQuestioned)) == 1
    await people.act("title-proposal", "NOT_AFFECTED")
    await people.act("title-proposal-sign", "CONFIRM")
    await award.send(told_of_index(390))
    assert [task.kind for task in award.current.open_tasks()] == ["title-proposal"]


async def test_a_veto_stands_however_the_index_rises(award: PureDesk[Award], people: People[Award]) -> None:
    await recognised(people)
    await award.send(told_of_veto())
    await award.send(told_of_index(399))
    await award.send(told_of_index(700))
    assert [task.kind for task in award.current.open_tasks()] == ["title-proposal"]
