"""Reading in an emergency: for one person, one purpose, one case or one district, and for minutes (architecture D9)."""

from typing import Literal, Self

from pydantic import Field, model_validator

from contracts.base import Contract, OpaqueId


class Reach(Contract):
    """How far it reaches: one case and whom that is about, or the cases of one district."""

    case_id: OpaqueId | None = None
    subject: OpaqueId | None = None
    """The natural person whom the case is about; None for a district, and for a case about nobody."""
    district: OpaqueId | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.case_id is None) == (self.district is None):
            raise ValueError("a case or a district, and not both")
        if self.case_id is None and self.subject is not None:
            raise ValueError("a district is about nobody")
        return self

    def covers(self, case_id: str, district: str) -> bool:
        """Whether a case of this district lies within."""
        return case_id == self.case_id or district == self.district


class Addressed(Contract):
    """Whom a case is about, as a letter addresses them. Personal: it travels sealed."""

    name: str = Field(min_length=1, max_length=60)
    email: str = ""


class EmergencyReading(Contract):
    """Let the holder of this account read what the purpose needs. It lets nobody sign anything."""

    what: Literal["emergency-reading"] = "emergency-reading"
    account_id: OpaqueId
    person_id: OpaqueId
    purpose: str = Field(pattern=r"^[a-z][a-z-]{0,40}$")
    """A code of the policy: it says which personal parts are read."""
    reach: Reach
