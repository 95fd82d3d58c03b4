"""Reads the words of a family, and the sentences of the rules, from their files, once per process.

A fault in a file names the file and the line.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from pydantic import TypeAdapter, ValidationError

from contracts.policy.source import at, dotted, find, read, value
from contracts.policy.text import Text
from contracts.words.families import Family, Language, UnknownWordError, Written

FOLDER = Path(__file__).parent
"""Where the files lie, each named after its family."""

SAYINGS = FOLDER / "sayings"
"""Where the sentences of the rules lie, a file for each subject (contracts/saying.py)."""

WRITTEN: tuple[Family, ...] = get_args(Written)
_WORDS = TypeAdapter(dict[str, Text])


@lru_cache
def words(family: Family) -> Mapping[str, Text]:
    """Every code of the family that has its words here; UnknownWordError when the family has no file."""
    if family not in WRITTEN:
        raise UnknownWordError(f"no words of {family!r} are written here")
    return MappingProxyType(words_in(FOLDER / f"{family}.yaml"))


def word(family: Family, code: str, language: Language) -> str:
    """The code in the language; UnknownWordError when the family's file has no such code."""
    text = words(family).get(code)
    if text is None:
        raise UnknownWordError(f"{family} has no words for {code!r}")
    return {"zh": text.zh, "en": text.en}[language]


@lru_cache
def sayings() -> Mapping[str, Text]:
    """Every sentence with which a rule refuses, by its name; ValueError when two files have one of the same name."""
    found: dict[str, Text] = {}
    for file in sorted(SAYINGS.glob("*.yaml")):
        here = words_in(file)
        if twice := found.keys() & here.keys():
            raise ValueError(f"{file.name}: said in another file as well: {', '.join(sorted(twice))}")
        found |= here
    return MappingProxyType(found)


def words_in(file: Path) -> dict[str, Text]:
    """The words of one file; PolicyError for anything but codes with exactly a zh and an en text."""
    root = read(file)
    try:
        return _WORDS.validate_python(value(root))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise at(find(root, fault["loc"]), f"{dotted(fault['loc'])}: {fault['msg']}") from None
