"""One rule for texts wherever one is entered: every text field of the API and of the forms, found by themselves."""

import types
import typing
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError

from contracts.policy import loader
from services.officers.app import ROUTERS
from services.officers.views.seats import SeatRow
from services.officers.web.forms import _Validator

UNSEEN = {
    "nothing but a zero-width space": "\u200b",
    "a zero-width space": "甲\u200b乙",
    "a direction control": "甲\u202e乙",
    "a byte order mark": "\ufeff甲乙",
    "a private sign": "甲\ue000乙",
    "an unassigned sign": "甲\u0378乙",
    "a line separator": "甲\u2028乙",
    "a filler": "甲\u3164乙",
    "a sign that was lost": "甲\ufffd乙",
    "spaces only": " \u3000 ",
}
_COMPARED = "is only compared with what is kept"
FREE = {
    **dict.fromkeys(("SignInBody.login", "CredentialsBody.login"), _COMPARED),
    **dict.fromkeys(
        (f"{body}.password" for body in ("SignInBody", "CredentialsBody", "NewPasswordBody")), _COMPARED
    ),
    **dict.fromkeys(
        (f"{body}.code" for body in ("SignInBody", "CredentialsBody", "NewPasswordBody")), _COMPARED
    ),
    **dict.fromkeys(
        ("OfferedBody.password", "OfferedBody.code", "TotpBody.password", "TotpBody.code"), _COMPARED
    ),
    "CodeBody.code": _COMPARED,
    **dict.fromkeys(("TakenUpBody.ticket", "PasskeyBody.ticket", "AnswerBody.ticket"), _COMPARED),
    **dict.fromkeys(("SecondBody.ticket", "SecondBody.code"), _COMPARED),
    "NewPasswordBody.new": "a secret: any sign that the rule of passwords takes",
}
"""Fields of any text, each with the reason."""
LEAST_FIELDS, LEAST_FORM_FIELDS = 119, 354


def bodies() -> Iterator[type[BaseModel]]:
    """Every model that a body of the API is made of."""
    seen: set[type[BaseModel]] = set()
    waiting = [
        route.body_field.field_info.annotation
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and route.body_field is not None
    ]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in seen:
                seen.add(kind)
                waiting.extend(field.annotation for field in kind.model_fields.values())
        else:
            waiting.extend(typing.get_args(kind))
    yield from sorted(seen, key=lambda kind: kind.__name__)


def holds_text(kind: Any) -> bool:
    """Whether a text fits: of the type itself, or of what it is made of."""
    if typing.get_origin(kind) in {
        Annotated,
        typing.Union,
        types.UnionType,
        list,
        tuple,
        set,
        frozenset,
        dict,
    }:
        return any(holds_text(one) for one in typing.get_args(kind))
    return kind is str


def text_fields() -> dict[str, TypeAdapter[Any]]:
    """Every field of a body that takes a text, by its name."""
    return {
        f"{body.__name__}.{name}": TypeAdapter(Annotated[field.annotation, *field.metadata, name])
        for body in bodies()
        if body is not SeatRow
        for name, field in body.model_fields.items()
        if holds_text(field.annotation)
    }


FIELDS = text_fields()


def form_texts() -> dict[str, dict[str, Any]]:
    """The schema of every text of every form of every version, by its place."""
    found: dict[str, dict[str, Any]] = {}

    def walk(place: str, schema: dict[str, Any]) -> None:
        if schema.get("type") == "string":
            found[place] = schema
        for name, one in schema.get("properties", {}).items():
            walk(f"{place}.{name}", one)
        if isinstance(schema.get("items"), dict):
            walk(f"{place}[]", schema["items"])

    for version in loader.versions():
        for form in loader.released(version).forms:
            walk(f"{version}:{form.code}", form.json_schema)
    return found


FORM_TEXTS = form_texts()


@pytest.mark.parametrize("name", sorted(FIELDS.keys() - FREE.keys()))
def test_no_field_of_the_api_takes_what_nobody_sees(name: str) -> None:
    said = [(kind, value) for kind, text in UNSEEN.items() for value in (text, [text])]
    assert [(kind, value) for kind, value in said if takes(FIELDS[name], value)] == []


def test_no_text_of_a_form_takes_what_nobody_sees() -> None:
    taken = [
        (place, kind)
        for place, schema in FORM_TEXTS.items()
        for kind, text in UNSEEN.items()
        if _Validator(schema).is_valid(text)
    ]
    assert taken == []


def test_the_fields_were_found() -> None:
    assert FREE.keys() <= FIELDS.keys()
    assert len(FIELDS) >= LEAST_FIELDS
    assert len(FORM_TEXTS) >= LEAST_FORM_FIELDS
    words = [name for name, field in FIELDS.items() if takes(field, "虚构的文字")]
    assert {"WithdrawalBody.reason", "BatchBody.title", "AccountBody.name", "OutcomeBody.reason"} <= set(
        words
    )
    assert any(_Validator(schema).is_valid("虚构的文字") for schema in FORM_TEXTS.values())


def takes(field: TypeAdapter[Any], value: object) -> bool:
    try:
        field.validate_python(value)
    except ValidationError:
        return False
    return True
