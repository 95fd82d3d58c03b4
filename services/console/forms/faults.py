"""Every fault of a filled-in form at once, each by the path of its field, as a sentence in both languages. Pure.

The API holds the form against the same schema again; this is for whoever fills it in. No sentence repeats a value: what
was typed may be about a person.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from contracts.policy.text import Text
from contracts.signs import has_visible, signs_fault
from services.console.forms import dates, sentences
from services.console.forms.kinds import ONE_LINE, Kind, Schema, below, fields_of, kind_of

Faults: TypeAlias = dict[str, Text]
"""By path, such as `findings.0.item`; the form as a whole is the empty path."""


def faults(schema: Schema, value: object) -> Faults:
    """What keeps the value from being taken: one sentence for each faulty field; empty when nothing does."""
    return dict(_faults(schema, value, ""))


def told(errors: Mapping[str, Text], prefix: str = "form") -> Faults:
    """The faults that the API names (`form.findings.0.item`), by paths of this form."""
    return {path.removeprefix(prefix).removeprefix("."): text for path, text in errors.items()}


def _faults(schema: Schema, value: object, path: str) -> Iterator[tuple[str, Text]]:
    kind = kind_of(schema)
    match kind, value:
        case Kind.GROUP, dict():
            yield from _of_group(schema, value, path)
        case Kind.LIST, list():
            yield from _of_list(schema, value, path)
        case Kind.LINES, list():
            yield from ((path, text) for text in _of_lines(schema, value))
        case Kind.YES_NO, bool():
            pass
        case Kind.YES_NO, _:
            yield path, sentences.NOT_CHOSEN
        case Kind.NUMBER, int() if not isinstance(value, bool):
            yield from ((path, text) for text in _of_number(schema, value))
        case Kind.NUMBER, _:
            yield path, sentences.NO_NUMBER
        case _, str() if kind not in {Kind.GROUP, Kind.LIST, Kind.LINES}:
            yield from ((path, text) for text in _of_text(kind, schema, value))
        case _:
            yield path, sentences.WRONG_SHAPE


def _of_group(schema: Schema, value: Mapping[str, Any], path: str) -> Iterator[tuple[str, Text]]:
    fields = fields_of(schema)
    for name, field in fields.items():
        if name in value:
            yield from _faults(field, value[name], below(path, name))
        elif name in schema.get("required", ()):
            yield below(path, name), _missing(kind_of(field))
    if len(value) < schema.get("minProperties", 0):
        yield path, sentences.at_least_fields(schema["minProperties"])
    for name in value.keys() - fields.keys():
        yield below(path, name), sentences.NOT_MEANT


def _missing(kind: Kind) -> Text:
    match kind:
        case Kind.YES_NO | Kind.CHOICE:
            return sentences.NOT_CHOSEN
        case _:
            return sentences.MISSING


def _of_list(schema: Schema, value: list[Any], path: str) -> Iterator[tuple[str, Text]]:
    if len(value) < schema.get("minItems", 0):
        yield path, sentences.at_least_items(schema["minItems"])
    if len(value) > schema["maxItems"]:
        yield path, sentences.at_most_items(schema["maxItems"])
    for place, item in enumerate(value):
        yield from _faults(schema["items"], item, below(path, place))


def _of_lines(schema: Schema, value: list[Any]) -> Iterator[Text]:
    """One sentence for all lines: that of the list, or of the first line that is faulty."""
    found = [text for path, text in _of_list(schema, value, "") if not path]
    found += [
        sentences.in_line(place, text)
        for place, item in enumerate(value, 1)
        for _, text in _faults(schema["items"], item, "")
    ]
    yield from found[:1]


def _of_number(schema: Schema, value: int) -> Iterator[Text]:
    if value < schema["minimum"]:
        yield sentences.at_least(schema["minimum"])
    if value > schema["maximum"]:
        yield sentences.at_most(schema["maximum"])


def _of_text(kind: Kind, schema: Schema, value: str) -> Iterator[Text]:
    """The first fault of a text: further ones mostly follow from it."""
    yield from [*_text_faults(kind, schema, value)][:1]


def _text_faults(kind: Kind, schema: Schema, value: str) -> Iterator[Text]:
    most = schema["maxLength"]
    if not value and schema.get("minLength", 0):
        yield sentences.MISSING
    if value and (fault := signs_fault(value, lines=most > ONE_LINE)):
        yield fault
    if value and not has_visible(value):
        yield sentences.UNSEEN
    if kind is Kind.CHOICE and value not in schema["enum"]:
        yield sentences.NOT_OFFERED
    if kind is Kind.DATE and not dates.is_day(value):
        yield sentences.NO_DAY
    if kind is Kind.INSTANT and not dates.is_instant(value):
        yield sentences.NO_INSTANT
    if "x-first" in schema and not schema["x-first"] <= dates.day_of(value) <= schema["x-last"]:
        yield sentences.between(schema["x-first"], schema["x-last"])
    if (pattern := schema.get("pattern")) and re.search(pattern, value) is None:
        yield sentences.fits(pattern)
    if len(value) < schema.get("minLength", 0):
        yield sentences.at_least_signs(schema["minLength"])
    if len(value) > most:
        yield sentences.at_most_signs(most, len(value) - most)
