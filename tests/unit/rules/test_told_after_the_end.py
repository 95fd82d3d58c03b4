"""What a case is told after a veto counts once a re-check is granted: election, index, version (domain §8.1, §8.8)."""

from collections.abc import Iterator

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.nomination import KnowIndex
from contracts.commands.policy import ApplyPolicy
from contracts.events.case import PolicyAdopted
from contracts.events.nomination import RightRenewed
from contracts.events.review import HitFound
from contracts.policy import loader
from contracts.vocabulary import CaseState, Ruling, Stage
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk
from tests.later_policy import ITEM, SOURCE, applied, later_released
from tests.office import MINUTES, Office, finding
from tests.prizes import owed
from tests.unit.rules.test_appeal import granted, ineligible, vetoed
from tests.unit.rules.test_ballot import on_the_ballot
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from tests.unit.rules.test_index_on_record import measured
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]
CALLED, MOVED = local("2026-04-20 09:00"), local("2026-06-22 09:00")


@pytest.fixture(scope="module")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with later_released(tmp_path_factory.mktemp("policies")):
        yield


async def answered(office: Office, outcome: str = "GRANTED") -> None:
    """What the person asked for is answered by others."""
    await office.act("appeal-answer", outcome, actor=somebody("EVALUATOR", "p-other"))
    await office.act("appeal-answer-sign", "CONFIRM")


async def cleared(office: Office, hit: str = "hit.1") -> None:
    """Two who had nothing to do with it rule anew."""
    await office.act("confirm-fact", "CLEARED", about=hit, actor=somebody("EVALUATOR", "p-third"))
    await office.act("confirm-fact-sign", "CONFIRM", about=hit, actor=somebody("PANEL_CHAIR", "p-fourth"))


async def vetoed_again(office: Office, hit: str) -> None:
    """A fact that was found is explained and confirmed by two."""
    await office.act("explain", "NOTHING_TO_ADD", about=hit)
    await office.act("confirm-fact", "VETO", about=hit)
    await office.act("confirm-fact-sign", "CONFIRM", about=hit)


async def known(desk: Work, index: int, day: str = "2026-02-01") -> None:
    """The batch tells the case of an index."""
    await desk.send(owed(KnowIndex, "c1", reading=measured(index, day)))


async def test_an_election_that_is_called_meanwhile_is_the_one_it_is_re_checked_for(
    desk: Work, office: Office
) -> None:
    await vetoed(office)
    await office.election(MOVED)
    assert desk.current.state is CaseState.VETOED
    await granted(office)
    await cleared(office)
    await office.replies("tax")
    await office.graded()
    await office.inspected()
    await office.opinion()
    await office.approved()
    await office.act("post-notice", "POSTED")
    window = desk.current.window
    assert window is not None
    await desk.until(window[1])
    await office.close_notice()
    await desk.until(local("2026-06-17 00:00"))
    await office.confirmed()
    assert desk.current.ballot == MOVED


@pytest.mark.parametrize("end", [vetoed, ineligible])
async def test_of_an_election_that_moved_the_last_date_counts(
    end: object, desk: Work, office: Office
) -> None:
    await office.election(CALLED)
    await end(office)  # type: ignore[operator]
    await office.election(MOVED)
    await desk.until(local("2026-03-05 10:00"))
    await granted(office)
    assert (desk.current.election_at, desk.current.upcoming) == (MOVED, MOVED)


async def test_a_case_that_ended_otherwise_hears_of_no_election(desk: Work, office: Office) -> None:
    await office.withdraw()
    await office.election(MOVED)
    assert desk.current.election_at is None


async def held_and_vetoed(desk: Work, office: Office) -> None:
    """A department is silent, which holds the case; a veto ends it five days before the election."""
    await office.screened()
    await office.election(CALLED)
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await desk.until(local("2026-03-23 09:00"))
    await office.act("conference", "HELD", unit="police", form=MINUTES)
    await desk.until(local("2026-04-15 09:00"))
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")


async def test_granted_after_the_election_it_waits_for_the_next_with_its_hold(
    desk: Work, office: Office
) -> None:
    await held_and_vetoed(desk, office)
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    await desk.until(local("2026-04-22 09:00"))
    await answered(office)
    assert [hold.name for hold in desk.current.holds] == ["department-silent:police"]
    assert (desk.current.state, desk.current.upcoming) == (CaseState.HELD, None)
    await office.election(MOVED)
    assert desk.current.upcoming == MOVED
    await desk.until(MOVED)
    assert desk.current.state is CaseState.LAPSED, "for the next one it is held out as everybody is"


