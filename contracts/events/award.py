"""What happens to an application for an award, and to its title, beside what every case has."""

from typing import ClassVar

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.events.base import Event
from contracts.matter import Applicant, Mark, Reading
from contracts.vocabulary import CaseState


class AwardApplied(Event):
    """A federation or chamber applies for a title in a cycle."""

    type: ClassVar[str] = "award-applied"
    title: str
    cycle: str
    organisation: OpaqueId
    leaders: tuple[OpaqueId, ...]
    content_digest: Digest
    private: Applicant


class Questioned(Contract):
    """Whose veto it is; of an index below the bar `mark` names the integrity file, the item, and the day."""

    whose: ClassVar[str] = "person_id"
    person_id: OpaqueId
    mark: Mark


class LeaderQuestioned(Event):
    """A veto stands against a leading person, or their index has fallen below the bar.

    People are asked what it means for the application, or the title.
    """

    type: ClassVar[str] = "leader-questioned"
    mark: int
    title_held: bool
    private: Questioned


class VetoFell(Event):
    """A veto of a leading person stands no more, or their index has passed again: nobody is asked about it any longer.

    `state` is how the application or title stands, `outcome` what two people had said of that veto, empty while nobody
    had.
    """

    type: ClassVar[str] = "veto-fell"
    mark: int
    state: CaseState
    outcome: str


class ApplicationReopened(Event):
    """The application had lost its eligibility by a veto that stands no more: it is checked anew."""

    type: ClassVar[str] = "application-reopened"


class Noted(Contract):
    """Whose index it is."""

    whose: ClassVar[str] = "person_id"
    person_id: OpaqueId
    reading: Reading


class IndexNoted(Event):
    """The index on record of a leading person."""

    type: ClassVar[str] = "index-noted"
    private: Noted


class TitleRecognised(Event):
    """The title is given, never for life."""

    type: ClassVar[str] = "title-recognised"
    decides: ClassVar[bool] = True
    until: Instant


class WithdrawalProposed(Event):
    """Two people propose to withdraw the title. Nothing is withdrawn by it: whoever gave it decides."""

    type: ClassVar[str] = "withdrawal-proposed"
    decides: ClassVar[bool] = True


EVENTS: tuple[type[Event], ...] = (
    AwardApplied,
    LeaderQuestioned,
    VetoFell,
    ApplicationReopened,
    IndexNoted,
    TitleRecognised,
    WithdrawalProposed,
)
