"""How a case on the record would have come out under another version: what a kind of case says of itself for a what-if.

People's own acts are taken as they are; deadlines and holds are not counted anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeAlias

from contracts.events.base import Event
from contracts.events.review import VotesCounted
from contracts.policy.model import Policy
from workflows.procedure.case import S
from workflows.procedure.decider import Decider
from workflows.rules.under import Difference, vote_differs


@dataclass(frozen=True)
class Seen:
    """An event on which an outcome rests, and when it was recorded."""

    event: Event
    at: datetime


@dataclass(frozen=True)
class Compared(Generic[S]):
    """A case as far as its record goes, the version that decides it, and the one that is asked about."""

    case: S
    seen: Sequence[Seen]
    decided: Policy
    under: Policy


Found: TypeAlias = Mapping[str, Sequence[Difference]]
"""By case, what would differ in it by itself, or in what another case began it for."""


@dataclass(frozen=True)
class Comparison(Generic[S]):
    """What a kind of case whose outcome rests on the policy's numbers and lists brings to a what-if."""

    decider: Decider[S]
    differs: Callable[[Compared[S]], list[Difference]]
    """What would differ in the case by itself."""
    watched: tuple[type[Event], ...] = ()
    """The events on which an outcome rests, besides what a case's state keeps of them."""
    begun: Callable[[Compared[S]], Mapping[str, list[Difference]]] = lambda asked: {}
    """By case that it began, what would differ in that for which it did."""
    rests: Callable[[S, Found], list[Difference]] = lambda case, found: []
    """What would differ in it because of what was found of other cases."""


def votes_differ(asked: Compared[Any]) -> list[Difference]:
    """Every count of votes against the quorum and the majority of the version that is asked about."""
    counts = [told.event for told in asked.seen if isinstance(told.event, VotesCounted)]
    return [one for count in counts for one in vote_differs(count, asked.under)]
