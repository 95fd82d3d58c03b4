"""What the procedure calls codes that the API gives bare: from contracts/words, and from nowhere else."""

from contracts.policy.text import Text
from contracts.words.families import Family, UnknownWordError
from contracts.words.loader import WRITTEN, words
from services.console.language import Language


def known(family: Family, code: str) -> Text | None:
    """The code in both languages; None when it has no words of its own."""
    return words(family).get(code) if family in WRITTEN else None


def word(language: Language, family: Family, code: str) -> str:
    """The code in the language; UnknownWordError when nobody wrote what it is called."""
    text = known(family, code)
    if text is None:
        raise UnknownWordError(f"{family} has no words for {code!r}")
    return text.zh if language == "zh" else text.en


def named(language: Language, family: Family, code: str) -> str:
    """Likewise; empty for a code without words, as an address may hold any."""
    text = known(family, code)
    return "" if text is None else text.zh if language == "zh" else text.en


def said(language: Language, family: Family, code: str) -> str:
    """Likewise; the code itself where nobody wrote any, as of an act whose name a newer API has."""
    return named(language, family, code) or code
