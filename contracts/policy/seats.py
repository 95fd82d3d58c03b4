"""The shape of what holds for a seat that somebody has: its term, the yearly re-evaluation, absence (domain §8.4)."""

from pydantic import Field

from contracts.base import Contract
from contracts.policy.text import Text
from contracts.policy.timing import Limit


class ReEvaluation(Contract):
    """What a sitting member is measured by once in `every`: `floor_percent` of some maxima, and the raw index."""

    every: Limit
    dimensions: tuple[str, ...] = Field(min_length=1)
    """Those that are asked for and scored; their owners alone are consulted."""
    floor_percent: int = Field(ge=0, le=100)
    floor_dimensions: tuple[str, ...]
    index: int


class Seats(Contract):
    """The numbers of a tenure, and how the leads are worded that it raises by itself."""

    term: Limit
    re_evaluation: ReEvaluation
    absences_in_a_row: int = Field(ge=1)
    """So many unexcused plenaries in a row open a removal; they never remove by themselves."""
    leads: dict[str, Text]
    """By the source of a lead: the words before what was found."""
