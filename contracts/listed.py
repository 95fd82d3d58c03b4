"""What lists of authorities say: a list as it was brought, and an entry that fits somebody. Personal throughout."""

from datetime import date
from typing import ClassVar, Literal, TypeAlias

from pydantic import Field

from contracts.base import Contract, Digest, OpaqueId
from contracts.case import KindName
from contracts.vocabulary import Subject

Mode: TypeAlias = Literal["full", "increment"]
"""A full list replaces what stood before; an increment adds entries and takes entries off."""

Fit: TypeAlias = Literal["number", "masked"]
"""An entry fits by its whole number; or part of its number is hidden, and what is shown fits beside the name."""

RunCause: TypeAlias = Literal["asked", "list", "people", "time"]
"""Why a run begins: somebody asked, a list came, people or their data changed, or it is time."""

RunEnd: TypeAlias = Literal["done", "out-of-time"]
"""How a run ended; whether it was complete stands beside it."""

MatchEnd: TypeAlias = Literal["delisted", "not-due", "set-aside"]
"""Why a match stands no more: its entry left the list or changed, its case is neither in process nor in office, or two
people found that it does not mean the person."""

FactEnd: TypeAlias = Literal["delisted", "not-due", "set-aside", "over"]
"""Why a fact stands no more: its match does, or two people where it came from say that the state is over."""


class Provenance(Contract):
    """From where a list comes: the issuer's own paper, and the day for which it holds."""

    issuer: str = Field(min_length=1, max_length=120)
    document_no: str = Field(min_length=1, max_length=120)
    as_of: date


class ListFile(Contract):
    """A list as somebody brought it. The bytes are known by their digest, the entries by the digest of them all.

    `entries_digest` is the SHA-256 over the sorted digests of the entries: whoever has the file can make it again.
    """

    list: str
    mode: Mode
    file_digest: Digest
    entries_digest: Digest
    entries: int = Field(ge=0)
    masked: int = Field(ge=0)
    """Entries whose number the issuer hides in part: none of them is ever a match."""
    provenance: Provenance


class Entry(Contract):
    """One entry of a list: a number, in clear or masked, whose it is, and on which paper."""

    subject: Subject
    name: str
    number: str
    document_no: str
    issuer: str
    decided_on: date
    text: str


class Fitting(Contract):
    """An entry of a list that fits a person in process or in office, or one of their firms."""

    whose: ClassVar[str] = "person_id"
    case_kind: KindName
    case_id: OpaqueId
    district: OpaqueId
    person_id: OpaqueId
    list: str
    digest: Digest
    """Of the entry: what is set aside or ended is this very entry, and a changed one is another."""
    fit: Fit
    liable: bool = True
    """Whether the person answers for the firm, by the part in it that was entered; people rule on it."""
    entry: Entry
