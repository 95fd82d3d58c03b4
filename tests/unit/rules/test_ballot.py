"""ST13 and ST14: re-check, count, and the acts that the ballot ends."""

import pytest

from contracts.commands.nomination import Withdraw
from contracts.vocabulary import CaseState, Stage
from tests.acting import refused
from tests.asking import asks, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import Office, finding


async def test_a_new_hit_at_the_re_check_is_ruled_on_before_the_ballot(
    desk: PureDesk, office: Office
) -> None:
    await office.ready()
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.act("recheck", "NEW_HIT", form=finding("NL-D01"))
    assert desk.current.state is CaseState.RULING
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    await office.act("recheck", "CONFIRMED")
    assert desk.current.stage is Stage.ELECTION


@pytest.mark.parametrize(
    ("present", "votes", "outcome"),
    [(88, 66, "ELECTED"), (88, 65, "NOT_ELECTED"), (87, 87, "NOT_HELD")],
)
async def test_the_count_must_agree_with_its_figures(
    desk: PureDesk, office: Office, present: int, votes: int, outcome: str
) -> None:
    await office.ready()
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.act("recheck", "CONFIRMED")
    await desk.until(local("2026-04-20 09:00"))
    figures: dict[str, object] = {"members": 131, "present": present, "votes_for": votes}
    wrong = "NOT_HELD" if outcome != "NOT_HELD" else "ELECTED"
    with pytest.raises(RefusedError, match="count-disagrees"):
        await office.act("count", wrong, form=figures)
    await office.act("count", outcome, form=figures)
    assert desk.current.state.value == {"NOT_HELD": "READY"}.get(outcome, outcome)
    assert bool(desk.current.open_tasks("recheck")) is False, "a vote that was not held waits for a new date"


async def test_withdrawal_ends_the_case_at_once_and_cancels_open_tasks(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.withdraw()
    assert desk.current.state is CaseState.WITHDRAWN
    with pytest.raises(RefusedError, match="case-ended"):
        await office.withdraw()


async def test_withdrawal_on_the_ballot_is_too_late(desk: PureDesk, office: Office) -> None:
    await office.ready()
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.act("recheck", "CONFIRMED")
    with pytest.raises(RefusedError, match="withdrawal-too-late"):
        await office.withdraw()


async def test_the_unit_withdraws_only_with_the_signed_paper(desk: PureDesk, office: Office) -> None:
    await refused(desk, asks(Withdraw, somebody("CLERK"), reason="r"), "wrong-role")
    unit = somebody("NOMINATOR", unit="chamber-1")
    await refused(desk, asks(Withdraw, unit, reason="r"), "form-invalid")
    await refused(desk, asks(Withdraw, somebody("NOMINATOR", unit="chamber-2"), reason="r"), "wrong-role")
    await desk.send(asks(Withdraw, unit, reason="r", document_digest="a" * 64))
    assert desk.current.state is CaseState.WITHDRAWN


async def test_an_election_moved_on_an_ended_case_changes_nothing(desk: PureDesk, office: Office) -> None:
    await office.withdraw()
    before = desk.current
    await office.election(local("2026-06-01 09:00"))
    assert desk.current == before
