"""The base of every event: a wire name, a version, who may know of it, plain fields, and at most one private part."""

from enum import StrEnum
from typing import ClassVar

from contracts.base import Contract


class Audience(StrEnum):
    """Who may know that an event happened, besides the auditor (domain §8.5). Each word lets in those before it."""

    TEAM = "team"
    """Whoever works on the case."""
    TASK = "task"
    """Also whoever may see the task that the event names."""
    CONCERNED = "concerned"
    """Also the person concerned and the unit that nominated."""
    CONSULTED = "consulted"
    """Also the departments that were asked."""


class Event(Contract):
    """Plain fields hold no personal data. What is personal stands in `private` and travels sealed (D10)."""

    type: ClassVar[str]
    version: ClassVar[int] = 1
    audience: ClassVar[Audience] = Audience.TEAM
    decides: ClassVar[bool] = False
    """Whether it decides something about the case."""
    acted: ClassVar[bool] = False
    """Whether it is an act beside the tasks: whoever signs it has acted on the case, and is bound by that (SOD-04)."""

    @property
    def matter(self) -> str:
        """What tells an act beside the tasks from others of its type; empty where there is nothing to tell."""
        return ""

    def plain(self) -> dict[str, object]:
        """The fields that may be read by anybody on the wire."""
        return self.model_dump(mode="json", exclude={"private"})

    def personal(self) -> dict[str, object] | None:
        """The fields to be sealed; None when the event has none."""
        private = getattr(self, "private", None)
        return None if private is None else private.model_dump(mode="json")
