"""What people bring before a case, in their words. Sealed wherever it is kept."""

from typing import Literal, TypeAlias

from contracts.base import Contract

Ground: TypeAlias = Literal["kin", "own-firm", "shareholder", "creditor", "witness", "reporter", "other"]
"""The ground of a conflict of interest (SOD-06)."""

Channel: TypeAlias = Literal["letter", "visit", "phone", "net", "message"]
"""How a report (举报) came in."""

LeadSource: TypeAlias = Literal[
    "re-evaluation", "hit", "discipline-letter", "court-feed", "absence", "own-wish", "other"
]
"""From where the lead of a removal came (domain §8.4, R01: any channel)."""


class ReportContent(Contract):
    """A report (举报) as received; the reporter is known to the report handler only."""

    text: str
    reporter: str = ""
    reporter_contact: str = ""


class Lead(Contract):
    """What is held against a sitting member."""

    name: str
    text: str
