"""What people bring before a case, in their words. Sealed wherever it is kept."""

from datetime import date
from typing import Literal, TypeAlias

from pydantic import Field

from contracts.base import Contract, OpaqueId

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

Body: TypeAlias = Literal["cppcc", "npc", "party-congress", "federation", "chamber", "award"]
"""What kind of seat somebody holds elsewhere (domain §8.4, R10)."""


class OtherSeat(Contract):
    """Another seat of a member: decided on here when it has a tenure, elsewhere when it has none."""

    body: Body
    place: str = Field(min_length=1, max_length=120)
    """Which body of that kind, in words."""
    tenure: OpaqueId | None = None
    since: date
    until: date | None = None
    """Since when it is held no longer; None while it is."""


class ReportContent(Contract):
    """A report (举报) as received; the reporter is known to the report handler only."""

    text: str
    reporter: str = ""
    reporter_contact: str = ""


class Lead(Contract):
    """What is held against a sitting member."""

    name: str
    text: str
