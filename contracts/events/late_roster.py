"""What happens to the approval of a late roster beside what every case has."""

from typing import ClassVar

from contracts.base import Contract, Digest, OpaqueId
from contracts.events.base import Event
from contracts.nominee import RosterLine


class LateRoster(Contract):
    """Who stands on it."""

    lines: tuple[RosterLine, ...]


class LateRosterOpened(Event):
    """A roster came after the nomination window; somebody else of the election office is asked to let it in."""

    type: ClassVar[str] = "late-roster-opened"
    content_digest: Digest
    submitted_by: OpaqueId
    private: LateRoster


EVENTS: tuple[type[Event], ...] = (LateRosterOpened,)
