"""What is known about a nominee. Personal throughout: it travels only in sealed fields and encrypted payloads."""

from datetime import date
from hashlib import sha256
from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId, unsaid
from contracts.vocabulary import FirmPart, Seat


class Firm(Contract):
    """A firm beside the one as whose person somebody is nominated, and the part that they have in it."""

    name: str = Field(min_length=1, max_length=120)
    credit_code: str = Field(min_length=18, max_length=18)
    part: FirmPart


class Nominee(Contract):
    """The dossier as nominated. Identity is by ID number and credit code, never by name (domain §8.2)."""

    name: str = Field(min_length=1, max_length=60)
    id_number: str = Field(min_length=18, max_length=18)
    phone: str = Field(max_length=30)
    email: str = Field(max_length=120)
    firm: str = Field(min_length=1, max_length=120)
    credit_code: str = Field(min_length=18, max_length=18)
    position: str = Field(max_length=60)
    firms: tuple[Firm, ...] = ()
    """Further firms that were entered for the nominee."""

    @property
    def credit_codes(self) -> frozenset[str]:
        """Codes of all firms that were entered for the nominee."""
        return frozenset({self.credit_code, *(firm.credit_code for firm in self.firms)})

    @property
    def firm_digests(self) -> tuple[Digest, ...]:
        """Their digests, in order."""
        return tuple(sorted(firm_digest(code) for code in self.credit_codes))


def firm_digest(credit_code: str) -> Digest:
    """How a firm is told from others where nobody need read which it is."""
    return sha256(credit_code.encode()).hexdigest()


class Fact(Contract):
    """A negative fact as its source reports it (domain §8.2, rule 3)."""

    item: str
    subject: str
    subject_id: str
    name: str = Field(default="", max_length=120)
    """The subject's name as the source gives it. It identifies nobody: a same name is a warning, never a hit."""
    liable: bool
    """Whether the person was legal representative, actual controller, main head or directly responsible then."""
    anchor: date
    issuer: str
    document_no: str
    fetched_on: date
    text: str
    unmatched: bool = False
    """It is another's, as far as anybody can tell: it goes to the screening desk and is no hit."""

    def same_as(self, other: "Fact") -> bool:
        """Whether both are one fact: item, whose it is, and paper. Words and days of asking may differ."""
        return self.key == other.key

    @property
    def key(self) -> Digest:
        """What tells it from other facts, where nobody need read which it is."""
        return sha256("\n".join((self.item, self.subject_id, self.document_no)).encode()).hexdigest()


class Evaluation(Contract):
    """The comprehensive evaluation of a person in the case `of`, as another case may use it while it is valid."""

    of: OpaqueId
    valid_until: Instant
    scores: dict[str, int]
    index: int
    minor: bool = False
    """A judgement item was ruled minor there, which caps the grade here as well."""
    unheard: bool = False
    """A department was closed there without a reply, which does the same."""
    fallen: bool = Field(default=False, exclude_if=unsaid)
    """It rests on somebody with a conflict: it stands nowhere any more, and another follows (SOD-08)."""


class RosterLine(Contract):
    """One nominee of a roster as whoever lets it in must see them: who, for which seat, brought by which unit."""

    whose: ClassVar[str] = "person_id"
    person_id: OpaqueId
    name: str
    firm: str
    district: str
    seat: Seat
    nominating_unit: str


class SeatEntry(Contract):
    """A seat that somebody was elected to before this system, already checked cell by cell at the edge."""

    whose: ClassVar[str] = "person_id"
    person_id: OpaqueId
    district: str
    seat: Seat
    began: date
    ends: date | None = None
    """None: after the policy's term."""
    evaluated_until: Instant | None = None
    member: Nominee


class RosterEntry(Contract):
    """One nominee of a roster, already checked cell by cell at the edge."""

    whose: ClassVar[str] = "person_id"
    case_id: OpaqueId
    person_id: OpaqueId
    district: str
    seat: Seat
    nominating_unit: str
    nominee: Nominee
    evaluation: Evaluation | None = None
    """The latest evaluation of the person on record, from another batch."""
    sisters: tuple[OpaqueId, ...] = ()
    """Nominations of the same person that are under way in other batches."""

    @property
    def line(self) -> RosterLine:
        """The entry in short."""
        return RosterLine(
            person_id=self.person_id,
            name=self.nominee.name,
            firm=self.nominee.firm,
            district=self.district,
            seat=self.seat,
            nominating_unit=self.nominating_unit,
        )
