"""What an enquiry is about: something that an authority says of a number, and why nobody may rely on it yet."""

from typing import Literal, TypeAlias

from pydantic import Field

from contracts.base import Contract
from contracts.nominee import Fact

EnquirySource: TypeAlias = Literal["masked", "doubted", "unmatched"]
"""The number is hidden in part; a match is doubted; or a fact was reported under another number than the person's."""


class Inquired(Contract):
    """The fact as it was said, by whom, and the doubt in somebody's words. Personal throughout."""

    fact: Fact
    source: str = Field(max_length=60)
    """The unit that answers for it."""
    reason: str = Field(default="", max_length=1000)
