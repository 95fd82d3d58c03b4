"""Every field of every form is called something in both languages, wherever it stands."""

import pytest

from contracts.policy.model import Form, Text
from contracts.words.held import form_labels, form_title
from tests.codes import POLICIES

FINDINGS = next(form for policy in POLICIES for form in policy.forms if form.code == "findings")


def fields(schema: dict[str, object], path: str = "") -> set[str]:
    """The paths of all fields, by hand."""
    found: set[str] = set()
    properties = schema.get("properties")
    for name, below in properties.items() if isinstance(properties, dict) else ():
        here = f"{path}.{name}" if path else name
        found |= {here} | fields(below, here) | fields(below.get("items", {}), here)
    return found


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.version)
def test_every_field_of_every_form_has_a_label(policy: object) -> None:
    for form in policy.forms:  # type: ignore[attr-defined]
        labels = form_labels(form)
        assert labels[""] == form_title(form)
        assert labels.keys() - {""} == fields(form.json_schema), form.code


def test_a_field_of_an_item_of_a_list_has_its_own() -> None:
    assert form_labels(FINDINGS)["findings.item"] != form_labels(FINDINGS)["findings"]


def test_a_title_in_one_language_is_none() -> None:
    with pytest.raises(ValueError, match="every title of form f must be"):
        form_labels(Form(code="f", json_schema={"title": "只有中文"}))
    assert form_labels(Form(code="f", json_schema={"title": "中 / zh"})) == {"": Text(zh="中", en="zh")}
