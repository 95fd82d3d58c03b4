"""What the codes of a form are called, and which of them somebody may choose: from contracts/words and the policy."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contracts.policy.model import NegativeItem, Policy
from contracts.policy.text import Text
from contracts.words.families import Family, UnknownWordError
from contracts.words.loader import words
from services.console.forms.draw import Known
from services.console.forms.kinds import Schema, below, fields_of

_FAMILIES: tuple[Family, ...] = ("subject", "service-way", "meeting-body", "outcome")
"""Families of the codes that forms enumerate; a test finds a form with others."""
_ITEM = "^NL-"
"""How the pattern of a code of the negative list begins."""


def known(
    schema: Schema,
    policy: Policy | None = None,
    unit: str = "",
    hints: Mapping[str, Mapping[str, Any]] | None = None,
) -> Known:
    """The words of every enumerated code; and the items of the negative list that this unit answers for.

    `hints` are what the API says of fields beside the schema: which digests come from an uploaded file.

    Without a policy the items are typed as codes. UnknownWordError for an enumerated code that nobody named.
    """
    documents = frozenset(path for path, hint in (hints or {}).items() if hint.get("from") == "document")
    return Known(choices=dict(_choices(schema, "", _items(policy, unit))), documents=documents)


def _choices(
    schema: Schema, path: str, items: Sequence[tuple[str, Text]]
) -> Iterator[tuple[str, Sequence[tuple[str, Text]]]]:
    for name, field in fields_of(schema).items():
        here = below(path, name)
        inner = field.get("items", field)
        if "enum" in inner:
            named = _said(inner) or _words_of(inner["enum"])
            yield here, [(code, named[code]) for code in inner["enum"]]
        elif items and str(inner.get("pattern", "")).startswith(_ITEM):
            yield here, items
        yield from _choices(inner, here, items)


def _said(schema: Mapping[str, Any]) -> Mapping[str, Text]:
    """What the API calls the codes beside them."""
    return {code: Text.model_validate(text) for code, text in schema.get("x-enum", {}).items()}


def _words_of(codes: Sequence[str]) -> Mapping[str, Text]:
    for family in _FAMILIES:
        if set(codes) <= words(family).keys():
            return words(family)
    raise UnknownWordError(f"no family has words for {', '.join(codes)}")


def _items(policy: Policy | None, unit: str) -> list[tuple[str, Text]]:
    """The items that are in force, by their codes: of a unit that answers for some only those, otherwise all."""
    if policy is None:
        return []
    listed = [item for item in policy.negative_list if item.on]
    own = [item for item in listed if unit in item.sources]
    return [(item.code, _named(item)) for item in own or listed]


def _named(item: NegativeItem) -> Text:
    # A list to open answers to typed letters: the code stands first.
    return Text(zh=f"{item.code} {item.name.zh}", en=f"{item.code} {item.name.en}")
