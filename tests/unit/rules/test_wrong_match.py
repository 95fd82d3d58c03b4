"""SC-19: the nominee says that a fact is another's; where it came from it is checked, and taken back."""

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.integrity import EnterMark, WithdrawMark
from contracts.commands.nomination import DisputeHit
from contracts.events.review import HitCancelled
from contracts.nominee import Fact
from contracts.vocabulary import CaseState, Grade, Stage
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import Office, finding
from tests.prizes import words_for
from tests.unit.rules.test_appeal import granted
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]


async def another(office: Office) -> None:
    """Owed tax is reported, and the nominee says that it is a namesake's."""
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "MISMATCH", form={"text": "a namesake's number"})


async def test_the_source_checks_within_two_days_and_cancels(desk: Work, office: Office) -> None:
    await office.screened()
    await another(office)
    assert (await office.task("match", "tax")).due == midnight_after(3, 4)
    assert not desk.current.open_tasks("confirm-fact")
    await office.act("match", "MISMATCH", unit="tax")
    assert desk.current.state is CaseState.RULING, "one person is not enough"
    await office.act("match-sign", "CONFIRM", unit="tax")
    (event,) = desk.of(HitCancelled)
    assert isinstance(event, HitCancelled)
    assert event.private.checked_by != event.private.confirmed_by
    assert (desk.current.state, desk.current.open_hits()) == (CaseState.CONSULTING, [])


async def test_a_fact_that_is_the_persons_is_ruled_on(desk: Work, office: Office) -> None:
    await office.screened()
    await another(office)
    await office.act("match", "MATCHES", unit="tax")
    await office.act("match-sign", "CONFIRM", unit="tax")
    assert [t.about for t in desk.current.open_tasks("confirm-fact")] == ["hit.1"]


async def test_the_time_of_the_check_counts_against_no_limit(desk: Work, office: Office) -> None:
    await office.screened()
    assert (await office.task("reply", "police")).due == midnight_after(3, 16)
    await desk.until(local("2026-03-03 10:00"))
    await another(office)
    await desk.until(local("2026-03-05 10:00"))
    await office.act("match", "MISMATCH", unit="tax")
    await office.act("match-sign", "CONFIRM", unit="tax")
    assert (await office.task("reply", "police")).due == midnight_after(3, 19), (
        "three to five March: three days"
    )


async def test_what_no_department_reported_is_checked_at_the_screening_desk(
    desk: Work, office: Office
) -> None:
    (fact,) = finding("NL-D01")["findings"]  # type: ignore[misc]
    officer = somebody("DISC_OFFICER", "p-informed")
    await office.asks(ReportFact, officer, fact=Fact.model_validate(fact), source="court-feed")
    await office.act("explain", "MISMATCH", form={"text": "a namesake's number"})
    await office.act("match-desk", "MISMATCH")
    await office.act("match-desk-sign", "CONFIRM")
    assert desk.current.open_hits() == []


async def test_a_grade_that_rested_on_the_hit_is_given_again(desk: Work, office: Office) -> None:
    await office.screened()
    await office.reply("market", "ISSUE", finding("NL-E06", subject="enterprise"))
    await office.replies("market")
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("panel-chair", "MINOR")
    await office.act("panel-vote", "MINOR", signature=2)
    await office.act("panel-vote", "CLEARED", signature=3)
    await office.graded(900)
    assert desk.current.grade is Grade.B
    await office.asks(DisputeHit, office.actor("DEPT_OFFICER", "market"), hit=1, reason="another firm's")
    await office.act("match", "MISMATCH", unit="market")
    await office.act("match-sign", "CONFIRM", unit="market")
    assert (desk.current.grade, desk.current.stage) == (Grade.A, Stage.INSPECTION)


async def test_a_veto_over_anothers_fact_leaves_the_integrity_file(desk: Work, office: Office) -> None:
    """With the correction, whether the person asks for a re-check or not; a granted one withdraws it no second time."""
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    officer = somebody("DEPT_OFFICER", "p-x", "tax")
    await office.asks(DisputeHit, officer, hit=1, reason="another's number")
    await office.act("match", "MISMATCH")
    assert [type(word) for _, word in words_for(desk, "integrity")] == [EnterMark]
    await office.act("match-sign", "CONFIRM")
    assert [type(word) for _, word in words_for(desk, "integrity")] == [EnterMark, WithdrawMark]
    await granted(office)
    assert [type(word) for _, word in words_for(desk, "integrity")] == [EnterMark, WithdrawMark]


async def test_a_pause_of_another_is_lifted_with_the_hit(desk: Work, office: Office) -> None:
    await office.screened()
    await office.paused("police")
    await office.asks(DisputeHit, office.actor("DEPT_OFFICER", "police"), hit=1, reason="another's number")
    await office.act("match", "MISMATCH", unit="police")
    await office.act("match-sign", "CONFIRM", unit="police")
    assert desk.current.state is CaseState.CONSULTING
    assert not desk.current.open_tasks("resume")


@pytest.mark.parametrize("item", ["NL-C03", ""])
async def test_nobody_learns_of_a_pause_by_disputing_it(item: str, desk: Work, office: Office) -> None:
    await office.screened()
    if item:
        await office.reply("police", "ISSUE", finding(item))
    await refused(desk, asks(DisputeHit, office.actor("NOMINEE"), "c1", hit=1, reason="r"), "unknown-hit")


async def test_a_hit_is_disputed_once_and_by_those_concerned(desk: Work, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    stranger = office.actor("DEPT_OFFICER", "police")
    await refused(desk, asks(DisputeHit, stranger, "c1", hit=1, reason="r"), "wrong-role")
    await office.asks(DisputeHit, office.actor("NOMINEE"), hit=1, reason="a namesake's")
    await office.act("match", "MATCHES", unit="tax")
    await office.act("match-sign", "CONFIRM", unit="tax")
    await refused(desk, asks(DisputeHit, office.actor("NOMINEE"), "c1", hit=1, reason="r"), "unknown-hit")
    assert [t.about for t in desk.current.open_tasks("confirm-fact")] == ["hit.1"]


async def test_before_the_declaration_no_department_is_asked_whose_fact_it_is(
    desk: Work, office: Office
) -> None:
    """Nothing is asked of a department before the person has signed: the desk compares the numbers (§8.1)."""
    fact = Fact.model_validate(finding("NL-D01")["findings"][0])  # type: ignore[index]
    await office.asks(ReportFact, somebody("DISC_OFFICER", "p-informed"), fact=fact, source="tax")
    await office.act("explain", "MISMATCH", form={"text": "a namesake's number"})
    assert not desk.current.open_tasks("match")
    await office.act("match-desk", "MISMATCH")
    await office.act("match-desk-sign", "CONFIRM")
    assert len(desk.of(HitCancelled)) == 1
