"""A tie that becomes known late, or elsewhere: it binds in every case about the member that is not closed (SOD-06)."""

from datetime import date
from typing import Any

import pytest

from contracts.actor import Ties
from contracts.commands.case import DeclareConflict, ReportConflict
from contracts.commands.removal import EarlierRemovalOver
from contracts.commands.tenure import LinkedSeatLost, RecordSeat, RemovalBegun, SeatKept
from contracts.matter import OtherSeat
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Seat
from tests.asking import asks, local, removal_opening, review_opening, somebody
from tests.commission import APPLICATION, Commission, started
from tests.desks import PureDesk, RefusedError
from tests.prizes import FILE, file_opening, owed, words_for
from tests.raising import Raising
from tests.tenures import OFFICE
from workflows.kinds.integrity.kind import DECIDER as FILES
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER
from workflows.kinds.review.kind import DECIDER as REVIEWS

KIN = "p-kin"
COUSIN = {"person_id": KIN, "ground": "kin", "reason": "a cousin"}


@pytest.fixture
def seated(policy: Policy) -> Raising:
    return Raising(policy)


def of_oneself(case: str, role: str = "CLERK") -> ReportConflict:
    return asks(ReportConflict, somebody(role, KIN), case, **COUSIN)


async def removed(seated: Raising) -> tuple[PureDesk[Removal], Commission]:
    """The seat has raised a removal, which has taken it; the member's term for a review runs."""
    await seated.told("NL-D01")
    desk, commission = seated.removal(1)
    await commission.removed()
    await commission.act("serve", "SERVED")
    await seated.carried()
    return desk, commission


async def test_whoever_says_it_at_the_seat_votes_in_no_review_that_is_under_way(seated: Raising) -> None:
    desk, commission = await removed(seated)
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    review, body = seated.review(desk)
    await seated.held.send(of_oneself("t1"))
    await seated.carried()
    assert review.current.conflicted >= {KIN}
    with pytest.raises(RefusedError, match="conflict"):
        await body.act("review-vote", "UPHELD", signature=1, actor=somebody("REVIEWER", KIN))


async def test_and_what_they_have_said_there_counts_no_more(seated: Raising) -> None:
    desk, commission = await removed(seated)
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    review, body = seated.review(desk)
    await body.act("review-vote", "UPHELD", signature=1, actor=somebody("REVIEWER", KIN))
    await seated.held.send(of_oneself("t1"))
    await seated.carried()
    assert (len(review.current.open_tasks("review-vote")), review.current.acted("review-vote")) == (3, [])


async def test_nor_in_one_that_is_asked_for_later(seated: Raising) -> None:
    """The removal has its outcome: nothing of that is done again."""
    desk, commission = await removed(seated)
    await seated.held.send(of_oneself("t1"))
    await seated.carried()
    assert (desk.current.state, desk.current.conflicted) == (CaseState.REMOVED, {KIN})
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    *_, opening = started(desk.current.owed)
    assert KIN in opening.asked()["barred"]


async def test_what_the_level_above_has_decided_of_somebody_binds_there_as_well_and_is_asked_once(
    seated: Raising,
) -> None:
    desk, commission = await removed(seated)
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    review, _ = seated.review(desk)
    await seated.held.send(asks(ReportConflict, somebody("CLERK", "p-teller"), "t1", **COUSIN))
    await seated.carried()
    assert KIN not in review.current.conflicted, "nobody has decided that it is so"
    await seated.office.act("recusal", "RECUSED")
    await seated.carried()
    for one in (desk, review):
        assert (one.current.conflicted >= {KIN}, one.current.open_tasks("recusal")) == (True, [])


async def test_that_there_is_none_is_told_to_nobody(seated: Raising) -> None:
    desk, _ = await removed(seated)
    await seated.held.send(asks(ReportConflict, somebody("CLERK", "p-teller"), "t1", **COUSIN))
    await seated.office.act("recusal", "NO_CONFLICT")
    await seated.carried()
    assert not desk.current.conflicted


async def test_stepping_back_from_a_task_of_the_seat_binds_in_its_removals(seated: Raising) -> None:
    await seated.told("NL-D01")
    desk, commission = seated.removal(1)
    await commission.act("lead", "OPENED", actor=somebody("EVALUATOR", KIN))
    await seated.held.until(local("2027-03-02 00:00"))
    task = seated.held.current.open_tasks("re-reply")[0]
    kin = somebody("DEPT_OFFICER", KIN, task.unit)
    await seated.held.send(
        asks(DeclareConflict, kin, "t1", task_id=task.id, ground="kin", reason="a brother")
    )
    await seated.carried()
    assert desk.current.conflicted == {KIN}
    assert desk.current.open_tasks("lead"), "what rests on that person's act is done again (SOD-08)"


