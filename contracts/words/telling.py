"""What a rule said, in both languages: the sentence of the catalogue with the words of its values."""

from collections.abc import Sequence
from datetime import datetime
from string import Formatter
from typing import cast

from contracts.minutes import HERE
from contracts.policy.model import Policy
from contracts.policy.text import Text
from contracts.saying import Saying, Value
from contracts.words.families import Family, Language, UnknownWordError
from contracts.words.loader import sayings
from contracts.words.naming import known, pick

INSTANT = "instant"
"""A hole of this kind shows an instant in China's time, to the minute; any other kind is a family of words."""
BETWEEN: dict[Language, str] = {"zh": "、", "en": ", "}


def told(said: Saying, policies: Sequence[Policy] = ()) -> Text:
    """The sentence. `policies` name what a policy names, the first that knows a code; a code of none stands as it is.

    UnknownWordError when the catalogue has no such sentence, or when a value for it was not said.
    """
    text = sayings().get(said.name)
    if text is None:
        raise UnknownWordError(f"no sentence is called {said.name!r}")
    return Text(zh=_filled(text.zh, said, "zh", policies), en=_filled(text.en, said, "en", policies))


def _filled(text: str, said: Saying, language: Language, policies: Sequence[Policy]) -> str:
    parts = []
    for literal, hole, kind, _ in Formatter().parse(text):
        parts.append(literal)
        if hole is not None:
            value = said.values.get(hole)
            if value is None:
                raise UnknownWordError(f"{said.name} was said without {hole}")
            parts.append(_shown(value, kind or "", language, policies))
    return "".join(parts)


def _shown(value: Value, kind: str, language: Language, policies: Sequence[Policy]) -> str:
    match value:
        case Text():
            return pick(value, language)
        case tuple():
            return BETWEEN[language].join(_word(one, kind, language, policies) for one in value)
        case _:
            return _word(str(value), kind, language, policies)


def _word(code: str, kind: str, language: Language, policies: Sequence[Policy]) -> str:
    if not kind:
        return code
    if kind == INSTANT:
        return datetime.fromisoformat(code).astimezone(HERE).strftime("%Y-%m-%d %H:%M")
    for policy in policies or (None,):
        text = known(code, cast(Family, kind), policy)
        if text is not None:
            return pick(text, language)
    return code
