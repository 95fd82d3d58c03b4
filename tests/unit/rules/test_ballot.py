"""ST13 and ST14: a ballot is the cases whose re-check for this date was confirmed before its instant (§8.8.5)."""

from datetime import datetime, timedelta

import pytest

from contracts.causes import Cause
from contracts.events.election import BallotLeft, ElectionMissed
from contracts.vocabulary import CaseState, Stage
from tests.asking import local
from tests.desks import PureDesk, RefusedError
from tests.office import Office, finding

ELECTION = local("2026-04-20 09:00")
OPENS = local("2026-04-15 00:00")


async def on_the_ballot(office: Office, election: datetime = ELECTION, opens: datetime = OPENS) -> None:
    """A clean case whose re-check for this election was confirmed."""
    await office.ready()
    await office.election(election)
    await office.desk.until(opens)
    await office.confirmed()


def figures(held_at: datetime = ELECTION, present: int = 120, votes_for: int = 101) -> dict[str, object]:
    """A count of 131 members."""
    return {
        "secret": True,
        "members": 131,
        "present": present,
        "votes_for": votes_for,
        "held_at": held_at.isoformat(),
    }


async def test_the_re_check_opens_three_days_before_and_is_due_on_the_eve(
    desk: PureDesk, office: Office
) -> None:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(local("2026-04-14 23:59"))
    assert not desk.current.open_tasks("recheck")
    await desk.until(OPENS)
    task = await office.task("recheck")
    assert task.due == local("2026-04-18 00:00"), "24:00 of Friday, the working day before election day"
    assert task.opened < ELECTION


async def test_a_case_that_is_ready_late_is_re_checked_until_the_same_eve(
    desk: PureDesk, office: Office
) -> None:
    await office.ready()
    await desk.until(local("2026-04-16 11:00"))
    await office.election(ELECTION)
    assert (await office.task("recheck")).due == local("2026-04-18 00:00")
    await office.election(local("2026-04-16 15:00"))
    assert (await office.task("recheck")).due == local("2026-04-16 15:00"), "no deadline lies in the past"


async def test_the_ballot_is_entered_before_the_instant_and_the_count_opens_at_it(
    desk: PureDesk, office: Office
) -> None:
    await on_the_ballot(office)
    assert (desk.current.ballot, desk.current.state) == (ELECTION, CaseState.READY)
    await desk.until(local("2026-04-20 08:59"))
    assert not desk.current.open_tasks("count")
    await desk.until(ELECTION)
    assert desk.current.stage is Stage.ELECTION
    await office.act("count", "ELECTED", form=figures())
    assert desk.current.state is CaseState.ELECTED


async def test_a_re_check_left_undone_keeps_the_case_for_the_next_election(
    desk: PureDesk, office: Office
) -> None:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(ELECTION)
    assert not desk.current.open_tasks("recheck", "count")
    assert (desk.current.state, desk.current.stage) == (CaseState.READY, Stage.RECHECK)
    assert len(desk.of(ElectionMissed)) == 1
    await office.election(local("2026-05-20 09:00"))
    await desk.until(local("2026-05-15 00:00"))
    await office.confirmed()
    await desk.until(local("2026-05-20 09:00"))
    assert desk.current.open_tasks("count")


async def test_a_hit_that_is_open_at_the_instant_is_off_this_ballot(desk: PureDesk, office: Office) -> None:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(local("2026-04-17 12:00"))
    await office.act("recheck", "NEW_HIT", form=finding("NL-D01"))
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await desk.until(ELECTION)
    assert not desk.current.open_tasks("count")
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert not desk.current.open_tasks("recheck", "count"), "the vote went by without the case"
    assert desk.current.state is CaseState.READY


async def test_a_hit_cleared_in_time_is_re_checked_anew(desk: PureDesk, office: Office) -> None:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(OPENS)
    await office.act("recheck", "NEW_HIT", form=finding("NL-D01"))
    assert desk.current.state is CaseState.RULING
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    await office.confirmed()
    await desk.until(ELECTION)
    assert desk.current.open_tasks("count")


async def test_a_moved_date_empties_the_ballot_and_asks_for_a_new_re_check(
    desk: PureDesk, office: Office
) -> None:
    await on_the_ballot(office)
    later = local("2026-05-20 09:00")
    await office.election(later)
    assert desk.current.ballot is None
    assert [event.cause for event in desk.of(BallotLeft)] == [Cause.ELECTION_MOVED]
    await desk.until(ELECTION)
    assert not desk.current.open_tasks("count"), "nobody votes on the day that was given up"
    await desk.until(local("2026-05-15 00:00"))
    await office.confirmed()
    await desk.until(later)
    assert desk.current.open_tasks("count")