async def test_one_that_becomes_known_in_a_removal_binds_at_its_seat_and_in_the_others_at_once(
    seated: Raising,
) -> None:
    await seated.told("NL-D01", "NL-C04")
    (first, _), (second, _) = seated.removal(1), seated.removal(2)
    await first.send(of_oneself(first.case_id, "EVALUATOR"))
    await seated.carried()
    assert seated.held.current.conflicted == second.current.conflicted == {KIN}
    assert [len(one.current.doubts) for one in (first, seated.held, second)] == [1, 1, 1]


async def test_and_wherever_the_loss_of_the_seat_is_looked_at(seated: Raising) -> None:
    for district, follows in (("d02", "t2"), ("d03", None)):
        other = OtherSeat(owner="federation", district=district, seat=Seat.EXECUTIVE, tenure=follows)
        await seated.office.asks(RecordSeat, OFFICE, other=other, since=date(2025, 3, 2))
    desk, _ = await removed(seated)
    (linked,) = [one.target for one in started(desk.current.owed) if one.act == "open-removal"]
    assert [cases for cases, word in words_for(desk, "tenure") if isinstance(word, LinkedSeatLost)] == [
        ("t2",)
    ]
    await seated.held.send(of_oneself("t1"))
    await seated.carried()
    said = [
        (kind, cases)
        for kind in ("tenure", "removal")
        for cases, word in words_for(desk, kind)
        if isinstance(word, ReportConflict)
    ]
    assert said == [("tenure", ("t2",)), ("removal", (linked,))]


async def test_of_one_person_under_two_ids_only_the_case_hears_on_which_they_acted(seated: Raising) -> None:
    await seated.told("NL-D01")
    desk, _ = seated.removal(1)
    twice = {**COUSIN, "ground": "same-person"}
    await seated.held.send(asks(ReportConflict, somebody("CLERK", "p-teller"), "t1", **twice))
    await seated.office.act("recusal", "RECUSED")
    await seated.carried()
    assert (seated.held.current.conflicted, desk.current.conflicted) == ({KIN}, frozenset())


async def test_a_head_s_tie_that_is_decided_on_last_leaves_the_file_to_be_closed(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.looked("NO_CASE")
    told = owed(ReportConflict, "r1", "t1", **COUSIN)
    head = somebody("DISC_HEAD", KIN)
    roles = (Ties(person_id=KIN, roles=("DISC_HEAD",)),)
    await removal.send(told.claimed_as(told.claim.model_copy(update={"actor": head, "others": roles})))
    await commission.act("serve", "SERVED")
    await commission.act("recusal", "RECUSED")
    assert [task.kind for task in removal.current.open_tasks()] == ["file"]


async def test_where_no_case_follows_the_seat_the_removal_that_waits_hears_of_it_at_the_end(
    policy: Policy,
) -> None:
    file: PureDesk[Any] = PureDesk(FILES, policy, local("2026-03-02 10:00"))
    file.open(file_opening())
    place = {"district": "d01", "seat": Seat.EXECUTIVE}
    for number, one in enumerate(("r1", "r2"), start=1):
        await file.send(owed(RemovalBegun, FILE, one, number, removal=one, **place))
    await file.send(owed(SeatKept, FILE, "r1", 3, removal="r1", barred=(KIN,)))
    *_, (cases, word) = words_for(file, "removal")
    assert (cases, isinstance(word, EarlierRemovalOver)) == (("r2",), True)
    waits: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    waits.open(removal_opening(case_id="r2", open_removal="r1", parent="r2"))
    await waits.send(word)
    assert waits.current.conflicted == {KIN}


async def test_a_review_that_hears_what_was_decided_elsewhere_asks_nobody_again(policy: Policy) -> None:
    desk = PureDesk(REVIEWS, policy, local("2026-03-02 10:00"))
    desk.open(review_opening())
    await desk.send(owed(ReportConflict, desk.case_id, "r1", **COUSIN))
    assert (desk.current.conflicted >= {KIN}, desk.current.open_tasks("recusal")) == (True, [])
