"""Forms as they are handed out: the policy's JSON Schema, with titles and choices in both languages beside it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from contracts.policy import loader
from contracts.policy.text import Text
from contracts.words.held import TITLE_PARTS
from contracts.words.loader import WRITTEN, words

SAID = ("title", "description")


@lru_cache(maxsize=500)
def form_schema(policy: str, code: str) -> dict[str, Any]:
    """The schema of a form. Beside each `title` and `description` that says both languages in one text stands
    `x-title` or `x-description` with `zh` and `en`, and beside each `enum` `x-enum` with the words of its codes.

    Validators pass over what begins with x-. KeyError: the version has no such form.
    """
    return bilingual(loader.released(policy).form(code).json_schema)


def bilingual(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with both languages beside its titles, and the words of its choices unless they stand there."""
    found: dict[str, Any] = {}
    for name, part in schema.items():
        match part:
            case dict():
                # Below `properties` a field may be called `title`: what stands there is a schema and no text.
                found[name] = bilingual(part)
            case list():
                found[name] = [bilingual(one) if isinstance(one, dict) else one for one in part]
            case _:
                found[name] = part
    for name in SAID:
        text = _both(schema.get(name))
        if text is not None:
            found[f"x-{name}"] = text.model_dump()
    if isinstance(schema.get("enum"), list) and "x-enum" not in schema:
        found["x-enum"] = {code: text.model_dump() for code, text in _choices(schema["enum"]).items()}
    return found


def _both(said: object) -> Text | None:
    if not isinstance(said, str):
        return None
    zh, parts, en = said.partition(TITLE_PARTS)
    return Text(zh=zh, en=en) if parts else None


def _choices(codes: list[str]) -> Mapping[str, Text]:
    """The words of these codes, from the smallest family that has all of them; a test finds a form without."""
    having = [family for family in WRITTEN if words(family).keys() >= set(codes)]
    if not having:
        return {}
    family = words(min(having, key=lambda one: len(words(one))))
    return {code: family[code] for code in codes}
