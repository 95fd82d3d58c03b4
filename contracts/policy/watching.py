"""The shape of screening: which lists are watched, which item of the negative list each feeds, how often people run."""

from pydantic import Field

from contracts.base import Contract
from contracts.policy.text import Text
from contracts.vocabulary import Subject


class WatchedList(Contract):
    """A list that an authority publishes or hands over, and what standing on it means."""

    code: str = Field(pattern=r"^[a-z][a-z-]{0,40}$")
    name: Text
    issuer: str
    """The department or other source that answers for it."""
    items: dict[Subject, str] = Field(min_length=1)
    """The item of the negative list under which an entry falls, by whose entry it is; one without an item here is
    refused at the list's intake, because nobody could say what it means."""
    fresh_days: int = Field(gt=0)
    """Calendar days from the day for which the list holds; an older one is named as stale and never read as clean."""
    mark: str


class Screening(Contract):
    """How people and their firms are held against lists. Machine time runs by the hour, not by working days."""

    every_hours: int = Field(gt=0)
    """A run begins when the last one began so long ago, whatever has changed."""
    within_hours: int = Field(gt=0)
    """A run that is not through by then ends, and says whom it missed."""
    set_aside_days: int = Field(gt=0)
    """How long at most an entry may be set aside as not meaning a person."""
    increments_at_most: int = Field(ge=0)
    """After so many increments a list must be given whole again."""
    lists: tuple[WatchedList, ...] = Field(min_length=1)
