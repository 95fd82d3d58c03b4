"""What a page says to its reader, and whether a code stands in it where words belong."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from typing import get_args

from contracts.policy import loader
from contracts.words.families import Held, Language
from contracts.words.held import held
from contracts.words.loader import WRITTEN, words
from services.console.wording import words as own_words

POLICY = "2026.1"
SILENT = {"code", "kbd", "script", "style", "textarea"}
"""Elements whose text is no sentence: codes that are marked as such, keys, and what people typed."""
HEARD = ("aria-label", "title", "placeholder", "alt")
"""Attributes that are read out or shown."""
CITED: tuple[Held, ...] = ("item", "letter")
"""Of these people say the number itself: it stands before the words, in the rules and in every letter."""
VOID = {"meta", "link", "input", "br", "img", "hr", "rect", "line", "circle"}
PLAIN = re.compile(r"[a-z]+")
TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*")


class _Said(HTMLParser):
    """Collects the text that a reader is shown as a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.texts += [given[name] or "" for name in HEARD if name in given]
        if tag not in VOID:
            self._open.append((tag, tag in SILENT or "codes" in (given.get("class") or "").split()))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(silent for _, silent in self._open):
            self.texts.append(data)


def said(html: str) -> str:
    """The text of a page as it is read, without what is marked as a code."""
    reader = _Said()
    reader.feed(html)
    return " ".join(reader.texts)


def unspoken(html: str, language: Language, names: Iterable[str]) -> list[str]:
    """The codes that stand in the page's sentences although there are words for them; `names` are what people are
    called here."""
    return sorted(set(TOKEN.findall(said(html))) & _codes(language) - set(names))


@cache
def _codes(language: Language) -> frozenset[str]:
    """Codes that have words in the language, but for those that some of its words hold themselves."""
    pairs = list(_pairs(language))
    spoken = {token for _, text in pairs for token in TOKEN.findall(text)}
    spoken |= {token for text in own_words(language).values() for token in TOKEN.findall(text)}
    coded = frozenset(code for code, text in pairs if code != text) - spoken
    # In an English sentence a word of small letters is a word.
    return coded if language == "zh" else frozenset(code for code in coded if not PLAIN.fullmatch(code))


def _pairs(language: Language) -> Iterator[tuple[str, str]]:
    policy = loader.released(POLICY)
    for family in WRITTEN:
        yield from ((code, getattr(text, language)) for code, text in words(family).items())
    for family in (one for one in get_args(Held) if one not in CITED):
        yield from ((code, getattr(text, language)) for code, text in held(policy, family).items())
