"""What the procedure calls codes that the API gives bare: from contracts/words, and from nowhere else."""

from contracts.words.families import Family, UnknownWordError
from contracts.words.loader import words
from services.console.language import Language


def word(language: Language, family: Family, code: str) -> str:
    """The code in the language; UnknownWordError when nobody wrote what it is called."""
    text = words(family).get(code)
    if text is None:
        raise UnknownWordError(f"{family} has no words for {code!r}")
    return text.zh if language == "zh" else text.en
