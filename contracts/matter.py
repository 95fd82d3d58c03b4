"""What people bring before a case, in their words. Sealed wherever it is kept."""

from datetime import date
from typing import ClassVar, Literal, TypeAlias

from pydantic import Field, model_validator

from contracts.base import Contract, Digest, OpaqueId
from contracts.causes import Cause
from contracts.vocabulary import Seat, Subject

Ground: TypeAlias = Literal[
    "kin", "own-firm", "shareholder", "creditor", "witness", "reporter", "same-person", "other"
]
"""The ground of a conflict of interest (SOD-06)."""

Channel: TypeAlias = Literal["letter", "visit", "phone", "net", "message"]
"""How a report (举报) came in."""

ServiceWay: TypeAlias = Literal[
    "in-person", "household", "workplace", "registered-post", "left-with-witnesses"
]
"""How a letter was served by hand (送达方式): 直接送达, 同住成年家属签收, 所在单位签收, 挂号邮寄, 留置送达."""

LeadSource: TypeAlias = Literal[
    "re-evaluation", "hit", "discipline-letter", "court-feed", "absence", "own-wish", "linked-seat", "other"
]
"""From where the lead of a removal came (domain §8.4, R01: any channel)."""

SeatOwner: TypeAlias = Literal["federation", "cppcc", "npc", "award-body"]
"""Who decides about a seat, or a title, that somebody holds besides (domain §8.4, R10)."""

MeetingBody: TypeAlias = Literal["congress", "executive-committee", "standing-committee", "chairpersons"]
"""The meetings that decide about seats of a federation (domain §8.4, R09)."""

Investigation: TypeAlias = Literal[Cause.DETAINED, Cause.UNDER_INVESTIGATION]
"""A state during which nobody resigns by himself, and on which a suspension is proposed (R03, R07)."""

INVESTIGATIONS: tuple[Investigation, ...] = (Cause.DETAINED, Cause.UNDER_INVESTIGATION)
"""All of them."""

Suspending: TypeAlias = Literal[Cause.DETAINED, Cause.UNDER_INVESTIGATION, Cause.CHAIR_DECISION]
"""Why a member is suspended from duty (R03)."""

Attendance: TypeAlias = Literal["present", "excused", "unexcused"]
"""Whether a member was at a plenary."""


DataRight: TypeAlias = Literal["inspect", "correct", "erase"]
"""What somebody may ask about what is held of them (个人信息保护法 arts 45 to 47): 查阅、复制, 更正、补充, 删除."""


class DataWish(Contract):
    """Who asks, how letters reach them, and what they want: of a correction what is wrong, and why."""

    name: str
    email: str = ""
    wanted: str = Field(min_length=1, max_length=4000)


class Recommender(Contract):
    """Who recommended somebody: the natural person, and the unit for which they did (SOD-01)."""

    person_id: OpaqueId
    unit: str


Passing: TypeAlias = Literal[Cause.DEATH, Cause.INCAPACITY]
"""What ends a candidacy for good: a death, or the loss of legal capacity."""


class Loss(Contract):
    """What became of the post or the firm for which somebody is nominated, and the digest of a paper that says so."""

    reason: str = Field(min_length=1, max_length=1000)
    document_digest: Digest | None = None


class Tie(Contract):
    """What somebody says of themselves before there is a case: to whom they are tied, and how (SOD-06)."""

    of: OpaqueId
    """The natural person whose case is none of theirs."""
    ground: Ground
    reason: str = Field(min_length=1, max_length=1000)


class DeclaredTie(Tie):
    """A tie as a batch keeps it: whose it is, and in which roles they act, by which a head is known."""

    whose: ClassVar[str] = "person_id"
    person_id: OpaqueId
    roles: tuple[str, ...] = ()


class ReportContent(Contract):
    """A report (举报) as received; the reporter is known to the report handler only."""

    text: str
    reporter: str = ""
    reporter_contact: str = ""


class Lead(Contract):
    """What is held against a sitting member, and under which item of the negative list, where it is under one."""

    name: str
    text: str
    item: str | None = None


class Reading(Contract):
    """An integrity index (清廉指数) as it was measured: by whom, and on which day."""

    index: int = Field(ge=0)
    assessed_on: date
    source: str = Field(min_length=1, max_length=120)


class IndexEntry(Contract):
    """A row of a table of indexes, already checked at the edge: whose file it goes into, and what was measured."""

    whose: ClassVar[str] = "person_id"
    subject: Subject
    file: OpaqueId
    person_id: OpaqueId | None = None
    """The natural person; None for an enterprise."""
    reading: Reading


class Mark(Contract):
    """A veto: items of the negative list that people confirmed about somebody in a case."""

    case: OpaqueId
    items: tuple[str, ...]
    confirmed_on: date


class Leader(Contract):
    """A leading person of a federation or chamber that applies for an award."""

    whose: ClassVar[str] = "person_id"
    person_id: OpaqueId
    name: str = Field(min_length=1, max_length=60)
    position: str = Field(min_length=1, max_length=60)


class Applicant(Contract):
    """A federation or chamber that applies, and who leads it."""

    name: str = Field(min_length=1, max_length=120)
    leaders: tuple[Leader, ...] = Field(min_length=1)


class OtherSeat(Contract):
    """A seat that the member holds besides the one at stake. `seat` and `district` say which of a federation."""

    owner: SeatOwner
    district: str = ""
    seat: Seat | None = None
    tenure: OpaqueId | None = None
    """The case that follows the seat here, when one does."""

    @model_validator(mode="after")
    def _known_here(self) -> "OtherSeat":
        if self.here and not (self.district and self.seat):
            raise ValueError("a seat in a federation names its district and which seat it is")
        return self

    @property
    def place(self) -> tuple[str, str, Seat | None]:
        """Which seat it is, whether or not the case that follows it is known."""
        return self.owner, self.district, self.seat

    @property
    def here(self) -> bool:
        """Whether it is a federation's: another level's, which is decided on by the same procedure."""
        return self.owner == "federation"


class Objection(Contract):
    """Why the person asks for a review, in their own words, and the papers named by their digests."""

    grounds: str
    documents: tuple[Digest, ...] = ()


class Attacked(Contract):
    """What a review is about: the member's name, what was held against them, and what they say to the decision."""

    name: str
    lead: str
    objection: Objection
