"""Forms say their titles and choices in both languages, and stay the forms that answers are held against."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from contracts.policy import loader
from contracts.words.held import TITLE_PARTS
from services.officers.views.schemas import form_schema

FORMS = [(version, form.code) for version in loader.versions() for form in loader.released(version).forms]


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from parts(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from parts(part)


def plain(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {name: plain(part) for name, part in schema.items() if not name.startswith("x-")}
    return [plain(one) for one in schema] if isinstance(schema, list) else schema


@pytest.mark.parametrize(("version", "code"), FORMS)
def test_a_form_is_the_policys_with_both_languages_beside(version: str, code: str) -> None:
    schema = form_schema(version, code)
    assert plain(schema) == loader.released(version).form(code).json_schema
    Draft202012Validator.check_schema(schema)
    for part in parts(schema):
        for name in ("title", "description"):
            if isinstance(part.get(name), str) and TITLE_PARTS in part[name]:
                both = part[f"x-{name}"]
                assert f"{both['zh']}{TITLE_PARTS}{both['en']}" == part[name]
        if isinstance(part.get("enum"), list):
            assert list(part["x-enum"]) == part["enum"]
    assert schema["x-title"]["zh"]
