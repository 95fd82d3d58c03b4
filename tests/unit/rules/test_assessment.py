"""ST06 to ST08: grade, inspection, integrity opinion."""

import pytest

from contracts.commands.nomination import RequestResult
from contracts.events.nomination import ResultRequested
from contracts.events.review import CaseGraded, OpinionGiven
from contracts.vocabulary import CaseState, Grade, Stage
from tests.acting import refused
from tests.asking import asks, somebody
from tests.desks import PureDesk, RefusedError
from tests.office import INSPECTION, Office


async def test_grade_c_ends_the_case(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.graded(699)
    assert desk.current.state is CaseState.REJECTED
    assert desk.of(CaseGraded)[0].model_dump()["grade"] is Grade.C


async def test_scores_beyond_the_maximum_are_refused(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    form = office.scores()
    form["integrity_index"] = 1001
    with pytest.raises(RefusedError, match="form-invalid"):
        await office.act("score", "SCORED", form=form)


async def test_malformed_forms_are_refused_by_field(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    with pytest.raises(RefusedError, match="integrity_index"):
        await office.act("score", "SCORED", form={"scores": {}})
    await office.graded()


async def test_scores_sent_back_are_scored_again(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.act("score", "SCORED", form=office.scores())
    await office.act("score-sign", "SEND_BACK")
    await office.graded()
    assert desk.current.stage is Stage.INSPECTION


@pytest.mark.parametrize(
    ("outcomes", "stage"),
    [
        (("SUITABLE", "RECHECK"), Stage.INSPECTION),
        (("UNSUITABLE", "RECHECK"), Stage.INSPECTION),
        (("SUITABLE", "SUITABLE"), Stage.INTEGRITY),
    ],
)
async def test_inspection_takes_both_signatures(
    desk: PureDesk, office: Office, outcomes: tuple[str, str], stage: Stage
) -> None:
    await office.screened()
    await office.replies()
    await office.graded()
    for signature, outcome in enumerate(outcomes, start=1):
        await office.act("inspect", outcome, signature=signature, form=INSPECTION)
    assert desk.current.stage is stage
    assert desk.current.ended == ("UNSUITABLE" in outcomes)


@pytest.mark.parametrize(
    ("head", "leader", "opinion"),
    [
        ("NO_OBJECTION", "DEFER", "DEFER"),
        ("DEFER", "NO_OBJECTION", "DEFER"),
        ("REMINDER", "NO_OBJECTION", "REMINDER"),
        ("NEGATIVE", "DEFER", "NEGATIVE"),
    ],
)
async def test_of_two_opinions_the_stricter_holds(
    desk: PureDesk, office: Office, head: str, leader: str, opinion: str
) -> None:
    await office.to_integrity()
    await office.opinion(head, leader)
    assert desk.of(OpinionGiven)[0].model_dump()["opinion"] == opinion
    expected = {"DEFER": CaseState.HELD, "REMINDER": CaseState.DECIDING, "NEGATIVE": CaseState.REJECTED}
    assert desk.current.state is expected[opinion]


async def test_an_index_below_the_pass_line_is_a_fact_and_no_grade(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.graded(800, index=399)
    assert desk.current.grade is None
    assert [(hit.fact.item, hit.source) for hit in desk.current.hits] == [("NL-A03", "federation")]
    assert desk.current.state is CaseState.RULING
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED


async def test_a_cleared_index_is_scored_again(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.graded(800, index=399)
    await office.act("explain", "EXPLAINED", form={"text": "another firm's index"})
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    await office.graded(800, index=400)
    assert desk.current.grade is Grade.B


async def test_the_nominee_is_told_the_result_on_request_and_nobody_else_asks(
    desk: PureDesk, office: Office
) -> None:
    nominee = somebody("NOMINEE", "p-nominee")
    await refused(desk, asks(RequestResult, nominee), "no-result-yet")
    await office.to_integrity()
    await refused(desk, asks(RequestResult, somebody("NOMINATOR", "p-nominator", "chamber-1")), "wrong-role")
    await desk.send(asks(RequestResult, nominee))
    (event,) = desk.of(ResultRequested)
    assert isinstance(event, ResultRequested)
    assert event.grade is Grade.A


async def test_a_case_that_ended_ungraded_says_so_and_asks_nobody_to_wait(
    desk: PureDesk, office: Office
) -> None:
    await office.act("screen", "INELIGIBLE")
    await office.act("screen-sign", "CONFIRM")
    await refused(desk, asks(RequestResult, somebody("NOMINEE", "p-nominee")), "no-result")
