"""The supplementary letter and the first letter to one department are two questions (SC-11, domain §8.8.1, §8.3)."""

from collections.abc import Iterator

import pytest

from contracts.vocabulary import CaseState, Grade, Stage
from tests.asking import local, somebody
from tests.conflicts import found
from tests.desks import PureDesk
from tests.later_policy import SOURCE, later_released
from tests.office import MINUTES, Office
from tests.unit.rules.test_transition import applies, case_at
from workflows.kinds.nomination.case import Nomination

CONFERENCE = local("2026-03-23 09:30")
"""After T+5 of letters of 2 March."""
FIRST, ADDED = SOURCE, f"{SOURCE}.supplement"


@pytest.fixture(autouse=True, scope="module")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with later_released(tmp_path_factory.mktemp("policies")):
        yield


def held_for(office: Office) -> list[str]:
    desk = office.desk
    assert isinstance(desk, PureDesk)
    return [hold.about for hold in desk.current.holds]


async def waiting() -> Office:
    """Everybody has answered the first letter but the source of the item that a later version adds."""
    office = await case_at("2026-03-02 10:00")
    await office.screened()
    await office.replies(SOURCE)
    return office


async def supplied(office: Office) -> None:
    await office.act("supplement", "NO_ISSUE", unit=SOURCE)
    await office.act("supplement-sign", "CONFIRM", unit=SOURCE)


async def closed(office: Office, conference: str) -> None:
    await office.act(conference, "CLOSED_NO_REPLY", unit=SOURCE, form=MINUTES)


async def held(office: Office, *conferences: str) -> None:
    await office.desk.until(CONFERENCE)
    for conference in conferences:
        await office.act(conference, "HELD", unit=SOURCE, form=MINUTES)


async def test_the_answer_to_the_supplement_ends_no_silence_on_the_first_letter() -> None:
    office = await waiting()
    await held(office, "conference")
    desk = await applies(office)
    await supplied(office)
    assert held_for(office) == [FIRST]
    await office.resumed()
    assert [task.kind for task in desk.current.open_tasks("conference", "supplement-conference")] == [
        "conference"
    ]
    await closed(office, "conference")
    assert desk.current.stage is Stage.GRADING


async def test_the_answer_to_the_first_letter_ends_no_silence_on_the_supplement() -> None:
    office = await waiting()
    desk = await applies(office)
    await held(office, "supplement-conference")
    await office.reply(SOURCE)
    assert (held_for(office), desk.current.state) == ([ADDED], CaseState.HELD)
    await supplied(office)
    assert (held_for(office), desk.current.stage) == ([], Stage.GRADING)


async def test_each_silence_comes_before_the_conference_again_by_itself() -> None:
    office = await waiting()
    desk = await applies(office)
    await held(office, "conference", "supplement-conference")
    assert held_for(office) == [FIRST, ADDED]
    await office.resumed(about=f"department-silent:{ADDED}")
    assert held_for(office) == [FIRST]
    assert not desk.current.open_tasks("conference"), "that one is still held"
    await closed(office, "supplement-conference")
    assert (held_for(office), desk.current.unanswered) == ([FIRST], (ADDED,))


async def test_who_has_another_question_still_in_time_is_before_no_conference_on_it() -> None:
    office = await waiting()
    await held(office, "conference")
    desk = await applies(office)
    await office.resumed()
    assert desk.current.open_tasks("supplement")
    assert not desk.current.open_tasks("supplement-conference"), "asked today, with ten working days"


async def graded_after(conference: str, answer: str) -> PureDesk[Nomination]:
    """The source is closed on the one question and has answered the other."""
    office = await waiting()
    desk = await applies(office)
    await desk.until(CONFERENCE)
    await closed(office, conference)
    answers = {"reply": lambda: office.reply(SOURCE), "supplement": lambda: supplied(office)}
    await answers[answer]()
    await office.graded(900)
    return desk


@pytest.mark.parametrize(
    ("conference", "answer", "name"),
    [("conference", "supplement", FIRST), ("supplement-conference", "reply", ADDED)],
)
async def test_the_answer_to_one_question_lifts_no_cap_of_the_other(
    conference: str, answer: str, name: str
) -> None:
    desk = await graded_after(conference, answer)
    assert desk.current.unanswered == (name,)
    assert desk.current.grade is Grade.B


async def test_a_late_reply_to_the_first_letter_lifts_no_cap_of_the_supplement() -> None:
    office = await waiting()
    desk = await applies(office)
    await desk.until(CONFERENCE)
    for conference in ("conference", "supplement-conference"):
        await closed(office, conference)
    await office.graded(900)
    await office.act("late-reply", "NO_ISSUE")
    await office.act("late-reply-sign", "CONFIRM")
    assert desk.current.unanswered == (ADDED,)
    assert desk.current.grade is Grade.B


async def test_a_case_that_went_back_before_the_consultation_is_asked_as_well() -> None:
    office = await case_at()
    await office.to_integrity()
    await found(office, "p-screener-1")
    assert (await office.desk.case()).stage is Stage.SCREENING
    desk = await applies(office)
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-s9"))
    await office.act("screen-sign", "CONFIRM", actor=somebody("SECOND_CHECKER", "p-s8"))
    assert [task.unit for task in desk.current.open_tasks("supplement")] == [SOURCE]
