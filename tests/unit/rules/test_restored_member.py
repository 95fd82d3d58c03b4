"""A member whom a review restores: what the removal cut short is made, what was told meanwhile holds (8.4, SC-11)."""

from collections.abc import Iterator
from datetime import date

import pytest

from contracts.commands.tenure import AnnouncePolicy, SeatEnded, SeatRestored
from contracts.events.tenure import MemberReEvaluated, ReEvaluationBegun
from contracts.policy import loader
from contracts.vocabulary import Stage
from tests.acting import refused
from tests.asking import local
from tests.desks import PureDesk
from tests.later_policy import later_released
from tests.prizes import owed
from tests.tenures import OFFICE, SeatOffice, seat, year
from workflows.kinds.tenure.case import Tenure


@pytest.fixture(autouse=True, scope="module")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with later_released(tmp_path_factory.mktemp("policies")):
        yield


@pytest.fixture
def held() -> PureDesk[Tenure]:
    return seat(calendar_years=(year(2027),))


async def vacated(held: PureDesk[Tenure], since: date, reason: str = "REMOVED") -> SeatOffice:
    office = SeatOffice(held)
    await office.asks(SeatEnded, OFFICE, removal="r1", reason=reason, since=since)
    return office


def announced() -> AnnouncePolicy:
    word: AnnouncePolicy = owed(
        AnnouncePolicy, "t1", "b1", policy="2026.2", policy_digest=loader.digest("2026.2")
    )
    return word


async def test_a_re_evaluation_that_the_removal_cut_short_is_made_when_the_member_is_restored(
    held: PureDesk[Tenure],
) -> None:
    await held.until(local("2027-03-02 00:00"))
    office = await vacated(held, date(2027, 3, 2))
    await held.until(local("2027-04-02 00:00"))
    await office.asks(SeatRestored, OFFICE, removal="r1", since=date(2027, 4, 2), suspended=None)
    await held.until(local("2027-04-02 00:01"))
    assert held.current.stage is Stage.RE_EVALUATION
    await office.replies()
    await office.scored()
    assert len(held.of(ReEvaluationBegun)) == 2
    assert [event.passed for event in held.of(MemberReEvaluated)] == [True]
    await held.until(local("2028-03-01 23:59"))
    assert held.current.stage is Stage.IN_OFFICE, "measured once in the year"


async def test_one_that_was_done_before_the_seat_was_lost_is_not_made_again(held: PureDesk[Tenure]) -> None:
    await held.until(local("2027-03-02 00:00"))
    office = SeatOffice(held)
    await office.replies()
    await office.scored()
    await vacated(held, date(2027, 3, 2))
    await office.asks(SeatRestored, OFFICE, removal="r1", since=date(2027, 3, 2), suspended=None)
    await held.until(local("2028-03-01 23:59"))
    assert len(held.of(ReEvaluationBegun)) == 1


async def test_a_version_announced_while_the_seat_was_vacant_measures_the_restored_member(
    held: PureDesk[Tenure],
) -> None:
    office = await vacated(held, date(2026, 3, 2))
    await held.send(announced())
    await office.asks(SeatRestored, OFFICE, removal="r1", since=date(2026, 4, 2), suspended=None)
    assert held.current.policy == "2026.1", "until the next re-evaluation"
    await held.until(local("2027-03-02 00:00"))
    assert held.current.policy == "2026.2"


async def test_a_seat_that_nobody_can_have_again_hears_of_no_version(held: PureDesk[Tenure]) -> None:
    office = await vacated(held, date(2026, 3, 2), "RESIGNED")
    await office.act("vacancy", "LEFT_VACANT")
    await refused(held, announced(), "case-ended")
