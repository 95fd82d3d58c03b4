"""What one case owes to others, and that it was carried."""

from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Digest, OpaqueId, unsaid
from contracts.errand import Errand
from contracts.events.base import Event


class Owed(Contract):
    """The errand itself: openings and commands hold personal data."""

    whose: ClassVar[str] = "about"
    errand: Errand
    about: tuple[OpaqueId, ...] = ()
    """Whom it is about, where the errand itself does not say."""


class ErrandOwed(Event):
    """This step owes an errand; it is carried after the step is on the record. `number` counts from 1.

    `promises` say what will be asked, one for each case (`contracts.errand.promise`): the record opens nothing, and
    takes nothing else under this number. None stand where it was owed before they were kept.
    """

    type: ClassVar[str] = "errand-owed"
    number: int
    promises: tuple[Digest, ...] = Field(default=(), exclude_if=unsaid)
    private: Owed


class ErrandCarried(Event):
    """The errand reached everyone whom it concerns."""

    type: ClassVar[str] = "errand-carried"
    number: int


EVENTS: tuple[type[Event], ...] = (ErrandOwed, ErrandCarried)
