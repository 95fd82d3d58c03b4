"""Withdrawal until the instant of the election, by the person or on a paper that two people saw (§8.8.6, H13)."""

import pytest

from contracts.base import NO_DIGEST
from contracts.causes import Cause
from contracts.commands.case import ReportConflict
from contracts.commands.nomination import RecordLoss, Withdraw
from contracts.events.election import BallotLeft
from contracts.events.nomination import WithdrawalSigned
from contracts.events.task import TaskCancelled
from contracts.vocabulary import CaseState
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office, finding
from tests.unit.rules.test_appeal import granted
from tests.unit.rules.test_told_after_the_end import vetoed_again

ELECTION = local("2026-04-20 09:00")
PAPER = "a" * 64
UNIT = somebody("NOMINATOR", "p-nominator", unit="chamber-1")
OFFICE = "ELECTION_OFFICE"


async def on_the_ballot(desk: PureDesk, office: Office) -> None:
    """A clean case on the ballot of ELECTION."""
    await office.ready()
    await office.election(ELECTION)
    await desk.until(local("2026-04-15 00:00"))
    await office.confirmed()


async def test_withdrawal_ends_the_case_at_once_and_cancels_open_tasks(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.withdraw()
    assert desk.current.state is CaseState.WITHDRAWN
    assert len(desk.of(TaskCancelled)) == len(desk.policy.departments)
    with pytest.raises(RefusedError, match="case-ended"):
        await office.withdraw()


async def test_the_name_leaves_the_ballot_until_the_instant_of_the_election(
    desk: PureDesk, office: Office
) -> None:
    await on_the_ballot(desk, office)
    await desk.until(local("2026-04-20 08:59"))
    await office.withdraw()
    assert desk.current.state is CaseState.WITHDRAWN
    assert len(desk.of(BallotLeft)) == 1


async def test_at_the_instant_it_is_too_late_for_who_is_voted_on(desk: PureDesk, office: Office) -> None:
    await on_the_ballot(desk, office)
    await desk.until(ELECTION)
    with pytest.raises(RefusedError, match="withdrawal-too-late"):
        await office.withdraw()


async def test_who_was_not_voted_on_may_withdraw_after_it(desk: PureDesk, office: Office) -> None:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(ELECTION)
    await office.withdraw()
    assert desk.current.state is CaseState.WITHDRAWN


async def by_the_unit(desk: PureDesk) -> None:
    """The nominating unit withdraws on a paper."""
    await desk.send(asks(Withdraw, UNIT, reason="r", document_digest=PAPER))


async def test_the_unit_withdraws_nobody_by_itself(desk: PureDesk, office: Office) -> None:
    await refused(desk, asks(Withdraw, somebody("CLERK"), reason="r"), "wrong-role")
    await refused(desk, asks(Withdraw, UNIT, reason="r"), "form-invalid")
    other = somebody("NOMINATOR", unit="chamber-2")
    await refused(desk, asks(Withdraw, other, reason="r", document_digest=PAPER), "wrong-role")
    await by_the_unit(desk)
    assert not desk.current.ended
    assert desk.current.open_tasks("screen"), "until it is confirmed nothing stops"
    await refused(desk, asks(Withdraw, UNIT, reason="r", document_digest=PAPER), "withdrawal-pending")


async def test_the_nominee_confirms_the_paper(desk: PureDesk, office: Office) -> None:
    await by_the_unit(desk)
    await office.act("confirm-withdrawal", "CONFIRM")
    assert desk.current.state is CaseState.WITHDRAWN
    assert len(desk.of(WithdrawalSigned)) == 1


async def test_the_nominee_may_say_no(desk: PureDesk, office: Office) -> None:
    await by_the_unit(desk)
    await office.act("confirm-withdrawal", "DENIED")
    assert not desk.current.ended
    assert not desk.current.open_tasks("see-withdrawal", "confirm-withdrawal")
    await by_the_unit(desk)
    assert desk.current.open_tasks("confirm-withdrawal"), "it may be asked again"


async def test_a_second_person_of_the_office_sees_the_very_paper(desk: PureDesk, office: Office) -> None:
    await by_the_unit(desk)
    same = office.actor(OFFICE, person="p-nominator")
    with pytest.raises(RefusedError, match="same-person"):
        await office.act("see-withdrawal", "CONFIRM", actor=same, form={"document_digest": PAPER})
    with pytest.raises(RefusedError, match="form-invalid"):
        await office.act("see-withdrawal", "CONFIRM", form={"document_digest": NO_DIGEST})
    await office.act("see-withdrawal", "CONFIRM", form={"document_digest": PAPER})
    assert desk.current.state is CaseState.WITHDRAWN


async def test_an_unconfirmed_paper_ends_with_the_instant(desk: PureDesk, office: Office) -> None:
    await on_the_ballot(desk, office)
    await by_the_unit(desk)
    await desk.until(ELECTION)
    assert not desk.current.open_tasks("see-withdrawal", "confirm-withdrawal")
    assert desk.current.open_tasks("count")


async def test_after_a_vote_that_was_not_held_the_unit_may_show_it_again(
    desk: PureDesk, office: Office
) -> None:
    await on_the_ballot(desk, office)
    await by_the_unit(desk)
    await desk.until(ELECTION)
    await office.counted("NOT_HELD", present=20, votes_for=10)
    await by_the_unit(desk)
    await office.act("confirm-withdrawal", "CONFIRM")
    assert desk.current.state is CaseState.WITHDRAWN


async def shown_and_lost(desk: PureDesk, by: str = "p-shows") -> None:
    """The unit shows the withdrawal, and after that somebody a paper of the nominee's death."""
    await by_the_unit(desk)
    showing = somebody(OFFICE, by)
    await desk.send(asks(RecordLoss, showing, what=Cause.DEATH, document_digest="c" * 64))
    assert not desk.current.open_tasks("confirm-withdrawal", "see-withdrawal"), "it waits for the other"


async def test_a_withdrawal_waits_for_a_paper_of_loss_and_goes_on_when_that_is_none(
    desk: PureDesk, office: Office
) -> None:
    await shown_and_lost(desk)
    await office.act("see-loss", "DENIED")
    await office.act("see-withdrawal", "CONFIRM", form={"document_digest": PAPER})
    assert desk.current.state is CaseState.WITHDRAWN


async def test_so_it_does_when_whoever_showed_the_loss_has_a_conflict(desk: PureDesk, office: Office) -> None:
    await shown_and_lost(desk)
    tie = {"person_id": "p-shows", "ground": "kin", "reason": "a cousin"}
    await desk.send(asks(ReportConflict, somebody("SCREENER", "p-shows"), **tie))
    assert not desk.current.open_tasks("see-loss")
    await office.act("confirm-withdrawal", "CONFIRM")
    assert desk.current.state is CaseState.WITHDRAWN


async def test_a_veto_that_comes_between_does_not_undo_it(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await by_the_unit(desk)
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await vetoed_again(office, "hit.1")
    await granted(office)
    await office.act("confirm-withdrawal", "CONFIRM")
    assert desk.current.state is CaseState.WITHDRAWN


async def test_a_held_case_may_be_withdrawn_on_a_paper_too(desk: PureDesk, office: Office) -> None:
    await office.report()
    await office.check_report("UNPROVEN")
    await by_the_unit(desk)
    await office.act("confirm-withdrawal", "CONFIRM")
    assert desk.current.state is CaseState.WITHDRAWN
