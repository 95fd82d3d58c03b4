"""What a case is told of a letter of its own. The notices' service says it through the officers' desk; no person."""

from typing import Literal

from contracts.base import Digest, Instant, OpaqueId
from contracts.commands.base import Command
from contracts.matter import ServiceWay


class LetterUndelivered(Command):
    """Mail did not bring this letter to the person whom the case is about, and will not be tried again.

    `task_id`: the task by which the person is asked, where the letter asks; `led_at`: the instant of the step that led
    to the letter, which tells a task that was opened beside it.
    """

    act: Literal["letter-undelivered"] = "letter-undelivered"
    letter: OpaqueId
    notice: str
    task_id: OpaqueId | None = None
    led_at: Instant


class LetterDelivered(Command):
    """The letter reached its person after all: they took notice of it, or somebody served it by hand (`how`)."""

    act: Literal["letter-delivered"] = "letter-delivered"
    letter: OpaqueId
    at: Instant
    how: ServiceWay | None = None
    document_digest: Digest | None = None
