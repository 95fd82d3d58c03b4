"""The console's own words: both languages, no name without words, no words without a name that asks for them."""

import re
from pathlib import Path

import pytest

from services.console import app
from services.console.language import LANGUAGES
from services.console.walking import entries
from services.console.wording import UnknownWordError, say, words

ROOT = Path(app.__file__).parent
SOURCES = [path.read_text() for kind in ("*.html", "*.py") for path in ROOT.rglob(kind)]


def asked_for() -> set[str]:
    """Every name that a template asks for as it stands, and every entry of the menu."""
    named = {name for text in SOURCES for name in re.findall(r"\bt\('([\w.\-]+)'", text)}
    return named | {one.word for one in entries()}


def test_both_languages_have_the_same_words() -> None:
    chinese, english = (words(language) for language in LANGUAGES)
    assert set(chinese) == set(english)
    for name, text in chinese.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[name])), name
        assert text.strip(), name
        assert english[name].strip(), name


def test_every_word_that_is_asked_for_is_written() -> None:
    assert {name for name in asked_for() if not name.endswith((".", "_"))} - set(words("zh")) == set()


def test_a_name_without_words_stops_the_page() -> None:
    with pytest.raises(UnknownWordError):
        say("zh", "menu.nowhere")
