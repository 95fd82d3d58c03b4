"""Death, loss of capacity, and places that are cut after approval (domain §8.1)."""

import pytest

from contracts.base import NO_DIGEST
from contracts.causes import Cause
from contracts.commands.nomination import RecordLoss, RejectForQuota
from contracts.events.case import CaseEnded
from contracts.vocabulary import CaseState
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office, finding
from tests.unit.rules.test_appeal import granted, ineligible, vetoed
from tests.unit.rules.test_told_after_the_end import vetoed_again

PAPER = "b" * 64
ELECTION = local("2026-04-20 09:00")


async def lost(office: Office, what: Cause) -> None:
    """Somebody of the office shows the paper."""
    showing = somebody("ELECTION_OFFICE", "p-shows")
    await office.desk.send(asks(RecordLoss, showing, what=what, document_digest=PAPER))


@pytest.mark.parametrize("cause", [Cause.DEATH, Cause.INCAPACITY])
async def test_a_death_lapses_the_case_once_a_second_person_saw_the_paper(
    desk: PureDesk, office: Office, cause: Cause
) -> None:
    await office.screened()
    await lost(office, cause)
    assert not desk.current.ended
    shows = somebody("ELECTION_OFFICE", "p-shows")
    with pytest.raises(RefusedError, match="same-person"):
        await office.act("see-loss", "CONFIRM", actor=shows, form={"document_digest": PAPER})
    with pytest.raises(RefusedError, match="form-invalid"):
        await office.act("see-loss", "CONFIRM", form={"document_digest": NO_DIGEST})
    await office.act("see-loss", "CONFIRM", form={"document_digest": PAPER})
    assert [(e.state, e.cause) for e in desk.of(CaseEnded)] == [(CaseState.LAPSED, cause)]
    assert {task.kind for task in desk.current.open_tasks()} == {"serve"}


async def test_a_paper_that_says_something_else_changes_nothing(desk: PureDesk, office: Office) -> None:
    await lost(office, Cause.DEATH)
    await office.act("see-loss", "DENIED")
    assert not desk.current.ended
    await refused(
        desk, asks(RecordLoss, somebody("CLERK"), what=Cause.DEATH, document_digest=PAPER), "wrong-role"
    )


async def test_a_held_case_lapses_too(desk: PureDesk, office: Office) -> None:
    await office.report()
    await office.check_report("UNPROVEN")
    await lost(office, Cause.DEATH)
    await office.act("see-loss", "CONFIRM", form={"document_digest": PAPER})
    assert desk.current.state is CaseState.LAPSED


async def seen(office: Office, outcome: str = "CONFIRM") -> None:
    """A second person sees the paper, or says that it is none."""
    await office.act("see-loss", outcome, form={"document_digest": PAPER})


@pytest.mark.parametrize("end", [vetoed, ineligible])
async def test_after_a_veto_nobody_asks_for_a_re_check_any_more(
    end: object, desk: PureDesk, office: Office
) -> None:
    await end(office)  # type: ignore[operator]
    ended = desk.current.state
    await lost(office, Cause.DEATH)
    assert not desk.current.gone, "one person alone has seen the paper"
    assert desk.current.open_tasks("appeal")
    await seen(office)
    assert desk.current.gone
    assert desk.current.state is ended, "no end is left"
    assert {task.kind for task in desk.current.open_tasks()} == {"serve"}
    await office.act("serve", "SERVED")
    assert [task.kind for task in desk.current.open_tasks()] == ["file"]


async def test_nor_is_one_answered_or_a_letter_served_and_the_file_is_closed(
    desk: PureDesk, office: Office
) -> None:
    await vetoed(office)
    await office.act("serve", "SERVED")
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    await lost(office, Cause.INCAPACITY)
    await seen(office)
    assert [task.kind for task in desk.current.open_tasks()] == ["file"]
    asked = asks(RecordLoss, somebody("ELECTION_OFFICE"), what=Cause.DEATH, document_digest=PAPER)
    await refused(desk, asked, "case-ended")


async def test_the_file_is_not_closed_while_a_paper_waits_to_be_seen(desk: PureDesk, office: Office) -> None:
    await vetoed(office)
    await office.act("serve", "SERVED")
    await office.act("appeal", "WAIVED")
    await lost(office, Cause.DEATH)
    with pytest.raises(RefusedError, match=r"outcome-not-allowed: .*see-loss"):
        await office.act("file", "FILED")
    await seen(office)
    await office.act("file", "FILED")
    assert desk.current.filed


async def test_a_paper_that_waits_when_the_re_check_is_granted_is_still_to_be_seen(
    desk: PureDesk, office: Office
) -> None:
    await vetoed(office)
    await lost(office, Cause.DEATH)
    await granted(office)
    assert len(desk.current.open_tasks("see-loss")) == 1
    await seen(office)
    assert desk.current.state is CaseState.LAPSED


async def test_one_that_a_veto_overtook_is_seen_once_the_case_is_open_again(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await lost(office, Cause.DEATH)
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await vetoed_again(office, "hit.1")
    assert not desk.current.gone, "nobody had seen it"
    await granted(office)
    await seen(office, "DENIED")
    assert desk.current.state is CaseState.RULING


async def cut(desk: PureDesk) -> None:
    """The batch tells the case that no place is left."""
    await desk.send(asks(RejectForQuota, somebody("COMMITTEE_CLERK"), minutes_digest=NO_DIGEST))


async def test_who_finds_no_place_is_rejected_without_a_record_against_him(
    desk: PureDesk, office: Office
) -> None:
    await office.ready()
    await cut(desk)
    assert [(e.state, e.cause) for e in desk.of(CaseEnded)] == [(CaseState.REJECTED, Cause.QUOTA)]


async def test_places_are_cut_among_who_was_approved_and_not_voted_on(desk: PureDesk, office: Office) -> None:
    await office.to_proposal()
    await cut(desk)
    assert not desk.current.ended, "nobody decided yet"
    await office.approved()
    await office.act("post-notice", "POSTED")
    await office.election(local("2026-03-16 09:00"))
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.close_notice()
    await desk.until(local("2026-03-11 00:00"))
    await office.confirmed()
    await desk.until(local("2026-03-16 09:00"))
    await cut(desk)
    assert not desk.current.ended, "the vote is being counted"
