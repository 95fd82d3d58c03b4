"""What people bring before a case, in their words. Sealed wherever it is kept."""

from typing import Literal, TypeAlias

from contracts.base import Contract, OpaqueId
from contracts.vocabulary import Seat

Ground: TypeAlias = Literal["kin", "own-firm", "shareholder", "creditor", "witness", "reporter", "other"]
"""The ground of a conflict of interest (SOD-06)."""

Channel: TypeAlias = Literal["letter", "visit", "phone", "net", "message"]
"""How a report (举报) came in."""

LeadSource: TypeAlias = Literal[
    "re-evaluation", "hit", "discipline-letter", "court-feed", "absence", "own-wish", "linked-seat", "other"
]
"""From where the lead of a removal came (domain §8.4, R01: any channel)."""


Attendance: TypeAlias = Literal["present", "excused", "unexcused"]
"""Whether a member was at a plenary."""

SeatOwner: TypeAlias = Literal["federation", "cppcc", "npc", "award-body"]
"""Who decides about a seat, or a title, that somebody holds besides (domain §8.4, R10)."""


class ReportContent(Contract):
    """A report (举报) as received; the reporter is known to the report handler only."""

    text: str
    reporter: str = ""
    reporter_contact: str = ""


class Lead(Contract):
    """What is held against a sitting member."""

    name: str
    text: str


class OtherSeat(Contract):
    """A seat that the member holds besides the one at stake. `seat` and `district` say which of a federation."""

    owner: SeatOwner
    district: str = ""
    seat: Seat | None = None
    tenure: OpaqueId | None = None
    """The case that follows the seat here, when one does."""
