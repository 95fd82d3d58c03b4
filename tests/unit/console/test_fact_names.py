"""Every fact that a page of a case or of a task may show has a name in both languages, and every code of it words."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

from contracts.catalogue import EVENTS
from contracts.policy import loader
from services.console.facts import FAMILIES, OTHER, UNSAID, Reader
from services.console.language import LANGUAGES, Language
from services.console.wording import words
from services.officers.views.facts import Facts as CaseFacts
from services.officers.views.facts import ScreeningFacts

SHOWN = {
    *("case-opened", "removal-opened", "review-opened", "tenure-opened", "enquiry-opened"),
    *("award-applied", "access-asked", "data-requested", "late-roster-opened"),
    *("hit-found", "report-received"),
}
"""Events whose sealed part is what a case or a task is about."""
ELSEWHERE = set(ScreeningFacts.model_fields)
"""Facts that stand on a desk of their own."""


def fields(schema: Any) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Every field of the schema, however deep, with the part that defines it."""
    named = schema.get("$defs", {})

    def below(part: Any) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
        if isinstance(part, list):
            for one in part:
                yield from below(one)
        elif isinstance(part, dict):
            for name, field in part.get("properties", {}).items():
                yield name, field, named
            for one in part.values():
                yield from below(one)

    yield from below(schema)


def codes_of(field: dict[str, Any], named: dict[str, Any]) -> list[str]:
    """The codes that the field may hold."""
    found = named[field["$ref"].rpartition("/")[2]] if "$ref" in field else field
    inner = [code for one in found.get("anyOf", ()) for code in codes_of(one, named)]
    return [*found.get("enum", ()), *inner]


def every() -> Iterator[tuple[str, tuple[str, ...]]]:
    parts = [
        event.model_fields["private"].annotation
        for (name, _), event in EVENTS.items()
        if name in SHOWN and "private" in event.model_fields
    ]
    for part in (*parts, CaseFacts):
        for name, field, named in fields(TypeAdapter(part).json_schema()):
            if name not in UNSAID and name not in ELSEWHERE:
                yield name, tuple(codes_of(field, named))


FIELDS = sorted(set(every()))
READERS = [Reader(loader.released("2026.1"), language) for language in LANGUAGES]


def test_no_fact_is_lost_from_those_that_are_tried() -> None:
    assert {name for name, _ in EVENTS} >= SHOWN
    assert len(FIELDS) >= 80
    assert {"other_seats", "owner", "grounds", "vacant_since", "answer_by"} <= {name for name, _ in FIELDS}


@pytest.mark.parametrize("reader", READERS, ids=LANGUAGES)
def test_every_fact_that_a_page_shows_has_a_name(reader: Reader) -> None:
    other = words(reader.language)[OTHER]
    assert sorted({name for name, _ in FIELDS if reader.label(name) in {name, other}}) == []


@pytest.mark.parametrize("reader", READERS, ids=LANGUAGES)
def test_every_code_of_a_fact_is_said_in_words(reader: Reader) -> None:
    coded = [(name, code) for name, codes in FIELDS for code in codes]
    bare = [
        (name, code)
        for name, code in coded
        if name not in FAMILIES or reader.word(FAMILIES[name], code) == code
    ]
    assert coded
    assert bare == []


@pytest.mark.parametrize("reader", READERS, ids=LANGUAGES)
def test_a_field_that_nobody_named_is_no_code(reader: Reader) -> None:
    (section,) = reader.sections({"dossier": {"brand_new": "x", "more": {"brand_newer": "y"}}})
    assert {fact.label for fact in section.facts} == {words(reader.language)[OTHER]}


@pytest.mark.parametrize(("language", "between"), [("zh", "："), ("en", ": ")])
def test_two_seats_stand_apart_and_in_words(language: Language, between: str) -> None:
    seats = [{"owner": "federation", "seat": "executive", "tenure": "t9"}, {"owner": "cppcc"}]
    reader = Reader(loader.released("2026.1"), language)
    (section,) = reader.sections({"dossier": {"other_seats": seats}})
    (fact,) = section.facts
    assert "other_seats" not in fact.label
    first, second = fact.text.split("\n\n")
    assert len(first.splitlines()) == 3
    assert all(between in line for line in (*first.splitlines(), second))
    assert "owner" not in fact.text
    assert "federation" not in fact.text
    assert "cppcc" not in fact.text


@pytest.mark.parametrize("reader", READERS, ids=LANGUAGES)
def test_another_case_is_led_to(reader: Reader) -> None:
    (section,) = reader.sections({"nomination": "c1", "began": "2026-03-02", "removal": None})
    assert [(fact.text, fact.case) for fact in section.facts if fact.text == "c1"] == [("c1", "c1")]
    assert [fact.case for fact in section.facts if fact.text != "c1"] == [""]
