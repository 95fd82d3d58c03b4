"""Three months in all for what is deferred, then the final choice; and no hold outlives its election (§8.8.1)."""

from datetime import datetime

from contracts.causes import Cause
from contracts.events.case import CaseEnded, CaseHeld, CaseResumed
from contracts.vocabulary import CaseState, Stage
from tests.acting import completing, refused
from tests.asking import local
from tests.commission import Commission
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import DECIDED, Office
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.removal.case import Removal

Work = PureDesk[Nomination]


def until(desk: Work | PureDesk[Removal]) -> datetime | None:
    (hold,) = desk.current.holds
    return hold.until


async def test_a_deferred_opinion_is_chosen_for_good_when_three_months_have_passed(
    desk: Work, office: Office
) -> None:
    await office.to_integrity()
    await office.opinion("DEFER", "NO_OBJECTION")
    assert until(desk) == midnight_after(6, 2)
    await desk.until(local("2026-06-02 23:59"))
    assert desk.current.state is CaseState.HELD
    await desk.until(midnight_after(6, 2))
    assert desk.current.state is CaseState.INTEGRITY
    (ended,) = desk.of(CaseResumed)
    assert isinstance(ended, CaseResumed)
    assert ended.why is Cause.HOLD_RAN_OUT
    draft = await office.task("opinion-draft")
    assert set(draft.outcomes) == {"NO_OBJECTION", "REMINDER", "NEGATIVE", "EXTENDED"}
    await office.act("opinion-draft", "NO_OBJECTION")
    again = await completing(office, "opinion-head", office.actor("DISC_HEAD"), outcome="DEFER", reason="r")
    await refused(desk, again, "outcome-not-allowed")
    await office.act("opinion-head", "NO_OBJECTION")
    await office.act("opinion-leader", "NO_OBJECTION")
    assert desk.current.stage is Stage.PROPOSAL


async def test_deferring_again_adds_nothing_to_the_three_months(desk: Work, office: Office) -> None:
    await office.to_integrity()
    await office.opinion("DEFER", "DEFER")
    await desk.until(local("2026-04-02 10:00"))
    await office.resumed()
    await desk.until(local("2026-04-06 10:00"))
    await office.opinion("DEFER", "DEFER")
    # 31 of the days since 2 March were used: three months from 6 March.
    assert until(desk) == midnight_after(6, 8), "6 June is a Saturday"
    await desk.until(midnight_after(6, 8))
    assert "DEFER" not in (await office.task("opinion-draft")).outcomes


async def test_a_deferred_decision_is_taken_for_good(desk: Work, office: Office) -> None:
    await office.to_proposal()
    await office.act("propose-department", "PROPOSE")
    await office.act("propose-party-group", "PROPOSE")
    await office.act("decide", "DEFERRED", form=DECIDED)
    await desk.until(midnight_after(6, 2))
    assert set((await office.task("decide")).outcomes) == {"APPROVED", "REJECTED"}


async def test_an_unproven_report_is_answered_for_good_and_another_may_still_be_deferred(
    desk: Work, office: Office
) -> None:
    await office.posted()
    await office.report()
    await office.report()
    await office.act("check-report", "UNPROVEN", about="report.1")
    await desk.until(midnight_after(6, 2))
    assert "UNPROVEN" not in (await office.task("check-report", about="report.1")).outcomes
    assert "UNPROVEN" in (await office.task("check-report", about="report.2")).outcomes


async def test_an_opinion_in_a_removal_is_deferred_no_longer_either(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.heard()
    await commission.verified()
    await commission.opinion("DEFER", "DEFER")
    limit = until(removal)
    assert limit is not None
    await removal.until(limit)
    assert "DEFER" not in (await commission.task("removal-opinion")).outcomes


async def test_what_is_still_deferred_at_the_election_has_lapsed(desk: Work, office: Office) -> None:
    await office.to_integrity()
    await office.election(local("2026-04-20 09:00"))
    await office.opinion("DEFER", "DEFER")
    await desk.until(local("2026-04-20 08:59"))
    assert desk.current.state is CaseState.HELD
    await desk.until(local("2026-04-20 09:00"))
    (ended,) = desk.of(CaseEnded)
    assert isinstance(ended, CaseEnded)
    assert (ended.state, ended.cause) == (CaseState.LAPSED, Cause.ELECTION_PASSED)


async def test_a_case_that_is_ready_outlives_the_election_and_lapses_when_its_hold_runs_out(
    desk: Work, office: Office
) -> None:
    await office.posted()
    await office.report()
    await office.act("check-report", "UNPROVEN")
    desk.current = desk.current.but(stage=Stage.RECHECK)
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-21 09:00"))
    assert desk.current.state is CaseState.HELD, "it waits for the next election"
    await desk.until(midnight_after(6, 2))
    (ended,) = desk.of(CaseEnded)
    assert isinstance(ended, CaseEnded)
    assert (ended.state, ended.cause) == (CaseState.LAPSED, Cause.ELECTION_PASSED)


async def test_a_silence_and_a_pause_do_not_run_out(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies("police", "procuratorate")
    await office.held_for("police")
    await office.paused("procuratorate")
    await desk.until(local("2026-10-20 10:00"))
    assert len(desk.current.holds) == len(desk.of(CaseHeld)) == 2
