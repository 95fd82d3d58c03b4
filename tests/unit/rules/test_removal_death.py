"""The member dies: nothing is decided about them any more, at the seat, in the removal, in its review (domain §8.1)."""

from datetime import date
from typing import Any

import pytest

from contracts.actor import LETTER_KEEPER
from contracts.causes import Cause
from contracts.claim import Owing
from contracts.commands.letters import LetterUndelivered
from contracts.commands.tenure import RecordDeath
from contracts.events.case import CaseEnded
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.asking import asks, local, removal_opening, review_opening, somebody
from tests.commission import APPLICATION, Commission, told
from tests.desks import PureDesk, RefusedError
from tests.tenures import OFFICE, SeatOffice, seat
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER
from workflows.kinds.review.kind import DECIDER as REVIEW

DEATH: dict[str, Any] = {"died_on": date(2026, 3, 2), "document_digest": "d" * 64}
CLERK = somebody("CLERK", "p-clerk")


def followed(policy: Policy) -> PureDesk[Removal]:
    """A removal of a seat that a case follows."""
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1"))
    return desk


def by_a_case(desk: PureDesk[Any], case_id: str) -> RecordDeath:
    """Another case tells of it."""
    command = asks(RecordDeath, OFFICE, desk.case_id, **DEATH)
    owed = command.claim.model_copy(update={"owed_by": Owing(case_id=case_id, number=1)})
    return command.model_copy(update={"claim": owed})


async def test_a_removal_lapses_and_the_seat_s_case_hears_of_it(policy: Policy) -> None:
    desk = followed(policy)
    commission = Commission(desk)
    await commission.heard()
    await commission.asks(RecordDeath, CLERK, **DEATH)
    assert [(e.state, e.cause) for e in desk.of(CaseEnded)] == [(CaseState.LAPSED, Cause.DEATH)]
    assert [(one.act, one.died_on) for one in told(desk.current.owed)] == [("record-death", date(2026, 3, 2))]
    await commission.asks(RecordDeath, CLERK, **DEATH)
    assert len(told(desk.current.owed)) == 1, "said again it changes nothing"
    await commission.act("serve", "SERVED")
    await commission.act("file", "FILED")
    assert DECIDER.closed(desk.current) is None, "until it is told"
    assert desk.current.filed


async def test_the_seat_tells_its_removals_and_the_one_that_told_it_is_not_told_again(policy: Policy) -> None:
    held = seat()
    await SeatOffice(held).attends("2026-03-02", "unexcused", "m1")
    await SeatOffice(held).attends("2026-03-02", "unexcused", "m2")
    (removal,) = held.current.removals
    await held.send(by_a_case(held, "r-other"))
    assert [one.act for one in told(held.current.owed)] == ["record-death"]
    assert (held.current.state, held.current.gone) == (CaseState.VACANT, True)
    other = seat()
    await SeatOffice(other).attends("2026-03-02", "unexcused", "m1")
    await SeatOffice(other).attends("2026-03-02", "unexcused", "m2")
    await other.send(by_a_case(other, removal))
    assert told(other.current.owed) == []


async def test_a_removal_that_the_seat_tells_tells_nobody_back(policy: Policy) -> None:
    desk = followed(policy)
    await desk.send(by_a_case(desk, "t1"))
    assert desk.current.state is CaseState.LAPSED
    assert told(desk.current.owed) == []


async def test_of_a_decided_removal_nobody_asks_for_a_review_any_more(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.removed()
    await commission.act("note-vacancy", "VACANCY_OPEN")
    await commission.act("serve", "SERVED")
    await commission.asks(RecordDeath, CLERK, **DEATH)
    assert removal.current.state is CaseState.REMOVED, "what was decided before stands"
    assert [task.kind for task in removal.current.open_tasks()] == ["file"]


async def test_whoever_dies_before_the_letters_are_served_is_granted_no_term(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.removed()
    await commission.act("note-vacancy", "VACANCY_OPEN")
    await commission.asks(RecordDeath, CLERK, **DEATH)
    await commission.act("serve", "SERVED")
    assert [task.kind for task in removal.current.open_tasks()] == ["file"]


async def test_a_review_under_way_ends_and_no_second_is_asked(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.removed()
    await commission.act("note-vacancy", "VACANCY_OPEN")
    await commission.act("serve", "SERVED")
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    await commission.asks(RecordDeath, CLERK, **DEATH)
    assert [one.act for one in told(removal.current.owed)] == ["record-death"]
    review = PureDesk(REVIEW, removal.policy, removal.now)
    review.open(review_opening())
    with pytest.raises(RefusedError, match="wrong-role"):
        await review.send(asks(RecordDeath, CLERK, review.case_id, **DEATH))
    await review.send(by_a_case(review, "r1"))
    assert [(e.state, e.cause) for e in review.of(CaseEnded)] == [(CaseState.LAPSED, Cause.DEATH)]


@pytest.mark.parametrize(
    ("who", "said", "code"),
    [(somebody("SCREENER"), {}, "wrong-role"), (CLERK, {"died_on": date(2026, 3, 3)}, "date-out-of-range")],
)
async def test_only_the_roles_of_the_policy_record_it_and_no_day_that_lies_ahead(
    commission: Commission, who: Any, said: dict[str, Any], code: str
) -> None:
    with pytest.raises(RefusedError, match=code):
        await commission.asks(RecordDeath, who, **{**DEATH, **said})


async def test_nobody_serves_letters_to_the_dead(removal: PureDesk[Removal], commission: Commission) -> None:
    await commission.looked()
    letter: dict[str, Any] = {"letter": "l1", "notice": "N18", "led_at": removal.now}
    await commission.asks(LetterUndelivered, LETTER_KEEPER, **letter)
    assert removal.current.open_tasks("serve-letter")
    await commission.asks(RecordDeath, CLERK, **DEATH)
    assert removal.current.open_tasks("serve-letter") == []
    await commission.asks(LetterUndelivered, LETTER_KEEPER, **{**letter, "letter": "l2"})
    assert removal.current.open_tasks("serve-letter") == []
