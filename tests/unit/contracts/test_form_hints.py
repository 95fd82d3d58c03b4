"""What stands beside a form's schema: of fields that there are, and of such as it can be said of."""

import pytest

from contracts.policy import loader
from contracts.policy.form_rules import form_faults
from contracts.policy.model import Form
from contracts.policy.procedure import Hint

POLICY = loader.released("2026.1")
MINUTES, FINDINGS, READINGS = (POLICY.form(code) for code in ("minutes", "findings", "readings"))
PAPER = Hint(source="document")


@pytest.mark.parametrize(
    ("form", "hints", "said"),
    [
        (MINUTES, {"minuted": PAPER}, "the form has no field 'minuted'"),
        (MINUTES, {"meeting_on": PAPER}, "the digest of a document has the pattern"),
        (FINDINGS, {"findings.liable": Hint(choices="negative_list")}, "a code is a text"),
        (FINDINGS, {"findings": Hint(total=True)}, "a sum is made of the numbers of one object"),
        (FINDINGS, {"findings": Hint(each="states")}, "a list of the form whose items have a field"),
        (MINUTES, {"meeting_on": Hint(each="states")}, "a list of the form whose items have a field"),
    ],
)
def test_a_hint_that_fits_no_field_is_refused(form: Form, hints: dict[str, Hint], said: str) -> None:
    found = [reason for _, reason in form_faults(form.model_copy(update={"hints": hints}))]
    assert any(reason.startswith(said) for reason in found)
    assert list(form_faults(form)) == []


def test_a_list_that_must_name_each_state_says_so_where_they_may_be_chosen() -> None:
    assert READINGS.hints["readings"].each == READINGS.hints["readings.item"].choices == "states"
    assert list(form_faults(READINGS)) == []


def test_every_digest_that_a_form_asks_for_comes_from_a_paper() -> None:
    for form in POLICY.forms:
        asked = str(form.json_schema).count("^[0-9a-f]{64}$")
        assert asked == sum(hint.source == "document" for hint in form.hints.values()), form.code


def test_the_papers_of_a_form_are_found_wherever_they_stand() -> None:
    assert MINUTES.papers({"meeting_on": "2026-03-02", "minutes_digest": "a"}) == {"minutes_digest": "a"}
    assert POLICY.form("review_application").papers({"grounds": "x", "documents": ["a", "b"]}) == {
        "documents.0": "a",
        "documents.1": "b",
    }
    assert FINDINGS.papers({"findings": [{"item": "NL-D01"}]}) == {}
