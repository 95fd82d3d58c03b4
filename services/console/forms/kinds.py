"""Which kind of field a schema asks for: the closed set of keywords, and what becomes of each. Pure.

A schema with a keyword or a format that is not known here cannot be drawn: better no page than one that asks for less
than the rule.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeAlias

from contracts.policy.form_rules import KEYWORDS

Schema: TypeAlias = Mapping[str, Any]

ONE_LINE = 200
"""Characters: a text that may be longer gets several lines."""
FEW_ITEMS = 20
"""Items that one adds one by one: of a list of days or codes that may be longer, one stands in each line."""
FORMATS = frozenset({"date", "date-time"})


class Kind(StrEnum):
    """How a field is asked for."""

    GROUP = "group"
    LIST = "list"
    LINES = "lines"
    MANY = "many"
    """Several of a list that is known."""
    ORDER = "order"
    """Likewise, and in which order."""
    YES_NO = "yes-no"
    CHOICE = "choice"
    DOCUMENT = "document"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"
    INSTANT = "instant"
    LINE = "line"
    LONG = "long"


class UnknownSchemaError(ValueError):
    """The schema says something that no page can ask for."""


def kind_of(schema: Schema) -> Kind:
    """The kind of field that the schema asks for; UnknownSchemaError for one that cannot be asked for."""
    # What begins with x- says the same in both languages, and asks for nothing.
    if unknown := sorted(name for name in schema.keys() - KEYWORDS if not name.startswith("x-")):
        raise UnknownSchemaError(f"unknown keyword {unknown[0]!r}")
    match schema:
        case {"type": "object"}:
            return Kind.GROUP
        case {"type": "array", "maxItems": int(most), "items": {"type": "string"}} if most > FEW_ITEMS:
            return Kind.LINES
        case {"type": "array", "items": {"type": _}}:
            return Kind.LIST
        case {"type": "boolean"}:
            return Kind.YES_NO
        case {"type": "integer"}:
            return Kind.NUMBER
        case {"type": "string"}:
            return _of_text(schema)
        case _:
            raise UnknownSchemaError(f"unknown type {schema.get('type')!r}")


def _of_text(schema: Schema) -> Kind:
    match schema:
        case {"enum": [*_]}:
            return Kind.CHOICE
        case {"format": "date"}:
            return Kind.DATE
        case {"format": "date-time"}:
            return Kind.INSTANT
        case {"format": other}:
            raise UnknownSchemaError(f"unknown format {other!r}")
        case {"pattern": _}:
            return Kind.CODE
        case {"maxLength": int(most)}:
            return Kind.LONG if most > ONE_LINE else Kind.LINE
        case _:
            raise UnknownSchemaError("a text without maxLength")


def fields_of(schema: Schema) -> Mapping[str, Schema]:
    """The fields of a group, by name, in the order in which they are asked for."""
    fields: Mapping[str, Schema] = schema.get("properties", {})
    return fields


def below(path: str, name: str | int) -> str:
    """The path of a field or of an item of a list."""
    return f"{path}.{name}" if path else str(name)
