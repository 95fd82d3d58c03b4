"""What a paper says of itself: something to whoever reads it, and days that can be (§8.8.12)."""

from datetime import date

import pytest

from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from workflows.rules.papers import dated, impossible, paper, silent
from workflows.rules.verdict import Refused

TODAY = date(2026, 3, 2)


def test_the_first_field_that_says_nothing_is_named() -> None:
    assert silent({"issuer": "x", "document_no": "1"}) is None
    assert silent({"issuer": "x", "document_no": " ", "text": ""}) == say("says-nothing").at("document_no")


@pytest.mark.parametrize("day", [date(1949, 1, 1), date(2001, 5, 5), TODAY])
def test_a_day_between_the_first_and_today_can_be(day: date, policy: Policy) -> None:
    assert impossible({"read_on": day}, TODAY, policy) is None


@pytest.mark.parametrize("day", [date(1948, 12, 31), date(2026, 3, 3)])
def test_the_first_day_that_cannot_be_is_named(day: date, policy: Policy) -> None:
    said = say("day-between", day=day, first=date(1949, 1, 1), last=TODAY)
    assert impossible({"anchor": TODAY, "read_on": day}, TODAY, policy) == said.at("read_on")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"issuer": " "}, say("says-nothing").at("issuer")),
        ({"document_no": " "}, say("says-nothing").at("document_no")),
        (
            {"read_on": "2026-03-03"},
            say("day-between", day="2026-03-03", first="1949-01-01", last="2026-03-02").at("read_on"),
        ),
    ],
)
def test_a_paper_that_cannot_be_is_refused_by_field(
    changes: dict[str, object], told: Saying, policy: Policy
) -> None:
    form = {"issuer": "x", "document_no": "1", "read_on": "2026-03-02"}
    assert paper(dict(form), TODAY, policy) is None
    assert paper({**form, **changes}, TODAY, policy) == Refused(RefusalCode.FORM_INVALID, told)


def test_a_form_that_names_no_paper_is_refused_by_field(policy: Policy) -> None:
    refused = paper({"issuer": "x", "document_no": "1"}, TODAY, policy)
    assert isinstance(refused, Refused)
    assert refused.said == say("field-missing").at("read_on")


@pytest.mark.parametrize("field", ["meeting_on", "held_on", "talk_held_on"])
@pytest.mark.parametrize("said", ["2026-03-03", "1948-12-31", "2026-02-30", "tomorrow", 7])
def test_no_form_names_a_day_that_cannot_be(field: str, said: object, policy: Policy) -> None:
    refused = dated({field: said, "text": "2099-01-01"}, TODAY, policy)
    assert isinstance(refused, Refused)
    assert refused.said.field == field


def test_days_that_can_be_and_what_is_no_day_are_passed_over(policy: Policy) -> None:
    assert (
        dated({"meeting_on": "2026-03-02", "text": "2099-01-01", "minutes_digest": "x"}, TODAY, policy)
        is None
    )
