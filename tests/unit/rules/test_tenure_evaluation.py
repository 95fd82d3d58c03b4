"""The annual re-evaluation of a sitting member: when, by whom, on what, and what follows (domain §8.4)."""

import pytest

from contracts.causes import Cause
from contracts.events.task import TaskOpened
from contracts.events.tenure import MemberReEvaluated, ReEvaluationBegun
from contracts.vocabulary import CaseState, Stage
from tests.asking import local
from tests.conflicts import found
from tests.desks import PureDesk, RefusedError
from tests.office import MINUTES
from tests.tenures import OTHER_ID, SeatOffice, fact, raised, seat, year
from workflows.kinds.tenure.case import Tenure

OWNERS = {
    "discipline",
    "police",
    "court",
    "procuratorate",
    "tax",
    "market",
    "environment",
    "emergency",
    "federation",
}


@pytest.fixture
def held() -> PureDesk[Tenure]:
    return seat()


@pytest.fixture
async def measuring(held: PureDesk[Tenure]) -> SeatOffice:
    await held.until(local("2027-03-02 00:00"))
    return SeatOffice(held)


async def test_it_is_due_on_the_anniversary_and_asks_only_the_owners_of_what_is_measured(
    held: PureDesk[Tenure],
) -> None:
    await held.until(local("2027-03-01 23:59"))
    assert held.current.state is CaseState.IN_OFFICE
    await held.until(local("2027-03-02 00:00"))
    assert held.current.state is CaseState.RE_EVALUATING
    (begun,) = held.of(ReEvaluationBegun)
    assert begun.cause is Cause.YEAR_OVER
    asked = {(t.kind, t.unit) for t in held.of(TaskOpened)}
    assert asked == {("re-reply", unit) for unit in OWNERS}


async def test_silence_is_no_answer(measuring: SeatOffice, held: PureDesk[Tenure]) -> None:
    await measuring.replies("emergency")
    assert not held.current.open_tasks("re-score")
    await measuring.replies()
    assert held.current.open_tasks("re-score")


@pytest.mark.parametrize(
    ("scores", "low"),
    [
        ({"d2": 90, "d3": 90, "d6": 60, "index": 400}, ""),
        ({"d2": 89}, "D2"),
        ({"d3": 89}, "D3"),
        ({"d6": 59}, "D6"),
        ({"index": 399}, "清廉指数"),
    ],
)
async def test_below_the_bar_a_removal_is_raised_and_the_seat_is_still_held(
    measuring: SeatOffice, held: PureDesk[Tenure], scores: dict[str, int], low: str
) -> None:
    await measuring.replies()
    await measuring.scored(**scores)
    assert held.current.stage is Stage.IN_OFFICE
    (done,) = held.of(MemberReEvaluated)
    assert done.passed is not bool(low)
    assert done.evaluated_until == local("2029-02-01 00:00"), "a year's measure renews no evaluation"
    opened = raised(held)
    assert len(opened) == bool(low)
    for removal in opened:
        assert (removal.source, removal.parent, removal.person_id) == ("re-evaluation", "t1", "p-member")
        assert low in removal.lead.text
        assert removal.actor.person_id == "p-panel-chair-2", "asked in the name of whoever signed the score"
        assert removal.fits_its_claim()
        assert held.current.removals == (removal.target,)


async def test_the_next_one_is_due_a_year_later_however_long_this_one_took(
    measuring: SeatOffice, held: PureDesk[Tenure]
) -> None:
    await measuring.replies()
    await held.until(local("2027-05-20 12:00"))
    await measuring.scored()
    await held.until(local("2028-03-01 23:59"))
    assert held.current.stage is Stage.IN_OFFICE
    await held.until(local("2028-03-02 00:00"))
    assert held.current.stage is Stage.RE_EVALUATION


