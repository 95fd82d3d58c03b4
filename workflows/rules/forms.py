"""The forms whose content a rule reads, as typed values."""

from datetime import date
from typing import Literal, TypeVar

from pydantic import Field, ValidationError

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.dossier import entered
from contracts.events.data_request import DataAnswer
from contracts.matter import MeetingBody, ServiceWay
from contracts.nominee import Fact
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.rules.verdict import Refused


class Findings(Contract):
    """Negative facts reported by a department or found at the re-check."""

    findings: tuple[Fact, ...] = Field(min_length=1)


class Paper(Contract):
    """The official paper from which a state was confirmed or read again."""

    issuer: str
    document_no: str
    read_on: date


class Minutes(Contract):
    """The decision of a meeting, by its minutes."""

    meeting_on: date
    minutes_digest: Digest


class Scoring(Contract):
    """Scores per dimension in tenths of a point, and the raw integrity index."""

    scores: dict[str, int]
    integrity_index: int


class LeaderIndex(Contract):
    """The index of a leading person, and who measured it."""

    person_id: str
    index: int
    source: str


class LeaderIndexes(Contract):
    """Indexes of leading persons that are on no record."""

    indexes: tuple[LeaderIndex, ...] = ()


class Identified(Contract):
    """The whole number of whom an authority means, and the paper by which it was confirmed."""

    subject_id: str
    confirmed_by: str = Field(min_length=1, max_length=120)


class NotMeant(Contract):
    """For how many days an entry that means somebody else is set aside."""

    days: int = Field(ge=1)


class CarriedOut(DataAnswer):
    """What the person is told of a correction, and by which act on which case it was carried out or tried."""

    means: str = Field(min_length=1, max_length=200)


class Count(Contract):
    """The count of a vote: all members, those present, votes for; and when it was held, where the form asks that."""

    members: int
    present: int
    votes_for: int
    held_at: Instant | None = None


class ElectionCount(Count):
    """The count of an election: of a secret vote, and when that was held (ST14)."""

    secret: Literal[True]


class Recusal(Contract):
    """Who stepped aside in a meeting, and why."""

    name: str
    ground: str


class CommitteeMinutes(Contract):
    """The minutes of a meeting that decided a whole list, and who stepped aside."""

    meeting_on: date
    minutes_digest: Digest
    whole_list: bool
    recusals: tuple[Recusal, ...]


class PaperSeen(Contract):
    """The digest of a paper that a second person saw."""

    document_digest: Digest


class ReportFinding(Contract):
    """What the check of a serious report found, in words that the person may read: no word of who reported it."""

    facts: str = Field(min_length=1)


class Meeting(Count):
    """The vote of a meeting: which body, on which day, in secret, and by which minutes."""

    body: MeetingBody
    held_on: date
    secret: Literal[True]
    minutes_digest: Digest


class UrgentMeeting(Contract):
    """The decision of a smaller body between two plenaries."""

    body: MeetingBody
    held_on: date
    minutes_digest: Digest


class Service(Contract):
    """Proof that a letter was served by hand (送达回证)."""

    served_at: Instant
    how: ServiceWay
    document_digest: Digest


class Resignation(Contract):
    """A signed resignation, and the investigator's consent where the member is detained or investigated."""

    document_digest: Digest
    consent_digest: Digest | None = None


class Duplicate(Contract):
    """The case that has the same lead already."""

    of: OpaqueId


class Application(Contract):
    """Why somebody asks for a review, and the papers named by their digests."""

    grounds: str = Field(pattern=r"\S")
    documents: tuple[Digest, ...] = ()


class Repair(Contract):
    """Corrected fields of a dossier; at least one."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    firm: str | None = None
    credit_code: str | None = None
    position: str | None = None

    def changes(self) -> dict[str, str]:
        """The corrected fields, cleaned as a roster's cells are."""
        return {field: entered(field, text) for field, text in self.model_dump(exclude_none=True).items()}


F = TypeVar("F", bound=Contract)


def read(form: dict[str, object], shape: type[F]) -> F | Refused:
    """The form as a typed value; a Refused names the first field that is wrong."""
    try:
        return shape.model_validate(form)
    except ValidationError as error:
        first = error.errors()[0]
        said = say("field-missing" if first["type"] == "missing" else "field-wrong")
        return Refused(RefusalCode.FORM_INVALID, said.at(".".join(map(str, first["loc"]))))
