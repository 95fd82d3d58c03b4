"""What somebody asks about their own data is answered by two people within the term, and changes nothing by itself."""

from typing import Any

import pytest

from contracts.events.case import CaseEnded
from contracts.events.data_request import DataAnswer, DataAnswerDue, DataAnswered, DataRequested
from contracts.events.task import RungReached, TaskOpened
from contracts.matter import DataRight
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Rung, Stage
from tests.asking import local, somebody
from tests.data_requests import ANSWER, CARRIED_OUT, VERSION, WISH, data_opening
from tests.desks import PureDesk, RefusedError
from tests.office import People
from workflows.kinds.data_request.answering import ANSWERS
from workflows.kinds.data_request.case import DataRequest
from workflows.kinds.data_request.kind import DECIDER

CLERK, OFFICE = somebody("CLERK", "p-1"), somebody("ELECTION_OFFICE", "p-2")


def asked(policy: Policy, right: DataRight = "correct") -> PureDesk[DataRequest]:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(data_opening(right, version=VERSION))
    return desk


async def answered(desk: PureDesk[DataRequest], outcome: str, **form: object) -> None:
    people, kind = People(desk), ANSWERS[desk.current.right]
    await people.act(kind, outcome, form={**ANSWER, **form}, actor=CLERK)
    await people.act(f"{kind}-sign", "CONFIRM", actor=OFFICE)


async def carried_out(desk: PureDesk[DataRequest], outcome: str) -> None:
    people = People(desk)
    await people.act("carry-out", outcome, form=dict(CARRIED_OUT))
    await people.act("carry-out-sign", "CONFIRM")


def told(desk: PureDesk[DataRequest]) -> list[tuple[str, DataAnswer]]:
    return [(one.outcome, one.private) for one in desk.of(DataAnswered) if isinstance(one, DataAnswered)]


@pytest.mark.parametrize("right", list(ANSWERS))
async def test_the_person_is_told_at_once_until_when_they_are_answered(
    policy: Policy, right: DataRight
) -> None:
    desk = asked(policy, right)
    (request,), (due,) = desk.of(DataRequested), desk.of(DataAnswerDue)
    assert isinstance(request, DataRequested)
    assert (request.right, request.person_id, request.private) == (right, "p-nominee", WISH)
    task = await People(desk).task(ANSWERS[right])
    assert isinstance(due, DataAnswerDue)
    assert due.answer_by == task.due == local("2026-03-24 00:00")
    assert task.content_digest == request.content_digest


@pytest.mark.parametrize(
    ("right", "outcome", "end"),
    [
        ("inspect", "COMPLIED", CaseState.COMPLIED_WITH),
        ("inspect", "COMPLIED_IN_PART", CaseState.COMPLIED_WITH),
        ("inspect", "DECLINED", CaseState.DECLINED),
        ("correct", "DECLINED", CaseState.DECLINED),
        ("erase", "DECLINED", CaseState.DECLINED),
    ],
)
async def test_an_answer_of_two_people_ends_it_and_is_told_word_for_word(
    policy: Policy, right: DataRight, outcome: str, end: CaseState
) -> None:
    desk = asked(policy, right)
    await answered(desk, outcome)
    assert told(desk) == [(outcome, DataAnswer.model_validate(ANSWER))]
    assert desk.current.state is end
    assert [task.kind for task in desk.current.open_tasks()] == ["serve"]


@pytest.mark.parametrize(
    ("outcome", "end"), [("CORRECTED", CaseState.COMPLIED_WITH), ("NOT_CORRECTED", CaseState.DECLINED)]
)
async def test_a_granted_correction_waits_for_others_who_make_it_where_it_stands(
    policy: Policy, outcome: str, end: CaseState
) -> None:
    desk = asked(policy)
    await answered(desk, "COMPLIED")
    assert (desk.current.stage, desk.current.state) == (Stage.DATA_CORRECTION, CaseState.CORRECTING)
    assert desk.current.owed == ()
    await carried_out(desk, outcome)
    assert [said for said, _ in told(desk)] == ["COMPLIED", outcome]
    assert desk.current.state is end
    assert desk.current.owed == ()


@pytest.mark.parametrize("form", [{"ground": ""}, {"answer": ""}, {"means": "elsewhere"}])
async def test_an_answer_gives_the_person_words_and_a_legal_ground(policy: Policy, form: Any) -> None:
    with pytest.raises(RefusedError, match="form-invalid"):
        await answered(asked(policy, "erase"), "DECLINED", **form)


async def test_a_correction_is_said_with_the_act_by_which_it_was_made(policy: Policy) -> None:
    desk = asked(policy)
    await answered(desk, "COMPLIED")
    with pytest.raises(RefusedError, match="form-invalid"):
        await People(desk).act("carry-out", "CORRECTED", form=dict(ANSWER))


async def test_nothing_is_erased_while_it_must_be_kept(policy: Policy) -> None:
    with pytest.raises(RefusedError, match="outcome-not-allowed"):
        await answered(asked(policy, "erase"), "COMPLIED")


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        (somebody("EVALUATOR", "p-1"), "wrong-role"),
        (somebody("CLERK", "p-nominee"), "conflict-of-interest"),
        (somebody("NOMINEE", "p-nominee"), "wrong-role"),
    ],
)
async def test_neither_whoever_decides_on_people_nor_the_person_answers(
    policy: Policy, actor: Any, code: str
) -> None:
    with pytest.raises(RefusedError, match=code):
        await People(asked(policy)).act("answer-correction", "DECLINED", form=dict(ANSWER), actor=actor)


async def test_one_person_does_not_sign_twice_and_the_second_may_send_back_under_the_same_term(
    policy: Policy,
) -> None:
    desk = asked(policy)
    people = People(desk)
    await people.act("answer-correction", "DECLINED", form=dict(ANSWER), actor=CLERK)
    with pytest.raises(RefusedError, match="same-person"):
        await people.act("answer-correction-sign", "CONFIRM", actor=somebody("ELECTION_OFFICE", "p-1"))
    await people.act("answer-correction-sign", "SEND_BACK", actor=OFFICE)
    assert told(desk) == []
    dues = {task.due for task in desk.of(TaskOpened) if isinstance(task, TaskOpened)}
    assert dues == {local("2026-03-24 00:00")}


async def test_silence_climbs_the_ladder_and_answers_nothing(policy: Policy) -> None:
    desk = asked(policy)
    await desk.until(local("2026-04-20 10:00"))
    rungs = [one.rung for one in desk.of(RungReached) if isinstance(one, RungReached)]
    assert rungs[:4] == [Rung.BLUE, Rung.YELLOW, Rung.RED, Rung.CONFERENCE]
    assert [one.kind for one in desk.current.open_tasks("answer-correction", "overdue")] == [
        "answer-correction",
        "overdue",
    ]
    assert (told(desk), list(desk.of(CaseEnded))) == ([], [])
