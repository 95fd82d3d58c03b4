"""What a list is narrowed to and how it is ordered, in words: no code of an address on a sheet that is filed. Pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from contracts.policy import loader
from contracts.policy.text import Text
from contracts.words.families import Family
from contracts.words.held import HOLDERS, held
from services.console.columns import Row
from services.console.domain import known
from services.console.language import Language
from services.console.wording import words

Meaning: TypeAlias = Callable[[str, Sequence[Row], Language], str]
Filter: TypeAlias = tuple[str, Meaning]
"""A parameter of a list's address: the word of what is narrowed, and what its value means."""


def typed(word: str) -> Filter:
    """A number that somebody looks for: it stands as it was typed."""
    return word, lambda value, rows, language: value


def chosen(word: str, before: str) -> Filter:
    """One of a page's own choices, whose words are called `before` and the choice."""
    return word, lambda value, rows, language: words(language).get(f"{before}{value}", value)


def coded(word: str, name: str, family: Family) -> Filter:
    """A code of the procedure: what the rows call it, or where none is left what it is called at all."""

    def meaning(value: str, rows: Sequence[Row], language: Language) -> str:
        of_rows = (row["names"][name] for row in rows if row.get(name) == value and name in row["names"])
        of_all = (text.zh if language == "zh" else text.en for text in _texts(family, value))
        return str(next(of_rows, next(of_all, value)))

    return word, meaning


def _texts(family: Family, code: str) -> Iterator[Text]:
    """What the code is called: by its own file, or by the last version of the policy."""
    written = known(family, code)
    named = held(loader.released(loader.versions()[-1]), family).get(code) if family in HOLDERS else None
    yield from (text for text in (written, named) if text is not None)