async def test_what_is_deferred_after_that_comes_too_late_for_no_past_election(
    desk: Work, office: Office
) -> None:
    await office.election(CALLED)
    await vetoed(office)
    await office.act("appeal", "APPEALED", form={"text": "paid in January"})
    await desk.until(local("2026-04-22 09:00"))
    await answered(office)
    await cleared(office)
    await office.replies("tax")
    await office.graded()
    await office.inspected()
    await office.opinion(leader="DEFER")
    assert desk.current.state is CaseState.HELD
    await desk.until(local("2026-08-01 09:00"))
    assert (desk.current.state, desk.current.stage) == (CaseState.INTEGRITY, Stage.INTEGRITY)


async def test_a_re_check_that_a_veto_cut_short_is_asked_for_anew_until_the_eve(
    desk: Work, office: Office
) -> None:
    await office.ready()
    await office.election(CALLED)
    await desk.until(local("2026-04-15 00:00"))
    await office.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(office, "hit.1")
    assert not desk.current.open_tasks("recheck")
    await desk.until(local("2026-04-16 09:00"))
    await granted(office)
    assert not desk.current.open_tasks("recheck"), "while it is ruled on nothing is confirmed"
    await cleared(office)
    (asked,) = desk.current.open_tasks("recheck")
    assert asked.due == local("2026-04-18 00:00")
    await office.election(MOVED)
    assert not desk.current.open_tasks("recheck")


async def test_a_count_that_a_veto_cut_short_is_of_no_other_election(desk: Work, office: Office) -> None:
    await on_the_ballot(office)
    await desk.until(CALLED)
    await office.asks(ReportFact, OFFICER, **reported())
    await vetoed_again(office, "hit.1")
    await office.election(MOVED)
    assert (desk.current.state, desk.current.ballot) == (CaseState.VETOED, None)
    await granted(office)
    await cleared(office)
    assert (desk.current.state, desk.current.open_tasks("count")) == (CaseState.READY, [])
    await desk.until(local("2026-06-17 00:00"))
    await office.confirmed()
    assert desk.current.ballot == MOVED


async def test_an_index_below_the_line_is_heard_once_the_case_is_open_again(
    desk: Work, office: Office
) -> None:
    await vetoed(office)
    await known(desk, 350)
    assert len(desk.of(HitFound)) == 1
    await granted(office)
    found = desk.of(HitFound)[-1]
    assert isinstance(found, HitFound)
    assert found.private.fact.item == "NL-A03"
    await cleared(office)
    assert desk.current.state is CaseState.RULING
    await vetoed_again(office, "hit.2")
    assert desk.current.state is CaseState.VETOED


async def test_of_several_the_last_counts(desk: Work, office: Office) -> None:
    await vetoed(office)
    await known(desk, 350)
    await known(desk, 700, "2026-02-20")
    await granted(office)
    assert len(desk.of(HitFound)) == 1
    assert desk.current.index == measured(700, "2026-02-20")


async def test_a_case_that_ended_otherwise_hears_of_no_index(desk: Work, office: Office) -> None:
    await office.withdraw()
    await refused(desk, owed(KnowIndex, "c1", reading=measured(350)), "case-ended")


async def test_a_later_index_that_passes_clears_what_is_still_to_be_ruled_on(
    desk: Work, office: Office
) -> None:
    await office.screened()
    await known(desk, 350)
    await known(desk, 300, "2026-02-10")
    await known(desk, 700, "2026-02-20")
    assert [hit.ruling for hit in desk.current.hits] == [Ruling.CLEARED, Ruling.CLEARED]
    assert desk.current.state is CaseState.CONSULTING
    assert not desk.current.open_tasks("explain")


async def test_after_a_veto_for_it_the_person_may_ask_once_more(desk: Work, office: Office) -> None:
    await office.screened()
    await known(desk, 350)
    await vetoed_again(office, "hit.1")
    await office.act("appeal", "APPEALED", form={"text": "measured anew"})
    await answered(office, "REFUSED")
    assert not desk.current.open_tasks("appeal")
    await known(desk, 700, "2026-02-20")
    assert len(desk.of(RightRenewed)) == 1
    assert desk.current.open_tasks("appeal")


@pytest.mark.usefixtures("_released")
async def test_a_version_that_came_meanwhile_decides_from_then_on(desk: Work, office: Office) -> None:
    await vetoed(office)
    for _ in range(2):
        await desk.send(asks(ApplyPolicy, somebody("POLICY_ADMIN", "p-approver"), "c1", applied=applied()))
    assert (desk.current.policy, desk.of(PolicyAdopted)) == ("2026.1", []), "another one had decided it"
    await granted(office)
    assert desk.current.policy == "2026.2"
    desk.policy = loader.released("2026.2")
    await desk.away(desk.now)
    (asked,) = desk.current.open_tasks("supplement")
    assert (asked.unit, desk.current.applied and desk.current.applied.items) == (SOURCE, (ITEM,))
