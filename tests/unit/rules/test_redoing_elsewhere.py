"""What awards, requests and reviews ask again when somebody with a conflict has acted (SOD-08)."""

from collections.abc import Awaitable, Callable

import pytest

from contracts.events.award import TitleRecognised
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage, TaskState
from tests.acting import completing, refused
from tests.asking import local, somebody
from tests.commission import Body
from tests.conflicts import found
from tests.data_requests import ANSWER, CARRIED_OUT, VERSION, data_opening
from tests.desks import PureDesk, RefusedError
from tests.office import People
from tests.prizes import CHAIR, MEETING, told_of_fall, told_of_veto
from workflows.kinds.award.case import Award
from workflows.kinds.data_request.case import DataRequest
from workflows.kinds.data_request.kind import DECIDER as REQUESTS
from workflows.kinds.review.case import Review
from workflows.procedure.case import Task

INDEXES: dict[str, object] = {"indexes": [{"person_id": CHAIR, "index": 400, "source": "第三方机构"}]}

DOUBTED = "p-doubted"
"""Who acts, and in whom a conflict is found."""


async def checked(people: People[Award]) -> None:
    await people.act("award-check", "ELIGIBLE", form=INDEXES)
    await people.act("award-check-sign", "CONFIRM")


async def recognised(people: People[Award]) -> None:
    await checked(people)
    await people.act("recognise", "RECOGNISED", form=MEETING)


async def proposed(people: People[Award], desk: PureDesk[Award]) -> None:
    """A veto is told while the title is held, and two people propose to withdraw it."""
    await recognised(people)
    await desk.send(told_of_veto())
    await people.act("title-proposal", "PROPOSED", actor=somebody("EVALUATOR", DOUBTED))
    await people.act("title-proposal-sign", "CONFIRM")


def asked(desk: PureDesk[Award]) -> list[str]:
    """What people are asked, letters aside."""
    return [task.kind for task in desk.current.open_tasks()]


def last(desk: PureDesk[Award], kind: str) -> Task:
    """The last answer to this."""
    return desk.current.acted(kind)[-1]


@pytest.mark.parametrize("kind", ["award-check", "award-check-sign"])
@pytest.mark.parametrize("far", [checked, recognised])
async def test_an_application_is_checked_again_by_two_others_and_what_was_recognised_rests_on_that(
    award: PureDesk[Award], people: People[Award], kind: str, far: Callable[[People[Award]], Awaitable[None]]
) -> None:
    await far(people)
    done = award.current.acted("award-check", "award-check-sign", "recognise")
    signer = last(award, kind).signer
    await found(people, signer)
    assert award.current.stage is Stage.AWARD_CHECK
    assert {award.current.tasks[one.id].state for one in done} == {TaskState.VOID}
    assert asked(award) == ["award-check"]
    (again,) = award.current.open_tasks("award-check")
    same = await completing(
        people, "award-check", somebody(again.role, signer), outcome="ELIGIBLE", form=INDEXES
    )
    await refused(award, same, "conflict-of-interest")
    await people.act(
        "award-check", "INELIGIBLE", actor=somebody(again.role, "p-other"), reason="below the bar"
    )
    await people.act("award-check-sign", "CONFIRM", actor=somebody("PANEL_CHAIR", "p-another"))
    assert award.current.state is CaseState.INELIGIBLE


