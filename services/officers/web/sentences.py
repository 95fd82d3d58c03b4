"""The sentences of the rules in Chinese: rules speak English, and whoever is refused reads their own language.

`sentences.yaml` has each sentence as the rule writes it, with a pair of braces for each value. A test holds it against
the rules' own source, so that no rule says what people here are not told.
"""

import re
from functools import cache
from pathlib import Path
from typing import cast

from contracts.numbers import FAULTS
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.policy.source import read, value
from contracts.words.families import Family
from contracts.words.naming import known

CATALOGUE: dict[str, str] = value(read(Path(__file__).with_name("sentences.yaml")))
"""English to Chinese. `{:state}` names the value's word by its family; a plain pair takes the value as it is."""
_FIELD = re.compile(r"(?:form field )?([a-z_]+(?:\.[A-Za-z0-9_\-]+)*|[a-z0-9.\-]+): (.+)", re.DOTALL)
_RULE = re.compile(r"(.+) \(((?:SOD-[0-9]+(?:, )?)+)\)", re.DOTALL)
_WRONG = "不正确"
LONGEST = 500
"""Characters of a sentence that is looked for: a value in it may be what somebody sent, and no rule says so much."""


class _Value(str):
    """A value of a sentence: by its family's words where the sentence names one."""

    def __format__(self, family: str) -> str:
        one = " or " if " or " in self else ", "
        return "、".join(_word(part, family) for part in self.split(one))


def chinese(english: str) -> str | None:
    """What a rule said, in Chinese; None for what no rule says. Names of fields and rules stay as they are."""
    if len(english) > LONGEST:
        return None
    ruled = _RULE.fullmatch(english)
    if ruled is not None:
        said = chinese(ruled[1])
        return None if said is None else f"{said}（{ruled[2]}）"
    placed = _FIELD.fullmatch(english)
    if placed is not None:
        return f"{placed[1]}：{chinese(placed[2]) or _WRONG}"
    return _by_template(english) or _written_elsewhere().get(english)


def _by_template(english: str) -> str | None:
    for pattern, zh in _patterns():
        found = pattern.fullmatch(english)
        if found is not None:
            return zh.format(*map(_Value, found.groups()))
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences, those that say most of themselves first: what fits two is the more exact one."""
    ordered = sorted(CATALOGUE.items(), key=lambda one: -len(one[0].replace("{}", "")))
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, said.split("{}"))), re.DOTALL), zh) for said, zh in ordered
    )


@cache
def _written_elsewhere() -> dict[str, str]:
    """What rules pass on: the policies' rules of separation, and what is wrong with a number."""
    rules = (rule for version in loader.versions() for rule in loader.released(version).separation)
    return {text.en: text.zh for text in (*(rule.text for rule in rules), *FAULTS)}


def _word(code: str, family: str) -> str:
    part = _by_template(code) if " " in code else None
    text = known(code, cast(Family, family), _newest()) if family else None
    return part or (code if text is None else text.zh)


@cache
def _newest() -> Policy:
    """What a policy names is called alike in all of them, and more is named in the newest."""
    return loader.released(max(loader.versions()))
