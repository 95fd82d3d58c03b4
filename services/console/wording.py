"""The console's own words: buttons, headings, hints. What the procedure calls things is in contracts/words only."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from services.console.language import Language

FOLDER = Path(__file__).parent / "words"


class UnknownWordError(LookupError):
    """A page asks for a word that is not written: a fault of ours, found by the tests."""


@cache
def words(language: Language) -> Mapping[str, str]:
    """Every word of the language by its dotted name, such as `task.submit`."""
    tree = yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8"))
    return MappingProxyType(dict(_flat("", tree)))


def say(language: Language, name: str, **values: Any) -> str:
    """The word, with the values that stand in it in braces; UnknownWordError when it is not written."""
    text = words(language).get(name)
    if text is None:
        raise UnknownWordError(f"{name} has no words in {language}")
    return text.format(**values) if values else text


def _flat(prefix: str, tree: Mapping[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in tree.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            found += _flat(f"{path}.", value)
        elif isinstance(value, str):
            found.append((path, value))
        else:
            # Unquoted, YAML takes `No` for a truth value and a number for one.
            raise UnknownWordError(f"{path} is no text: quote it")
    return found
