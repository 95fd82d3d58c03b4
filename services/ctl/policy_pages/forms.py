"""A form as a filled example: every field by its title, with a value that the form's schema takes. Pure."""

import hashlib
from typing import Any, NamedTuple

from contracts.policy.model import Form, Policy, Text
from contracts.words.held import TITLE_PARTS
from services.kit.policy_words import t

HAS, HAS_NOT = t("是", "yes"), t("否", "no")
EXAMPLES = {
    "pattern": {
        "^[0-9a-f]{64}$": hashlib.sha256(b"").hexdigest(),
        "^[0-9A-Z]{18}$": "91150400MA0EXAMPLE",
    },
    "format": {"date": "2026-03-02", "date-time": "2026-03-02T09:00:00+08:00"},
}
WRITTEN = t("（此处据实填写）", "(to be filled in truthfully)")


class Field(NamedTuple):
    """A field of the example; `depth` is how far it lies inside lists and groups."""

    title: Text
    value: Text | None
    """None for a group or a list, whose fields follow."""
    required: bool
    sealed: bool
    depth: int


def example(form: Form, policy: Policy) -> tuple[Field, ...]:
    """The fields of a form, filled; none when there is nothing to fill in."""
    return tuple(_fields(form.json_schema, frozenset(form.sealed), policy, 0))


def _fields(schema: Any, sealed: frozenset[str] | None, policy: Policy, depth: int) -> list[Field]:
    """`sealed` are the sealed names at the top; None below a sealed one, where everything is."""
    required = schema.get("required", [])
    found = []
    for name, below in schema.get("properties", {}).items():
        hidden = sealed is None or name in sealed
        inner = below.get("items", below)
        nested = inner.get("type") == "object"
        value = None if nested else _value(below, policy)
        found.append(Field(_both(below.get("title", name)), value, name in required, hidden, depth))
        if nested:
            found += _fields(inner, None if hidden else frozenset(), policy, depth + 1)
    return found


def _value(schema: Any, policy: Policy) -> Text:
    match schema:
        case {"enum": [first, *_]}:
            return t(str(first), str(first))
        case {"type": "boolean"}:
            return HAS
        case {"type": "integer", "maximum": top}:
            return t(f"{top}", f"{top}")
        case {"format": kind}:
            return t(EXAMPLES["format"][kind], EXAMPLES["format"][kind])
        case {"pattern": pattern}:
            given = EXAMPLES["pattern"].get(pattern) or next(i.code for i in policy.negative_list if i.on)
            return t(given, given)
        case _:
            return WRITTEN


def _both(said: Any) -> Text:
    """A title such as `姓名 / Name`; one without a slash is the same in both languages."""
    zh, _, en = str(said).partition(TITLE_PARTS)
    return t(zh, en or zh)
