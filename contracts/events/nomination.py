"""What happens to a nomination beside what every case and every review has."""

from datetime import date
from typing import ClassVar

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.events.base import Audience, Event
from contracts.nominee import Nominee
from contracts.vocabulary import Seat


class CaseOpened(Event):
    """A nomination was submitted. `nominator_id` is the natural person who recommends (SOD-01).

    `cut_off` is the day from which look-backs reckon; the batch froze it when it was opened.
    """

    type: ClassVar[str] = "case-opened"
    audience: ClassVar[Audience] = Audience.CONSULTED
    acted: ClassVar[bool] = True
    person_id: OpaqueId
    seat: Seat
    nominating_unit: str
    nominator_id: OpaqueId
    batch_opened: Instant
    cut_off: date
    late: bool
    firm_digest: Digest
    """Of the nominee's firm: whoever is of it too has nothing to do with the case (SOD-06)."""
    content_digest: Digest
    private: Nominee


class CaseAmended(Event):
    """The nominator repaired the dossier; whatever was seen under the old digest no longer counts."""

    type: ClassVar[str] = "case-amended"
    audience: ClassVar[Audience] = Audience.CONCERNED
    firm_digest: Digest
    content_digest: Digest
    private: Nominee


class Withdrawal(Contract):
    """Why somebody withdrew, in their words."""

    reason: str
    document_digest: Digest | None = None


class WithdrawalSigned(Event):
    """The nominee, or the nominating body for them, withdrew (any state before ST14)."""

    type: ClassVar[str] = "withdrawal-signed"
    audience: ClassVar[Audience] = Audience.CONCERNED
    acted: ClassVar[bool] = True
    private: Withdrawal


class ElectionScheduled(Event):
    """The case learned when the election is held."""

    type: ClassVar[str] = "election-scheduled"
    audience: ClassVar[Audience] = Audience.CONCERNED
    election_at: Instant


class DepartmentClosed(Event):
    """The joint conference closed a silent department in writing; the grade is then capped (domain §8.1)."""

    type: ClassVar[str] = "department-closed"
    decides: ClassVar[bool] = True
    unit: str


EVENTS: tuple[type[Event], ...] = (
    CaseOpened,
    CaseAmended,
    WithdrawalSigned,
    ElectionScheduled,
    DepartmentClosed,
)
