"""Natural persons, the accounts they sign in with, and what an account may do."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from services.officers.base_table import OfficersTable, instant_column, json_column


class PersonRow(OfficersTable, table=True):
    """A natural person. `match_key` is a keyed digest of the ID number: it finds, it does not tell.

    `sealed` holds name, ID number and phone; everything else in the system knows the person by `person_id` only.
    """

    __tablename__ = "persons"

    person_id: str = Field(primary_key=True)
    match_key: str = Field(unique=True)
    name_key: str = Field(index=True)
    """Likewise of the name: it finds namesakes, of whom one may be the same person under another number."""
    phone_key: str = Field(default="", index=True)
    """Likewise of a mobile phone, empty without one: whoever it reaches may be this person under any name."""
    sealed: Any = Field(sa_column=json_column())


class AccountRow(OfficersTable, table=True):
    """A way for a person to sign in. A session is good only while its generation is the account's."""

    __tablename__ = "accounts"

    account_id: str = Field(primary_key=True)
    login: str = Field(unique=True)
    person_id: str = Field(foreign_key="persons.person_id", index=True)
    password_hash: str | None = None
    """None until the holder has set a password: nobody signs in then."""
    disabled: bool = False
    token_generation: int = 0
    created_at: datetime = Field(sa_column=instant_column())
    opened_by: str = ""
    """The request of the record that opened it; empty for the first administrators, whom no record opened."""


class GrantRow(OfficersTable, table=True):
    """A role that an account holds for a unit in a district, until an instant or for good."""

    __tablename__ = "grants"

    account_id: str = Field(primary_key=True, foreign_key="accounts.account_id")
    role: str = Field(primary_key=True)
    unit: str = Field(primary_key=True, default="")
    district: str = Field(primary_key=True, default="*")
    until: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))


class CodeRow(OfficersTable, table=True):
    """A one-time code by which the holder of an account sets a password: three parts, each known by its digest only.

    Whoever asked for the account is given one, whoever approved it another, and a witness the third. `used_at` says
    that it counts no more. The rows stay when the read model is made anew: they say what was used.
    """

    __tablename__ = "codes"

    account_id: str = Field(primary_key=True, foreign_key="accounts.account_id")
    case_id: str = Field(primary_key=True)
    """The request that gave it; `first` for those of the first start."""
    until: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
    asker_digest: str | None = None
    approver_digest: str | None = None
    witness_digest: str | None = None
    used_at: datetime | None = Field(default=None, sa_column=instant_column(nullable=True))
