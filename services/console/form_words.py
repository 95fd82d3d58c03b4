"""What the codes of a form are called, which of them somebody may choose, and what a form begins with.

All of it from contracts/words, the policy, and the hints that the API gives beside a schema.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from contracts.policy.model import NegativeItem, Policy
from contracts.policy.procedure import Hint
from contracts.policy.text import Text
from contracts.words.families import Family, UnknownWordError
from contracts.words.loader import words
from services.console.forms.draw import Known
from services.console.forms.kinds import Schema, below, fields_of

_FAMILIES: tuple[Family, ...] = ("subject", "service-way", "meeting-body", "outcome")
"""Families of the codes that forms enumerate; a test finds a form with others."""
_ITEM = "^NL-"
"""How the pattern of a code of the negative list begins."""
Hints = Mapping[str, Mapping[str, Any]]
"""By path, what the API says of a field that its schema cannot say."""


def known(
    schema: Schema,
    policy: Policy | None = None,
    unit: str = "",
    hints: Hints | None = None,
) -> Known:
    """The words of every enumerated code; the items of the negative list that this unit answers for; what hints offer.

    Without a policy its codes are typed. UnknownWordError for an enumerated code that nobody named.
    """
    said = hints or {}
    documents = frozenset(path for path, hint in said.items() if hint.get("from") == "document")
    hinted = dict(_hinted(policy, said)) if policy is not None else {}
    return Known(choices={**dict(_choices(schema, "", _items(policy, unit))), **hinted}, documents=documents)


def begun(policy: Policy, hints: Hints) -> dict[str, Any]:
    """What a form holds before anybody has typed: a list that must name each state of the negative list does so."""
    lists = [path for path, hint in hints.items() if Hint.model_validate(hint).each == "states"]
    return {path: [_row(item, path, hints) for item in policy.states] for path in lists}


def _row(item: NegativeItem, path: str, hints: Hints) -> dict[str, str]:
    """The item of a list about this state, which is read at the first of its sources unless another is chosen."""
    held = {"states": item.code, "sources": item.sources[0]}
    return {
        field.rpartition(".")[2]: held[hint["choices"]]
        for field, hint in hints.items()
        if field.startswith(f"{path}.") and hint.get("choices") in held
    }


def _hinted(policy: Policy, hints: Hints) -> Iterator[tuple[str, Sequence[tuple[str, Text]]]]:
    offered: Mapping[str, Sequence[tuple[str, Text]]] = {
        "states": [(item.code, _named(item)) for item in policy.states],
        "sources": [
            *((one.code, one.name) for one in policy.departments),
            *((one.code, one.name) for one in policy.other_sources),
        ],
    }
    for path, hint in hints.items():
        if hint.get("choices") in offered:
            yield path, offered[hint["choices"]]


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
