"""A year that is published late: the cut-off date moves, and a removed member's term begins to run (8.2, 8.8.10)."""

from datetime import date

import pytest

from contracts.commands.case import LoadCaseCalendar
from contracts.commands.tenure import Resign, SeatKept
from contracts.events.nomination import RightRenewed
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Ruling
from tests.asking import asks, local, opening, somebody
from tests.commission import Commission
from tests.desks import PureDesk
from tests.office import Office, finding
from tests.prizes import owed, words_for
from tests.tenures import SeatOffice, raised, seat, year
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER as NOMINATION
from workflows.kinds.removal.kind import DECIDER as REMOVAL

CLOSES = date(2027, 1, 11)


async def with_hit(policy: Policy, unit: str, item: str, anchor: str) -> tuple[PureDesk[Nomination], Office]:
    """Opened on 2026-12-21 with a provisional cut-off of that day, on which the fact counts."""
    desk = PureDesk(NOMINATION, policy, local("2026-12-21 10:00"))
    desk.open(opening(cut_off="2026-12-21"))
    office = Office(desk)
    await office.screened()
    await office.reply(unit, "ISSUE", finding(item, anchor))
    assert desk.current.open_hits()
    return desk, office


async def loaded(desk: PureDesk[Nomination]) -> None:
    """The year comes, and nominations close in it."""
    word = asks(LoadCaseCalendar, somebody("ELECTION_OFFICE"), year=year(2027), cut_off=CLOSES)
    await desk.send(word)
    assert desk.current.cut_off == CLOSES


@pytest.mark.parametrize("anchor", ["2023-12-28", "2024-01-11"])
async def test_a_hit_whose_look_back_is_over_on_the_real_cut_off_date_is_cleared(
    policy: Policy, anchor: str
) -> None:
    desk, _ = await with_hit(policy, "tax", "NL-D03", anchor)
    await loaded(desk)
    assert [hit.ruling for hit in desk.current.hits] == [Ruling.CLEARED]
    assert not desk.current.open_tasks("explain")


async def test_a_hit_that_still_counts_on_it_stays(policy: Policy) -> None:
    desk, _ = await with_hit(policy, "tax", "NL-D03", "2024-01-12")
    await loaded(desk)
    assert [hit.ruling for hit in desk.current.hits] == [None]
    assert desk.current.open_tasks("explain")


async def test_a_veto_on_what_counts_no_more_may_be_checked_once_more(policy: Policy) -> None:
    """Until the file is closed, as where what a veto rests on has ended (§8.1)."""
    desk, office = await with_hit(policy, "police", "NL-A05", "2021-12-28")
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    await office.act("appeal", "WAIVED")
    await office.act("serve", "SERVED")
    assert not desk.of(RightRenewed)
    await loaded(desk)
    assert desk.current.state is CaseState.VETOED
    assert len(desk.of(RightRenewed)) == len(desk.current.open_tasks("appeal")) == 1


async def test_the_year_reaches_the_term_of_a_member_who_was_removed(policy: Policy) -> None:
    """The case that follows the seat hands it on to the removal that took the seat, where the member's term runs."""
    office = SeatOffice(held := seat())
    await office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    (begun,) = raised(held)
    await held.until(local("2026-12-10 09:00"))
    desk = PureDesk(REMOVAL, policy, local("2026-12-10 10:00"))
    desk.open(begun)
    commission = Commission(desk)
    await commission.removed()
    for _, word in words_for(desk, "tenure"):
        await held.send(word)
    await commission.act("serve", "SERVED")
    assert desk.current.open_tasks("apply-review")[0].due is None
    await held.send(owed(LoadCaseCalendar, "t1", "b1", year=year(2027)))
    for _, word in words_for(held, "removal"):
        await desk.send(word)
    (term,) = desk.current.open_tasks("apply-review")
    assert term.due is not None
    await desk.until(local("2027-12-01 09:00"))
    assert not desk.current.open_tasks("apply-review")


async def test_and_what_is_still_owed_to_a_member_who_kept_the_seat() -> None:
    office = SeatOffice(held := seat())
    await office.asks(Resign, somebody("MEMBER", "p-member"), reason="personal")
    (begun,) = raised(held)
    await held.send(owed(SeatKept, "t1", begun.target, removal=begun.target))
    assert held.current.removals == ()
    await held.send(owed(LoadCaseCalendar, "t1", "b1", year=year(2027)))
    assert [cases for cases, _ in words_for(held, "removal")] == [(begun.target,)]
