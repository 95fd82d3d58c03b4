"""How a deadline came about. Whoever inherits the deadline inherits it too (domain §8.8.11)."""

from typing import Literal, TypeAlias

from pydantic import Field

from contracts.base import Contract, Instant
from contracts.policy.timing import Unit


class Extended(Contract):
    """More time was granted: asked for by whoever has the task, or given by the joint conference, for the last time."""

    by: Literal["asked", "conference"]
    n: int = Field(gt=0)
    unit: Unit
    counted_from: Instant | None = None
    """The event from which it is counted; None: it goes on where the deadline ended."""


class Stood(Contract):
    """The clock stood, because the case was on hold."""

    since: Instant
    until: Instant


Move: TypeAlias = Extended | Stood


class Term(Contract):
    """What a deadline is counted from: the event, the policy's limit, and all that has moved it since, in order."""

    start: Instant
    limit: str
    after: str | None = Field(default=None, exclude_if=lambda after: after is None)
    """A limit that runs from the event first; the term itself begins with its last day. So a letter that was sent
    counts as served."""
    moves: tuple[Move, ...] = ()

    @property
    def extensions(self) -> int:
        """How many extensions were asked for and granted."""
        return sum(isinstance(move, Extended) and move.by == "asked" for move in self.moves)

    @property
    def final(self) -> bool:
        """Whether the joint conference has granted the last extension: expiry holds the case."""
        return any(isinstance(move, Extended) and move.by == "conference" for move in self.moves)

    def moved(self, move: Move) -> "Term":
        """The term after one more move."""
        return self.model_copy(update={"moves": (*self.moves, move)})
