"""What must still be so on election day: the states, the evaluation, the notice (§8.8.5, B20, B21)."""

from typing import Any

import pytest

from contracts.events.review import NoticePosted
from contracts.vocabulary import CaseState, Stage
from tests.asking import local
from tests.desks import PureDesk, RefusedError
from tests.office import Office

ELECTION = local("2026-04-20 09:00")


async def re_checking(desk: PureDesk, office: Office) -> list[dict[str, Any]]:
    """A case whose re-check is open, and the readings that would confirm it."""
    await office.ready()
    await office.election(ELECTION)
    await desk.until(local("2026-04-15 10:00"))
    return list(office.readings(await office.task("recheck"))["readings"])  # type: ignore[call-overload]


async def test_every_state_of_the_list_is_named(desk: PureDesk, office: Office) -> None:
    readings = await re_checking(desk, office)
    states = {i.code for i in desk.policy.negative_list if i.while_state and i.on and not i.retired}
    assert {one["item"] for one in readings} == states
    with pytest.raises(RefusedError, match="form-invalid"):
        await office.act("recheck", "CONFIRMED")
    with pytest.raises(RefusedError, match=f"state-not-read.*{readings[-1]['item']}"):
        await office.act("recheck", "CONFIRMED", form={"readings": readings[:-1]})
    await office.act("recheck", "CONFIRMED", form={"readings": readings})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("item", "NL-C01"),
        ("item", "NL-X99"),
        ("source", "nobody"),
        ("read_at", "2026-04-14T15:59:00Z"),
        ("read_at", "2026-04-15T02:01:00Z"),
        ("result", "NEW_HIT"),
    ],
)
async def test_a_reading_that_says_something_else_is_refused(
    desk: PureDesk, office: Office, field: str, value: str
) -> None:
    readings = await re_checking(desk, office)
    readings[0] = {**readings[0], field: value}
    with pytest.raises(RefusedError, match="form-invalid"):
        await office.act("recheck", "CONFIRMED", form={"readings": readings})


@pytest.mark.parametrize(
    ("election", "state"),
    [("2029-03-02 23:00", CaseState.READY), ("2029-03-03 09:00", CaseState.CONSULTING)],
)
async def test_an_evaluation_that_expires_before_election_day_is_made_anew(
    desk: PureDesk, office: Office, election: str, state: CaseState
) -> None:
    await office.ready()
    assert desk.current.valid_until == local("2029-03-03 00:00"), "valid to 24:00 of the day before"
    await office.election(local(election))
    assert desk.current.state is state
    asked = len(desk.policy.departments) if state is CaseState.CONSULTING else 0
    assert len(desk.current.open_tasks("reply")) == asked, "a full round, or none"


async def test_an_expired_evaluation_is_seen_when_the_notice_closes(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.election(local("2029-03-05 09:00"))
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.close_notice()
    assert desk.current.state is CaseState.CONSULTING


async def test_a_notice_older_than_six_months_is_posted_anew(desk: PureDesk, office: Office) -> None:
    await office.ready()
    assert desk.current.window == (local("2026-03-03 00:00"), local("2026-03-10 00:00"))
    await office.election(local("2026-09-09 09:00"))
    assert desk.current.stage is Stage.RECHECK, "six months to the day are not more than six"
    await office.election(local("2026-09-10 09:00"))
    assert desk.current.stage is Stage.NOTICE
    await office.act("post-notice", "POSTED")
    assert len(desk.of(NoticePosted)) == 2
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.close_notice()
    assert desk.current.stage is Stage.RECHECK
    await desk.until(local("2026-09-07 00:00"))
    assert desk.current.open_tasks("recheck")


async def test_a_notice_is_posted_anew_once_it_lasts_until_an_election_far_ahead(
    desk: PureDesk, office: Office
) -> None:
    await office.ready()
    await office.election(local("2026-12-31 09:00"))
    await desk.until(local("2026-06-30 23:59"))
    assert (desk.current.state, len(desk.of(NoticePosted))) == (CaseState.READY, 1), (
        "it would be too old again"
    )
    await desk.until(local("2026-07-01 00:00"))
    await office.act("post-notice", "POSTED")
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.close_notice()
    await desk.until(local("2026-12-28 00:00"))
    assert len(desk.of(NoticePosted)) == 2
    assert desk.current.open_tasks("recheck")


async def test_an_evaluation_is_made_anew_once_it_lasts_until_an_election_far_ahead(
    desk: PureDesk, office: Office
) -> None:
    await office.ready()
    await office.election(local("2029-06-01 09:00"))
    await desk.until(local("2026-05-31 23:59"))
    assert desk.current.state is CaseState.READY
    await desk.until(local("2026-06-01 00:00"))
    assert desk.current.state is CaseState.CONSULTING
