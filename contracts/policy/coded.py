"""Rows of a policy that go by a code."""

from collections.abc import Iterable
from typing import Protocol, TypeVar


class Coded(Protocol):
    """A row with a code that no other row of its list has."""

    @property
    def code(self) -> str:
        """How the row is named in events, commands and other rows."""


T = TypeVar("T", bound=Coded)


def find(rows: Iterable[T], code: str) -> T:
    """The row with this code; KeyError when there is none."""
    for row in rows:
        if row.code == code:
            return row
    raise KeyError(code)
