"""What people call a field of a form or of an act: a refusal names it so, and by its path only for programs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.policy.text import Text
from contracts.words.held import TITLE_PARTS
from contracts.words.loader import words

FORM = "form"
"""Where the path of a field begins that a form of the policy asks for."""


def title_of(path: str) -> Text | None:
    """The title of the innermost part of the path that has one, and which item of a list it is in; None for neither."""
    parts = path.split(".")
    known = {**words("field"), **_of_forms()} if parts[0] == FORM else {**_of_forms(), **words("field")}
    named = [known[part] for part in parts if part in known][-1:]
    places = [int(part) + 1 for part in parts if part.isascii() and part.isdecimal()]
    zh = [*(f"第 {place} 项" for place in places), *(text.zh for text in named)]
    en = [*(f"item {place}" for place in places), *(text.en for text in named)]
    return Text(zh=" · ".join(zh), en=", ".join(en)) if zh else None


@cache
def policies() -> tuple[Policy, ...]:
    """Every released version, the newest first: what a policy names is called alike in all of them."""
    return tuple(loader.released(version) for version in sorted(loader.versions(), reverse=True))


@cache
def _of_forms() -> Mapping[str, Text]:
    """By the name of a field the title in the forms, where all that have such a field call it alike."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for policy in policies():
        for form in policy.forms:
            for name, title in _titles(form.json_schema):
                found[name].add(title)
    return {
        name: Text(zh=zh, en=en) for name, titles in found.items() if len(titles) == 1 for zh, en in titles
    }


def _titles(schema: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, field in schema.get("properties", {}).items():
        zh, parts, en = str(field.get("title", "")).partition(TITLE_PARTS)
        if parts:
            yield name, (zh, en)
        yield from _titles(field)
    if "items" in schema:
        yield from _titles(schema["items"])
