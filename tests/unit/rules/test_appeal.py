"""The right to one re-check of a veto or of ineligibility (domain §8.1, §8.8.15)."""

import pytest

from contracts.events.case import CaseEnded
from contracts.vocabulary import CaseState, Ruling, Stage
from tests.acting import completing, refused
from tests.asking import local, somebody
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import Office, finding
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]


async def vetoed(office: Office) -> None:
    """Monday 2 March 2026: owed tax, confirmed by two."""
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")


async def ineligible(office: Office) -> None:
    """The same day, at the eligibility check."""
    await office.act("screen", "INELIGIBLE")
    await office.act("screen-sign", "CONFIRM")


async def granted(office: Office) -> None:
    """The person asks, and two others grant it."""
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    await office.act("appeal-answer", "GRANTED", actor=somebody("EVALUATOR", "p-other"))
    await office.act("appeal-answer-sign", "CONFIRM")


@pytest.mark.parametrize("end", [vetoed, ineligible])
async def test_without_a_receipt_the_term_runs_from_three_days_after_sending(
    end: object, desk: Work, office: Office
) -> None:
    await end(office)  # type: ignore[operator]
    (event,) = desk.of(CaseEnded)
    assert isinstance(event, CaseEnded)
    assert (await office.task("appeal")).due == event.answer_by == midnight_after(3, 12)
    await desk.until(local("2026-03-12 23:59"))
    assert desk.current.open_tasks("appeal")
    await desk.until(local("2026-03-13 00:00"))
    assert not desk.current.open_tasks("appeal")


async def test_a_receipt_begins_the_term(desk: Work, office: Office) -> None:
    await vetoed(office)
    await desk.until(local("2026-03-03 10:00"))
    await office.act("serve", "SERVED")
    assert (await office.task("appeal")).due == midnight_after(3, 10)


async def test_the_file_waits_for_the_right_and_for_its_answer(desk: Work, office: Office) -> None:
    await vetoed(office)
    await office.act("serve", "SERVED")
    assert not desk.current.open_tasks("file")
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    assert not desk.current.open_tasks("file")
    assert (await office.task("appeal-answer")).due == midnight_after(3, 16)
    await office.act("appeal-answer", "REFUSED", actor=somebody("EVALUATOR", "p-other"))
    await office.act("appeal-answer-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED
    await office.act("file", "FILED")
    assert desk.current.filed


async def test_a_right_that_is_not_used_ends_and_the_file_is_closed(desk: Work, office: Office) -> None:
    await vetoed(office)
    await desk.until(local("2026-03-13 00:00"))
    assert not desk.current.open_tasks("file"), "the letters are not served yet"
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def test_whoever_acted_does_not_answer_and_nobody_else_asks(desk: Work, office: Office) -> None:
    await vetoed(office)
    nominator = somebody("NOMINATOR", "p-nominator", "chamber-1")
    await refused(desk, await completing(office, "appeal", nominator, outcome="APPEALED"), "wrong-role")
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    acted = office.actor("EVALUATOR")
    asked = await completing(office, "appeal-answer", acted, outcome="GRANTED", reason="r")
    await refused(desk, asked, "separation-of-duty")


async def test_a_granted_re_check_rules_again_and_goes_on_where_it_was_cut_short(
    desk: Work, office: Office
) -> None:
    await vetoed(office)
    await granted(office)
    assert (desk.current.state, desk.current.stage) == (CaseState.RULING, Stage.CONSULTATION)
    assert not desk.current.open_tasks("serve", "file")
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.hits[0].ruling is Ruling.CLEARED
    await office.replies("tax")
    assert desk.current.stage is Stage.GRADING


async def test_a_granted_re_check_of_eligibility_checks_it_again(desk: Work, office: Office) -> None:
    await ineligible(office)
    await granted(office)
    assert desk.current.state is CaseState.RULING
    await office.screened()
    assert desk.current.stage is Stage.CONSULTATION


async def test_a_pause_that_stood_at_the_end_stands_again(desk: Work, office: Office) -> None:
    await office.screened()
    await office.paused("police")
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO", about="hit.2")
    await office.act("confirm-fact-sign", "CONFIRM", about="hit.2")
    await granted(office)
    assert [hold.name for hold in desk.current.holds] == ["pause-item:hit.1"]


async def test_the_right_is_given_once(desk: Work, office: Office) -> None:
    await vetoed(office)
    await granted(office)
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED
    assert not desk.current.open_tasks("appeal")
    last = desk.of(CaseEnded)[-1]
    assert isinstance(last, CaseEnded)
    assert (last.right, last.answer_by) == (False, None)
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def test_other_ends_grant_no_re_check(desk: Work, office: Office) -> None:
    await office.withdraw()
    assert not desk.current.open_tasks("appeal")
