"""The forms that a rule reads: the first and the last value that each field takes, and how a wrong one is named."""

import pytest
from pydantic import model_validator

from contracts.base import Contract
from contracts.refusals import RefusalCode
from contracts.saying import say
from tests.office import finding
from workflows.rules.forms import (
    Application,
    CarriedOut,
    Findings,
    Identified,
    LeaderIndexes,
    Meeting,
    NotMeant,
    Repair,
    ReportFinding,
    Resignation,
    read,
)
from workflows.rules.readings import Readings
from workflows.rules.verdict import Refused

DIGEST = "0" * 64
MEETING = {
    "members": 3,
    "present": 3,
    "votes_for": 2,
    "body": "executive-committee",
    "held_on": "2026-03-02",
    "secret": True,
    "minutes_digest": DIGEST,
}
ANSWER = {"answer": "x", "ground": "x"}
READING = {"item": "NL-D01", "source": "tax", "read_at": "2026-03-02T01:00:00Z", "result": "CLEAR"}


@pytest.mark.parametrize(
    ("shape", "form"),
    [
        (Findings, finding("NL-D01")),
        (Readings, {"readings": [READING]}),
        (Identified, {"subject_id": "1", "confirmed_by": "x"}),
        (Identified, {"subject_id": "1", "confirmed_by": "x" * 120}),
        (NotMeant, {"days": 1}),
        (ReportFinding, {"facts": "x"}),
        (Meeting, MEETING),
        (LeaderIndexes, {}),
        (Resignation, {"document_digest": DIGEST}),
        (Application, {"grounds": "x"}),
        (CarriedOut, {**ANSWER, "means": "x"}),
        (CarriedOut, {**ANSWER, "means": "x" * 200}),
    ],
)
def test_a_form_that_says_the_least_is_read(shape: type[Contract], form: dict[str, object]) -> None:
    assert isinstance(read(form, shape), shape)


@pytest.mark.parametrize(
    ("shape", "form", "field"),
    [
        (Findings, {"findings": []}, "findings"),
        (Readings, {"readings": []}, "readings"),
        (Readings, {"readings": [{**READING, "read_at": "yesterday"}]}, "readings.0.read_at"),
        (Identified, {"subject_id": "1", "confirmed_by": ""}, "confirmed_by"),
        (Identified, {"subject_id": "1", "confirmed_by": "x" * 121}, "confirmed_by"),
        (NotMeant, {"days": 0}, "days"),
        (ReportFinding, {"facts": ""}, "facts"),
        (Meeting, {**MEETING, "secret": False}, "secret"),
        (Application, {"grounds": " "}, "grounds"),
        (Resignation, {"document_digest": "", "more": 1}, "document_digest"),
        (CarriedOut, {**ANSWER, "means": ""}, "means"),
        (CarriedOut, {**ANSWER, "means": "x" * 201}, "means"),
    ],
)
def test_the_first_field_that_is_wrong_is_named(
    shape: type[Contract], form: dict[str, object], field: str
) -> None:
    refused = read(form, shape)
    assert isinstance(refused, Refused)
    assert (refused.code, refused.said.field) == (RefusalCode.FORM_INVALID, field)


class Whole(Contract):
    """A form whose fields are right one by one."""

    since: int
    until: int

    @model_validator(mode="after")
    def _in_order(self) -> "Whole":
        if self.since > self.until:
            raise ValueError("since lies after until")
        return self


def test_where_no_field_is_wrong_by_itself_none_is_named() -> None:
    refused = read({"since": 2, "until": 1}, Whole)
    assert isinstance(refused, Refused)
    assert refused.said == say("field-wrong")


def test_a_repair_changes_only_what_it_names_and_cleans_it() -> None:
    assert Repair(firm=" 乙公司 ").changes() == {"firm": "乙公司"}
    assert Repair().changes() == {}
