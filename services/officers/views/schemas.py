"""Forms as they are handed out: the policy's JSON Schema, with titles and choices in both languages beside it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from contracts.policy import loader
from contracts.policy.text import Text
from contracts.words.held import TITLE_PARTS
from contracts.words.loader import WRITTEN, words
from services.officers.web.days import AHEAD, FIRST, last_ahead, last_behind

SAID = ("title", "description")
DAYS = ("date", "date-time")


def form_schema(policy: str, code: str) -> dict[str, Any]:
    """The schema of a form. Beside each `title` and `description` that says both languages in one text stands
    `x-title` or `x-description` with `zh` and `en`, and beside each `enum` `x-enum` with the words of its codes.
    Beside each `format` of a day or an instant stand the days between which it may lie today (`bounded`).

    Validators pass over what begins with x-. KeyError: the version has no such form.
    """
    return bounded(_both_languages(policy, code))


@lru_cache(maxsize=500)
def _both_languages(policy: str, code: str) -> dict[str, Any]:
    return bilingual(loader.released(policy).form(code).json_schema)


def bounded(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with `x-first` and `x-last` beside each day and instant: the bounds that the API holds them to.

    They move with the day, so they are said and never kept. What may be to come is marked (`x-ahead`).
    """
    found = {name: _bounded(part) for name, part in schema.items() if name != AHEAD}
    if schema.get("format") in DAYS:
        last = last_ahead() if schema.get(AHEAD) else last_behind()
        found |= {"x-first": FIRST.isoformat(), "x-last": last.isoformat()}
    return found


def _bounded(part: Any) -> Any:
    match part:
        case dict():
            return bounded(part)
        case list():
            return [_bounded(one) for one in part]
        case _:
            return part


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
