"""Every form of every released policy: drawn, posted and read back it is the same value, and faulty as the API says."""

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.policy.form_rules import KEYWORDS
from contracts.policy.text import Text
from services.console.forms.draw import draw
from services.console.forms.faults import faults
from services.console.forms.fields import Field, mistakes
from services.console.forms.kinds import UnknownSchemaError, kind_of
from services.console.forms.read import read
from services.console.forms.sentences import has_words
from services.officers.web import forms as of_the_api
from tests.unit.console.schemas import FORMS, anything, known, leaves, parts, posted, values

EACH_FORM = pytest.mark.parametrize("name", FORMS)
FEW = settings(
    max_examples=8,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Of each form, in three tests: some 700 in all."""

RIGHT = cache(lambda name: values(FORMS[name]))
ANY = cache(lambda name: anything(FORMS[name]))


def _drawn(name: str, value: object, errors: dict[str, Text] | None = None) -> Field:
    schema = FORMS[name]
    return draw(schema, value, errors, "zh", known(schema))


@EACH_FORM
@FEW
@given(st.data())
def test_a_value_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    value = data.draw(RIGHT(name))
    assert read(FORMS[name], posted(_drawn(name, value))) == value
    assert faults(FORMS[name], value) == {}


@EACH_FORM
@FEW
@given(st.data())
def test_what_the_api_refuses_is_a_fault_here_and_nothing_else_is(name: str, data: st.DataObject) -> None:
    value = data.draw(ANY(name))
    version, code = name.split(" ")
    refused = any(True for _ in of_the_api._validator(version, code).iter_errors(value))
    assert bool(faults(FORMS[name], value)) == refused


@EACH_FORM
@FEW
@given(st.data())
def test_every_fault_of_what_people_type_stands_in_the_summary(name: str, data: st.DataObject) -> None:
    blank = _drawn(name, {})
    typed = {leaf.name: data.draw(st.text(max_size=5)) for leaf in leaves(blank)}
    value = read(FORMS[name], typed)
    found = faults(FORMS[name], value)
    drawn = _drawn(name, value, found)
    assert len(mistakes(drawn)) == len(found)
    assert all(line.label and line.sentence for line in mistakes(drawn))


@EACH_FORM
def test_a_form_left_blank_names_every_field_that_it_needs(name: str) -> None:
    schema = FORMS[name]
    value = read(schema, {leaf.name: "" for leaf in leaves(_drawn(name, {}))})
    found = faults(schema, value)
    assert found.keys() >= set(_needed(schema, ""))


@EACH_FORM
def test_a_form_is_made_of_nothing_that_no_page_can_ask_for(name: str) -> None:
    for path, part in parts(FORMS[name]):
        kind_of(part)
        assert path == "" or part.get("title") or part["type"] == "object", path
        assert "pattern" not in part or has_words(part["pattern"]), f"{name} {path}: no words for the pattern"


def test_a_schema_that_asks_for_more_than_is_known_is_refused() -> None:
    for strange in ({"type": "string", "maxLength": 9, "contentMediaType": "text/html"}, {"type": "null"}):
        with pytest.raises(UnknownSchemaError):
            draw({"type": "object", "properties": {"field": strange}})
    with pytest.raises(UnknownSchemaError):
        kind_of({"type": "string", "format": "uri", "maxLength": 9})
    assert {"pattern", "format", "minProperties"} <= KEYWORDS


def _needed(schema: dict[str, Any], path: str) -> list[str]:
    """The required fields, down to those of the first item of a list that must have one."""
    found = []
    for name in schema.get("required", ()):
        inner, here = schema["properties"][name], f"{path}{name}"
        if inner["type"] == "object":
            found += _needed(inner, f"{here}.")
        elif inner["type"] == "array" and inner.get("minItems"):
            found += _needed(inner["items"], f"{here}.0.")
        elif inner["type"] != "array":
            found.append(here)
    return found
