"""The lists against which a person is measured: negative list, departments, grading; and for how long they are kept."""

from typing import Literal

from pydantic import Field

from contracts.base import Contract
from contracts.policy.text import Text
from contracts.policy.timing import Limit
from contracts.vocabulary import CaseState, Effect, Subject


class NegativeItem(Contract):
    """One item of the negative list (domain §8.2)."""

    code: str
    name: Text
    sources: tuple[str, ...]
    """Units that answer for it: what people are told when they ask where such a fact comes from."""
    effect: Effect
    look_back_years: int | None = None
    """Counts only if the cut-off date is before anchor + n years; None: no year limit."""
    while_state: bool = False
    """A state re-read on the confirmation day and later, not an event in the past."""
    subject: tuple[Subject, ...] = Field(default=(Subject.PERSON,), min_length=1)
    anchor: Literal["sentence-end", "decision", "delisting", "correction"] | None = None
    """Which day of the fact is its anchor; None for a state, which has none."""
    part_of: str | None = None
    """The item that this one is a part of: one row of the list whose parts have different effects."""
    basis: str | None = None
    """Document and article; without it the item cannot be on (S46)."""
    on: bool = True
    retired: bool = False
    mark: str


class Department(Contract):
    """A consulted unit, what it is asked, and whether it is a key source that may never be closed unheard."""

    code: str
    name: Text
    key_source: bool
    questions: tuple[Text, ...] = Field(min_length=1)


class Source(Contract):
    """A unit that answers for an item without being consulted on every case."""

    code: str
    name: Text


class Dimension(Contract):
    """A dimension of the comprehensive evaluation; `max` in tenths of a point."""

    code: str
    name: Text
    max: int = Field(gt=0)
    from_index: bool = False
    """Computed from the integrity index instead of being scored."""
    answered_by: tuple[str, ...]
    """Units that answer for it; those of them that are consulted are asked when this dimension is measured alone."""


class GradeRule(Contract):
    """Conditions of a grade: `total` in tenths, `floor_percent` of each maximum, `index` raw."""

    total: int
    floor_percent: int
    floor_dimensions: tuple[str, ...]
    index: int


class IndexLevel(Contract):
    """A level of the integrity index: from `lower` on, itself included, up to the next level."""

    code: str
    name: Text
    lower: int = Field(ge=0)


class Grading(Contract):
    """Dimensions and thresholds of domain §8.3; all arithmetic in integer tenths."""

    dimensions: tuple[Dimension, ...]
    index_max: int
    index_pass: int
    """An integrity index below it is a fact under the item `index_item` (domain §8.8.9)."""
    index_levels: tuple[IndexLevel, ...] = Field(min_length=1)
    """From the lowest to the highest; the first begins at 0, and one of them at `index_pass`."""
    index_item: str
    a: GradeRule
    b: GradeRule
    validity: Limit
    seen_anew: tuple[str, ...]
    """Dimensions whose owners are asked when an evaluation is used again within its validity (S1)."""


class Retention(Contract):
    """A retention class: permanent or a number of years, and the ends of cases that are kept under it."""

    code: str
    name: Text
    years: int | None
    ends: tuple[CaseState, ...]
