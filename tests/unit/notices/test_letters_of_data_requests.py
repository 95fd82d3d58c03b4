"""Whoever asks about their own data hears until when they are answered, what the answer is, and what came of it."""

from datetime import UTC, datetime

import pytest

from contracts.base import Instant
from contracts.events.base import Event
from contracts.events.data_request import DataAnswer, DataAnswerDue, DataAnswered
from contracts.policy.loader import released
from services.notices.addressees import Occasion
from services.notices.casefile import CaseFile
from services.notices.composing import compose
from services.notices.folding.kinds import fold, needs
from services.notices.letters import Letter
from services.notices.policy import letters
from tests.data_requests import ANSWER, WISH, data_requested

POLICY = released("2026.1")
AT = datetime(2026, 3, 23, 16, 0, tzinfo=UTC)
DUE = DataAnswerDue(answer_by=AT)


def answered(outcome: str) -> DataAnswered:
    return DataAnswered(outcome=outcome, private=DataAnswer.model_validate(ANSWER))


def told(*events: Event) -> tuple[list[Letter], CaseFile]:
    """The letters of the last event, and the file after it."""
    blank = CaseFile(case_id="d1", kind="data-request", parent="c1", district="d01", policy="2026.1")
    file, found = blank, ()
    for event in events:
        after = fold(file, event)
        found, file = tuple(letters(Occasion(event, file, after, POLICY))), after
    return list(found), file


@pytest.mark.parametrize(
    ("answer_by", "said"), [(AT, ("2026年3月23日24:00", "24:00")), (None, ("暂定", "provisional"))]
)
def test_the_person_hears_until_when(answer_by: Instant | None, said: tuple[str, str]) -> None:
    [letter], file = told(data_requested("p1"), DataAnswerDue(answer_by=answer_by))
    assert (letter.type, letter.addressee.person_id, letter.asks) == ("N30", "p1", "")
    fields = compose(letter, file, POLICY, "清选〔2026〕N30-000001", AT)
    assert all(
        part in fields[language]["reply_by"] for part, language in zip(said, ("zh", "en"), strict=True)
    )
    assert fields["zh"]["addressee"] == WISH.name


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        ("COMPLIED", "N31"),
        ("COMPLIED_IN_PART", "N31"),
        ("DECLINED", "N31"),
        ("CORRECTED", "N32"),
        ("NOT_CORRECTED", "N32"),
    ],
)
def test_the_person_hears_the_answer_and_its_ground_and_what_may_be_done_against_it(
    outcome: str, code: str
) -> None:
    [letter], file = told(data_requested("p1"), DUE, answered(outcome))
    assert (letter.type, letter.addressee.person_id) == (code, "p1")
    fields = compose(letter, file, POLICY, f"清选〔2026〕{code}-000001", AT)
    for language in ("zh", "en"):
        assert str(ANSWER["answer"]) in fields[language]["facts"]
        assert str(ANSWER["ground"]) in fields[language]["facts"]
        assert fields[language]["rights"]
        assert fields[language]["outcome"]


def test_a_second_answer_is_a_letter_of_its_own() -> None:
    [first], _ = told(data_requested("p1"), DUE, answered("COMPLIED"))
    [second], _ = told(data_requested("p1"), DUE, answered("COMPLIED"), answered("CORRECTED"))
    assert (first.type, first.round) != (second.type, second.round)


def test_what_was_asked_and_answered_is_opened_and_nothing_else() -> None:
    assert [needs("data-request", one) for one in (data_requested(), DUE, answered("DECLINED"))] == [
        True,
        False,
        True,
    ]