async def test_another_writes_down_whether_the_title_is_given_and_it_is_held_until_then(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await recognised(people)
    (first,) = award.of(TitleRecognised)
    check, signed = last(award, "award-check"), last(award, "recognise")
    await found(people, signed.signer)
    assert (award.current.stage, asked(award)) == (Stage.AWARD_DECISION, ["recognise"])
    assert award.current.tasks[check.id].state is TaskState.DONE
    assert isinstance(first, TitleRecognised)
    assert award.current.held_until == first.until
    other = somebody(signed.role, "p-other")
    await people.act("recognise", "NOT_RECOGNISED", form=MEETING, actor=other, reason="the meeting did not")
    assert award.current.state is CaseState.NOT_RECOGNISED


async def test_two_others_say_what_a_veto_leads_to_for_what_is_held_now(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await award.send(told_of_veto())
    await people.act("award-loss", "NOT_AFFECTED", actor=somebody("EVALUATOR", DOUBTED))
    await people.act("award-loss-sign", "CONFIRM")
    loss = last(award, "award-loss")
    await recognised(people)
    await found(people, DOUBTED)
    assert (award.current.stage, asked(award)) == (Stage.TITLE, ["title-proposal"])
    assert award.current.open_tasks("title-proposal")[0].about == loss.about
    assert award.current.acted("recognise"), "the title does not rest on the veto"


async def test_nothing_is_decided_on_a_proposal_of_somebody_with_a_conflict(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await proposed(people, award)
    await found(people, DOUBTED)
    assert asked(award) == ["title-proposal"]


async def test_nobody_is_asked_again_about_a_veto_that_fell(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await proposed(people, award)
    await award.send(told_of_fall())
    await found(people, DOUBTED)
    assert asked(award) == []


async def test_another_writes_down_what_becomes_of_the_title(
    award: PureDesk[Award], people: People[Award]
) -> None:
    await proposed(people, award)
    await people.act(
        "title-decision", "TITLE_KEPT", form=MEETING, actor=somebody("PARTY_GROUP", "p-clerk-of-the-meeting")
    )
    await found(people, "p-clerk-of-the-meeting")
    assert asked(award) == ["title-decision"]


@pytest.fixture
def request_(policy: Policy) -> PureDesk[DataRequest]:
    """A nominee asked on 2 March 2026 to have something corrected."""
    desk = PureDesk(REQUESTS, policy, local("2026-03-02 10:00"))
    desk.open(data_opening("correct", version=VERSION))
    return desk


async def test_a_correction_is_answered_again_by_others_within_the_term_that_was_told(
    request_: PureDesk[DataRequest],
) -> None:
    people = People(request_)
    await people.act("answer-correction", "COMPLIED", form=ANSWER, actor=somebody("CLERK", "p-1"))
    due = request_.current.acted("answer-correction")[0].due
    await request_.until(local("2026-03-06 10:00"))
    await people.act("answer-correction-sign", "CONFIRM", actor=somebody("ELECTION_OFFICE", "p-2"))
    await people.act("carry-out", "CORRECTED", form=dict(CARRIED_OUT))
    await found(people, "p-1")
    (again,) = request_.current.open_tasks()
    assert (again.kind, again.due, request_.current.stage) == ("answer-correction", due, Stage.DATA_REQUEST)
    assert not request_.current.acted("carry-out"), "it rests on the answer"
    await people.act("answer-correction", "DECLINED", form=ANSWER, actor=somebody("CLERK", "p-3"))
    await people.act("answer-correction-sign", "CONFIRM", actor=somebody("ELECTION_OFFICE", "p-4"))
    assert request_.current.state is CaseState.DECLINED


async def test_a_correction_is_carried_out_again_by_others(request_: PureDesk[DataRequest]) -> None:
    people = People(request_)
    await people.act("answer-correction", "COMPLIED", form=ANSWER, actor=somebody("CLERK", "p-1"))
    await people.act("answer-correction-sign", "CONFIRM", actor=somebody("ELECTION_OFFICE", "p-2"))
    await people.act("carry-out", "CORRECTED", form=dict(CARRIED_OUT))
    (first,) = request_.current.acted("carry-out")
    await found(people, first.signer)
    (again,) = request_.current.open_tasks()
    assert (again.kind, again.due) == ("carry-out", first.due)


async def test_a_body_votes_again_without_the_voter_who_had_a_conflict(
    review: PureDesk[Review], body: Body
) -> None:
    await body.act("review-vote", "UPHELD", signature=1, actor=somebody("REVIEWER", "p-kin"))
    await body.act("review-vote", "REVOKED", signature=2, actor=somebody("REVIEWER", "p-two"))
    due = review.current.acted("review-vote")[0].due
    await found(body, "p-kin")
    assert not review.current.acted("review-vote")
    again = review.current.open_tasks("review-vote")
    assert [(task.signature, task.due) for task in again] == [(1, due), (2, due), (3, due)]
    with pytest.raises(RefusedError, match="conflict-of-interest"):
        await body.act("review-vote", "UPHELD", signature=1, actor=somebody("REVIEWER", "p-kin"))
    await body.vote("REVOKED", "REVOKED", "UPHELD")
    assert review.current.state is CaseState.REVOKED