async def test_a_date_moved_while_the_re_check_runs_asks_for_it_anew(desk: PureDesk, office: Office) -> None:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(OPENS)
    first = await office.task("recheck")
    await office.election(local("2026-04-21 09:00"))
    assert first.id not in {task.id for task in desk.current.open_tasks()}
    await desk.until(local("2026-04-16 00:00"))
    assert (await office.task("recheck")).due == local("2026-04-21 00:00")


async def test_a_date_moved_while_the_count_is_open_takes_the_count_back(
    desk: PureDesk, office: Office
) -> None:
    await on_the_ballot(office)
    await desk.until(ELECTION)
    await office.election(local("2026-05-20 09:00"))
    assert not desk.current.open_tasks("count")
    assert (desk.current.ballot, desk.current.stage) == (None, Stage.RECHECK)


async def test_the_same_date_told_twice_changes_nothing(desk: PureDesk, office: Office) -> None:
    await on_the_ballot(office)
    before = desk.current
    await office.election(ELECTION)
    assert desk.current == before


async def test_a_notice_that_ends_after_the_election_is_not_on_its_ballot(
    desk: PureDesk, office: Office
) -> None:
    await office.posted()
    await office.election(local("2026-03-09 15:00"))
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.close_notice()
    assert not desk.current.open_tasks("recheck", "count")
    assert desk.current.state is CaseState.READY


async def test_the_count_is_of_a_vote_that_was_held(desk: PureDesk, office: Office) -> None:
    await on_the_ballot(office)
    await desk.until(local("2026-04-20 11:00"))
    for wrong in (local("2026-04-20 08:59"), local("2026-04-20 11:01")):
        with pytest.raises(RefusedError, match="form-invalid"):
            await office.act("count", "ELECTED", form=figures(wrong))
    await office.act("count", "ELECTED", form=figures(local("2026-04-20 10:15")))
    assert desk.current.state is CaseState.ELECTED


@pytest.mark.parametrize(
    ("present", "votes", "outcome"),
    [(88, 66, "ELECTED"), (88, 65, "NOT_ELECTED"), (87, 87, "NOT_HELD")],
)
async def test_the_count_must_agree_with_its_figures(
    desk: PureDesk, office: Office, present: int, votes: int, outcome: str
) -> None:
    await on_the_ballot(office)
    await desk.until(ELECTION)
    form = figures(present=present, votes_for=votes)
    wrong = "NOT_HELD" if outcome != "NOT_HELD" else "ELECTED"
    with pytest.raises(RefusedError, match="count-disagrees"):
        await office.act("count", wrong, form=form)
    await office.act("count", outcome, form=form)
    assert desk.current.state.value == {"NOT_HELD": "READY"}.get(outcome, outcome)
    assert not desk.current.open_tasks("recheck", "count"), "a vote that was not held waits for a new date"


async def test_a_vote_that_was_not_held_is_held_on_another_day(desk: PureDesk, office: Office) -> None:
    await on_the_ballot(office)
    await desk.until(ELECTION)
    await office.act("count", "NOT_HELD", form=figures(present=87, votes_for=87))
    await desk.until(local("2026-04-20 18:00"))
    await office.election(local("2026-05-20 09:00"))
    await desk.until(local("2026-05-15 00:00"))
    await office.confirmed()
    await desk.until(local("2026-05-20 09:00"))
    await office.act("count", "ELECTED", form=figures(local("2026-05-20 09:00")))
    assert desk.current.state is CaseState.ELECTED


async def test_an_election_moved_on_an_ended_case_changes_nothing(desk: PureDesk, office: Office) -> None:
    await office.withdraw()
    before = desk.current
    await office.election(local("2026-06-01 09:00"))
    assert desk.current == before


@pytest.mark.parametrize("secret", [False, None])
async def test_the_count_is_of_a_secret_vote(office: Office, secret: bool | None) -> None:
    await on_the_ballot(office)
    await office.desk.until(ELECTION + timedelta(minutes=30))
    form = {name: said for name, said in figures().items() if name != "secret"}
    with pytest.raises(RefusedError, match="secret"):
        await office.act("count", "ELECTED", form=form if secret is None else {**form, "secret": secret})
    await office.act("count", "ELECTED", form=figures())
