"""The letters of a review: that it was taken up and how it came out, to the member and to the body that decided."""

from contracts.events.base import Event
from contracts.events.removal_review import PersonsBarred, ReviewConcluded
from contracts.policy.loader import released
from contracts.vocabulary import CaseState
from services.notices.addressees import Occasion
from services.notices.casefile import CaseFile
from services.notices.composing import compose
from services.notices.folding.kinds import fold
from services.notices.letters import Letter
from services.notices.policy import letters
from services.notices.renderer import write
from tests.events import AT
from tests.stories import review_opened

POLICY = released("2026.1")
BLANK = CaseFile(kind="review", case_id="v1", parent="r1", district="d1", policy="2026.1")
BOTH = ["person:p1", "outside:deciding_body:d1"]


def told(*events: Event) -> tuple[CaseFile, tuple[Letter, ...]]:
    """The file after the events, and the letters of the last one."""
    file, found = BLANK, ()
    for event in events:
        after = fold(file, event)
        found = letters(Occasion(event, file, after, POLICY))
        file = after
    return file, found


def body(file: CaseFile, letter: Letter) -> str:
    fields = compose(letter, file, POLICY, "清选〔2026〕N-1", AT)
    return write(POLICY.notice(letter.type), POLICY.letter_frame, fields).body["zh"]


def test_that_it_was_taken_up_is_told_to_both_and_without_the_grounds() -> None:
    file, found = told(review_opened())
    assert [(one.type, one.addressee.key) for one in found] == [("N21", who) for who in BOTH]
    said = body(file, found[1])
    assert "已受理" in said
    assert "事实有误" not in said


def test_how_it_came_out_is_told_with_the_right_to_a_second_one() -> None:
    concluded = ReviewConcluded(instance=1, outcome=CaseState.REVOKED)
    file, found = told(review_opened(), PersonsBarred(persons=("p2",)), concluded)
    assert [(one.type, one.addressee.key) for one in found] == [("N21", who) for who in BOTH]
    said = body(file, found[0])
    assert "决定为：撤销" in said
    assert "一个月内" in said
