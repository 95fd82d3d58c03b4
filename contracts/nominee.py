"""What is known about a nominee. Personal throughout: it travels only in sealed fields and encrypted payloads."""

from datetime import date
from hashlib import sha256

from pydantic import Field

from contracts.base import Contract, Digest, OpaqueId
from contracts.vocabulary import Seat


class Nominee(Contract):
    """The dossier as nominated. Identity is by ID number and credit code, never by name (domain §8.2)."""

    name: str = Field(min_length=1, max_length=60)
    id_number: str = Field(min_length=18, max_length=18)
    phone: str = Field(max_length=30)
    email: str = Field(max_length=120)
    firm: str = Field(min_length=1, max_length=120)
    credit_code: str = Field(min_length=18, max_length=18)
    position: str = Field(max_length=60)


def firm_digest(credit_code: str) -> Digest:
    """How a firm is told from others where nobody need read which it is."""
    return sha256(credit_code.encode()).hexdigest()


class Fact(Contract):
    """A negative fact as its source reports it (domain §8.2, rule 3)."""

    item: str
    subject: str
    subject_id: str
    liable: bool
    anchor: date
    issuer: str
    document_no: str
    fetched_on: date
    text: str


class RosterEntry(Contract):
    """One nominee of a roster, already checked cell by cell at the edge."""

    case_id: OpaqueId
    person_id: OpaqueId
    district: str
    seat: Seat
    nominating_unit: str
    nominee: Nominee
