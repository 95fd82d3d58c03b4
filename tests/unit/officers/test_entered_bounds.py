"""Nothing that a person enters is without end: every text and every list of the API, counted in two ways."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.dossier import OPTIONAL, entered
from services.officers.app import ROUTERS
from services.officers.views.rosters import row_faults
from services.officers.views.seats import SeatRow
from tests.officers_rig import Rig
from tests.unit.officers.test_entered_texts import FIELDS, UNSEEN, bodies, takes

ENDLESS = ["a", "A", "0", "甲", "a.", "甲\n", "a b ", "0-", "*"]
LONG = 20_000
"""Signs: more than any text of the API may have."""
LEAST_TEXTS, LEAST_PARAMETERS, WORDS_IN_QUERIES = 124, 170, 3
"""What there is: fewer would mean that the search has lost some. What is added is found and tried by itself."""


OBJECTS = {
    "OutcomeBody.form": "is held against the schema of its task's form, of which every text has a greatest length",
    **dict.fromkeys(("BundleBody.form", "ItemBody.form"), "is held against the schema of each task's form"),
    "DraftBody.content": "is unfinished, shown to its writer alone, and bounded as a whole",
    "PayloadBody.metadata": "is a payload as it lies in a history, of which nothing is kept",
    **dict.fromkeys(
        ("PasskeyBody.credential", "TakenUpBody.credential"), "is held by the passkeys' own library"
    ),
}
"""Fields that are objects of other people's making, each with what bounds it beside the body's own length."""
BYTES = {"PayloadBody.data": "is a payload as it lies in a history, of which nothing is kept"}
"""Fields of bytes, which nobody reads as a text."""


def objects(text: str) -> list[Any]:
    """Objects in which the text stands, as a value or as a name."""
    return [{"a": text}, {text: "a"}, [{"a": text}], [{text: "a"}]]


def long_texts() -> Iterator[str]:
    for sign in ENDLESS:
        yield sign * (LONG // len(sign))


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_no_text_is_without_end(name: str) -> None:
    for text in long_texts():
        assert not takes(FIELDS[name], text), text[:4]
        assert not takes(FIELDS[name], [text]), text[:4]
        assert name in OBJECTS or not any(takes(FIELDS[name], one) for one in objects(text)), text[:4]


LISTS = {
    f"{body.__name__}.{name}": (body, name)
    for body in bodies()
    for name, field in body.model_fields.items()
    if "list[" in str(field.annotation) or "tuple[" in str(field.annotation)
}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_no_list_is_without_end(name: str) -> None:
    body, field = LISTS[name]
    schema = body.model_json_schema()["properties"][field]
    options = [schema, *schema.get("anyOf", ())]
    listed = [one for one in options if one.get("type") == "array"]
    assert listed
    assert all("maxItems" in one for one in listed)


def strings(schema: dict[str, Any], whole: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The texts that a schema of the API's own description lets in, each at the model and field that it belongs to."""
    named = schema.get("$ref", "").rpartition("/")[2]
    if named:
        for field, inner in whole["components"]["schemas"][named].get("properties", {}).items():
            yield from strings(inner, whole, f"{named}.{field}")
        return
    for part in (*schema.get("anyOf", ()), *schema.get("allOf", ()), *schema.get("oneOf", ())):
        yield from strings(part, whole, at)
    if "items" in schema:
        yield from strings(schema["items"], whole, at)
    free = schema.get("type") == "string" and not {"enum", "const"} & schema.keys()
    if free and schema.get("format") not in {"date", "date-time", "binary"}:
        yield at, schema


async def description(rig: Rig) -> dict[str, Any]:
    said: dict[str, Any] = (await rig.client.get("/v1/openapi.json")).json()
    return said


async def test_every_text_that_the_api_describes_is_among_those_that_are_tried(rig: Rig) -> None:
    whole = await description(rig)
    described = {
        place
        for methods in whole["paths"].values()
        for operation in methods.values()
        for content in operation.get("requestBody", {}).get("content", {}).values()
        for place, _ in strings(content["schema"], whole, "")
    }
    tried = FIELDS.keys() | BYTES.keys() | {f"SeatRow.{name}" for name in SeatRow.model_fields}
    assert described - tried == set()
    assert len(described) >= LEAST_TEXTS
    assert sum(len(router.routes) for router in ROUTERS) <= sum(map(len, whole["paths"].values()))


def lets_in(schema: dict[str, Any], text: str) -> bool:
    if "anyOf" in schema:
        return any(lets_in(one, text) for one in schema["anyOf"])
    return (
        schema.get("type") == "string"
        and not {"enum", "const"} & schema.keys()
        and schema.get("format") not in {"date", "date-time"}
        and len(text) <= schema.get("maxLength", len(text))
        and re.search(schema.get("pattern", ""), text) is not None
    )


async def test_no_parameter_of_a_route_is_without_end(rig: Rig) -> None:
    found = {
        (path, one["in"], one["name"]): one["schema"]
        for path, methods in (await description(rig))["paths"].items()
        for operation in methods.values()
        for one in operation.get("parameters", ())
    }
    endless = [
        place for place, schema in found.items() if any(lets_in(schema, text) for text in long_texts())
    ]
    assert endless == []
    assert len(found) >= LEAST_PARAMETERS


async def test_no_text_in_the_query_of_a_write_takes_what_nobody_sees(rig: Rig) -> None:
    person = await rig.account(Grant(role="SCREENER", unit="", district="*"))
    found = [
        (path, one["name"])
        for path, methods in (await description(rig))["paths"].items()
        for one in methods.get("post", {}).get("parameters", ())
        if one["in"] == "query" and one["schema"].get("type") == "string"
        if not {"enum", "pattern"} & one["schema"].keys()
        if one["schema"].get("format") not in {"date", "date-time", "cursor"}
    ]
    assert len(found) == WORDS_IN_QUERIES
    for path, name in found:
        for kind, text in UNSEEN.items():
            answer = await person.post(re.sub(r"\{[^}]+\}", "x1", path), params={name: text})
            assert answer.status_code == 422, (path, name, kind)
            assert f"query.{name}" in {one["field"] for one in answer.json()["errors"]}, (path, name, kind)


@pytest.mark.parametrize("name", sorted(FIELDS.keys() - OBJECTS.keys()))
def test_no_object_takes_what_nobody_sees(name: str) -> None:
    said = [(kind, one) for kind, text in UNSEEN.items() for one in objects(text)]
    assert [(kind, one) for kind, one in said if takes(FIELDS[name], one)] == []


@pytest.mark.parametrize("kind", UNSEEN)
def test_no_cell_of_a_table_of_seats_takes_what_nobody_sees(kind: str) -> None:
    good = {
        "name": "测试",
        "id_number": "",
        "firm": "甲",
        "credit_code": "",
        "position": "",
        "phone": "",
        "email": "",
    }
    today = datetime.now(UTC).date()
    for field in good:
        text = entered(field, UNSEEN[kind])
        faulty = {str(one["column"]) for one in row_faults([{**good, field: text}], today)}
        optional_and_empty = field in OPTIONAL and not text
        assert (field in faulty) is not optional_and_empty, field
