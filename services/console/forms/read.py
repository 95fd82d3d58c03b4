"""What a browser posted of a form, as the JSON value that the schema asks for. Pure.

Blank is absent, so that the schema's `required` speaks; what cannot be read as the schema asks stays the text that was
typed, so that its fault is named beside it and nobody types it twice.
"""

import re
from collections.abc import Mapping
from typing import Any

from services.console.forms import dates
from services.console.forms.fields import FIND, PICKED
from services.console.forms.kinds import Kind, Schema, below, fields_of, kind_of

ADD = "add"
"""Name of the buttons that add an item to a list; the value is the path of the list."""
REMOVE = "remove"
"""Name of the buttons that remove an item; the value is the path of the item."""
FOUND = "found"
"""Name of the buttons that look for the answers of a field; the value is the name of the search."""
FORM = "form"
"""What the names of a form's fields begin with."""

_BETWEEN = re.compile(r"[\s,，、;；]+")
_PLACE = re.compile("[0-9]{1,4}")
_LAST = 10**18
_WHOLE = re.compile("[+-]?[0-9]{1,18}")


def read(schema: Schema, posted: Mapping[str, Any], prefix: str = FORM) -> dict[str, Any]:
    """The value of the form; empty items of lists are left out, but for those that a list cannot do without."""
    value = _read(schema, posted, prefix)
    return value if isinstance(value, dict) else {}


def edited(schema: Schema, posted: Mapping[str, Any], prefix: str = FORM) -> dict[str, Any] | None:
    """The value after the press of a button of this form that adds, removes or finds; None when none was pressed."""
    if str(posted.get(FOUND, "")).startswith(f"{FIND}{prefix}."):
        return read(schema, posted, prefix)
    for button in (ADD, REMOVE):
        path = str(posted.get(button, ""))
        if path.startswith(f"{prefix}."):
            changed = _without(posted, path) if button == REMOVE else posted
            value = read(schema, changed, prefix)
            if button == ADD:
                _add(schema, value, path.removeprefix(f"{prefix}.").split("."))
            return value
    return None


def _read(schema: Schema, posted: Mapping[str, Any], name: str) -> Any:
    """The value, or None where nothing is filled in."""
    match kind_of(schema):
        case Kind.GROUP:
            return _group(schema, posted, name)
        case Kind.LIST:
            return _list(schema, posted, name)
        case Kind.LINES:
            return _picked(posted, name) or _lines(schema["items"], str(posted.get(name, "")))
        case kind:
            typed = posted.get(name)
            return _typed(kind, schema, typed) if isinstance(typed, str) and typed.strip() else None


def _group(schema: Schema, posted: Mapping[str, Any], name: str) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for field, inner in fields_of(schema).items():
        found = _read(inner, posted, below(name, field))
        # An empty list or group says something only where one is asked for.
        if found is not None and (found not in ({}, []) or field in schema.get("required", ())):
            value[field] = found
    return value


def _list(schema: Schema, posted: Mapping[str, Any], name: str) -> list[Any]:
    begin = f"{name}."
    places = {key.removeprefix(begin).partition(".")[0] for key in posted if key.startswith(begin)}
    rows = sorted(int(place) for place in places if _PLACE.fullmatch(place))
    items = [_read(schema["items"], posted, below(name, row)) for row in rows]
    kept = [item for item in items if item not in (None, {}, [])]
    if kind_of(schema["items"]) is Kind.GROUP:
        # Of an item that is asked for, every field that is missing is named.
        kept += [{} for _ in range(schema.get("minItems", 0) - len(kept))]
    return kept


def _picked(posted: Mapping[str, Any], name: str) -> list[str]:
    """Which of several were ticked, or numbered: by their numbers, and those without a number that can be read last."""
    begin = f"{name}{PICKED}"
    typed = {key.removeprefix(begin): str(said) for key, said in posted.items() if key.startswith(begin)}
    places = {code: dates.plain(said) for code, said in typed.items() if said.strip()}

    def place(code: str) -> int:
        return int(places[code]) if _WHOLE.fullmatch(places[code]) else _LAST

    return sorted(places, key=place)


def _lines(item: Schema, typed: str) -> list[Any]:
    """What stands in the lines of a text, or between commas."""
    return [_typed(kind_of(item), item, one) for one in _BETWEEN.split(typed) if one]


def _typed(kind: Kind, schema: Schema, typed: str) -> Any:
    match kind:
        case Kind.YES_NO:
            return {"true": True, "false": False}.get(typed, typed)
        case Kind.NUMBER:
            whole = dates.plain(typed)
            return int(whole) if _WHOLE.fullmatch(whole) else typed.strip()
        case Kind.DATE:
            return dates.read_day(typed)
        case Kind.INSTANT:
            return dates.read_instant(typed)
        case Kind.CODE:
            return _code(schema["pattern"], dates.plain(typed))
        case Kind.LONG:
            return typed.replace("\r\n", "\n").replace("\r", "\n").strip()
        case _:
            return typed.strip()


def _code(pattern: str, text: str) -> str:
    """The code in capitals or small letters where only so it is one."""
    for written in (text, text.upper(), text.lower()):
        if re.search(pattern, written):
            return written
    return text


def _without(posted: Mapping[str, Any], path: str) -> dict[str, Any]:
    return {name: typed for name, typed in posted.items() if name != path and not name.startswith(f"{path}.")}


def _add(schema: Schema, value: Any, path: list[str]) -> None:
    """One empty item more at the end of the list, unless it is full; a path that leads to no list changes nothing."""
    step, *rest = path
    match kind_of(schema):
        case Kind.GROUP if step in fields_of(schema):
            inner = fields_of(schema)[step]
            kind = kind_of(inner)
            if rest and kind in {Kind.GROUP, Kind.LIST}:
                _add(inner, value.setdefault(step, [] if kind is Kind.LIST else {}), rest)
            elif not rest and kind is Kind.LIST and len(value.get(step, ())) < inner["maxItems"]:
                empty: Any = {} if kind_of(inner["items"]) is Kind.GROUP else ""
                value[step] = [*value.get(step, ()), empty]
        case Kind.LIST if rest and _PLACE.fullmatch(step) and int(step) < len(value):
            _add(schema["items"], value[int(step)], rest)
        case _:
            return
