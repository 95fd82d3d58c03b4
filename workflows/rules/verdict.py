"""The two answers a rule can give. A refusal is a value with a reason, never an exception."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Allowed:
    """Nothing stands in the way."""


@dataclass(frozen=True)
class Refused:
    """It may not be: the rule's code, and a sentence that says what would be right."""

    code: str
    detail: str


Verdict: TypeAlias = Allowed | Refused

ALLOWED = Allowed()
"""The one value of Allowed."""
