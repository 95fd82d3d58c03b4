"""The two answers a rule can give. A refusal is a value with a reason, never an exception."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from contracts.saying import Saying


@dataclass(frozen=True)
class Allowed:
    """Nothing stands in the way."""


@dataclass(frozen=True)
class Refused:
    """It may not be: the rule's code, and the sentence that says what would be right."""

    code: str
    said: Saying

    def within(self, form: str) -> "Refused":
        """Likewise, where it names a field: a field of this form."""
        return replace(self, said=self.said.at(form)) if self.said.field else self


Verdict: TypeAlias = Allowed | Refused

ALLOWED = Allowed()
"""The one value of Allowed."""
