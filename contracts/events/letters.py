"""What became of a letter to the person whom a case is about, where mail did not bring it (送达)."""

from typing import ClassVar

from contracts.base import Digest, Instant, OpaqueId
from contracts.events.base import Event
from contracts.matter import ServiceWay


class LetterUnserved(Event):
    """Mail did not bring the letter, to which the step of `led_at` led, and somebody has to serve it by hand.

    `task_id`: the person's own task whose term runs from its service; until then that term stands still.
    """

    type: ClassVar[str] = "letter-unserved"
    letter: OpaqueId
    notice: str
    led_at: Instant
    task_id: OpaqueId | None = None


class LetterServed(Event):
    """The letter reached its person at `at`: by hand in this way, by the signed paper (送达回证), or they read it."""

    type: ClassVar[str] = "letter-served"
    letter: OpaqueId
    task_id: OpaqueId | None = None
    at: Instant
    how: ServiceWay | None = None
    document_digest: Digest | None = None


EVENTS: tuple[type[Event], ...] = (LetterUnserved, LetterServed)
