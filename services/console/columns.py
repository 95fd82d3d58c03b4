"""The columns of lists as workbooks: a heading, a width, what stands in the cell of a row. Pure but for the words."""

from collections.abc import Callable, Mapping
from typing import Any

from services.console.language import Language
from services.console.moments import instant
from services.console.wording import say

Row = Mapping[str, Any]
Cell = Callable[[Row, Language], str]
Listed = tuple[str, int, Cell]
"""A column: the word of its heading, its width in signs, and what stands in the cell of a row."""


def plain(word: str, name: str, width: int = 24) -> Listed:
    """What stands there as it is: a number, or what somebody wrote."""
    return word, width, lambda row, _: str(row.get(name) or "")


def named(word: str, name: str, width: int = 20) -> Listed:
    """A code, by what it is called."""
    return word, width, lambda row, _: str(row["names"].get(name) or row.get(name) or "")


def behind(word: str, name: str, width: int = 20) -> Listed:
    """What stands behind a number, in words; nothing where nobody knows."""
    return word, width, lambda row, _: str(row["names"].get(name) or "")


def at(word: str, name: str, how: Callable[[str | None], str] = instant, width: int = 18) -> Listed:
    """A time."""
    return word, width, lambda row, _: how(row.get(name))


def nominee(word: str, name: str, width: int) -> Listed:
    """Of the person whom the row is about."""
    return word, width, lambda row, _: str((row.get("nominee") or {}).get(name) or "")


def roles_of(row: Row, language: Language) -> str:
    """The roles in which somebody acted."""
    roles = row["roles"].split() if isinstance(row["roles"], str) else row["roles"]
    return say(language, "comma").join(row["names"].get(role, role) for role in roles)
