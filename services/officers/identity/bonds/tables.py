"""Roles that were held, firms, who acts in whose place, and who is absent."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class FormerGrantRow(OfficersTable, table=True):
    """A role that a person held until an instant; of several times the latest."""

    __tablename__ = "former_grants"

    person_id: str = Field(primary_key=True, foreign_key="persons.person_id")
    role: str = Field(primary_key=True)
    until: datetime = Field(sa_column=instant_column())


class PersonFirmRow(OfficersTable, table=True):
    """A firm of a person, as the digest of its credit code."""

    __tablename__ = "person_firms"

    person_id: str = Field(primary_key=True, foreign_key="persons.person_id")
    firm: str = Field(primary_key=True)


class MergedRow(OfficersTable, table=True):
    """An identity that two people found to be another's, with the accounts that were opened for it."""

    __tablename__ = "merged_persons"

    merged_id: str = Field(primary_key=True, foreign_key="persons.person_id")
    kept_id: str = Field(foreign_key="persons.person_id", index=True)
    accounts: Any = Field(sa_column=json_column())
    merged_at: datetime = Field(sa_column=instant_column())
    looked_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    """When open cases were last searched for acts under both."""


class DeputyRow(OfficersTable, table=True):
    """One person acts in another's place, from an instant to an instant (SOD-12)."""

    __tablename__ = "deputies"

    entry_id: str = Field(primary_key=True)
    principal_id: str = Field(foreign_key="persons.person_id")
    deputy_id: str = Field(foreign_key="persons.person_id", index=True)
    starts: datetime = Field(sa_column=instant_column())
    ends: datetime = Field(sa_column=instant_column())
    reason: str
    """Sealed (reasons.py); in clear in rows of before."""
    entered_by: str
    """The account that entered it."""


class AbsenceRow(OfficersTable, table=True):
    """Somebody is not there, from an instant to an instant: what they have claimed goes to the next meanwhile."""

    __tablename__ = "absences"

    absence_id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="persons.person_id", index=True)
    starts: datetime = Field(sa_column=instant_column())
    ends: datetime = Field(sa_column=instant_column())
    reason: str
    """Sealed (reasons.py); in clear in rows of before."""
    entered_by: str
    """The account that entered it."""
