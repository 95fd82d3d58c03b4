"""ST05: explanation, two people, panel, pause."""

import pytest

from contracts.events.review import FactDismissed
from contracts.vocabulary import CaseState, Grade, Ruling, Stage
from tests.asking import local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office, finding
from tests.prizes import words_for


async def test_a_hard_veto_needs_explanation_and_two_people(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    assert desk.current.state is CaseState.RULING
    assert not desk.current.open_tasks("confirm-fact"), "the nominee is heard first"
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await office.act("confirm-fact", "VETO")
    assert not desk.current.ended, "one person is not enough"
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED
    assert [t.kind for t in desk.current.open_tasks()] == ["serve", "appeal"]


async def test_an_explanation_that_never_comes_leads_to_the_ruling_not_to_a_veto(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await desk.until(local("2026-03-10 00:00"))
    assert not desk.current.open_tasks("explain")
    assert desk.current.open_tasks("confirm-fact")
    assert desk.current.state is CaseState.RULING


async def test_an_explanation_after_its_deadline_is_refused_at_the_act(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    desk.now = local("2026-03-10 00:00")  # the timer has not fired yet
    with pytest.raises(RefusedError, match="past-deadline"):
        await office.act("explain", "EXPLAINED", form={"text": "late"})


async def test_a_cleared_hit_lets_the_case_go_on(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.replies("tax")
    assert desk.current.stage is Stage.CONSULTATION, "an open hit holds grading up"
    await office.act("explain", "EXPLAINED", form={"text": "a namesake"})
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.stage is Stage.GRADING
    assert desk.current.hits[0].ruling is Ruling.CLEARED


async def test_a_second_signer_may_send_a_ruling_back(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "EXPLAINED", form={"text": "a namesake"})
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "SEND_BACK")
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.hits[0].ruling is Ruling.CLEARED


async def panel(office: Office, *votes: str) -> None:
    """The chair and two members vote."""
    await office.act("panel-chair", votes[0])
    await office.act("panel-vote", votes[1], signature=2)
    await office.act("panel-vote", votes[2], signature=3)


async def test_a_panel_vetoes_by_majority(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("market", "ISSUE", finding("NL-E06", subject="enterprise"))
    await office.act("explain", "NOTHING_TO_ADD")
    await panel(office, "MINOR", "VETO", "VETO")
    assert desk.current.state is CaseState.VETOED


async def test_a_panel_without_majority_votes_again_and_minor_caps_the_grade(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.reply("market", "ISSUE", finding("NL-E06", subject="enterprise"))
    await office.replies("market")
    await office.act("explain", "NOTHING_TO_ADD")
    await panel(office, "MINOR", "VETO", "CLEARED")
    assert desk.current.state is CaseState.RULING
    await panel(office, "MINOR", "MINOR", "CLEARED")
    await office.graded(900)
    assert desk.current.grade is Grade.B


async def test_a_fact_beyond_its_look_back_is_dismissed(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("market", "ISSUE", finding("NL-E06", anchor="2023-03-02", subject="enterprise"))
    assert len(desk.of(FactDismissed)) == 1
    assert desk.current.state is CaseState.CONSULTING


async def test_what_a_panel_judged_of_a_leading_person_costs_no_organisation_anything(
    desk: PureDesk, office: Office
) -> None:
    """A judgement item found serious vetoes the person; eligibility asks for no confirmed hard item (§8.3)."""
    await office.screened()
    await office.reply("market", "ISSUE", finding("NL-E06", subject="enterprise"))
    await office.act("explain", "NOTHING_TO_ADD")
    for kind, signature, vote in (
        ("panel-chair", 1, "VETO"),
        ("panel-vote", 2, "VETO"),
        ("panel-vote", 3, "CLEARED"),
    ):
        await office.act(kind, vote, signature=signature)
    assert desk.current.state is CaseState.VETOED
    assert words_for(desk, "integrity") == []
    await office.act("appeal", "APPEALED", form={"text": "paid"})
    await office.act("appeal-answer", "GRANTED", actor=somebody("EVALUATOR", "p-other"))
    await office.act("appeal-answer-sign", "CONFIRM")
    assert words_for(desk, "integrity") == [], "of what nobody entered nothing is withdrawn"
