"""Letters when a nomination ends, and when the check of a report does (domain §8.8.7, §8.8.14)."""

import pytest

from contracts.case import about
from contracts.causes import Cause
from contracts.events.base import Event
from contracts.vocabulary import CaseState
from tests.reports import answered, received
from tests.stories import case_opened, task_opened
from tests.told import CASE, NOMINATOR, ended, keys
from workflows.kinds.nomination.kind import RESUMES


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        (
            (case_opened(), ended(CaseState.MERGED, Cause.SCREENING_DUPLICATE)),
            [("N25", "1", "person:p1"), ("N25", "1", NOMINATOR)],
        ),
        (
            (case_opened(), ended(CaseState.LAPSED, Cause.PAUSE_ITEM)),
            [("N25", "1", "person:p1"), ("N25", "1", NOMINATOR)],
        ),
        ((case_opened(), ended(CaseState.LAPSED, Cause.DEATH)), [("N25", "1", NOMINATOR)]),
        (
            (case_opened(), ended(CaseState.REJECTED, Cause.REPORT_SERIOUS)),
            [("N24", "1", "person:p1"), ("N24", "1", NOMINATOR)],
        ),
        (
            (case_opened(), ended(CaseState.REJECTED, Cause.QUOTA)),
            [("N24", "1", "person:p1"), ("N24", "1", NOMINATOR)],
        ),
        ((case_opened(), received(), answered(1, "CASE_ENDED")), [("N13", "1", "reporter:1")]),
        ((case_opened(), received(), answered(1, "FORWARDED")), [("N13", "1", "reporter:1")]),
        (
            (case_opened(), received(), answered(1, "CASE_ENDED"), answered(1, "UNTRUE")),
            [("N13", "1.1", "reporter:1"), ("N13", "1.1", "person:p1")],
        ),
        (
            (case_opened(), task_opened(CASE, "answer-report", about=about("report", 2))),
            [("N07", "report.2", "person:p1")],
        ),
    ],
)
def test_an_ending_leads_to_its_letters(
    events: tuple[Event, ...], expected: list[tuple[str, str, str]]
) -> None:
    assert keys(*events) == expected


@pytest.mark.parametrize("cause", [*RESUMES, Cause.ELECTION_PASSED, Cause.INCAPACITY])
def test_whoever_lapses_is_told_whatever_the_cause(cause: Cause) -> None:
    letters = keys(case_opened(), ended(CaseState.LAPSED, cause))
    assert letters == [("N25", "1", "person:p1"), ("N25", "1", NOMINATOR)]
