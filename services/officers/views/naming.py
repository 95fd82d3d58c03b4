"""What the codes in an answer are called, in the caller's language: nobody has to read a bare code."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from contracts.policy import loader
from contracts.policy.text import Text
from contracts.words.families import Family
from contracts.words.held import HOLDERS, held
from contracts.words.loader import WRITTEN, words
from services.officers.readmodel.reading.called import Called
from services.officers.web.language import Language, say


def names(policy: str, language: Language, codes: Mapping[str, tuple[Family, str | None]]) -> dict[str, str]:
    """The words of each code that has any, by the name of its field; `policy` is the version of the case."""
    found = {field: _word(policy, family, code) for field, (family, code) in codes.items() if code}
    return {field: say(text, language) for field, text in found.items() if text is not None}


def roles_named(roles: Iterable[str], policy: str, language: Language) -> dict[str, str]:
    """Likewise of each role, by its code."""
    return names(policy, language, {role: ("role", role) for role in roles})


def case_named(one: Called | None, language: Language) -> str:
    """What stands behind a number, in words: the task, the kind of case, and where or which; empty for what is none."""
    if one is None:
        return ""
    codes: dict[str, tuple[Family, str | None]] = {
        "task": ("task", one.task),
        "kind": ("kind", one.kind),
        "district": ("district", one.district),
    }
    said = [*names(one.policy, language, codes).values(), one.title]
    return " · ".join(filter(None, said))


def _word(policy: str, family: Family, code: str) -> Text | None:
    return _words(policy, family).get(code)


@lru_cache(maxsize=500)
def _words(policy: str, family: Family) -> Mapping[str, Text]:
    written = words(family) if family in WRITTEN else {}
    return {**(held(loader.released(policy), family) if family in HOLDERS else {}), **written}
