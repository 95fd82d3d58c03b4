"""What may be asked for accounts. Each request is a case of its own, and another person decides on it (D9)."""

from typing import Literal

from pydantic import Field

from contracts.access import AnyRequest
from contracts.commands.opening import CaseOpening


class AskAccess(CaseOpening):
    """Ask for a change of accounts; `policy` is the version in force, by which the request is decided."""

    act: Literal["ask-access"] = "ask-access"
    request: AnyRequest
    reason: str = Field(min_length=1, max_length=1000)
