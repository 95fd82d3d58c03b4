"""The nominee loses the post or the firm; the dossier changes after somebody signed over it (§8.1)."""

import pytest

from contracts.causes import Cause
from contracts.commands.nomination import EnterFirm, ReportLoss
from contracts.events.election import BallotLeft
from contracts.matter import Loss
from contracts.nominee import Firm
from contracts.vocabulary import CaseState, FirmPart, Stage, TaskState
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.instants import midnight_after
from tests.office import INSPECTION, Office
from workflows.kinds.nomination.case import Nomination

NOMINATOR = somebody("NOMINATOR", "p-nominator", "chamber-1")
NEW_CODE = "91990001000000002R"
ELECTION = local("2026-04-20 09:00")


def loss() -> ReportLoss:
    return asks(ReportLoss, NOMINATOR, loss=Loss(reason="the firm was sold"))


async def checked_again(office: Office, outcome: str = "PASS") -> None:
    await office.act("screen", outcome)
    await office.act("screen-sign", "CONFIRM")


async def test_a_loss_leads_back_to_the_check_and_a_pass_goes_on_where_it_was(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.replies()
    await office.graded()
    await office.act("inspect", "SUITABLE", signature=1, form=INSPECTION)
    await desk.send(loss())
    assert (desk.current.state, desk.current.stage) == (CaseState.SCREENING, Stage.INSPECTION)
    with pytest.raises(RefusedError, match="screening-open"):
        await office.act("inspect", "SUITABLE", signature=2, form=INSPECTION)
    await checked_again(office)
    assert desk.current.state is CaseState.INSPECTING
    await office.act("inspect", "SUITABLE", signature=2, form=INSPECTION)
    assert desk.current.stage is Stage.INTEGRITY
    assert not desk.current.open_tasks("declare")


async def test_a_loss_is_checked_once_and_may_end_the_case(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await desk.send(loss())
    await desk.send(loss())
    assert len(desk.current.open_tasks("screen")) == 1
    await office.replies()
    assert desk.current.stage is Stage.CONSULTATION, "the evaluation waits for the check"
    await checked_again(office, "INELIGIBLE")
    assert desk.current.state is CaseState.INELIGIBLE


async def test_who_lost_the_post_is_off_the_ballot_until_the_check_has_passed(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(local("2026-04-15 00:00"))
    await office.confirmed()
    await desk.send(loss())
    assert (desk.current.state, desk.current.stage) == (CaseState.SCREENING, Stage.RECHECK)
    assert [event.cause for event in desk.of(BallotLeft)] == [Cause.POST_LOST]
    await checked_again(office)
    assert not desk.current.open_tasks("declare")
    await office.confirmed()
    await desk.until(ELECTION)
    assert desk.current.open_tasks("count")


async def test_nobody_is_proposed_while_the_eligibility_is_checked_again(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.to_proposal()
    await desk.send(loss())
    with pytest.raises(RefusedError, match="screening-open"):
        await office.act("propose-department", "PROPOSE")
    await checked_again(office, "INELIGIBLE")
    assert desk.current.state is CaseState.INELIGIBLE


async def test_a_loss_during_the_check_itself_needs_no_second_one(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.act("screen", "PASS")
    await desk.send(loss())
    await office.act("screen-sign", "CONFIRM")
    assert (desk.current.state, desk.current.stage) == (CaseState.AWAITING_CONSENT, Stage.DECLARATION)


async def test_only_the_own_unit_and_the_person_say_so_in_words(desk: PureDesk[Nomination]) -> None:
    other = somebody("NOMINATOR", "p-other", "guild-1")
    await refused(desk, asks(ReportLoss, other, loss=Loss(reason="x")), "wrong-role")
    await refused(desk, asks(ReportLoss, NOMINATOR, loss=Loss(reason="\u200b")), "reason-required")


async def test_departments_that_answered_about_another_firm_are_asked_again(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.screened()
    await office.reply("tax")
    await office.act("reply", "NO_ISSUE", unit="court")
    before = desk.current.content_digest
    await desk.send(loss())
    await checked_again(office, "RETURN")
    await office.act("repair", "REPAIRED", form={"firm": "虚构二有限公司", "credit_code": NEW_CODE})
    await checked_again(office)
    asked = desk.current.open_tasks("reply")
    assert {task.unit for task in asked} == {d.code for d in desk.policy.departments}
    assert {task.content for task in asked} == {desk.current.content_digest}
    assert desk.current.content_digest != before
    assert not desk.current.open_tasks("reply-sign")
    await office.replies()
    assert desk.current.stage is Stage.GRADING


async def test_who_inspects_together_signs_again_together(desk: PureDesk[Nomination], office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.graded()
    await office.act("inspect", "SUITABLE", signature=1, form=INSPECTION)
    firm = Firm(name="虚构二有限公司", credit_code=NEW_CODE, part=FirmPart.ACTUAL_CONTROLLER)
    await desk.send(asks(EnterFirm, NOMINATOR, firm=firm))
    open_now = desk.current.open_tasks("inspect")
    assert sorted((task.signature, task.round) for task in open_now) == [(1, 2), (2, 2)]
    assert [t.state for t in desk.current.tasks.values() if t.kind == "inspect"].count(
        TaskState.CANCELLED
    ) == 1
    await office.inspected()
    assert desk.current.stage is Stage.INTEGRITY


async def test_a_draft_that_waits_for_signatures_is_drafted_again(
    desk: PureDesk[Nomination], office: Office
) -> None:
    await office.to_integrity()
    await office.act("opinion-draft", "NO_OBJECTION")
    firm = Firm(name="虚构二有限公司", credit_code=NEW_CODE, part=FirmPart.ACTUAL_CONTROLLER)
    await desk.send(asks(EnterFirm, NOMINATOR, firm=firm))
    assert [task.kind for task in desk.current.open_tasks()] == ["opinion-draft"]


async def test_nobody_renounces_by_silence_while_the_eligibility_is_checked_again(
    desk: PureDesk[Nomination], office: Office
) -> None:
    """The declaration was asked for on 2 March, until 9 March; nobody could have signed it during the check."""
    await checked_again(office)
    await desk.send(loss())
    assert not desk.current.open_tasks("declare")
    await desk.until(local("2026-03-17 00:00"))
    assert desk.current.state is CaseState.SCREENING
    await checked_again(office)
    assert (await office.task("declare")).due == midnight_after(3, 24), "five working days from the check"
    await office.act("declare", "SIGNED")
    assert desk.current.stage is Stage.CONSULTATION
