"""Which of the two languages a page is in: Chinese until its reader asks for English. Pure."""

from collections.abc import Mapping
from typing import Literal, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
COOKIE = "qx-language"


def language_of(cookies: Mapping[str, str]) -> Language:
    """The language that the browser was told to remember."""
    return "en" if cookies.get(COOKIE) == "en" else "zh"


def other(language: Language) -> Language:
    """The language to which a page can be switched."""
    return "en" if language == "zh" else "zh"


def local(address: str) -> str:
    """The address, when it is a page of ours; the first page for every other text, whatever a browser made of it."""
    plain = address.startswith("/") and not address.startswith("//")
    return address if plain and address.isprintable() and "\\" not in address else "/"
