"""What happens to a batch. A batch is a case of its own kind, without tasks."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId, unsaid
from contracts.events.base import Event
from contracts.events.case import Correction
from contracts.matter import DeclaredTie, IndexEntry
from contracts.nominee import RosterEntry
from contracts.policy.model import CalendarYear
from contracts.transition import Announced


class BatchOpened(Event):
    """ST00: the policy version, the districts, the cut-off date and the nomination window are frozen."""

    type: ClassVar[str] = "batch-opened"
    title: str
    districts: tuple[str, ...]
    level: OpaqueId | None = None
    """The level of the federation that all its districts are on."""
    policy: str
    policy_digest: Digest
    opened: Instant
    nomination_closes: Instant | None
    """None while the calendar year is not published."""
    cut_off: date
    cut_off_named: bool = False
    """Whether somebody named it. Else it is the last day of nominations, and is corrected with the calendar."""
    fills: tuple[OpaqueId, ...] = ()
    """The vacant seats that a batch of co-option fills."""


class HeldPart(Contract):
    """Some of those on a late roster."""

    entries: tuple[RosterEntry, ...]


class RosterHeld(Event):
    """ST01: a part of a roster came after the window, and waits until the case `approval` decides on it."""

    type: ClassVar[str] = "roster-held"
    roster_digest: Digest
    approval: OpaqueId
    submitted_by: OpaqueId
    private: HeldPart


class RosterTurnedDown(Event):
    """A late roster was not let in; nobody on it is nominated."""

    type: ClassVar[str] = "roster-turned-down"
    roster_digest: Digest
    approval: OpaqueId


class RosterAccepted(Event):
    """ST01: a whole roster was taken; `late_approval` names the person who let it in after the window."""

    type: ClassVar[str] = "roster-accepted"
    roster_digest: Digest
    cases: tuple[OpaqueId, ...]
    people: tuple[OpaqueId, ...]
    """Whom the cases are about, in the same order."""
    approval: OpaqueId | None = None
    """The case that let it in after the window."""
    late_approval: OpaqueId | None = None
    nominator_id: OpaqueId | None = Field(default=None, exclude_if=unsaid)
    """Who recommends the people; rosters that were recorded before this was said do not say it (SOD-01)."""
    units: tuple[str, ...] = Field(default=(), exclude_if=unsaid)
    """For which unit each of them is recommended, in the same order."""


class SeatsImported(Event):
    """Members who were elected before this system: a case of its own follows each seat."""

    type: ClassVar[str] = "seats-imported"
    table_digest: Digest
    tenures: tuple[OpaqueId, ...]
    people: tuple[OpaqueId, ...]
    """Who holds them, in the same order."""


class IndexPart(Contract):
    """Whose indexes, and what they are."""

    entries: tuple[IndexEntry, ...]


class IndexesImported(Event):
    """Integrity indexes were entered or imported as a table."""

    type: ClassVar[str] = "indexes-imported"
    table_digest: Digest
    private: IndexPart


class SeatRegistered(Event):
    """An election of this batch gave a seat, which this case follows."""

    type: ClassVar[str] = "seat-registered"
    tenure: OpaqueId
    person_id: OpaqueId
    """Who holds it."""


class NominationGone(Event):
    """A nomination of this batch is gone, and takes no later one of the same person in."""

    type: ClassVar[str] = "nomination-gone"
    nomination: OpaqueId


class TieDeclared(Event):
    """Somebody declared before there is a case that they are tied to a person: no case about that one is theirs."""

    type: ClassVar[str] = "tie-declared"
    person_id: OpaqueId
    private: DeclaredTie


class VersionAnnounced(Event):
    """A version was announced to the seats of the term: it measures their members from the next re-evaluation on."""

    type: ClassVar[str] = "version-announced"
    announced: Announced


class ElectionCalled(Event):
    """The election's instant is set or moved for the whole batch."""

    type: ClassVar[str] = "election-called"
    election_at: Instant


class QuotaCut(Event):
    """After its approvals the party committee had fewer places and reordered: `surplus` found none."""

    type: ClassVar[str] = "quota-cut"
    decides: ClassVar[bool] = True
    places: int
    order: tuple[OpaqueId, ...]
    surplus: tuple[OpaqueId, ...]
    minutes_digest: Digest


class BatchCalendarLoaded(Event):
    """A calendar year was loaded for the batch, newly published or corrected, and handed to its cases."""

    type: ClassVar[str] = "batch-calendar-loaded"
    year: CalendarYear
    nomination_closes: Instant | None
    """When the nomination window closes, as far as the published years say."""
    cut_off: date
    private: Correction | None = None


EVENTS: tuple[type[Event], ...] = (
    BatchOpened,
    RosterHeld,
    RosterTurnedDown,
    RosterAccepted,
    SeatsImported,
    IndexesImported,
    SeatRegistered,
    NominationGone,
    TieDeclared,
    VersionAnnounced,
    ElectionCalled,
    QuotaCut,
    BatchCalendarLoaded,
)
