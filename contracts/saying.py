"""What a rule says when it refuses: a sentence by its name, and the values that stand in it (ADR 0036).

A rule knows no language. The words are in contracts/words/sayings, and are found where somebody reads them.
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import TypeAlias

from pydantic import Field

from contracts.base import Contract
from contracts.policy.text import Text

Value: TypeAlias = int | str | tuple[str, ...] | Text
"""A number, a code, a day or an instant as ISO 8601 writes it, several codes, or what is said in both languages."""


class Saying(Contract):
    """A sentence of the catalogue. `field`: of what was filled in, the path of the part that it is about."""

    name: str
    values: dict[str, Value] = Field(default_factory=dict)
    field: str = ""

    def at(self, place: str) -> "Saying":
        """The same, said of this field; what names a field already is said of that field within this one."""
        return self.model_copy(update={"field": f"{place}.{self.field}" if self.field else place})


def say(name: str, /, **values: object) -> Saying:
    """The sentence with these values: one for each of its holes, which an agreement test sees to."""
    return Saying(name=name, values={hole: _plain(value) for hole, value in values.items()})


def _plain(value: object) -> Value:
    match value:
        case Enum():
            return str(value.value)
        case int() | str() | Text():
            return value
        case date():
            return value.isoformat()
        case Iterable():
            return tuple(str(_plain(one)) for one in value)
    raise TypeError(f"a sentence has no place for a {type(value).__name__}")