async def test_an_evaluation_that_expires_makes_one_due_at_once_and_is_then_valid_again() -> None:
    desk = seat(evaluated_until=local("2026-09-01 00:00"))
    office = SeatOffice(desk)
    await desk.until(local("2026-08-31 23:59"))
    assert desk.current.stage is Stage.IN_OFFICE
    await desk.until(local("2026-09-01 00:00"))
    (begun,) = desk.of(ReEvaluationBegun)
    assert begun.cause is Cause.EVALUATION_EXPIRED
    await office.replies()
    await desk.until(local("2026-09-10 12:00"))
    await office.scored()
    (done,) = desk.of(MemberReEvaluated)
    assert done.evaluated_until == local("2029-09-11 00:00"), "24:00 of the day three years later"
    await desk.until(local("2027-03-02 00:00"))
    assert desk.current.stage is Stage.RE_EVALUATION, "the year is over all the same"


async def test_whoever_has_no_known_evaluation_is_measured_when_the_case_opens() -> None:
    desk = seat(evaluated_until=None)
    assert desk.current.stage is Stage.RE_EVALUATION
    assert [event.cause for event in desk.of(ReEvaluationBegun)] == [Cause.EVALUATION_EXPIRED]


async def test_the_two_who_score_are_two_people_and_score_exactly_what_is_measured(
    measuring: SeatOffice, held: PureDesk[Tenure]
) -> None:
    await measuring.replies()
    for scores in (
        {"D2": 90, "D3": 90},
        {"D1": 1, "D2": 90, "D3": 90, "D6": 60},
        {"D2": 151, "D3": 1, "D6": 1},
    ):
        with pytest.raises(RefusedError, match="form-invalid"):
            await measuring.act("re-score", "SCORED", form={"scores": scores, "integrity_index": 500})
    form: dict[str, object] = {"scores": {"D2": 90, "D3": 90, "D6": 60}, "integrity_index": 500}
    await measuring.act("re-score", "SCORED", form=form, actor=measuring.actor("EVALUATOR", person="p-one"))
    with pytest.raises(RefusedError, match="same-person"):
        await measuring.act("re-score-sign", "CONFIRM", actor=measuring.actor("PANEL_CHAIR", person="p-one"))


async def test_a_measure_that_is_over_is_taken_again_when_a_conflict_of_who_took_it_is_found(
    measuring: SeatOffice, held: PureDesk[Tenure]
) -> None:
    await measuring.replies()
    await measuring.scored()
    assert held.current.stage is Stage.IN_OFFICE
    await found(measuring, held.current.acted("re-score")[-1].signer)
    assert held.current.stage is Stage.RE_EVALUATION
    assert [task.kind for task in held.current.open_tasks()] == ["re-score"]


async def test_a_silent_key_source_holds_the_measure_and_nobody_loses_a_seat_by_it() -> None:
    desk = seat(calendar_years=(year(2027),))
    office = SeatOffice(desk)
    await desk.until(local("2027-03-02 00:00"))
    await office.replies("police")
    await desk.until(local("2027-03-23 10:00"))
    with pytest.raises(RefusedError, match="key-source-not-closable"):
        await office.act("re-conference", "CLOSED_NO_REPLY", form=MINUTES)
    await office.act("re-conference", "HELD", form=MINUTES)
    assert desk.current.state is CaseState.HELD
    with pytest.raises(RefusedError, match="does not lapse"):
        await office.act("resume", "LAPSED")
    await office.act("re-reply", "NO_ISSUE", unit="police")
    await office.act("re-reply-sign", "CONFIRM", unit="police")
    assert not desk.current.held
    await office.scored()
    assert desk.current.state is CaseState.IN_OFFICE


async def test_whoever_takes_no_answer_for_a_bad_one_is_refused_a_fact_of_another(
    measuring: SeatOffice, held: PureDesk[Tenure]
) -> None:
    own, others = fact("NL-D01"), fact("NL-D01", subject_id=OTHER_ID)
    with pytest.raises(RefusedError, match="not-this-person"):
        await measuring.act("re-reply", "ISSUE", unit="tax", form={"findings": [others]})
    await measuring.act("re-reply", "ISSUE", unit="tax", form={"findings": [own]})
    assert raised(held) == [], "one person's word opens nothing"
    await measuring.act("re-reply-sign", "CONFIRM", unit="tax")
    (removal,) = raised(held)
    assert (removal.source, removal.actor.person_id) == ("hit", "p-dept-head-tax-2")
