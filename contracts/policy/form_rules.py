"""What a form's JSON Schema must look like: closed objects, bounded texts, only words that readers know."""

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.policy.model import Form
from contracts.policy.source import Location

DIALECT = "https://json-schema.org/draft/2020-12/schema"

KEYWORDS = frozenset(
    {
        "$schema",
        "title",
        "description",
        "type",
        "properties",
        "required",
        "additionalProperties",
        "minProperties",
        "items",
        "minItems",
        "maxItems",
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "enum",
        "minimum",
        "maximum",
    }
)
"""The part of JSON Schema that forms may use; whoever checks a form must know these and no more."""

DIGEST = "^[0-9a-f]{64}$"
"""The pattern of a digest in a form."""

_NAMED = frozenset({"people", "leaders", "cases"})
"""Sources whose values are ids."""

TYPES = frozenset({"object", "array", "string", "integer", "boolean"})


def form_faults(form: Form) -> Iterator[tuple[Location, str]]:
    """Where the form's schema breaks the rules, and how."""
    schema = form.json_schema
    if schema.get("$schema") != DIALECT:
        yield ("json_schema",), f"$schema must be {DIALECT}"
    if schema.get("type") != "object":
        yield ("json_schema",), "a form is an object: type must be object"
    yield from _schema_faults(schema, ("json_schema",))
    yield from _hint_faults(form)
    properties = schema.get("properties")
    for index, name in enumerate(form.sealed):
        if not isinstance(properties, dict) or name not in properties:
            yield ("sealed", index), f"the form has no field {name!r}"


def _hint_faults(form: Form) -> Iterator[tuple[Location, str]]:
    for path, hint in form.hints.items():
        field = _field(form.json_schema, path.split("."))
        if field is None:
            yield ("hints", path), f"the form has no field {path!r}"
        elif hint.source == "document" and _items(field).get("pattern") != DIGEST:
            yield ("hints", path), f"the digest of a document has the pattern {DIGEST}"
        elif hint.source in _NAMED and _items(field).get("type") != "string":
            yield ("hints", path), "a person or a case is named by a text"
        elif (hint.kind or hint.state or hint.ordered) and hint.source != "cases":
            yield ("hints", path), "kind, state and order are said of cases"
        elif hint.choices is not None and _items(field).get("type") != "string":
            yield ("hints", path), "a code is a text"
        elif hint.each is not None and not _begins(form, path, hint.each):
            yield (
                ("hints", path),
                f"a list of the form whose items have a field with the choices {hint.each!r}",
            )
        elif hint.total and field.get("type") != "object":
            yield ("hints", path), "a sum is made of the numbers of one object"


def _begins(form: Form, path: str, codes: str) -> bool:
    """Whether this is a list of the form itself, and some field of its items holds these codes."""
    properties = form.json_schema.get("properties")
    listed = isinstance(properties, Mapping) and properties.get(path, {}).get("type") == "array"
    return listed and any(
        name.startswith(f"{path}.") and one.choices == codes for name, one in form.hints.items()
    )


def _field(schema: object, path: list[str]) -> Mapping[str, Any] | None:
    if not isinstance(schema, Mapping):
        return None
    if not path:
        return schema
    below = _items(schema).get("properties")
    return _field(below.get(path[0]), path[1:]) if isinstance(below, Mapping) else None


def _items(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of a list what is said of its items."""
    items = schema.get("items")
    return items if isinstance(items, Mapping) else schema


def _schema_faults(schema: object, here: Location) -> Iterator[tuple[Location, str]]:
    if not isinstance(schema, dict):
        yield here, "must be a schema: a mapping"
        return
    for name in schema:
        if name not in KEYWORDS:
            yield (*here, name), f"{name} is not a keyword that forms may use"
    match schema.get("type"):
        case "object":
            yield from _object_faults(schema, here)
        case "array":
            if "maxItems" not in schema:
                yield here, "a list needs maxItems"
            yield from _schema_faults(schema.get("items"), (*here, "items"))
        case "string":
            if not isinstance(schema.get("maxLength"), int):
                yield here, "a text needs maxLength"
        case "integer":
            if "minimum" not in schema or "maximum" not in schema:
                yield here, "a number needs minimum and maximum"
        case "boolean":
            pass
        case other:
            yield (*here, "type"), f"type must be one of {', '.join(sorted(TYPES))}, not {other}"


def _object_faults(schema: dict[str, object], here: Location) -> Iterator[tuple[Location, str]]:
    if schema.get("additionalProperties") is not False:
        yield here, "additionalProperties must be false"
    properties = schema.get("properties", {})
    if not isinstance(properties, dict):
        yield (*here, "properties"), "must be a mapping of names to schemas"
        return
    for name, below in properties.items():
        yield from _schema_faults(below, (*here, "properties", name))
    required = schema.get("required", [])
    for index, name in enumerate(required if isinstance(required, list) else []):
        if name not in properties:
            yield (*here, "required", index), f"there is no field {name!r}"
