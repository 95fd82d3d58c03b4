"""What goes on while a case is on hold, and whose clock stands (domain §8.0 rule 6, §8.8.7)."""

from contracts.events.task import RungReached
from contracts.vocabulary import CaseState, Rung
from tests.acting import completing, refused
from tests.asking import local
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import Office, finding
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]


def fired(desk: Work, kind: str) -> list[Rung]:
    return [e.rung for e in desk.of(RungReached) if isinstance(e, RungReached) and e.kind == kind]


async def test_an_explanation_is_taken_after_its_old_deadline_while_its_clock_stands(
    desk: Work, office: Office
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    assert (await office.task("explain")).due == midnight_after(3, 9)
    await desk.until(local("2026-03-05 10:00"))
    await office.paused("police")
    await desk.until(local("2026-04-01 10:00"))
    assert fired(desk, "explain") == [], "nothing was ruled unheard"
    await office.act("explain", "NOTHING_TO_ADD")
    assert desk.current.open_tasks("confirm-fact")


async def test_an_explanation_that_is_asked_for_during_a_hold_has_its_own_time(
    desk: Work, office: Office
) -> None:
    await office.screened()
    await office.paused("police")
    await desk.until(local("2026-03-05 10:00"))
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    late = await completing(office, "explain", office.actor("NOMINEE"), outcome="NOTHING_TO_ADD")
    await desk.until(midnight_after(3, 12))
    assert fired(desk, "explain") == [Rung.BLUE, Rung.EXPIRED]
    await refused(desk, late, "task-closed")


async def test_the_check_of_a_report_goes_on_during_a_hold(desk: Work, office: Office) -> None:
    await office.posted()
    await office.report()
    await office.report()
    await office.act("check-report", "UNPROVEN", about="report.1")
    assert desk.current.state is CaseState.HELD
    await desk.until(local("2026-03-30 10:00"))
    assert fired(desk, "check-report") == [], "its clock stands with the case's"
    await office.act("check-report", "UNTRUE", about="report.2")
    assert [report.ending for report in desk.current.reports] == [None, "UNTRUE"]
    assert desk.current.state is CaseState.HELD


async def test_the_days_of_a_check_that_stood_come_back(desk: Work, office: Office) -> None:
    await office.posted()
    await office.report()
    await office.report()
    due = (await office.task("check-report", about="report.2")).due
    assert due == midnight_after(3, 16)
    await desk.until(local("2026-03-04 10:00"))
    await office.act("check-report", "UNPROVEN", about="report.1")
    await desk.until(local("2026-03-06 10:00"))
    await office.resumed()
    assert (await office.task("check-report", about="report.2")).due == midnight_after(3, 19)
