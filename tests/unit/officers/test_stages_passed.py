"""The bar of stages says what the record says: passed is what took place, and nobody learns from it what is secret."""

from contracts.causes import Cause
from contracts.events.case import CaseEnded, StageEntered
from contracts.vocabulary import CaseState, Stage
from services.officers.views.stages import Known, stages
from tests.consulted import screener
from tests.officers_rig import Rig

CODES = ("ST01", "ST02", "ST04", "ST05", "ST06", "ST11", "ST12", "ST14")


def test_what_the_record_passed_over_is_skipped_and_what_is_to_come_is_ahead() -> None:
    known = Known(entered={"ST02", "ST04", "ST06"}, worked={"ST02", "ST04"}, told=True)
    assert stages(CODES, "ST06", ended=False, known=known) == {
        **dict.fromkeys(("ST01", "ST02", "ST04"), "done"),
        "ST05": "skipped",
        "ST06": "now",
        **dict.fromkeys(("ST11", "ST12", "ST14"), "ahead"),
    }


def test_a_ruling_that_took_place_is_passed_wherever_the_case_ended() -> None:
    known = Known(entered={"ST02", "ST04"}, worked={"ST02", "ST05"}, told=True)
    found = stages(CODES, "ST04", ended=True, known=known)
    assert found["ST04"] == found["ST05"] == "done"
    assert found["ST06"] == "ahead"


def test_a_case_that_was_sent_back_has_its_void_stages_before_it_again() -> None:
    known = Known(entered={"ST02", "ST04", "ST06"}, worked={"ST02"}, told=True)
    found = stages(CODES, "ST04", ended=False, known=known)
    assert (found["ST04"], found["ST06"]) == ("now", "ahead")


def test_nobody_is_told_that_what_they_may_not_know_of_did_not_take_place() -> None:
    known = Known(entered={"ST02", "ST04", "ST06", "ST11", "ST14"}, worked=(), told=True, secret={"ST12"})
    assert stages(CODES, "ST14", ended=False, known=known)["ST12"] == "unsaid"
    outside = Known(entered={"ST02", "ST14"}, worked=(), told=False)
    found = stages(CODES, "ST14", ended=False, known=outside)
    assert set(found.values()) == {"done", "now", "unsaid"}


def test_a_case_before_the_first_stage_has_passed_none() -> None:
    known = Known(entered=(), worked=(), told=True)
    assert set(stages(CODES, "ST00", ended=False, known=known).values()) == {"ahead"}


async def test_the_bar_of_a_vetoed_case_agrees_with_its_timeline(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    await rig.tell(
        story,
        StageEntered(stage=Stage.SCREENING, state=CaseState.SCREENING, round=1),
        StageEntered(stage=Stage.GRADING, state=CaseState.GRADED, round=1),
        CaseEnded(state=CaseState.VETOED, cause=Cause.VOTE),
    )
    team = await rig.account(screener())
    found = (await team.get("/v1/cases/c1")).json()["stages"]
    passed = [code for code, place in found.items() if place == "done"]
    assert passed == ["ST02", "ST06"]
    assert found["ST04"] == "skipped"
    assert "ST05" not in found, "whoever may not know of an investigation is told nothing of the ruling"
    assert "ST11" not in found, "what is ahead is not named"
