"""What happens when somebody may have nothing to do with a case (SOD-06 to SOD-08). Grounds are sealed throughout."""

from typing import ClassVar, Literal, TypeAlias

from contracts.base import Contract, OpaqueId
from contracts.events.base import Event
from contracts.matter import Ground
from contracts.vocabulary import Stage

Settlement: TypeAlias = Literal["RECUSED", "NO_CONFLICT"]
"""How a conflict is decided by whoever is above the person."""


class Conflict(Contract):
    """The ground of a conflict, and the words of whoever says it. A ground such as `reporter` tells who reported."""

    ground: Ground
    reason: str


class ConflictDeclared(Event):
    """A person steps back from the case; from now on every act of theirs on it is refused.

    `awaits`: they head their unit, and the level above decides whether it stays so (SOD-07).
    """

    type: ClassVar[str] = "conflict-declared"
    conflict: int
    task_id: OpaqueId | None
    """The task from which they step back; None when it was not said of a task."""
    person_id: OpaqueId
    awaits: bool = False
    private: Conflict


class ConflictReported(Event):
    """Somebody supplied facts about another's conflict; whoever is above that person decides."""

    type: ClassVar[str] = "conflict-reported"
    conflict: int
    person_id: OpaqueId
    private: Conflict


class ConflictSettled(Event):
    """The conflict was decided, by the signer: the person is kept from the case from now on, or is free to act."""

    type: ClassVar[str] = "conflict-settled"
    decides: ClassVar[bool] = True
    conflict: int
    person_id: OpaqueId
    outcome: Settlement


class PapersVoided(Event):
    """What rests on the acts of a person with a conflict is void and done again from `stage` on (SOD-08).

    None where no decision of the case rests on it. The papers stay in the file, marked void. `acts` are the types of
    what the person did beside the tasks, which is void as well.
    """

    type: ClassVar[str] = "papers-voided"
    decides: ClassVar[bool] = True
    person_id: OpaqueId
    stage: Stage | None
    tasks: tuple[OpaqueId, ...]
    acts: tuple[str, ...] = ()


EVENTS: tuple[type[Event], ...] = (ConflictDeclared, ConflictReported, ConflictSettled, PapersVoided)
