"""What happens to an integrity file. A file has no tasks: it keeps what cases tell it, and tells the awards."""

from typing import ClassVar

from contracts.base import Contract, OpaqueId
from contracts.events.base import Event
from contracts.matter import Mark, Reading
from contracts.vocabulary import Seat, Subject


class IntegrityOpened(Event):
    """The file begins."""

    type: ClassVar[str] = "integrity-opened"
    subject: Subject
    person_id: OpaqueId | None


class Measured(Contract):
    """A reading, and the level that it came to under the policy of its day."""

    reading: Reading
    level: str


class ReadingEntered(Event):
    """An index was measured."""

    type: ClassVar[str] = "reading-entered"
    private: Measured


class MarkEntered(Event):
    """A veto was confirmed."""

    type: ClassVar[str] = "mark-entered"
    case: OpaqueId
    private: Mark


class MarkWithdrawn(Event):
    """The veto of this case stands no more."""

    type: ClassVar[str] = "mark-withdrawn"
    case: OpaqueId


class LeadEntered(Event):
    """The person leads an organisation that applies for an award."""

    type: ClassVar[str] = "lead-entered"
    award: OpaqueId


class RemovalEntered(Event):
    """A removal of the person from a seat that no case follows was registered (domain §8.4, R01)."""

    type: ClassVar[str] = "removal-entered"
    removal: OpaqueId
    district: OpaqueId
    seat: Seat


class RemovalLeft(Event):
    """Such a removal is over, whatever came of it."""

    type: ClassVar[str] = "removal-left"
    removal: OpaqueId


EVENTS: tuple[type[Event], ...] = (
    IntegrityOpened,
    ReadingEntered,
    MarkEntered,
    MarkWithdrawn,
    LeadEntered,
    RemovalEntered,
    RemovalLeft,
)
