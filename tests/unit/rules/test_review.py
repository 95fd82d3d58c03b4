"""R11: three people vote who signed nothing of what is attacked; a majority of the seats decides."""

import pytest

from contracts.errand import Tell
from contracts.events.removal_review import ReviewConcluded
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.asking import local, review_opening, somebody
from tests.commission import Body, told
from tests.desks import PureDesk, RefusedError
from workflows.kinds.review.case import Review
from workflows.kinds.review.kind import DECIDER

UPHELD, CHANGED, REVOKED = "UPHELD", "CHANGED", "REVOKED"


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ((UPHELD, UPHELD, REVOKED), CaseState.UPHELD),
        ((REVOKED, CHANGED, REVOKED), CaseState.REVOKED),
        ((CHANGED, CHANGED, CHANGED), CaseState.CHANGED),
    ],
)
async def test_more_than_half_of_the_seats_decide(
    review: PureDesk[Review], body: Body, words: tuple[str, ...], state: CaseState
) -> None:
    await body.vote(*words)
    assert review.current.state is state
    assert [e.outcome for e in review.of(ReviewConcluded)] == [state]


async def test_without_a_majority_the_same_body_votes_again_under_the_same_deadline(
    review: PureDesk[Review], body: Body
) -> None:
    due = (await body.task("review-vote", signature=1)).due
    assert due == local("2026-04-03 00:00"), "a month, to 24:00 of 2 April"
    await body.vote(UPHELD, CHANGED, REVOKED)
    again = review.current.open_tasks("review-vote")
    assert [(task.signature, task.due) for task in again] == [(1, due), (2, due), (3, due)]
    await body.vote(REVOKED, REVOKED, UPHELD)
    assert review.current.state is CaseState.REVOKED


async def test_whoever_signed_what_is_attacked_takes_no_part(review: PureDesk[Review], body: Body) -> None:
    with pytest.raises(RefusedError, match="conflict-of-interest"):
        await body.act("review-vote", UPHELD, signature=1, actor=somebody("REVIEWER", "p-barred"))
    one = somebody("REVIEWER", "p-one")
    await body.act("review-vote", UPHELD, signature=1, actor=one)
    with pytest.raises(RefusedError, match="same-person"):
        await body.act("review-vote", UPHELD, signature=2, actor=one)


async def test_the_second_review_is_the_level_aboves_and_takes_two_months(policy: Policy) -> None:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(review_opening(instance=2))
    body = Body(desk)
    task = await body.task("second-review-vote", signature=1)
    assert (task.role, task.due) == ("REVIEWER_ABOVE", local("2026-05-07 00:00")), (
        "2 May is none, 6 May the next"
    )
    await body.vote(UPHELD, UPHELD, UPHELD, task="second-review-vote")
    assert desk.current.state is CaseState.UPHELD


async def test_a_removal_that_is_revoked_is_told_at_once(review: PureDesk[Review], body: Body) -> None:
    await body.vote(REVOKED, REVOKED, UPHELD)
    (errand,) = review.current.owed
    assert isinstance(errand, Tell)
    assert (errand.kind, errand.case_ids) == ("removal", ("r1",))
    (word,) = told(review.current.owed)
    assert (word.outcome, word.instance, word.review) == (CaseState.REVOKED, 1, "v1")
    assert word.signers == ("p-reviewer-1", "p-reviewer-2", "p-reviewer-3")
    review.carry()
    await body.act("serve", "SERVED")
    await body.act("file", "FILED")
    assert DECIDER.closed(review.current) == "REVOKED"


@pytest.mark.parametrize("word", [UPHELD, CHANGED])
async def test_another_outcome_is_told_when_it_is_served_and_the_next_term_begins(
    review: PureDesk[Review], body: Body, word: str
) -> None:
    await body.vote(word, word, word)
    assert review.current.owed == ()
    await body.act("serve", "SERVED")
    assert [one.outcome for one in told(review.current.owed)] == [CaseState(word)]
