"""A form of which a part is given: what is still asked, and the whole value. Pure."""

from collections.abc import Mapping
from typing import Any

from services.console.forms.kinds import Schema, fields_of


def asked(schema: Schema, given: Mapping[str, Any]) -> Schema:
    """The schema without what is given, null included; a list stays, for people may add to it."""
    left: dict[str, Schema] = {}
    required: list[str] = []
    for name, part in fields_of(schema).items():
        needed = name in schema.get("required", ())
        match given.get(name, _UNSAID):
            case dict() as inner:
                rest = asked(part, inner)
                if rest["properties"]:
                    left[name] = rest
                    required += [name] * needed
            case list():
                left[name] = part
            case found if found is _UNSAID:
                left[name] = part
                required += [name] * needed
    return {**schema, "properties": left, "required": required}


def whole(given: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """What is given with what was typed beside it; of a list what is given comes first, and nothing given changes."""
    found = {**typed}
    for name, value in given.items():
        match value, typed.get(name):
            case dict(), dict() as more:
                found[name] = whole(value, more)
            case list(), list() as more:
                found[name] = [*value, *more]
            case _:
                found[name] = value
    return found


_UNSAID = object()
